"""Questions offered after an answer are answered, and are not the one just asked."""

from __future__ import annotations

import pytest

from assistant.answer import Exchange
from assistant.assistant import Assistant


@pytest.mark.parametrize(
    "question", ["Qui contacter pour une CPTS ?", "How is an MSP funded?", "C’est quoi un CDS ?"]
)
def test_each_offered_question_has_an_answer(assistant: Assistant, question: str) -> None:
    offered = assistant.related([Exchange(question, assistant.ask(question))])
    assert 2 <= len(offered) <= 3
    assert question not in offered
    assert all(assistant.ask(one).status == "answered" for one in offered)


def test_nothing_is_offered_after_a_refusal(assistant: Assistant) -> None:
    question = "Quelle est la capitale du Pérou ?"
    assert assistant.related([Exchange(question, assistant.ask(question))]) == ()
