"""The text of a document without pages of its own, as it grows block by block."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus.guide import Link, Page
from ingest.cleaning import clean, vocabulary
from ingest.readers.blocks import RUN_IN_HEADING, Block, BlockKind, ReadPage
from ingest.readers.links import safe_target
from ingest.readers.table_heads import GridCell

_LABEL_LENGTH = 80


@dataclass(frozen=True)
class Piece:
    """A stretch of text in one style, with the target of the link it belongs to, if any."""

    text: str
    target: str = ""
    bold: bool = False


@dataclass
class RenderedText:
    """Blocks are parted by blank lines; white space within them is collapsed."""

    _written: list[str] = field(default_factory=list)
    _length: int = 0
    _links: list[Link] = field(default_factory=list)
    _blocks: list[Block] = field(default_factory=list)
    _tables: dict[int, tuple[tuple[int, int], ...]] = field(default_factory=dict)

    def block(self, kind: BlockKind, pieces: Sequence[Piece], level: int = 0) -> None:
        """Writes a heading, paragraph or item, unless it says nothing."""
        start, end = self._write(pieces)
        if end > start:
            label = _label(pieces) if kind == "paragraph" else 0
            if label:
                self._blocks.append(Block("heading", start, start + label, RUN_IN_HEADING))
            self._blocks.append(Block(kind, start, end, level))

    def table(self, cells: Sequence[GridCell], contents: Sequence[Sequence[Piece]]) -> None:
        """Writes a table cell by cell; `contents` are the pieces of each cell."""
        spans = [self._write(pieces) for pieces in contents]
        for cell, (start, end) in zip(cells, spans, strict=True):
            if end > start and not cell.is_head:
                self._tables[len(self._blocks)] = tuple(spans[index] for index in cell.heads)
                self._blocks.append(Block("cell", start, end))

    def page(self, guide: str) -> list[ReadPage]:
        """Everything written, as the one page of `guide`."""
        text = "".join(self._written)
        known = vocabulary([text])
        blocks = tuple(
            Block(
                block.kind,
                block.start,
                block.end,
                block.level,
                tuple(clean(text[slice(*span)], known) for span in self._tables.get(i, ())),
            )
            for i, block in enumerate(self._blocks)
        )
        return [ReadPage(Page(guide, None, None, text, tuple(self._links)), blocks)]

    def _write(self, pieces: Sequence[Piece]) -> tuple[int, int]:
        written, links = _collapsed(pieces)
        if not written:
            return self._length, self._length
        gap = "\n\n" if self._length else ""
        self._written += [gap, written]
        start = self._length + len(gap)
        self._length = start + len(written)
        self._links += [Link(start + one.start, start + one.end, one.target) for one in links]
        return start, self._length


def _collapsed(pieces: Sequence[Piece]) -> tuple[str, list[Link]]:
    text, links = "", []
    for piece in pieces:
        words = re.sub(r"[ \t\f\v\u2028]*\n[ \t\f\v\u2028]*", "\n", piece.text)
        words = re.sub(r"[ \t\f\v]+", " ", words)
        if not text or text[-1].isspace():
            words = words.lstrip()
        start = len(text)
        text += words
        target = safe_target(piece.target) if piece.target else None
        end = len(text.rstrip())
        if target and end > start:
            links.append(Link(start, end, target))
    return text.rstrip(), links


def _label(pieces: Sequence[Piece]) -> int:
    """The length of the bold words that open a paragraph like a heading (« Missions : … »)."""
    bold = ""
    rest = list(pieces)
    while rest and (rest[0].bold or not rest[0].text.strip()):
        bold += rest.pop(0).text
    after = "".join(piece.text for piece in rest)
    opening = re.sub(r"\s+", " ", bold).strip()
    if not opening or not after.strip() or len(opening) > _LABEL_LENGTH:
        return 0
    if opening.endswith((":", "?")):
        return len(opening)
    colon = re.match(r"\s*[:?](?=\s)", after)
    return len(opening) + colon.end() if colon else 0
