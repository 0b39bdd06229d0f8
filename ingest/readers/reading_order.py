"""The order in which the lines, boxes and tables of a page are read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from ingest.readers.geometry import PageLayout, Rect, Ruled, Word, around

# White space that parts columns, in multiples of the letters' size; boxes may stand closer.
_GUTTER, _BOX_GUTTER_POINTS = 0.65, 3.0
# Two lines side by side may be a form or a signature; three are columns.
_COLUMN_LINES = 3
# Narrower than this many letters a "column" is a row of bullets or page numbers.
_COLUMN_WIDTH = 5.0


@dataclass(frozen=True)
class Line:
    """Words on one base line. Lines of one `flow` follow each other in the same column;
    `panel` names the boxes around them, outermost first."""

    words: tuple[Word, ...]
    flow: int
    panel: tuple[int, ...]

    @property
    def text(self) -> str:
        """The line as it reads."""
        return " ".join(word.text for word in self.words)

    @property
    def rect(self) -> Rect:
        """Where it stands."""
        return around(word.rect for word in self.words)

    @property
    def size(self) -> float:
        """The size of most of its letters."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
        return max(sizes, key=lambda size: sizes[size])

    @property
    def bold(self) -> bool:
        """Whether all its words are bold, bullets aside."""
        words = [word for word in self.words if any(char.isalnum() for char in word.text)]
        return bool(words) and all(word.bold for word in words)


@dataclass(frozen=True)
class Grid:
    """A ruled table with the words inside it."""

    ruled: Ruled
    words: tuple[Word, ...]
    flow: int
    panel: tuple[int, ...]


Piece = Line | Grid


@dataclass(frozen=True)
class _Box:
    """What is read as a whole: a panel with its contents, or a table with its words."""

    rect: Rect
    number: int
    ruled: Ruled | None
    contents: tuple[_Item, ...]


_Item = Word | _Box


def in_reading_order(layout: PageLayout) -> list[Piece]:
    """The lines and tables of the page, columns and boxes read one after the other."""
    return list(_Reader().read(_nested(layout), ()))


