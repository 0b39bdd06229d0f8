"""Where a span of a page's text stands on the image of that page."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.guide import Box, Page

# Words of one line overlap in height by at least half; a gap wider than this fraction of the
# page is the space between two columns, which must stay unmarked.
_SAME_LINE = 0.5
_WIDEST_SPACE = 0.03


@dataclass(frozen=True)
class Mark:
    """A rectangle to highlight, in percent of the page's width and height."""

    left: float
    top: float
    width: float
    height: float


def marks(page: Page, start: int | None, end: int | None) -> tuple[Mark, ...]:
    """One rectangle for each line that text[start:end] covers; none if the place is unknown."""
    if start is None or end is None:
        return ()
    lines: list[Box] = []
    for box in page.boxes:
        if box.start >= end or box.end <= start:
            continue
        if lines and _continues(lines[-1], box):
            lines[-1] = _joined(lines[-1], box)
        else:
            lines.append(box)
    return tuple(_mark(line) for line in lines if line.right > line.left and line.bottom > line.top)


def _continues(line: Box, word: Box) -> bool:
    shared = min(line.bottom, word.bottom) - max(line.top, word.top)
    lower = min(line.bottom - line.top, word.bottom - word.top)
    gap = word.left - line.right
    return lower > 0 and shared >= _SAME_LINE * lower and -_WIDEST_SPACE <= gap <= _WIDEST_SPACE


def _joined(line: Box, word: Box) -> Box:
    return Box(
        line.start,
        max(line.end, word.end),
        min(line.left, word.left),
        min(line.top, word.top),
        max(line.right, word.right),
        max(line.bottom, word.bottom),
    )


def _mark(box: Box) -> Mark:
    left, top = _percent(box.left), _percent(box.top)
    return Mark(
        left, top, round(_percent(box.right) - left, 3), round(_percent(box.bottom) - top, 3)
    )


def _percent(fraction: float) -> float:
    return round(100 * min(1.0, max(0.0, fraction)), 3)
