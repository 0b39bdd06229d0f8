"""Messages with personal data, put to the assistant on the real guides. Nobody here exists."""

from __future__ import annotations

import pytest

from assistant.answer import Answer, Exchange
from assistant.assistant import Assistant

_CONTACT = "Qui contacter pour une CPTS ?"


@pytest.mark.parametrize(
    "question",
    [
        "Ma patiente Mme Anne Exemple est diabétique, quelle MSP ?",
        "Mme Anne Exemple, née le 12/03/1947, est diabétique. Quelle MSP peut la suivre ?",
        "Store this: Bertram Oakhollow, DOB 09/09/1939.",
    ],
)
def test_a_question_about_a_patient_is_declined(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.warnings) == ("abstained", ("personal-data",))
    assert not any(name in answer.text + answer.asked for name in ("Exemple", "Oakhollow"))


@pytest.mark.parametrize(
    "question",
    [
        f"Je suis joignable au 06 00 00 00 01. {_CONTACT}",
        f"Ma patiente Mme Anne Exemple est diabétique. {_CONTACT}",
    ],
)
def test_a_question_that_stands_without_the_data_is_answered(
    assistant: Assistant, question: str
) -> None:
    answer, plain = assistant.ask(question), assistant.ask(_CONTACT)
    assert (answer.status, answer.warnings) == ("answered", ("personal-data",))
    assert answer.citations == plain.citations
    assert answer.text.startswith(plain.text)
    assert "n’ont pas leur place ici" in answer.text


def test_the_contacts_of_the_guides_are_no_secret(assistant: Assistant) -> None:
    for typed in ("04 96 20 60 80", "+33 4 96 20 60 80", "Contact@urps-ml-paca.org"):
        assert assistant.masked(f"À qui est le {typed} ?").kinds == ()
    urps = "tél. 04 96 20 60 80, 37/39 Bd Vincent Delpuech à Marseille"
    assert assistant.masked(urps).kinds == ()
    assert assistant.masked("À qui est le 04 96 20 60 82 ?").kinds == ("phone",)
    assert assistant.masked("Que fait Mme Hélène Gomez pour un patient diabétique ?").kinds == ()


def test_a_turn_is_kept_without_the_data(assistant: Assistant) -> None:
    typed = f"Mon numéro : 06 00 00 00 01. {_CONTACT}"
    kept = Exchange.kept(typed, assistant.ask(typed))
    assert kept.question == f"Mon numéro : [téléphone]. {_CONTACT}"
    assert Exchange.kept(_CONTACT, Answer("answered", "fr", "…")).question == _CONTACT


def test_a_follow_up_leans_on_the_masked_turn(assistant: Assistant) -> None:
    typed = f"Mon numéro : 06 00 00 00 01. {_CONTACT}"
    first = assistant.ask(typed)
    for said in (typed, first.asked):
        follow = assistant.ask("Et pour une MSP ?", [Exchange(said, first)])
        assert (follow.status, follow.warnings) == ("answered", ())
        assert "MSP" in follow.text


def test_only_what_was_masked_is_told_in_the_answer(assistant: Assistant) -> None:
    assert assistant.ask("06 00 00 00 01").as_dict()["asked"] == "[téléphone]"
    assert "asked" not in assistant.ask(_CONTACT).as_dict()


def test_a_search_is_made_without_the_data(assistant: Assistant) -> None:
    assert assistant.search("06 00 00 00 01") == []
