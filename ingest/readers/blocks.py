"""What every reader gives back: pages of text, and where the blocks of that text stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from corpus.errors import CorpusError
from corpus.guide import Page

BlockKind = Literal["heading", "paragraph", "item", "cell"]

# Levels of headings that no outline, style or `#` ranks: a bold line standing alone, and the
# bold words that open a paragraph (« Missions : … »).
MINOR_HEADING = 8
RUN_IN_HEADING = 9


class UnreadableFile(CorpusError):  # noqa: N818 - it names the file, as its siblings do
    """A file that cannot be ingested; the message says why and what to do, in French."""


@dataclass(frozen=True)
class Block:
    """The heading, paragraph, list item or table cell that page.text[start:end] is.

    `level` ranks headings from 1, the outermost. `heads` are the row and column heads of a cell.
    `panel` names the boxes around the block, outermost first: a heading inside a box says
    nothing about what stands outside. A heading may cover the opening words of the paragraph
    that follows it; such words belong to both.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    heads: tuple[str, ...] = ()
    panel: tuple[int, ...] = ()


@dataclass(frozen=True)
class ReadPage:
    """One page of a file with its blocks in reading order."""

    page: Page
    blocks: tuple[Block, ...]
