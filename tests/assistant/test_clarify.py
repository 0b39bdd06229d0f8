"""A question that each structure answers differently, and that names none, is asked back."""

from __future__ import annotations

from assistant.answer import Exchange
from assistant.assistant import Assistant

VAGUE = "Où trouver la liste ?"


def test_one_question_comes_back_with_choices_that_are_answered(assistant: Assistant) -> None:
    answer = assistant.ask(VAGUE)
    assert answer.status == "clarify"
    assert len(answer.choices) >= 3
    assert answer.as_dict()["choices"] == list(answer.choices)
    picked = [assistant.ask(choice, [Exchange(VAGUE, answer)]) for choice in answer.choices]
    assert {one.status for one in picked} == {"answered"}
    assert all(one.citations for one in picked)


def test_a_question_that_names_a_structure_is_answered(assistant: Assistant) -> None:
    answer = assistant.ask("Où trouver la liste des CPTS ?")
    assert answer.status == "answered"
    assert "choices" not in answer.as_dict()


def test_what_one_statement_tells_for_all_structures_is_told(assistant: Assistant) -> None:
    assert assistant.ask("Qui contacter selon la structure ?").status == "answered"
