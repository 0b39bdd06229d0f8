"""Which rectangles stand over a quoted span."""

from assistant.web.highlight import Mark, marks
from corpus.guide import Box, Page

# Two lines in a left column, and a word of a right column level with the first line.
LEFT_ONE = Box(0, 4, 0.10, 0.10, 0.20, 0.12)
LEFT_TWO = Box(5, 9, 0.21, 0.10, 0.30, 0.12)
RIGHT = Box(10, 14, 0.60, 0.10, 0.70, 0.12)
BELOW = Box(15, 19, 0.10, 0.13, 0.20, 0.15)
PAGE = Page("guide", 1, None, "aaaa bbbb cccc dddd", (), (LEFT_ONE, LEFT_TWO, RIGHT, BELOW))


def test_words_of_a_line_are_one_rectangle() -> None:
    assert marks(PAGE, 0, 9) == (Mark(10.0, 10.0, 20.0, 2.0),)


def test_only_the_words_of_the_span_are_marked() -> None:
    assert marks(PAGE, 5, 9) == (Mark(21.0, 10.0, 9.0, 2.0),)


def test_the_gap_between_columns_is_not_marked() -> None:
    assert [mark.left for mark in marks(PAGE, 0, 14)] == [10.0, 60.0]


def test_each_line_has_its_own_rectangle() -> None:
    assert [mark.top for mark in marks(PAGE, 0, 19)] == [10.0, 10.0, 13.0]


def test_an_unknown_span_marks_nothing() -> None:
    assert marks(PAGE, None, None) == ()


def test_a_rectangle_never_leaves_the_page() -> None:
    page = Page("guide", 1, None, "aaaa", (), (Box(0, 4, -0.2, 0.5, 1.3, 0.6),))
    assert marks(page, 0, 4) == (Mark(0.0, 50.0, 100.0, 10.0),)
