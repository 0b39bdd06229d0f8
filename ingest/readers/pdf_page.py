"""The text of a PDF page, written in reading order, with the place of every word and block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from corpus.guide import Box, Link, Page
from ingest.cleaning import Vocabulary, clean
from ingest.readers.blocks import RUN_IN_HEADING, Block, BlockKind, ReadPage
from ingest.readers.geometry import Rect, Word
from ingest.readers.pdf_blocks import Chunk, Pitches, chunks
from ingest.readers.reading_order import Grid, Line, lines_of
from ingest.readers.ruled_table import RuledCell

Span = tuple[int, int]


@dataclass(frozen=True)
class Table:
    """A ruled table with its cells, ready to be written."""

    grid: Grid
    cells: tuple[RuledCell, ...]


@dataclass(frozen=True)
class _Draft:
    kind: BlockKind
    span: Span
    level: int
    heads: tuple[Span, ...]
    panel: tuple[int, ...]


@dataclass
class PageWriter:
    """Grows the text of a page; `finished` gives the page once the file's words are known."""

    text: str = ""
    boxes: list[Box] = field(default_factory=list)
    _drafts: list[_Draft] = field(default_factory=list)

    def chunk(self, chunk: Chunk) -> None:
        """Writes a heading, paragraph or item."""
        start = self._begin()
        self._lines(chunk.lines)
        if chunk.silent:
            return
        if chunk.label:
            first = self.boxes[-sum(len(line.words) for line in chunk.lines) :]
            span = (start, first[chunk.label - 1].end)
            self._drafts.append(_Draft("heading", span, RUN_IN_HEADING, (), chunk.panel))
        span = (start, len(self.text))
        self._drafts.append(_Draft(chunk.kind, span, chunk.level, (), chunk.panel))

    def table(self, table: Table, usual: Pitches) -> None:
        """Writes a table cell by cell, row by row."""
        spans: list[Span] = []
        for cell in table.cells:
            start = self._begin()
            for index, part in enumerate(chunks(lines_of(cell.words), usual, ())):
                if index:
                    self.text += "\n\n"
                self._lines(part.lines)
            spans.append((min(start, len(self.text)), len(self.text)))
        for cell, span in zip(table.cells, spans, strict=True):
            if cell.words and not cell.place.is_head:
                heads = tuple(spans[index] for index in cell.place.heads)
                self._drafts.append(_Draft("cell", span, 0, heads, table.grid.panel))

    def finished(
        self,
        guide: str,
        number: int,
        label: str | None,
        links: Sequence[tuple[Rect, str]],
        known: Vocabulary,
    ) -> ReadPage:
        """The page with its blocks; heads are cleaned with the words of the whole file."""
        page = Page(guide, number, label, self.text, tuple(self._links(links)), tuple(self.boxes))
        blocks = tuple(
            Block(
                draft.kind,
                *draft.span,
                level=draft.level,
                heads=tuple(clean(self.text[slice(*span)], known) for span in draft.heads),
                panel=draft.panel,
            )
            for draft in self._drafts
        )
        return ReadPage(page, blocks)

    def _begin(self) -> int:
        if self.text and not self.text.endswith("\n\n"):
            self.text += "\n\n"
        return len(self.text)

    def _lines(self, lines: Sequence[Line]) -> None:
        for index, line in enumerate(lines):
            if index:
                self.text += "\n"
            for position, word in enumerate(line.words):
                self._word(word, glued=not position)

    def _word(self, word: Word, glued: bool) -> None:
        if not glued:
            self.text += " "
        start = len(self.text)
        self.text += word.text
        place = (word.box.left, word.box.top, word.box.right, word.box.bottom)
        self.boxes.append(Box(start, len(self.text), *place))

    def _links(self, links: Sequence[tuple[Rect, str]]) -> Iterator[Link]:
        """Links in order of the text; one link on several lines is one link per line."""
        for rect, target in dict.fromkeys(links):
            covered = [
                box
                for box in self.boxes
                if rect.holds(Rect(box.left, box.top, box.right, box.bottom))
            ]
            if covered:
                yield Link(covered[0].start, covered[-1].end, target)
