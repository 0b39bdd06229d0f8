"""An answer taken apart: lines, list items and table cells, their sentences, and their markers."""

from __future__ import annotations

import re
from dataclasses import dataclass

_MARKER = re.compile(r"\[(\d{1,3})\](?!\()")
_BULLET = re.compile(r"^\s*(?:[-*•+]|\d{1,2}[.)])\s+")
_HEADING = re.compile(r"^\s*#{1,6}\s")
_RULE = re.compile(r"^[\s|:*_-]+$")
# A sentence ends after its full stop and the markers behind it; « L. 6323-3 », « art. 7 » or an
# initial does not end one.
_END = re.compile(
    r"(?<![\s(][A-Za-z])(?<!\bart)(?<!\bDr)(?<!\bcf)(?<!\bno)(?<!\bex)(?<!\bp)(?<!\be\.g)(?<!\bi\.e)(?<!\bt[ée]l)(?<!\bMme)"
    r"[.!?…][»”\")*]*(?:\s*\[\d{1,3}\](?!\())*+\s+(?=[\"«“(*]*[A-ZÀ-ÖØ-Þ0-9])"
)


@dataclass(frozen=True)
class Statement:
    """Words of an answer and the markers of the citations they rest on."""

    text: str
    markers: tuple[int, ...]

    @property
    def says_something(self) -> bool:
        """Whether it states a thing: not a heading, an introduction or a question."""
        words = [word for word in self.text.split() if any(char.isalnum() for char in word)]
        return len(words) >= 4 and not self.text.rstrip(" *\u00a0\u202f").endswith((":", "?"))


def markers_in(text: str) -> tuple[int, ...]:
    """The numbers of the `[n]` markers of a text, in order; Markdown links are not markers."""
    return tuple(int(number) for number in _MARKER.findall(text))


def segments(text: str) -> tuple[Statement, ...]:
    """The paragraphs, list items and table cells of an answer, headings left out."""
    return tuple(_statement(part) for part in _parts(text))


def statements(text: str) -> tuple[Statement, ...]:
    """The sentences of an answer, each with the markers inside it and behind its full stop."""
    return tuple(
        _statement(sentence)
        for part in _parts(text)
        for sentence in _sentences(part)
        if sentence.strip()
    )


def _parts(text: str) -> list[str]:
    parts: list[str] = []
    for line in text.splitlines():
        if _HEADING.match(line) or _RULE.match(line):
            continue
        row = line.lstrip().startswith("|")
        cells = line.strip().strip("|").split("|") if row else [_BULLET.sub("", line)]
        parts.extend(cell for cell in cells if cell.strip())
    return parts


def _sentences(line: str) -> list[str]:
    found, start = [], 0
    for match in _END.finditer(line):
        found.append(line[start : match.end()])
        start = match.end()
    return [*found, line[start:]]


def _statement(raw: str) -> Statement:
    return Statement(_MARKER.sub("", raw).strip(), markers_in(raw))
