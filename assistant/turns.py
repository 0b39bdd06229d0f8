"""A conversation given as its questions alone: each is answered after those before it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Answer, Exchange


class Asking(Protocol):
    """Answers questions."""

    def ask(self, question: str, history: Sequence[Exchange] = (), region: str = "", /) -> Answer:
        """The answer to a question asked after those of `history`, for a region if one is given."""


def exchanges(assistant: Asking, turns: Sequence[str], region: str = "") -> list[Exchange]:
    """The questions with their answers, personal data masked."""
    history: list[Exchange] = []
    for turn in turns:
        history.append(Exchange.kept(turn, assistant.ask(turn, tuple(history), region)))
    return history
