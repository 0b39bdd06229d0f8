"""What flows through the program: guides, their pages, and the passages that can be quoted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["paragraph", "list", "cell", "fiche"]


@dataclass(frozen=True)
class Guide:
    """One publication, as the catalogue describes it; `id` is the file's stem."""

    id: str
    title: str
    publisher: str = ""
    region: str = ""
    year: int | None = None
    language: str = "fr"
    audience: str = ""
    checksum: str = ""


@dataclass(frozen=True)
class Link:
    """The words text[start:end] of a page lead to `target` (URL or mailto:)."""

    start: int
    end: int
    target: str


@dataclass(frozen=True)
class Box:
    """Where the characters text[start:end] stand on the page, in fractions of its width and
    height from the top left corner of the page as it is displayed (rotation applied)."""

    start: int
    end: int
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Page:
    """The text of one page of a guide, in reading order.

    `number` counts the pages of the file from 1 and is None for formats without pages; `label`
    is the printed page number where it is known to differ from it. `boxes` (one per word) is
    empty where there is no page image.
    """

    guide: str
    number: int | None
    label: str | None
    text: str
    links: tuple[Link, ...] = ()
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A readable sentence, list item or cell line; its source is page.text[start:end]."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Passage:
    """What can be found and quoted: a few sentences of one page under one heading.

    `section` is the trail of headings from the outermost in; `heads` are the row and column
    heads of a table cell, or the sentence that introduces a list; `structures` are lexicon keys
    (ESP, MSP, …) spoken of, in the text, heads or headings. `links` are the targets of the
    links inside the passage.
    """

    id: str
    guide: str
    page: int | None
    page_label: str | None
    kind: Kind
    section: tuple[str, ...]
    heads: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    structures: tuple[str, ...] = ()
    links: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The passage as it reads, without its headings."""
        return " ".join(sentence.text for sentence in self.sentences)

    @property
    def start(self) -> int:
        """Where the passage begins in the text of its page."""
        return min(sentence.start for sentence in self.sentences)

    @property
    def end(self) -> int:
        """Where the passage ends in the text of its page."""
        return max(sentence.end for sentence in self.sentences)

    @property
    def location(self) -> str:
        """Where a human finds it: headings and heads, outermost first."""
        return " › ".join((*self.section, *self.heads))
