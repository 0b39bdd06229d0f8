"""Many users at once: what is counted, and that the visitor still knows the page."""

from __future__ import annotations

from pathlib import Path

from corpus.settings import Settings
from eval.load import load, met, questions, told
from eval.visitor import Wait


def test_the_goal_is_missed_by_slowness_and_by_any_error() -> None:
    quick = [Wait(0.1, 0.2)] * 19
    assert met([*quick, Wait(0.1, 9.0)])
    assert not met([*quick[1:], Wait(0.1, 9.0), Wait(0.1, 9.0)])
    assert not met([*quick, Wait(0.0, 0.1, "429")])
    assert not met([])


def test_errors_are_told_beside_the_figures() -> None:
    text = told([Wait(0.1, 0.25), Wait(0.0, 0.1, "ReadTimeout")])
    assert "0.25" in text
    assert "erreurs : 1 sur 2 ReadTimeout" in text
    assert text.endswith("manqué")


def test_questions_are_those_of_the_cases_each_once() -> None:
    asked = questions()
    assert len(asked) > 200
    assert len(set(asked[:30])) == 30


def test_three_visitors_get_their_answers_through_the_real_page(
    real_index_folder: Path, guides: Path
) -> None:
    said: list[str] = []
    load(Settings(guides, real_index_folder), 3, 1, said.append)
    assert "3 personnes à la fois" in said[0]
    assert "erreurs : 0 sur 3" in said[1]
