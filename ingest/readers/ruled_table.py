"""The cells of a ruled table on a PDF page, by rows and columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ingest.readers.geometry import Rect, Word
from ingest.readers.reading_order import Grid
from ingest.readers.table_heads import GridCell, headed

# Edges closer than this (points) are one edge.
_SNAP = 3.0


@dataclass(frozen=True)
class RuledCell:
    """A cell with the words inside its rules."""

    place: GridCell
    words: tuple[Word, ...]


def cells_of(grid: Grid, fills: Sequence[Rect]) -> list[RuledCell]:
    """The cells row by row, from left to right, with their heads; `fills` are painted areas."""
    tops = _edges([cell.top for cell in grid.ruled.cells])
    lefts = _edges([cell.left for cell in grid.ruled.cells])
    bottoms, rights = [*tops[1:], grid.ruled.rect.bottom], [*lefts[1:], grid.ruled.rect.right]
    found: list[RuledCell] = []
    for rect in grid.ruled.cells:
        rows = range(_nearest(rect.top, tops), _nearest(rect.bottom, bottoms) + 1)
        columns = range(_nearest(rect.left, lefts), _nearest(rect.right, rights) + 1)
        words = tuple(word for word in grid.words if rect.holds(word.rect))
        marked = _bold(words) or any(_fills(fill, rect) for fill in fills)
        found.append(RuledCell(GridCell(rows, columns, marked, not words), words))
    if all(cell.place.marked for cell in found):
        found = [_marked_if_bold(cell) for cell in found]
    found.sort(key=lambda cell: (cell.place.rows.start, cell.place.columns.start))
    places = headed([cell.place for cell in found])
    return [RuledCell(place, cell.words) for place, cell in zip(places, found, strict=True)]


def _marked_if_bold(cell: RuledCell) -> RuledCell:
    place = cell.place
    marked = _bold(cell.words)
    return RuledCell(GridCell(place.rows, place.columns, marked, place.empty), cell.words)


def _bold(words: Sequence[Word]) -> bool:
    bold = sum(len(word.text) for word in words if word.bold)
    return bold > 0.6 * sum(len(word.text) for word in words) if words else False


def _fills(fill: Rect, cell: Rect) -> bool:
    return cell.encloses(fill) and fill.width * fill.height > 0.8 * cell.width * cell.height


def _edges(values: Sequence[float]) -> list[float]:
    edges: list[float] = []
    for value in sorted(values):
        if not edges or value - edges[-1] > _SNAP:
            edges.append(value)
    return edges


def _nearest(value: float, edges: Sequence[float]) -> int:
    return min(range(len(edges)), key=lambda index: abs(edges[index] - value))
