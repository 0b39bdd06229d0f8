"""Answers that were kept elsewhere: their quotes are read again from the guides."""

from __future__ import annotations

from dataclasses import replace

from assistant.answer import Answer, Citation
from assistant.recorded import recorded
from corpus.guide import Page

PAGE = Page("guide", 2, "3", "Un coordonnateur suffit.")
CITED = Citation(1, "guide", 2, "3", "Titre", "Un coordonnateur", 0, 16)


def pages(guide: str, number: int | None) -> Page | None:
    return PAGE if (guide, number) == ("guide", 2) else None


def answer(*cited: Citation) -> Answer:
    return Answer("answered", "fr", "Un seul [1].", cited)


def test_what_we_cited_stays_as_it_was() -> None:
    assert recorded(answer(CITED), pages) == answer(CITED)


def test_a_quote_that_was_changed_is_read_again() -> None:
    forged = replace(CITED, quote="Dix coordonnateurs", page_label="9")
    assert recorded(answer(forged), pages) == answer(CITED)


def test_a_place_that_is_not_in_the_guides_is_dropped() -> None:
    elsewhere = replace(CITED, page=7)
    beyond = replace(CITED, end=9_999)
    assert recorded(answer(elsewhere, beyond, CITED), pages) == answer(CITED)


def test_a_place_without_text_has_no_quote() -> None:
    bare = replace(CITED, guide="absent", start=None, end=None)
    assert recorded(answer(bare), pages).citations[0].quote == ""
