"""The paragraphs, list items, headings and tables that the lines of a text file make up."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

PartKind = Literal["heading", "paragraph", "item", "row"]

_ATX = re.compile(r"^ {0,3}(#{1,6})[ \t]+(?P<title>.*?)(?:[ \t]+#+)?[ \t]*$")
_SETEXT = re.compile(r"^ {0,3}(=+|-{2,})[ \t]*$")
_RULE = re.compile(r"^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_ITEM = re.compile(
    r"^(?P<indent>[ \t]*)(?P<mark>[-*+•▪●◦‣–—\uf0b7\uf0a7\uf06c]|\d{1,2}[.)])[ \t]+(?=\S)"
)
_DELIMITER = re.compile(r"^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]]+\]:[ \t]*\S+.*$")
_FRONT_MATTER = re.compile(r"\A---\n.*?\n(?:---|\.\.\.)\n", re.DOTALL)
# What a browser would not show: comments, scripts and the like, up to their end.
_UNSEEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)",
    re.DOTALL | re.IGNORECASE,
)


@dataclass(frozen=True)
class Part:
    """text[start:end] without the marks that make it a heading, item or row. `numbered` tells
    items of ordered lists; `alone` a paragraph of one line."""

    kind: PartKind
    start: int
    end: int
    level: int = 0
    numbered: bool = False
    alone: bool = False
    cells: tuple[tuple[int, int], ...] = ()


def shown(text: str, markup: bool) -> str:
    """`text` with what a browser would not show blanked out; every position stays what it was."""
    if not markup:
        return text
    return _UNSEEN.sub(_blank, _FRONT_MATTER.sub(_blank, text))


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def parts(text: str, markup: bool) -> list[Part]:
    """The parts of `text` in order; without `markup` only blank lines and bullets count."""
    return list(_Parser(text, markup).parse())


class _Parser:
    def __init__(self, text: str, markup: bool) -> None:
        self._markup = markup
        self._text = shown(text, markup)
        self._open: list[tuple[int, int]] = []
        self._item: Part | None = None

    def parse(self) -> Iterator[Part]:
        lines = list(_lines(self._text))
        index = 0
        fenced = False
        while index < len(lines):
            start, end = lines[index]
            line = self._text[start:end]
            if self._markup and _FENCE.match(line):
                fenced = not fenced
                yield from self._closed()
            elif not line.strip():
                yield from self._closed()
            elif fenced:
                self._open.append((start, end))
            elif self._markup and self._begins_table(lines, index):
                yield from self._closed()
                index = yield from self._table(lines, index)
                continue
            else:
                yield from self._line(start, end, line)
            index += 1
        yield from self._closed()

    def _line(self, start: int, end: int, line: str) -> Iterator[Part]:
        heading = _ATX.match(line) if self._markup else None
        if heading:
            yield from self._closed()
            span = heading.span("title")
            yield Part("heading", start + span[0], start + span[1], len(heading.group(1)))
        elif self._markup and self._open and not self._item and _SETEXT.match(line):
            first, last = self._open[0][0], self._open[-1][1]
            self._open = []
            yield Part("heading", first, last, 1 if "=" in line else 2)
        elif self._markup and (_RULE.match(line) or _DEFINITION.match(line)):
            yield from self._closed()
        elif _ITEM.match(line):
            yield from self._begun(start, end, line)
        else:
            self._open.append((start, end))

    def _begun(self, start: int, end: int, line: str) -> Iterator[Part]:
        yield from self._closed()
        mark = _ITEM.match(line)
        assert mark is not None
        numbered = mark.group("mark")[0].isdigit()
        first = start if numbered else start + mark.end()
        self._item = Part("item", first, end, numbered=numbered)
        self._open = [(first, end)]

    def _closed(self) -> Iterator[Part]:
        if self._open:
            start, end = _trimmed(self._text, self._open[0][0], self._open[-1][1])
            alone = len(self._open) == 1
            if self._item is not None:
                yield Part("item", start, end, numbered=self._item.numbered, alone=alone)
            elif end > start:
                yield Part("paragraph", start, end, alone=alone)
        self._open, self._item = [], None

    def _begins_table(self, lines: Sequence[tuple[int, int]], index: int) -> bool:
        if index + 1 >= len(lines) or "|" not in self._text[slice(*lines[index])]:
            return False
        below = self._text[slice(*lines[index + 1])]
        return "|" in below and bool(_DELIMITER.match(below))

    def _table(self, lines: Sequence[tuple[int, int]], index: int) -> Generator[Part, None, int]:
        yield self._row(*lines[index], level=1)
        index += 2
        while index < len(lines) and "|" in self._text[slice(*lines[index])]:
            yield self._row(*lines[index], level=0)
            index += 1
        return index

    def _row(self, start: int, end: int, level: int) -> Part:
        """A table row; level 1 is the head row."""
        line = self._text[start:end]
        bars = [match.start() for match in re.finditer(r"(?<!\\)\|", line)]
        edges = [-1, *bars, len(line)]
        cells = [
            _trimmed(self._text, start + left + 1, start + right) for left, right in pairwise(edges)
        ]
        if line.lstrip().startswith("|"):
            cells = cells[1:]
        if line.rstrip().endswith("|"):
            cells = cells[:-1]
        return Part("row", start, end, level, cells=tuple(cells))


def _lines(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in re.finditer(r"\n|\Z", text):
        yield start, match.start()
        start = match.end()


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
