"""Which chunks of a PDF page are headings, going by their looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from ingest.readers.blocks import MINOR_HEADING
from ingest.readers.geometry import Word
from ingest.readers.pdf_blocks import Chunk
from ingest.readers.reading_order import Line

# A heading without an outline entry: at least this much larger than the page's body, and short.
_LARGER = 1.12
_HEADING_WORDS, _LABEL_WORDS = 18, 12


@dataclass(frozen=True)
class Styles:
    """How headings look in a file: ratios of size to body, largest first; none are needed where
    the file has an outline."""

    ratios: tuple[float, ...]

    def level(self, chunk: Chunk, body: float) -> int:
        """The level of a chunk in larger letters, or 0."""
        if not self.ratios or chunk.size < _LARGER * body:
            return 0
        ratio = round(chunk.size / body, 1)
        return min(6, 1 + sum(1 for other in self.ratios if other > ratio))


def body_size(lines: Iterable[Line]) -> float:
    """The size of most letters of a page."""
    sizes: Counter[float] = Counter()
    for line in lines:
        for word in line.words:
            sizes[word.size] += len(word.text)
    return max(sizes, key=lambda size: sizes[size], default=0.0)


def styles(pages: Iterable[Sequence[Chunk]], bodies: Iterable[float]) -> Styles:
    """The heading sizes of a file that has no outline."""
    ratios: set[float] = set()
    for chunks, body in zip(pages, bodies, strict=True):
        ratios |= {
            round(chunk.size / body, 1)
            for chunk in chunks
            if chunk.kind == "paragraph" and chunk.size >= _LARGER * body and _titled(chunk)
        }
    return Styles(tuple(sorted(ratios, reverse=True)))


def with_headings(chunks: Sequence[Chunk], looks: Styles, body: float) -> list[Chunk]:
    """The chunks with headings told from paragraphs, and the bold openings of paragraphs."""
    marked = [_marked(chunk, looks, body) for chunk in chunks]
    result: list[Chunk] = []
    for index, chunk in enumerate(marked):
        if chunk.level == MINOR_HEADING:
            chunk = _confirmed(marked, index)
        result.append(chunk)
    return _outside_their_box(result)


def _marked(chunk: Chunk, looks: Styles, body: float) -> Chunk:
    if chunk.kind != "paragraph":
        return chunk
    level = looks.level(chunk, body)
    if level and _titled(chunk):
        return replace(chunk, kind="heading", level=level)
    if chunk.bold and _titled(chunk):
        return replace(chunk, kind="heading", level=MINOR_HEADING)
    return replace(chunk, label=_label([word for line in chunk.lines for word in line.words]))


def _titled(chunk: Chunk) -> bool:
    words = [word for word in chunk.text.split() if any(char.isalpha() for char in word)]
    return (
        0 < len(words) <= _HEADING_WORDS
        and len(chunk.lines) <= 3
        and not chunk.text.endswith((".", ",", ";"))
    )


def _confirmed(marked: Sequence[Chunk], index: int) -> Chunk:
    """A bold line is a heading only if something stands under it; bold lines that follow each
    other are text. One that introduces a list is also its first sentence."""
    chunk = marked[index]
    below = marked[index + 1] if index + 1 < len(marked) else None
    above = marked[index - 1] if index else None
    rivals = [
        other
        for other in (above, below)
        if other is not None and other.level == MINOR_HEADING and other.panel == chunk.panel
    ]
    heads = below is not None and below.kind != "heading" and _governs(chunk, below)
    if rivals or not heads or below is None:
        return replace(chunk, kind="paragraph", level=0)
    if below.kind == "item" and chunk.text.endswith(":"):
        words = sum(len(line.words) for line in chunk.lines)
        return replace(chunk, kind="paragraph", level=0, label=words)
    return chunk


def _governs(heading: Chunk, below: Chunk) -> bool:
    depth = len(heading.panel)
    return below.panel[:depth] == heading.panel or below.panel == heading.panel[:-1]


def _label(words: Sequence[Word]) -> int:
    """How many bold words open the paragraph like a heading (« Missions : … »)."""
    count = 0
    while count < len(words) and words[count].bold:
        count += 1
    if not 0 < count < len(words) or count > _LABEL_WORDS:
        return 0
    if words[count].text in (":", "?"):
        count += 1
    return count if words[count - 1].text.endswith((":", "?")) and count < len(words) else 0


def _outside_their_box(chunks: Sequence[Chunk]) -> list[Chunk]:
    """A box around nothing but a heading is its decoration: what follows is under it too."""
    filled = {
        chunk.panel[:depth]
        for chunk in chunks
        if chunk.kind != "heading"
        for depth in range(len(chunk.panel) + 1)
    }
    result = []
    for chunk in chunks:
        while chunk.kind == "heading" and chunk.panel and chunk.panel not in filled:
            chunk = replace(chunk, panel=chunk.panel[:-1])
        result.append(chunk)
    return result
