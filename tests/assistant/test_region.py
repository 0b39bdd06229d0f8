"""What is said for the chosen region comes first."""

from __future__ import annotations

from assistant.assistant import Assistant

QUESTION = "Quelles aides la Région donne-t-elle pour les locaux d’une maison de santé ?"


def test_a_fact_of_the_chosen_region_rises_and_that_of_another_falls(assistant: Assistant) -> None:
    at_home = assistant.ask(QUESTION, (), "Provence-Alpes-Côte d’Azur")
    away = assistant.ask(QUESTION, (), "Occitanie")
    assert "Provence-Alpes-Côte d’Azur" in at_home.text
    assert at_home.text.count("(Provence") >= away.text.count("(Provence")


def test_a_region_changes_nothing_for_what_holds_everywhere(assistant: Assistant) -> None:
    question = "Que veut dire CPTS ?"
    assert assistant.ask(question, (), "Occitanie").text == assistant.ask(question).text
