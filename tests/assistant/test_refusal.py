"""Which questions are not for the guides."""

from __future__ import annotations

import pytest

from assistant.refusal import sort_of


@pytest.mark.parametrize(
    "text", ["Bonjour", "hello!", "Que peux-tu faire ?", "Who are you?", "Aide"]
)
def test_greetings_are_answered_in_kind(text: str) -> None:
    assert sort_of(text) == "greeting"


@pytest.mark.parametrize("text", ["merci", "Merci beaucoup !", "thank you", "ok merci"])
def test_thanks_are_answered_in_kind(text: str) -> None:
    assert sort_of(text) == "thanks"


@pytest.mark.parametrize(
    "text",
    [
        "Quelle posologie d’amoxicilline pour un enfant ?",
        "J’ai mal à la tête, que prendre ?",
        "What is the dose of paracetamol?",
        "Quel antibiotique pour une cystite ?",
        "What antibiotic?",
        "First-line antibiotic for women?",
        "Combien de mg par jour ?",
    ],
)
def test_no_medical_advice_is_given(text: str) -> None:
    assert sort_of(text) == sort_of(text, about=True) == "medical"


@pytest.mark.parametrize(
    "text",
    [
        "Mon fils a une angine un samedi : la CPTS s’en charge-t-elle ?",
        "I’m pregnant: does the CPTS find me a midwife?",
        "A protocol for urinary infections: which part of the ACI?",
    ],
)
def test_an_illness_asks_for_advice_unless_a_structure_is_asked_about(text: str) -> None:
    assert sort_of(text) == "medical"
    assert sort_of(text, about=True) is None


@pytest.mark.parametrize(
    "text",
    [
        "Que penses-tu des MSP ? Ton avis ?",
        "Quelle est la meilleure CPTS ?",
        "Do you like CPTS?",
        "Vous choisiriez quoi à ma place ?",
    ],
)
def test_no_opinion_is_given(text: str) -> None:
    assert sort_of(text) == "opinion"


@pytest.mark.parametrize(
    "text",
    [
        "Qui contacter pour une CPTS ?",
        "Bonjour, qui contacter pour une CPTS ?",
        "Merci, et combien de médecins dans une MSP ?",
        "Hello, what is the legal form of an MSP?",
        "Comment monter un projet sur le bon usage des antibiotiques ?",
        "1 MG et 2 IDE suffisent-ils pour une MSP ?",
        "Combien une CPTS touche-t-elle dans le meilleur des cas ?",
        "What is the best way to reach the coordinator?",
        "Qui peut faire le diagnostic à notre place ?",
        "Kiné, je ne suis pas d’accord avec le projet de santé : m’engage-t-il ?",
        "Peut-on sous-traiter la coordination ?",
        "Mon mari, gestionnaire, peut-il prendre des parts de la SISA ?",
        "Which antibiotic stewardship team helps us?",
        "Avons-nous du mal à convaincre ?",
        "",
    ],
)
def test_other_questions_are_for_the_guides(text: str) -> None:
    assert sort_of(text) is None
