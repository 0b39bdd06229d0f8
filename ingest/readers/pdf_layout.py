"""The door to pdfplumber: the words, boxes and ruled tables of each page of a PDF."""

from __future__ import annotations

import logging
import math
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pdfplumber
from pdfplumber.page import Page
from pdfplumber.utils.text import extract_words

from ingest.readers.blocks import UnreadableFile
from ingest.readers.geometry import PageLayout, Rect, Ruled, Word, around

Char = dict[str, Any]
Turn = Callable[[Rect], Rect]

_BOLD = re.compile(r"bold|black|heavy", re.IGNORECASE)
# A panel is at least this large (points): smaller shapes are rules, bullets and arrows.
_PANEL_WIDTH, _PANEL_HEIGHT = 40.0, 14.0
# Drawings made of more shapes than this are pictures: maps and charts, not boxes or tables.
_MOST_PANELS, _MOST_RULES = 300, 3_000
# Squares and discs of this size (points) are bullets if a word stands this close to their right.
_BULLET_SIZES, _BULLET_GAP = (2.0, 8.0), 25.0
# Two outlines of one box differ by less than this.
_SAME_BOX = 4.0


def layouts(path: Path) -> Iterator[PageLayout]:
    """The layout of each page of the PDF `path`, one page in memory at a time."""
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with pdfplumber.open(path) as pdf:
            for page in pdf.pages:
                yield _layout(page)
                page.close()
    except Exception as error:  # pdfminer raises anything on a file that pypdf let through
        raise UnreadableFile(
            f"« {path.name} » contient une page que l’on ne peut pas mettre en forme : "
            "réenregistrez-le depuis un lecteur PDF."
        ) from error


def _layout(page: Page) -> PageLayout:
    by_direction: dict[int, list[Char]] = {}
    for char in page.chars:
        by_direction.setdefault(_direction(char), []).append(char)
    main = max(by_direction, key=lambda turn: len(by_direction[turn]), default=0)
    frame = _Frame(page, main)
    words = [
        word
        for turn, chars in sorted(by_direction.items(), key=lambda item: item[0] != main)
        for word in _words(chars, _Frame(page, turn), frame)
    ]
    shapes = [frame.turned(_rect(shape)) for shape in (*page.rects, *page.curves)]
    words += _drawn_bullets(shapes[:_MOST_RULES], words, frame)
    few = len(page.rects) + len(page.lines) + len(page.curves) < _MOST_RULES
    tables = tuple(_tables(page, frame)) if few else ()
    panels = _panels(shapes, frame.page, tables)
    fills = tuple(
        frame.turned(_rect(shape))
        for shape in page.rects
        if shape.get("fill") and _is_tinted(shape.get("non_stroking_color"))
    )
    size = frame.page
    return PageLayout(
        page.page_number, size.width, size.height, tuple(words), panels, tables, fills
    )


class _Frame:
    """The page turned by `turn` degrees, so that text of that direction runs left to right."""

    def __init__(self, page: Page, turn: int) -> None:
        left, top, right, bottom = (float(edge) for edge in page.bbox)
        self._left, self._top = left, top
        self._width, self._height = right - left, bottom - top
        self._turn = turn

    @property
    def page(self) -> Rect:
        wide, high = self._width, self._height
        if self._turn in (90, 270):
            wide, high = high, wide
        return Rect(0.0, 0.0, wide, high)

    def turned(self, rect: Rect) -> Rect:
        """From the page as displayed to this frame."""
        left, right = rect.left - self._left, rect.right - self._left
        top, bottom = rect.top - self._top, rect.bottom - self._top
        wide, high = self._width, self._height
        if self._turn == 90:
            return Rect(top, wide - right, bottom, wide - left)
        if self._turn == 270:
            return Rect(high - bottom, left, high - top, right)
        if self._turn == 180:
            return Rect(wide - right, high - bottom, wide - left, high - top)
        return Rect(left, top, right, bottom)

    def displayed(self, rect: Rect) -> Rect:
        """From this frame back to the page as displayed."""
        wide, high = self._width, self._height
        left, top, right, bottom = rect.left, rect.top, rect.right, rect.bottom
        if self._turn == 90:
            left, top, right, bottom = wide - bottom, left, wide - top, right
        elif self._turn == 270:
            left, top, right, bottom = top, high - right, bottom, high - left
        elif self._turn == 180:
            left, top, right, bottom = wide - right, high - bottom, wide - left, high - top
        return Rect(left + self._left, top + self._top, right + self._left, bottom + self._top)

    def fractions(self, rect: Rect) -> Rect:
        """A displayed rectangle in fractions of the page."""
        values = (
            (rect.left - self._left) / self._width,
            (rect.top - self._top) / self._height,
            (rect.right - self._left) / self._width,
            (rect.bottom - self._top) / self._height,
        )
        return Rect(*(round(min(1.0, max(0.0, value)), 5) for value in values))


