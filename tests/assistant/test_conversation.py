"""What a short question means after the ones before it."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Exchange
from assistant.conversation import Interpreter, Turn
from assistant.question import Reader
from corpus.lexicon import Lexicon

CONTACT = "Qui contacter pour une CPTS ?"
COMPARED = "Quelle différence entre une MSP et un centre de santé ?"


@pytest.fixture(scope="module")
def interpreter(reader: Reader, lexicon: Lexicon) -> Interpreter:
    return Interpreter(reader, lexicon)


def meant(interpreter: Interpreter, *turns: str, answer: str = "") -> Turn:
    """The last turn as it is meant after the others, all answered with the same text."""
    said = Answer("answered", "fr", answer)
    return interpreter.read(turns[-1], [Exchange(turn, said) for turn in turns[:-1]])


def test_a_first_question_stands_by_itself(interpreter: Interpreter) -> None:
    turn = meant(interpreter, "et pour une MSP ?")
    assert turn.question.structures == ("MSP",)
    assert not turn.leaning


@pytest.mark.parametrize(
    "follow_up", ["et pour une MSP ?", "Et les maisons de santé ?", "what about an MSP?", "MSP ?"]
)
def test_another_structure_is_asked_the_same(interpreter: Interpreter, follow_up: str) -> None:
    turn = meant(interpreter, CONTACT, follow_up)
    assert turn.question.structures == ("MSP",)
    assert "contact" in turn.question.facets
    # The question is whole: nothing of the answer on the CPTS may draw it back.
    assert not turn.leaning
    assert turn.question.background == ""


@pytest.mark.parametrize(
    "correction",
    ["non, je parlais des MSP", "pardon, une MSP", "I meant an MSP", "non, les maisons de santé"],
)
def test_a_correction_asks_the_question_of_what_was_meant(
    interpreter: Interpreter, correction: str
) -> None:
    turn = meant(interpreter, CONTACT, correction)
    assert turn.question.structures == ("MSP",)
    assert "contact" in turn.question.facets


def test_a_follow_up_is_asked_of_the_same_region(interpreter: Interpreter) -> None:
    turns = ("Quel est le téléphone de l’URPS en PACA ?", "et celui d’Occitanie ?", "un mail ?")
    assert meant(interpreter, *turns).question.regions == ("Occitanie",)


EXAMPLE = "La CPTS Champsaur Valgaudemar a formé combien de médecins ?"


@pytest.mark.parametrize(
    "follow_up",
    ["Quel territoire couvre-t-elle ?", "Since when has it been a CPTS?", "Ils ont leur SISA ?"],
)
def test_a_pronoun_stands_for_the_example_named_before(
    interpreter: Interpreter, follow_up: str
) -> None:
    turn = meant(interpreter, EXAMPLE, follow_up, follow_up)
    assert turn.leaning
    assert "Champsaur Valgaudemar" in turn.question.text


@pytest.mark.parametrize(
    "follow_up", ["Combien de médecins dans une MSP ?", "Et GRIVE, ils ont formé qui ?"]
)
def test_what_names_something_else_keeps_nothing_of_the_example(
    interpreter: Interpreter, follow_up: str
) -> None:
    assert "Champsaur" not in meant(interpreter, EXAMPLE, follow_up).question.text


def test_three_turns_keep_the_question(interpreter: Interpreter) -> None:
    turn = meant(interpreter, CONTACT, "et pour une MSP ?", "et pour une ESP ?")
    assert turn.question.structures == ("ESP",)
    assert "contact" in turn.question.facets


@pytest.mark.parametrize(
    "follow_up", ["et son financement ?", "elle touche combien d’euros ?", "how is it funded?"]
)
def test_another_facet_is_asked_of_the_same_structure(
    interpreter: Interpreter, follow_up: str
) -> None:
    turn = meant(interpreter, CONTACT, follow_up)
    assert turn.question.structures == ("CPTS",)
    assert "funding" in turn.question.facets
    assert "contact" not in turn.question.facets
    assert turn.leaning


@pytest.mark.parametrize(
    ("follow_up", "structure"),
    [
        ("et le financement de la deuxième ?", "CDS"),
        ("et le financement de la première ?", "MSP"),
        ("how is the second funded?", "CDS"),
    ],
)
def test_an_ordinal_points_at_what_was_compared(
    interpreter: Interpreter, follow_up: str, structure: str
) -> None:
    turn = meant(interpreter, COMPARED, follow_up)
    assert turn.question.structures == (structure,)
    assert "funding" in turn.question.facets


def test_an_ordinal_alone_asks_the_same_of_what_the_answer_named(interpreter: Interpreter) -> None:
    asked = "Quelles structures peuvent recevoir un financement ?"
    turn = meant(interpreter, asked, "la deuxième ?", answer="Une ESP [1] ou une CPTS [2].")
    assert turn.question.structures == ("CPTS",)
    assert "funding" in turn.question.facets


def test_an_ordinal_that_was_not_offered_chooses_nothing(interpreter: Interpreter) -> None:
    turn = meant(interpreter, COMPARED, "et la quatrième ?")
    assert turn.question.structures == ("MSP", "CDS")


@pytest.mark.parametrize(
    ("asked", "wanted", "language"),
    [
        (CONTACT, "in English please", "en"),
        (CONTACT, "en anglais ?", "en"),
        ("Who do I contact for a CPTS?", "en français s’il te plaît", "fr"),
    ],
)
def test_another_language_is_the_same_question(
    interpreter: Interpreter, asked: str, wanted: str, language: str
) -> None:
    turn = meant(interpreter, asked, wanted)
    assert turn.question.structures == ("CPTS",)
    assert "contact" in turn.question.facets
    assert turn.question.language == language


def test_a_question_in_another_language_is_answered_in_it(interpreter: Interpreter) -> None:
    turn = meant(interpreter, CONTACT, "and what about an MSP?")
    assert turn.question.language == "en"


@pytest.mark.parametrize(
    "raw",
    ["d’où tu tiens ça ?", "quelle est ta source ?", "which page?", "where does that come from"],
)
def test_the_source_is_asked(interpreter: Interpreter, raw: str) -> None:
    assert meant(interpreter, CONTACT, raw).asks_source


def test_the_question_for_the_source_does_not_become_the_subject(interpreter: Interpreter) -> None:
    turn = meant(interpreter, CONTACT, "quelle page ?", "et pour une MSP ?")
    assert turn.question.structures == ("MSP",)
    assert "contact" in turn.question.facets


@pytest.mark.parametrize(
    "raw",
    ["rien à voir : combien vaut un point ACI ?", "Quelle est la forme juridique d’une SISA ?"],
)
def test_a_new_topic_leaves_the_old_one_behind(interpreter: Interpreter, raw: str) -> None:
    turn = meant(interpreter, CONTACT, raw)
    assert "CPTS" not in turn.question.structures
    assert not turn.leaning


def test_an_empty_turn_leaves_the_subject_in_place(interpreter: Interpreter) -> None:
    turn = meant(interpreter, CONTACT, "👍🏽", "et pour une MSP ?")
    assert turn.question.structures == ("MSP",)
    assert "contact" in turn.question.facets


@pytest.mark.parametrize("polite", ["merci", "thank you", "Bonjour"])
def test_politeness_leaves_the_subject_in_place(interpreter: Interpreter, polite: str) -> None:
    turn = meant(interpreter, CONTACT, polite, "et pour une MSP ?")
    assert turn.question.structures == ("MSP",)
    assert "contact" in turn.question.facets


def test_an_emoji_asks_nothing_again(interpreter: Interpreter) -> None:
    assert meant(interpreter, CONTACT, "👍🏽").question.empty


def test_a_question_of_small_words_only_leans_on_the_one_before(interpreter: Interpreter) -> None:
    turn = meant(interpreter, CONTACT, "et c’est quoi ?")
    assert turn.question.structures == ("CPTS",)


def test_what_lies_far_back_is_forgotten(interpreter: Interpreter) -> None:
    turn = meant(interpreter, CONTACT, *["👍🏽"] * 6, "et le financement ?")
    assert turn.question.structures == ()
