"""An answer composed without a model, and what a model may write anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from assistant.compose import distinct
from assistant.question import Question
from assistant.statement import Statement


@dataclass(frozen=True)
class Draft:
    """An answer composed without a model: the statements it shows, and others that bear on the
    question and that a model may prefer."""

    plain: Answer
    question: Question
    shown: tuple[Statement, ...]
    more: tuple[Statement, ...] = ()

    def offered(self) -> list[Statement]:
        """All statements, those shown first, none twice."""
        return distinct((*self.shown, *self.more))


def drafted(
    answer: Answer,
    question: Question,
    statements: Sequence[Statement],
    more: Sequence[Statement] = (),
) -> Draft:
    """The draft of an answer made from these statements, of which it shows those that fitted."""
    shown = tuple(statement for statement in statements if statement.text in answer.text)
    return Draft(answer, question, shown, tuple(more))
