"""Likeness to typical questions, with numbers that can be checked with a pencil."""

from __future__ import annotations

import pytest

from assistant.typical import TypicalQuestions
from corpus.fiche import Fiche, Questions, Source

RARITY = {"who": 1.0, "pays": 2.0, "msp": 3.0, "cpts": 3.0}


def _fiche(identity: str, *questions: str) -> Fiche:
    sources = (Source("guide", 1),)
    asked = Questions(questions[:1], questions[1:])
    return Fiche(identity, (), "funding", "Dit.", "Said.", asked, sources)


@pytest.fixture
def typical() -> TypicalQuestions:
    fiches = [_fiche("a", "who pays msp", "msp"), _fiche("b", "who pays cpts", "who")]
    return TypicalQuestions(fiches, str.split, lambda term: RARITY.get(term, 0.0))


def test_the_very_question_is_as_like_as_can_be(typical: TypicalQuestions) -> None:
    assert typical.nearest({"who": 1.0, "pays": 2.0, "msp": 3.0})["a"] == 1.0


def test_what_is_missing_and_what_is_too_much_count_against_it(typical: TypicalQuestions) -> None:
    # « who pays cpts » shares 3 of the 6 asked; of its own 6 the 3 of « cpts » are too many.
    assert typical.nearest({"who": 1.0, "pays": 2.0, "msp": 3.0})["b"] == pytest.approx(
        3 / (6 + 0.3 * 3)
    )


def test_a_question_of_unknown_words_is_like_none(typical: TypicalQuestions) -> None:
    assert typical.nearest({"ratatouille": 5.0}) == {"a": 0.0, "b": 0.0}
    assert typical.nearest({}) == {"a": 0.0, "b": 0.0}
