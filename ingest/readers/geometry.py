"""Rectangles and words on a page, measured from its top left corner."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rect:
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The height of its centre line."""
        return (self.top + self.bottom) / 2

    def holds(self, other: Rect, slack: float = 0.0) -> bool:
        """Whether the centre of `other` lies inside."""
        across = (other.left + other.right) / 2
        return (
            self.left - slack <= across <= self.right + slack
            and self.top - slack <= other.middle <= self.bottom + slack
        )

    def encloses(self, other: Rect, slack: float = 3.0) -> bool:
        """Whether the whole of `other` lies inside, give or take `slack`."""
        return (
            self.left - slack <= other.left
            and other.right <= self.right + slack
            and self.top - slack <= other.top
            and other.bottom <= self.bottom + slack
        )


def around(rects: Iterable[Rect]) -> Rect:
    """The smallest rectangle that holds all of `rects`, of which there is at least one."""
    many = list(rects)
    return Rect(
        min(rect.left for rect in many),
        min(rect.top for rect in many),
        max(rect.right for rect in many),
        max(rect.bottom for rect in many),
    )


@dataclass(frozen=True, slots=True)
class Word:
    """A word where the reader sees it.

    `rect` is in points of the page turned so that its text runs left to right; `box` is in
    fractions of the page as displayed.
    """

    text: str
    rect: Rect
    box: Rect
    size: float
    bold: bool


@dataclass(frozen=True)
class Ruled:
    """The cells of a ruled table; a merged cell is one large rectangle."""

    rect: Rect
    cells: tuple[Rect, ...]


@dataclass(frozen=True)
class PageLayout:
    """Everything a reading order can be worked out from, for page `number` counted from 1.

    `fills` are painted rectangles that differ from the paper, to tell head cells by.
    """

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    panels: tuple[Rect, ...]
    tables: tuple[Ruled, ...]
    fills: tuple[Rect, ...]
