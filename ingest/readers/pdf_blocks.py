"""Lines of a PDF page grouped into headings, paragraphs, list items and diagram boxes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from ingest.cleaning import BULLETS
from ingest.readers.blocks import BlockKind
from ingest.readers.geometry import Rect, around
from ingest.readers.reading_order import Line

# A paragraph is parted from the next by more than this many times the usual line pitch.
_PARAGRAPH_GAP = 1.15
# Letters of one paragraph differ in size by less than this many points.
_SAME_SIZE = 0.8
# A box of a diagram holds no more than this.
_BOX_LINES, _BOX_WORDS = 8, 25

_BULLET = re.compile(rf"^[{BULLETS}]")
_DASH = re.compile(r"^[-–—]$")
_NUMBER = re.compile(r"^(?:\d{1,2}|[a-zA-Z])[.)]$|^\d{1,2}$")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[a-zA-Z])[.)] ")
_CLOSED = re.compile(r"[.!?…:;»”\"][)»”]?$")


@dataclass(frozen=True)
class Chunk:
    """Consecutive lines that belong together, before it is known what page text they make.

    `label` counts the opening words that are a heading for what follows them. What is `silent`
    stands on the page but is not part of its text: page numbers, running heads, lists of links.
    """

    kind: BlockKind
    lines: tuple[Line, ...]
    panel: tuple[int, ...]
    level: int = 0
    label: int = 0
    silent: bool = False

    @property
    def text(self) -> str:
        """The words of the chunk on one line."""
        return " ".join(line.text for line in self.lines)

    @property
    def rect(self) -> Rect:
        """Where it stands."""
        return around(line.rect for line in self.lines)

    @property
    def size(self) -> float:
        """The size of its letters, going by its first line."""
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        """Whether every line is bold throughout."""
        return all(line.bold for line in self.lines)


@dataclass(frozen=True)
class Pitches:
    """The usual distance between base lines, by size of letters."""

    by_size: tuple[tuple[float, float], ...]

    def of(self, size: float) -> float:
        """The distance for letters of `size` points."""
        near = [pitch for other, pitch in self.by_size if abs(other - size) < _SAME_SIZE]
        return min([1.45 * size, *near])


def pitches(lines: Sequence[Line]) -> Pitches:
    """The line pitches of a page: low percentiles, since gaps between paragraphs are larger."""
    seen: dict[float, list[float]] = {}
    for above, below in pairwise(lines):
        pitch = below.rect.bottom - above.rect.bottom
        same = above.flow == below.flow and abs(above.size - below.size) < _SAME_SIZE
        if same and 0.9 * below.size < pitch < 2.2 * below.size:
            seen.setdefault(below.size, []).append(pitch)
    return Pitches(
        tuple((size, sorted(many)[len(many) // 5]) for size, many in sorted(seen.items()))
    )


def chunks(lines: Sequence[Line], usual: Pitches, titles: Sequence[tuple[str, int]]) -> list[Chunk]:
    """The chunks that the lines of one page fall into; `titles` are its outline entries (text,
    level). Lines come in reading order."""
    found: list[Chunk] = []
    for _, group in groupby(lines, key=lambda line: line.flow):
        flow = list(group)
        heads = _outlined(flow, titles)
        start = 0
        for first, last, level in [*heads, (len(flow), len(flow), 0)]:
            found += _split(flow[start:first], usual)
            if last > first:
                headed = tuple(flow[first:last])
                found.append(Chunk("heading", headed, headed[0].panel, level))
            start = last
    return _continued(_as_boxes(found))


def folded(text: str) -> str:
    """Letters and digits only, in lower case: what an outline and a page have in common."""
    return re.sub(r"[\W_]", "", text.casefold())


def _outlined(
    flow: Sequence[Line], titles: Sequence[tuple[str, int]]
) -> list[tuple[int, int, int]]:
    """Where outline entries stand in a flow: (first line, line after the last, level)."""
    wanted = {folded(title): level for title, level in titles if folded(title)}
    texts = [folded(line.text) for line in flow]
    found: list[tuple[int, int, int]] = []
    index = 0
    while index < len(flow):
        for size in range(min(5, len(flow) - index), 0, -1):
            level = wanted.get("".join(texts[index : index + size]), 0)
            if level:
                found.append((index, index + size, level))
                index += size - 1
                break
        index += 1
    return found


def _split(flow: Sequence[Line], usual: Pitches) -> list[Chunk]:
    """Paragraphs and items of lines that stand one below the other in one column."""
    found: list[Chunk] = []
    current: list[Line] = []
    item_left: float | None = None
    for line in flow:
        begins_item = _begins_item(line, current)
        if current and (begins_item or _parted(current, line, item_left, usual)):
            found.append(_chunk(current, item_left))
            nested = _nested_line(current, line, item_left)
            current, item_left = [], line.rect.left if nested else None
        if begins_item:
            item_left = line.words[1].rect.left if len(line.words) > 1 else line.rect.left
        current.append(line)
    if current:
        found.append(_chunk(current, item_left))
    return found


def _chunk(lines: Sequence[Line], item_left: float | None) -> Chunk:
    kind: BlockKind = "paragraph" if item_left is None else "item"
    return Chunk(kind, tuple(lines), lines[0].panel)


def _begins_item(line: Line, above: Sequence[Line]) -> bool:
    first = line.words[0].text
    if _BULLET.match(first):
        return True
    if len(line.words) < 2:
        return False
    if _DASH.match(first):
        # A dash inside a sentence may come first on its line; a bullet is set apart.
        gap = line.words[1].rect.left - line.words[0].rect.right
        return not above or gap > 0.5 * line.size or bool(_CLOSED.search(above[-1].text))
    if not _NUMBER.match(first):
        return False
    if first.isdigit():
        return bool(_DASH.match(line.words[1].text))
    return not above or bool(_CLOSED.search(above[-1].text)) or bool(_NUMBERED.match(above[0].text))


def _parted(current: Sequence[Line], line: Line, item_left: float | None, usual: Pitches) -> bool:
    above = current[-1]
    if _set_apart(above, line, usual):
        return True
    if abs(line.size - above.size) > _SAME_SIZE:
        return True
    if _mid_sentence(above.text, line.text):
        return item_left is not None and line.rect.left < current[0].rect.left - 3
    if line.bold != above.bold:
        return True
    if item_left is not None and line.rect.left < item_left - 3:
        return True
    return _nested_line(current, line, item_left) or _broken_early(current, line)


def _set_apart(above: Line, below: Line, usual: Pitches) -> bool:
    return below.rect.bottom - above.rect.bottom > _PARAGRAPH_GAP * usual.of(below.size) + 0.5


def _mid_sentence(above: str, below: str) -> bool:
    return not _CLOSED.search(above) and not _starts_afresh(below)


def _starts_afresh(text: str) -> bool:
    first = next((char for char in text if char.isalnum()), "")
    return not first.islower()


def _nested_line(current: Sequence[Line], line: Line, item_left: float | None) -> bool:
    """Whether the line is an item below the current one, set further in without a bullet."""
    return (
        item_left is not None
        and item_left + 6 < line.rect.left < item_left + 60
        and bool(_CLOSED.search(current[-1].text))
    )


def _broken_early(current: Sequence[Line], below: Line) -> bool:
    """Whether the line above ends although the next word would have fitted."""
    above = current[-1]
    if abs(above.rect.left - below.rect.left) > 5 or above.text.endswith((",", "-")):
        return False
    room = max(line.rect.right for line in (*current, below)) - above.rect.right
    return _starts_afresh(below.text) and room > below.words[0].rect.width + 1.2 * below.size


def _as_boxes(found: Sequence[Chunk]) -> list[Chunk]:
    """Small boxes side by side or in a row are the items of a diagram, each one item."""
    grouped = [list(group) for _, group in groupby(found, key=lambda chunk: chunk.panel)]
    outer = {chunk.panel[:depth] for chunk in found for depth in range(len(chunk.panel))}
    small = [_is_small_box(group) and group[0].panel not in outer for group in grouped]
    result: list[Chunk] = []
    for index, group in enumerate(grouped):
        near = [
            other for other in (index - 1, index + 1) if 0 <= other < len(grouped) and small[other]
        ]
        if small[index] and near:
            lines = tuple(line for chunk in group for line in chunk.lines)
            result.append(Chunk("item", lines, group[0].panel))
        else:
            result += group
    return result


def _is_small_box(group: Sequence[Chunk]) -> bool:
    lines = [line for chunk in group for line in chunk.lines]
    return (
        bool(group[0].panel)
        and all(chunk.kind == "paragraph" for chunk in group)
        and len(lines) <= _BOX_LINES
        and sum(len(line.words) for line in lines) <= _BOX_WORDS
    )


def _continued(found: Sequence[Chunk]) -> list[Chunk]:
    """A paragraph that runs on at the head of the next column is one paragraph."""
    result: list[Chunk] = []
    for chunk in found:
        if result and _runs_on(result[-1], chunk):
            result[-1] = replace(result[-1], lines=result[-1].lines + chunk.lines)
        else:
            result.append(chunk)
    return result


def _runs_on(above: Chunk, below: Chunk) -> bool:
    return (
        above.kind != "heading"
        and below.kind == "paragraph"
        and above.panel == below.panel
        and above.lines[-1].flow != below.lines[0].flow
        and abs(above.size - below.size) < _SAME_SIZE
        and above.bold == below.bold
        and not re.search(r"[.!?…:;»”\")]$", above.text)
        and not _starts_afresh(below.text)
    )