def _direction(char: Char) -> int:
    along, up = char["matrix"][0], char["matrix"][1]
    # PDF counts heights upwards: text whose baseline goes up the page is turned by 270 degrees.
    degrees = math.degrees(math.atan2(-up, along))
    return round(degrees / 90) * 90 % 360


def _rect(shape: Char) -> Rect:
    return Rect(shape["x0"], shape["top"], shape["x1"], shape["bottom"])


def _words(chars: Sequence[Char], own: _Frame, frame: _Frame) -> Iterator[Word]:
    upright = [_upright(char, own.turned(_rect(char))) for char in chars]
    found = extract_words(
        upright, return_chars=True, use_text_flow=True, x_tolerance_ratio=0.2, y_tolerance=3
    )
    for word in found:
        displayed = own.displayed(_rect(word))
        letters = word["chars"]
        bold = sum(1 for char in letters if _BOLD.search(char["fontname"]))
        yield Word(
            text=word["text"],
            rect=frame.turned(displayed),
            box=frame.fractions(displayed),
            size=round(max(char["size"] for char in letters), 1),
            bold=2 * bold > len(letters),
        )


def _drawn_bullets(shapes: Sequence[Rect], words: Sequence[Word], frame: _Frame) -> list[Word]:
    """The bullets that are drawn, not written, as words that read « • »."""
    low, high = _BULLET_SIZES
    found: dict[tuple[int, int], Word] = {}
    for shape in shapes:
        if not (low <= shape.width <= high and abs(shape.width - shape.height) < 1.5):
            continue
        beside = [word for word in words if word.rect.top < shape.middle < word.rect.bottom]
        after = [word for word in beside if 0 < word.rect.left - shape.right < _BULLET_GAP]
        if after and not any(-_BULLET_GAP < w.rect.right - shape.left < 1 for w in beside):
            first = min(after, key=lambda word: word.rect.left)
            rect = Rect(shape.left, first.rect.top, shape.right, first.rect.bottom)
            box = frame.fractions(frame.displayed(shape))
            place = (round(shape.left), round(shape.top))
            found[place] = Word("•", rect, box, first.size, first.bold)
    return list(found.values())


def _upright(char: Char, rect: Rect) -> Char:
    return {
        "text": char["text"],
        "fontname": char["fontname"],
        "x0": rect.left,
        "x1": rect.right,
        "top": rect.top,
        "doctop": rect.top,
        "bottom": rect.bottom,
        "size": rect.height,
        "upright": True,
    }


def _tables(page: Page, frame: _Frame) -> Iterator[Ruled]:
    for table in page.find_tables():
        cells = [frame.turned(Rect(*(float(edge) for edge in cell))) for cell in table.cells]
        rows = Counter(round(cell.top) for cell in cells)
        columns = Counter(round(cell.left) for cell in cells)
        if len(rows) > 1 and len(columns) > 1:
            yield Ruled(around(cells), tuple(cells))


def _panels(shapes: Sequence[Rect], page: Rect, tables: Sequence[Ruled]) -> tuple[Rect, ...]:
    kept: list[Rect] = []
    for shape in sorted(shapes, key=lambda rect: -rect.width * rect.height):
        if len(kept) == _MOST_PANELS:
            break
        if shape.width < _PANEL_WIDTH or shape.height < _PANEL_HEIGHT:
            continue
        if shape.width > 0.97 * page.width and shape.height > 0.9 * page.height:
            continue
        if any(table.rect.encloses(shape) for table in tables):
            continue
        if not any(_alike(shape, other) for other in kept):
            kept.append(shape)
    return tuple(kept)


def _alike(one: Rect, other: Rect) -> bool:
    return other.encloses(one, _SAME_BOX) and one.encloses(other, _SAME_BOX)


def _is_tinted(colour: object) -> bool:
    if not isinstance(colour, (tuple, list)) or not colour:
        return isinstance(colour, str)
    numbers = [value for value in colour if isinstance(value, (int, float))]
    if len(numbers) == 4:
        return any(value > 0.02 for value in numbers)
    return any(value < 0.98 for value in numbers)
