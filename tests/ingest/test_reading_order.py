"""Columns, boxes and tables laid out by hand are read in the order a reader follows."""

from __future__ import annotations

from ingest.readers.geometry import PageLayout, Rect, Word
from ingest.readers.reading_order import Line, in_reading_order
from ingest.readers.table_heads import GridCell, headed


def words(text: str, left: float, top: float, size: float = 10) -> list[Word]:
    """A line of words, half as wide as `size` per letter, one letter apart."""
    line = []
    for word in text.split():
        right = left + len(word) * size / 2
        rect = Rect(left, top, right, top + size)
        line.append(Word(word, rect, rect, size, False))
        left = right + size / 4
    return line


def read(*lines: list[Word], panels: tuple[Rect, ...] = ()) -> list[str]:
    layout = PageLayout(1, 600, 800, tuple(w for line in lines for w in line), panels, (), ())
    return [piece.text for piece in in_reading_order(layout) if isinstance(piece, Line)]


def test_two_columns_under_a_title_are_read_one_after_the_other() -> None:
    rows = [120, 134, 148, 162]
    left = [words(f"gauche ligne {n} pleine", 50, top) for n, top in enumerate(rows)]
    right = [words(f"droite ligne {n} pleine", 300, top + 3) for n, top in enumerate(rows)]
    title = words("un titre qui court au dessus des deux colonnes de la page", 50, 80)
    order = [line.split()[0] for line in read(title, *right, *left)]
    assert order == ["un", *["gauche"] * 4, *["droite"] * 4]


def test_wide_spaces_in_one_line_are_no_columns() -> None:
    assert read(words("Tel", 50, 100), words("Fax", 300, 100)) == ["Tel Fax"]


def test_bullets_and_their_texts_are_no_columns() -> None:
    rows = [100, 114, 128, 142]
    bullets = [words("•", 50, top) for top in rows]
    texts = [words("un point assez long", 80, top) for top in rows]
    assert read(*bullets, *texts) == ["• un point assez long"] * 4


def test_boxes_side_by_side_are_read_box_by_box() -> None:
    panels = (Rect(40, 90, 290, 200), Rect(300, 90, 550, 150), Rect(300, 160, 550, 200))
    assert read(
        words("a un", 50, 100), words("b un", 310, 100),
        words("a deux", 50, 114), words("c un", 310, 170),
        panels=panels,
    ) == ["a un", "a deux", "b un", "c un"]  # fmt: skip


def test_a_box_inside_a_box_is_read_where_it_stands() -> None:
    panels = (Rect(40, 90, 550, 200), Rect(60, 110, 300, 150))
    assert read(
        words("avant", 50, 95), words("dedans", 70, 120), words("dehors", 50, 180), panels=panels
    ) == ["avant", "dedans", "dehors"]


def cell(top: int, left: int, marked: bool, *, height: int = 1, width: int = 1) -> GridCell:
    return GridCell(range(top, top + height), range(left, left + width), marked)


def test_a_cell_under_merged_heads_has_them_all() -> None:
    corner = GridCell(range(2), range(1), True, empty=True)
    heads = [
        cell(0, 1, True, width=2),
        cell(0, 3, True, height=2),
        cell(1, 1, True),
        cell(1, 2, True),
    ]
    body = [cell(2, 0, True), cell(2, 1, False), cell(2, 2, False, width=2)]
    found = headed([corner, *heads, *body])
    assert [one.heads for one in found[-2:]] == [(5, 1, 3), (5, 1, 4, 2)]


def test_a_group_of_rows_heads_each_of_them() -> None:
    cells = [
        cell(0, 0, True, height=2), cell(0, 1, True), cell(0, 2, False),
        cell(1, 1, True), cell(1, 2, False),
    ]  # fmt: skip
    assert [one.heads for one in headed(cells)] == [(), (), (0, 1), (), (0, 3)]


def test_a_banner_heads_the_rows_below_it() -> None:
    cells = [
        cell(0, 0, True), cell(0, 1, True), cell(1, 0, True), cell(1, 1, False),
        cell(2, 0, True, width=2), cell(3, 0, True), cell(3, 1, False),
    ]  # fmt: skip
    found = headed(cells)
    assert found[3].heads == (2, 1)
    assert found[6].heads == (4, 5, 1)


def test_the_first_row_heads_a_table_without_marks() -> None:
    found = headed([cell(0, 0, False), cell(0, 1, False), cell(1, 0, False), cell(1, 1, False)])
    assert [one.heads for one in found] == [(), (), (0,), (1,)]
