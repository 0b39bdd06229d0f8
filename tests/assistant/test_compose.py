"""Markers, citations, and statements that say the same again."""

from __future__ import annotations

from assistant.compose import Composer, distinct, length
from assistant.statement import Place, Statement

ONE = Place("alpha", 1, "3", "Partie", 0, 9, "Une MSP. ")
TWO = Place("alpha", 2, None, None, 4, 8, "deux")
THREE = Place("beta", None, None, None, 0, 5, "trois")
FOUR = Place("beta", None, None, None, 6, 12, "quatre")


def test_places_are_numbered_in_the_order_they_are_used() -> None:
    composer = Composer()
    assert composer.marked(Statement("Un.", (TWO, ONE))) == "Un. [1][2]"
    assert [cited.page for cited in composer.citations()] == [2, 1]


def test_a_place_used_again_keeps_its_number() -> None:
    composer = Composer()
    composer.marked(Statement("Un.", (ONE,)))
    composer.marked(Statement("Deux.", (TWO,)))
    assert composer.marked(Statement("Encore.", (TWO, ONE))) == "Encore. [2][1]"
    assert [cited.marker for cited in composer.citations()] == [1, 2]


def test_a_place_given_twice_is_marked_once() -> None:
    assert Composer().marked(Statement("Un.", (ONE, ONE))) == "Un. [1]"


def test_only_the_first_places_are_cited() -> None:
    composer = Composer()
    assert composer.marked(Statement("Un.", (ONE, TWO, THREE, FOUR))) == "Un. [1][2][3]"
    assert composer.marked(Statement("Deux.", (FOUR, ONE)), most=1) == "Deux. [4]"
    assert len(composer.citations()) == 4


def test_a_citation_is_its_place() -> None:
    composer = Composer()
    composer.marked(Statement("Un.", (ONE,)))
    (cited,) = composer.citations()
    assert (cited.marker, cited.guide, cited.page, cited.page_label) == (1, "alpha", 1, "3")
    assert (cited.section, cited.quote, cited.start, cited.end) == ("Partie", "Une MSP. ", 0, 9)


def test_nothing_marked_is_nothing_cited() -> None:
    assert Composer().citations() == ()


def test_length_counts_words() -> None:
    assert length("Une MSP,  trois\nmots [1]") == 5


def test_what_is_said_again_is_left_out() -> None:
    first = Statement("Une MSP réunit deux médecins", (ONE,))
    # Four of its five words are those of the first: 0.8.
    again = Statement("Une MSP réunit deux généralistes", (TWO,))
    # Two of five: 0.4.
    other = Statement("Une MSP signe un contrat", (THREE,))
    assert distinct([first, again, other]) == [first, other]
    assert distinct([first, again, other], same=0.9) == [first, again, other]
