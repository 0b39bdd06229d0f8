"""What a program asks over HTTP: a question, and what was said before it. All of it is bounded."""

from __future__ import annotations

from pydantic import ConfigDict, Field

from assistant.answer import Exchange
from assistant.turns import Asking
from assistant.web.order import KeptAnswer, KeptExchange, Question, Short, Strict

_MOST_TURNS = 20


class Turn(Strict):
    """A question asked before; without its answer, it is answered again."""

    question: Question
    answer: KeptAnswer | None = None


class Inquiry(Strict):
    """A question in its conversation. Nothing is remembered between two inquiries."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    question: Question
    history: list[Turn] = Field(default_factory=list, max_length=_MOST_TURNS)
    region: Short = ""

    def exchanges(self, assistant: Asking) -> tuple[Exchange, ...]:
        """The conversation before the question, with answers where they were left out."""
        past: list[Exchange] = []
        for turn in self.history:
            if turn.answer is None:
                answer = assistant.ask(turn.question, tuple(past), self.region)
                past.append(Exchange.kept(turn.question, answer))
            else:
                past.append(KeptExchange(question=turn.question, answer=turn.answer).exchange())
        return tuple(past)


class Search(Strict):
    """A question to find passages for."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    question: Question
    limit: int = Field(10, ge=1, le=50)