def lines_of(words: Iterable[Word], flow: int = 0, panel: tuple[int, ...] = ()) -> list[Line]:
    """The words of one column grouped into lines, from the top down."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: word.rect.middle):
        if lines and _on_line(word, lines[-1]):
            lines[-1].append(word)
        else:
            lines.append([word])
    return [
        Line(tuple(sorted(line, key=lambda word: word.rect.left)), flow, panel) for line in lines
    ]


def _on_line(word: Word, line: Sequence[Word]) -> bool:
    tallest = max(line, key=lambda other: other.rect.height).rect
    reach = 0.5 * max(tallest.height, word.rect.height)
    return abs(word.rect.middle - tallest.middle) < reach


def frames(layout: PageLayout) -> list[tuple[Rect, Ruled | None]]:
    """The boxes and tables of the page, large ones first; panels are numbered in this order."""
    found: list[tuple[Rect, Ruled | None]] = [(panel, None) for panel in layout.panels]
    found += [(table.rect, table) for table in layout.tables]
    return sorted(found, key=lambda frame: -frame[0].width * frame[0].height)


def _nested(layout: PageLayout) -> tuple[_Item, ...]:
    """Words inside boxes inside boxes: everything goes into the smallest box that holds it."""
    boxes = frames(layout)
    contents: dict[int, list[_Item]] = {index: [] for index in range(-1, len(boxes))}
    for word in layout.words:
        contents[_innermost(word.rect, boxes)].append(word)
    for index in range(len(boxes) - 1, -1, -1):
        rect, ruled = boxes[index]
        if contents[index]:
            outer = _innermost(rect, boxes[:index], whole=True)
            contents[outer].append(_Box(rect, index, ruled, tuple(contents[index])))
    return tuple(contents[-1])


def _innermost(rect: Rect, boxes: Sequence[tuple[Rect, Ruled | None]], whole: bool = False) -> int:
    for index in range(len(boxes) - 1, -1, -1):
        frame = boxes[index][0]
        if frame.encloses(rect) if whole else frame.holds(rect):
            return index
    return -1


class _Reader:
    """Numbers the flows while it walks through the boxes."""

    def __init__(self) -> None:
        self._flows = count()

    def read(self, items: Sequence[_Item], panel: tuple[int, ...]) -> Iterator[Piece]:
        plain: list[_Item] = []
        for band in _columned(_bands(items)):
            gutter = _gutter(band)
            if gutter is None and not any(isinstance(item, _Box) for item in band):
                plain += band
                continue
            yield from self._lines(plain, panel)
            plain = []
            if gutter is None:
                yield from self._stacked(band, panel)
            else:
                left = [item for item in band if item.rect.right <= gutter]
                right = [item for item in band if item.rect.right > gutter]
                yield from self.read(left, panel)
                yield from self.read(right, panel)
        yield from self._lines(plain, panel)

    def _stacked(self, band: Sequence[_Item], panel: tuple[int, ...]) -> Iterator[Piece]:
        boxes = [item for item in band if isinstance(item, _Box)]
        words = [item for item in band if isinstance(item, Word)]
        for box in sorted(boxes, key=lambda box: (box.rect.top, box.rect.left)):
            above = [word for word in words if word.rect.middle < box.rect.middle]
            words = [word for word in words if word.rect.middle >= box.rect.middle]
            yield from self._lines(above, panel)
            yield from self._box(box, panel)
        yield from self._lines(words, panel)

    def _box(self, box: _Box, panel: tuple[int, ...]) -> Iterator[Piece]:
        if box.ruled is None:
            yield from self.read(box.contents, (*panel, box.number))
        else:
            words = tuple(item for item in box.contents if isinstance(item, Word))
            yield Grid(box.ruled, words, next(self._flows), panel)

    def _lines(self, items: Sequence[_Item], panel: tuple[int, ...]) -> Iterator[Line]:
        words = [item for item in items if isinstance(item, Word)]
        if words:
            yield from lines_of(words, next(self._flows), panel)


def _bands(items: Sequence[_Item]) -> list[list[_Item]]:
    """Items parted by white space that runs across, from the top down."""
    bands: list[list[_Item]] = []
    reach = float("-inf")
    for item in sorted(items, key=lambda item: _core(item)[0]):
        top, bottom = _core(item)
        if bands and top < reach:
            bands[-1].append(item)
        else:
            bands.append([item])
        reach = max(reach, bottom)
    return bands


def _core(item: _Item) -> tuple[float, float]:
    # Letters' boxes are taller than their ink and would glue tightly set lines together.
    trim = 0.25 * item.rect.height if isinstance(item, Word) else 1.0
    return item.rect.top + trim, item.rect.bottom - trim


def _columned(bands: Sequence[list[_Item]]) -> Iterator[list[_Item]]:
    """Bands of words that share a gutter are put together; all others stay as they are."""
    index = 0
    while index < len(bands):
        end = index + 1
        if not _boxed(bands[index]) and _beside(bands[index]):
            end = _shared(bands, index)
        joined = [item for band in bands[index:end] for item in band]
        if end > index + 1 and _gutter(joined) is None:
            end, joined = index + 1, bands[index]
        yield joined
        index = end


def _shared(bands: Sequence[list[_Item]], start: int) -> int:
    """Up to where the bands from `start` on leave one gutter free."""
    free = _gaps(bands[start])
    end = start + 1
    while end < len(bands) and not _boxed(bands[end]):
        drop = _core_top(bands[end]) - max(item.rect.bottom for item in bands[end - 1])
        if drop > 1.5 * _size(bands[end]):
            break
        narrowed = _narrowed(free, bands[end])
        if not narrowed:
            break
        free = narrowed
        end += 1
    return end


def _core_top(band: Sequence[_Item]) -> float:
    return min(item.rect.top for item in band)


def _boxed(band: Sequence[_Item]) -> bool:
    return any(isinstance(item, _Box) for item in band)


def _beside(band: Sequence[_Item]) -> bool:
    return bool(_gaps(band))


def _size(band: Sequence[_Item]) -> float:
    sizes = sorted(item.size for item in band if isinstance(item, Word))
    return sizes[len(sizes) // 2] if sizes else 0.0


def _gaps(band: Sequence[_Item]) -> list[tuple[float, float]]:
    """The white intervals between the items of a band that are wide enough for a gutter."""
    least = _BOX_GUTTER_POINTS if _boxed(band) else _GUTTER * _size(band)
    gaps: list[tuple[float, float]] = []
    reach = float("-inf")
    for rect in sorted((item.rect for item in band), key=lambda rect: rect.left):
        if rect.left - reach >= least and reach > float("-inf"):
            gaps.append((reach, rect.left))
        reach = max(reach, rect.right)
    return gaps


def _narrowed(
    free: Sequence[tuple[float, float]], band: Sequence[_Item]
) -> list[tuple[float, float]]:
    least = _GUTTER * _size(band)
    parts: list[tuple[float, float]] = []
    for left, right in free:
        for item in sorted(band, key=lambda item: item.rect.left):
            if item.rect.right <= left or item.rect.left >= right:
                continue
            if item.rect.left - left >= least:
                parts.append((left, item.rect.left))
            left = max(left, item.rect.right)
        if right - left >= least:
            parts.append((left, right))
    return parts


def _gutter(band: Sequence[_Item]) -> float | None:
    """Where the band is parted into columns: the widest gap with a column on either side."""
    for left, right in sorted(_gaps(band), key=lambda gap: gap[0] - gap[1]):
        across = (left + right) / 2
        sides = (
            [item for item in band if item.rect.right <= across],
            [item for item in band if item.rect.right > across],
        )
        if all(_is_column(side, _boxed(band)) for side in sides):
            return across
    return None


def _is_column(side: Sequence[_Item], beside_box: bool) -> bool:
    if _boxed(side):
        return True
    words = [item for item in side if isinstance(item, Word)]
    if around(word.rect for word in words).width < _COLUMN_WIDTH * _size(side):
        return False
    return beside_box or len(lines_of(words)) >= _COLUMN_LINES
