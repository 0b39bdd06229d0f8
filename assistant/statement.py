"""A sentence that wants to be shown as fact, and the places in the guides that carry it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from corpus.fiche import Source
from corpus.guide import Page, Passage, Sentence


@dataclass(frozen=True)
class Place:
    """An exact span of a guide's page; `start` and `quote` are missing without the guide's file.

    `under` is what stands above it: headings and table heads, joined; `structures` are the
    lexicon keys of the structures it speaks of.
    """

    guide: str
    page: int | None
    page_label: str | None
    section: str | None
    start: int | None
    end: int | None
    quote: str
    under: str = ""
    structures: tuple[str, ...] = ()


@dataclass(frozen=True)
class Statement:
    """One sentence of an answer; `validated` when a person wrote it and checked it (a fiche).

    `note` is the part of the text that says where it holds: our own words, not the quote's.
    """

    text: str
    places: tuple[Place, ...]
    validated: bool = False
    note: str = ""
    # Those of a quoted paragraph: the citation stands behind each of them.
    sentences: tuple[str, ...] = ()

    def parts(self) -> list[Statement]:
        """The statement, or one for each sentence that is cited by itself."""
        if not self.sentences:
            return [self]
        return [replace(self, text=sentence, sentences=()) for sentence in self.sentences]


def place_of(passage: Passage, page: Page, sentences: tuple[Sentence, ...] = ()) -> Place:
    """The place of a passage, or of some of its sentences."""
    chosen = sentences or passage.sentences
    start, end = min(s.start for s in chosen), max(s.end for s in chosen)
    return Place(
        passage.guide,
        passage.page,
        passage.page_label,
        passage.location or None,
        start,
        end,
        page.text[start:end],
        passage.location,
        passage.structures,
    )


def place_of_source(source: Source, structures: tuple[str, ...]) -> Place:
    """The place that a fiche rests on."""
    return Place(
        source.guide,
        source.page,
        source.page_label,
        source.section,
        source.start,
        source.end,
        source.quote,
        source.section or "",
        structures,
    )
