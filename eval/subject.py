"""What the judge judges: anything that answers and searches."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.answer import Answer, Exchange
from corpus.guide import Passage


class Hit(Protocol):
    """A passage that a search found."""

    @property
    def passage(self) -> Passage:
        """The passage, with its guide and page."""

    @property
    def score(self) -> float:
        """The higher the better."""


class Subject(Protocol):
    """An assistant, whole or damaged."""

    def ask(self, question: str, history: Sequence[Exchange] = ()) -> Answer:
        """The answer to a question that follows an earlier conversation."""

    def search(self, question: str, limit: int = 10) -> Sequence[Hit]:
        """The passages found for a question, best first."""
