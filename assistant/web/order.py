"""What the browser sends: a question with the conversation that it keeps. Nothing of it is trusted.

The server remembers nobody. The exchanges come back with each question, so that any server, or
the same one started again, can go on with a conversation.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from assistant.answer import Answer, Citation, Exchange, Language, Status

LONGEST_QUESTION = 2_000
# Far above what the assistant writes: the bounds are there for what it did not write.
_EXCHANGES = 60
_CITATIONS = 100
_LONGEST_TEXT = 30_000
_LONGEST_QUOTE = 20_000
_LARGEST_NUMBER = 10_000_000

Short = Annotated[str, StringConstraints(max_length=300)]
Question = Annotated[str, StringConstraints(max_length=LONGEST_QUESTION)]
Number = Annotated[int, Field(ge=0, le=_LARGEST_NUMBER)]


class Strict(BaseModel):
    """Values of the right type only; fields that an older or newer page sends are left out."""

    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class KeptCitation(Strict):
    """A citation as the browser kept it."""

    marker: Annotated[int, Field(ge=1, le=999)]
    guide: Annotated[str, StringConstraints(min_length=1, max_length=200)]
    page: Number | None = None
    page_label: Short | None = None
    section: Annotated[str, StringConstraints(max_length=2_000)] | None = None
    quote: Annotated[str, StringConstraints(max_length=_LONGEST_QUOTE)] = ""
    start: Number | None = None
    end: Number | None = None


class KeptAnswer(Strict):
    """An answer as the browser kept it."""

    status: Status
    language: Language
    text: Annotated[str, StringConstraints(max_length=_LONGEST_TEXT)]
    citations: Annotated[list[KeptCitation], Field(max_length=_CITATIONS)] = []
    warnings: Annotated[list[Short], Field(max_length=20)] = []
    choices: Annotated[list[Short], Field(max_length=20)] = []


class KeptExchange(Strict):
    """A question with its answer as the browser kept them."""

    question: Question
    answer: KeptAnswer

    def exchange(self) -> Exchange:
        """The same as the assistant knows it."""
        answer = self.answer
        return Exchange(
            self.question,
            Answer(
                answer.status,
                answer.language,
                answer.text,
                tuple(Citation(**cited.model_dump()) for cited in answer.citations),
                tuple(answer.warnings),
                0.0,
                tuple(answer.choices),
            ),
        )


class Order(Strict):
    """A question, what was said before it, and for which region; `turn` tells replies apart."""

    turn: Number = 0
    question: Annotated[str, StringConstraints(max_length=10 * LONGEST_QUESTION)] = ""
    region: Short = ""
    exchanges: Annotated[list[KeptExchange], Field(max_length=_EXCHANGES)] = []

    def history(self) -> tuple[Exchange, ...]:
        """The exchanges before the question, oldest first."""
        return tuple(kept.exchange() for kept in self.exchanges)


def read_order(sent: str) -> Order | None:
    """The order in what a browser sent, or None if it is not one."""
    try:
        return Order.model_validate_json(sent)
    except ValidationError:
        return None


def as_kept(exchange: Exchange) -> dict[str, Any]:
    """An exchange for the browser to keep; read_order reads it back."""
    return {"question": exchange.question, "answer": exchange.answer.as_dict()}
