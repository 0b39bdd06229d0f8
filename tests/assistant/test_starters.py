"""What readers are offered to begin with is really answered, in the language it is asked in."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.web.starters import read_starters

STARTERS = [
    (language, question)
    for audience in read_starters()
    for language, questions in audience.questions.items()
    for question in questions
]


@pytest.mark.parametrize(("language", "question"), STARTERS)
def test_a_starter_is_answered_with_citations(
    assistant: Assistant, language: str, question: str
) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.language == language
    assert answer.citations
