"""Which cells of a table are heads, and of which other cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class GridCell:
    """A cell by the rows and columns it spans; `marked` tells whether it looks like a head,
    `empty` whether it says nothing. `heads` are the positions of its head cells in the table,
    outermost first; a head cell has none."""

    rows: range
    columns: range
    marked: bool
    empty: bool = False
    is_head: bool = False
    heads: tuple[int, ...] = ()


def headed(cells: Sequence[GridCell]) -> list[GridCell]:
    """The cells with their heads found: rows of heads on top, columns of heads on the left, and
    rows of one single head that part the table. Cells come row by row."""
    if not cells or _extent(cells) < 2:
        return list(cells)
    top = _head_rows(cells)
    side = _head_columns(cells, top)
    width = _extent(cells)
    result: list[GridCell] = []
    for cell in cells:
        is_head = cell.rows.start < top or cell.columns.start < side or _is_banner(cell, width)
        heads = () if is_head else _heads(cell, cells, top, side)
        result.append(replace(cell, is_head=is_head, heads=heads))
    return result


def _extent(cells: Sequence[GridCell]) -> int:
    return max(cell.columns.stop for cell in cells)


def _heads(cell: GridCell, cells: Sequence[GridCell], top: int, side: int) -> tuple[int, ...]:
    width = _extent(cells)
    banners = [
        index
        for index, other in enumerate(cells)
        if _is_banner(other, width) and top <= other.rows.start < cell.rows.start
    ]
    rows = [
        index
        for index, other in enumerate(cells)
        if other.columns.start < side
        and other.rows.start >= top
        and not _is_banner(other, width)
        and _meet(other.rows, cell.rows)
    ]
    columns = [
        index
        for column in cell.columns
        for index, other in enumerate(cells)
        if other.rows.start < top and column in other.columns
    ]
    ordered = [*banners[-1:], *rows, *columns]
    return tuple(index for index in dict.fromkeys(ordered) if not cells[index].empty)


def _head_rows(cells: Sequence[GridCell]) -> int:
    last = max(cell.rows.start for cell in cells)
    row = 0
    while row < last and _all_marked([cell for cell in cells if cell.rows.start == row]):
        # Heads of heads reach down as far as the cells of their row that span several.
        row = max(cell.rows.stop for cell in cells if cell.rows.start == row)
    side_heads = any(cell.marked for cell in cells if cell.columns.start == 0)
    return min(row, last) or int(not side_heads and last > 0)


def _head_columns(cells: Sequence[GridCell], top: int) -> int:
    last = max(cell.columns.start for cell in cells)
    width = _extent(cells)
    column = 0
    while column < last:
        below = [
            cell
            for cell in cells
            if cell.columns.start == column
            and cell.rows.start >= top
            and not _is_banner(cell, width)
        ]
        if not _all_marked(below):
            break
        column += 1
    corner = next((c for c in cells if c.rows.start == 0 and c.columns.start == 0), None)
    return column or int(top > 0 and corner is not None and corner.empty)


def _all_marked(cells: Sequence[GridCell]) -> bool:
    said = [cell for cell in cells if not cell.empty]
    return bool(said) and all(cell.marked for cell in said)


def _is_banner(cell: GridCell, width: int) -> bool:
    return cell.marked and len(cell.columns) == width and not cell.empty


def _meet(one: range, other: range) -> bool:
    return one.start < other.stop and other.start < one.stop
