"""Sentences of a model, as soon as each is whole."""

from __future__ import annotations

import pytest

from assistant.streamed import Part, sentences


def told(text: str, step: int = 3) -> list[list[tuple[str, tuple[int, ...]]]]:
    pieces = (text[place : place + step] for place in range(0, len(text), step))
    return [[(p.text, p.markers) for p in sentence.parts] for sentence in sentences(pieces)]


@pytest.mark.parametrize("step", [1, 3, 1000])
def test_a_marker_belongs_to_the_sentence_before_it(step: int) -> None:
    text = "Une MSP réunit deux médecins [1]. Elle signe un contrat. [2][3] Fin [4]"
    assert told(text, step) == [
        [("Une MSP réunit deux médecins", (1,))],
        [("Elle signe un contrat.", (2, 3))],
        [("Fin", (4,))],
    ]


def test_a_sentence_comes_before_the_text_is_whole() -> None:
    def pieces() -> object:
        yield "Une MSP réunit deux médecins [1]. Une C"
        raise AssertionError("asked for more")

    first = next(sentences(pieces()))  # type: ignore[arg-type]
    assert first.parts == (Part("Une MSP réunit deux médecins", (1,)),)


@pytest.mark.parametrize(
    "text",
    [
        "Voir l’art. L. 6323-3 du code [1].",
        "Un montant de 7.5 euros, p. 5 du guide [1].",
        "Le Dr. Martin et M. Dupont la dirigent [1].",
    ],
)
def test_a_full_stop_of_an_abbreviation_ends_nothing(text: str) -> None:
    assert len(told(text)) == 1


def test_markers_inside_a_sentence_part_it() -> None:
    assert told("Une MSP réunit deux médecins [1] et une CPTS un bureau [2, 3].") == [
        [("Une MSP réunit deux médecins", (1,)), ("et une CPTS un bureau", (2, 3))]
    ]


def test_bullets_and_emphasis_are_taken_off() -> None:
    (one, two) = sentences(["- **Une MSP** réunit [1]\n* une *équipe* [2]\n"])
    assert (one.parts[0].text, one.listed) == ("Une MSP réunit", True)
    assert two.parts[0].text == "une équipe"


def test_a_text_without_an_end_is_handed_on() -> None:
    assert [len(s.parts[0].text) <= 2_100 for s in sentences(["a" * 50] * 100)] == [True] * 3


@pytest.mark.parametrize("text", ["", " \n \n", "...", "[1]", "\x00\x07"])
def test_nothing_is_no_sentence(text: str) -> None:
    assert told(text) == []
