"""What the page needs from the rest of the program."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Protocol

from assistant.answer import Answer, Exchange
from assistant.privacy import Masked
from assistant.retrieval import Hit
from corpus.fiche import Fiche
from corpus.guide import Box, Guide, Page, Passage
from corpus.manifest import Manifest


class AssistantLike(Protocol):
    """Answers questions."""

    def ask(self, question: str, history: Sequence[Exchange] = (), region: str = "", /) -> Answer:
        """The answer to a question asked after those of `history`, for a region if one is given."""

    def stream(
        self, question: str, history: Sequence[Exchange] = (), region: str = "", /
    ) -> Iterator[Answer]:
        """The answer as it grows; the last one is whole."""

    def search(self, question: str, limit: int = 10, /) -> list[Hit]:
        """The passages that bear on a question, best first."""

    def related(self, history: Sequence[Exchange], /) -> tuple[str, ...]:
        """Questions to ask next, each of which has an answer."""

    def masked(self, text: str, /) -> Masked:
        """A text as it may be stored: with its personal data masked."""


class IndexLike(Protocol):
    """Knows the guides, their pages and the passages that can be quoted."""

    def guides(self) -> Sequence[Guide]:
        """The guides that were read."""

    def page(self, guide: str, number: int | None, /) -> Page | None:
        """A page of a guide, or None if there is no such page."""

    def boxes(self, guide: str, number: int | None, /) -> Sequence[Box]:
        """Where the words of a page stand on it."""

    def passages(self, guide: str, /) -> Sequence[Passage]:
        """The passages of a guide, in reading order."""

    def path(self, guide: str, /) -> Path | None:
        """The guide's own file, or None if it is not there."""

    def describe(self) -> Manifest:
        """What the index was made of, when, and from which bytes."""

    def fiches(self) -> Sequence[Fiche]:
        """The fiches in use."""
