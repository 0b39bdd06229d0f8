"""Rerankers: how well each text answers a question, read together with it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Protocol

from corpus.sentence_encoder import load, readable
from corpus.settings import Models


class Reranker(Protocol):
    """Reads a question with each text."""

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """One number for each text, the higher the better it answers."""
        ...


class CrossReranker:
    """A CrossEncoder of sentence-transformers, by name or path."""

    def __init__(self, models: Models) -> None:
        self._model = load("CrossEncoder", models.reranker, models)
        self._batch = models.batch
        self._lock = threading.Lock()

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        """See Reranker."""
        if not texts:
            return []
        pairs = [(readable(question), readable(text)) for text in texts]
        # Its tokenizer is not made for several threads at once.
        with self._lock:
            found = self._model.predict(pairs, batch_size=self._batch, show_progress_bar=False)
        return [float(score) for score in found.reshape(len(texts), -1)[:, -1]]


def make_reranker(models: Models) -> Reranker | None:
    """The reranker of the settings, None if they name none. Raises CorpusError."""
    return CrossReranker(models) if models.reranker else None
