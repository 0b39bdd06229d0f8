"""Headings of a text that marks none: short lines standing alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from ingest.readers.text_contents import NUMBER, PART_LINE, name_of, readable, without_contents
from ingest.readers.text_lines import Part

# Longer lines that stand alone are text, unless numbered or in capitals.
_HEADING_WORDS, _NUMBERED_WORDS = 8, 20
# More lines in a row with nothing between them are a list, not headings of headings.
_HEADINGS_IN_A_ROW = 4

_TITLE, _PART, _PART_TITLE, _SECTION, _SHORT, _DEEPEST = 1, 2, 3, 4, 5, 7

_CLOSING = re.compile(
    r"^(?:[aà] retenir|conclusions?|en r[ée]sum[ée]|annexes?|bibliographie|r[ée]f[ée]rences)\b",
    re.IGNORECASE,
)
_EXPANDED_ACRONYM = re.compile(r"^[A-Z]{2,8}\s+[-–—:]\s+\S")
_CAPITALS = re.compile(r"^[A-ZÀ-Þ]{4,}\b")
_LINK_ONLY = re.compile(r"^!?\[[^\]]*\]\([^)]*\)$")


def outlined(text: str, parts: Sequence[Part]) -> list[Part]:
    """The parts with headings told from text and tables of contents left out."""
    kept, announced = without_contents(text, parts)
    if any(part.kind == "heading" for part in kept):
        return kept
    kept = [part for part in kept if not _says_nothing(text, part)]
    heads = _heads(text, kept, announced)
    levels = _Levels(announced)
    result: list[Part] = []
    for index, part in enumerate(kept):
        if heads[index]:
            over_heading = index + 1 < len(kept) and heads[index + 1]
            level = levels.of(readable(text, part), over_heading, first=index == 0)
            part = replace(part, kind="heading", level=level)
        else:
            levels.text_follows()
        result.append(part)
    return result


class _Levels:
    """Ranks headings by their wording and by whether they stand over other headings."""

    def __init__(self, announced: set[str]) -> None:
        self._announced = announced
        self._section()
        self._after_part = False
        self._last = 0

    def _section(self) -> None:
        self._depth, self._holding = _SHORT, False

    def text_follows(self) -> None:
        """Tells that what comes next is no heading."""
        self._after_part, self._last = False, 0

    def of(self, line: str, over_heading: bool, first: bool) -> int:
        """The level of the heading `line`."""
        level = _TITLE if first else self._ranked(line)
        if not level:
            level = self._unranked(over_heading)
        self._after_part = level == _PART and bool(PART_LINE.match(line))
        self._last = level
        return level

    def _ranked(self, line: str) -> int:
        """The level that the wording tells, or 0."""
        level = 0
        if PART_LINE.match(line) or _CLOSING.match(line):
            level = _PART
        elif self._after_part:
            level = _PART_TITLE
        elif name_of(line) in self._announced:
            level = _SECTION
        if level:
            self._section()
        return level

    def _unranked(self, over_heading: bool) -> int:
        if over_heading:
            self._depth = min(_DEEPEST - 1, self._depth + (self._last == self._depth))
            self._holding = True
            return self._depth
        return self._depth + self._holding


def _says_nothing(text: str, part: Part) -> bool:
    return part.kind == "paragraph" and bool(_LINK_ONLY.match(text[part.start : part.end]))


def _heads(text: str, parts: Sequence[Part], announced: set[str]) -> list[bool]:
    """Which parts are lines that stand alone like headings, over something."""
    alone = [_is_head(readable(text, part), part, announced) for part in parts]
    heads: list[bool] = []
    for head, group in groupby(enumerate(alone), key=lambda pair: pair[1]):
        run = [index for index, _ in group]
        over_something = head and run[-1] + 1 < len(parts)
        if len(run) > _HEADINGS_IN_A_ROW:
            heads += [False] * (len(run) - 1) + [over_something]
        else:
            heads += [head] * (len(run) - 1) + [over_something]
    return heads


def _is_head(line: str, part: Part, announced: set[str]) -> bool:
    if part.kind != "paragraph" or not part.alone:
        return False
    if line.endswith((".", ",", ";", ":", "!", "»")) and not NUMBER.match(line):
        return False
    first = next((char for char in line if char.isalnum()), "")
    if not first or first.islower() or line[0] in "(«":
        return False
    if _EXPANDED_ACRONYM.match(line) or "€" in line:
        return False
    words = sum(1 for word in line.split() if any(map(str.isalnum, word)))
    marked = NUMBER.match(line) or _CAPITALS.match(line) or name_of(line) in announced
    return words <= (_NUMBERED_WORDS if marked else _HEADING_WORDS)
