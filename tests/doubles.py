"""Small real stand-ins for what is slow, in one place; catalogue and lexicon are the real ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from corpus.catalogue import read_catalogue
from corpus.encoder import Vectors
from corpus.guide import Passage, Sentence
from corpus.lexicon import read_lexicon
from corpus.settings import Settings
from ingest.build import Kitchen


class LetterEncoder:
    """Counts the letters a, b and c of a text; the row has length one.

    « ab » is (0.707, 0.707, 0, 0), « aaab » (0.949, 0.316, 0, 0); a text without any of the three
    is (0, 0, 0, 1). `seen` holds the passages that were encoded, in order.
    """

    name = "letters"

    def __init__(self) -> None:
        self.seen: list[str] = []

    def queries(self, texts: Sequence[str]) -> Vectors:
        """One row of four numbers for each question."""
        rows = np.array([_counts(text) for text in texts], dtype=np.float32).reshape(-1, 4)
        lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / lengths

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The same as for questions."""
        self.seen.extend(texts)
        return self.queries(texts)


def _counts(text: str) -> tuple[int, int, int, int]:
    a, b, c = (text.count(letter) for letter in "abc")
    return a, b, c, int(not (a or b or c))


def settings_for(folder: Path, fiches: bool = False) -> Settings:
    """Guides in `folder`/guides and the index in `folder`/data, made with the letters."""
    return Settings(folder / "guides", folder / "data", fiches, LetterEncoder.name)


def kitchen_for(
    settings: Settings, encoder: LetterEncoder, progress: Callable[[str], None] = lambda _: None
) -> Kitchen:
    """What ingestion needs, with the letters for an encoder."""
    return Kitchen(settings, read_catalogue(), read_lexicon(), lambda: encoder, progress)


def passage(identity: str, guide: str, text: str, page: int | None = 1) -> Passage:
    """A passage of one sentence that stands at the beginning of its page."""
    sentence = Sentence(text, 0, len(text))
    return Passage(identity, guide, page, None, "paragraph", (), (), (sentence,))
