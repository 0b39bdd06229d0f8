"""The vector by which a fiche is found: learnt so that typical questions tell fiches apart.

It begins as the middle of the fiche's typical questions and its statement and is moved until
questions are nearest to their own fiche (`ingest.learning`). By this vector alone a right fiche
comes first for 86 % of 471 questions of the evaluation (77 % by the middle), for 85 % (76 %) of 97
by an author who saw nothing of the program. Learning takes minutes, so the vectors come with the
program, by a hash of what they were made of; a fiche that was changed since gets its middle.
"""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib import resources
from pathlib import Path

import numpy as np

from corpus.encoder import Encoder, Vectors
from corpus.fiche import Fiche
from corpus.projection import unit
from corpus.silence import Silence

_NAME = "vectors.npz"
_STATEMENT = 0.6


def vectors_of(fiches: Sequence[Fiche], encoder: Encoder, kept: Mapping[str, Vectors]) -> Vectors:
    """One row for each fiche, shape (len(fiches), dimension); from `kept` where it has them."""
    rows = [
        kept[key] if (key := key_of(fiche, encoder.name)) in kept else _encoded(fiche, encoder)
        for fiche in fiches
    ]
    return np.vstack(rows).astype(np.float32) if rows else encoder.queries([])


def unlearnt(fiches: Iterable[Fiche], encoder: str, kept: Mapping[str, Vectors]) -> list[str]:
    """The ids of fiches that were changed since vectors were learnt; none for an encoder for which
    nothing was learnt."""
    known = {fiche.id: key_of(fiche, encoder) in kept for fiche in fiches}
    return [key for key, learnt in known.items() if not learnt] if any(known.values()) else []


def silence_vectors_of(
    silences: Sequence[Silence], encoder: Encoder, kept: Mapping[str, Vectors]
) -> Vectors:
    """One row for each silence, shape (len(silences), dimension); from `kept` where it has them,
    else the middle of its typical questions."""
    rows = [
        kept[key]
        if (key := silence_key(silence, encoder.name)) in kept
        else unit(encoder.queries(silence.questions).sum(axis=0))
        for silence in silences
    ]
    return np.vstack(rows).astype(np.float32) if rows else encoder.queries([])


def combined(questions: Vectors, statements: Vectors) -> Vectors:
    """The vector of a fiche from those of its questions (n, d) and of its statements (m, d)."""
    told = _STATEMENT * unit(statements.sum(axis=0))
    return unit(unit(questions.sum(axis=0)) + told)


def questions_of(fiche: Fiche) -> list[str]:
    """Its typical questions in both languages."""
    return [*fiche.questions.fr, *fiche.questions.en]


def statements_of(fiche: Fiche) -> list[str]:
    """What it states, in French and in English, values included."""
    return [
        " ".join((fiche.fr, *(value.fr for value in fiche.values))),
        " ".join((fiche.en, *(value.en for value in fiche.values))),
    ]


def key_of(fiche: Fiche, encoder: str) -> str:
    """A hash of everything that the vector of a fiche depends on."""
    return _hash(encoder, questions_of(fiche), statements_of(fiche))


def silence_key(silence: Silence, encoder: str) -> str:
    """A hash of everything that the vector of a silence depends on."""
    return _hash(encoder, silence.questions)


def read_vectors() -> dict[str, Vectors]:
    """The vectors that come with the program, by key."""
    source = resources.files("corpus").joinpath("fiches", _NAME)
    if not source.is_file():
        return {}
    with np.load(io.BytesIO(source.read_bytes()), allow_pickle=False) as kept:
        rows = unit(kept["vectors"].astype(np.float32))
        return dict(zip(kept["keys"].tolist(), rows, strict=True))


def write_vectors(vectors: Mapping[str, Vectors], folder: Path) -> None:
    """Keep vectors by key in a folder of fiches, at half precision."""
    np.savez_compressed(
        folder / _NAME,
        keys=np.array(list(vectors)),
        vectors=np.vstack(list(vectors.values())).astype(np.float16),
    )


def _hash(encoder: str, *texts: list[str]) -> str:
    told = json.dumps([encoder, *texts], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _encoded(fiche: Fiche, encoder: Encoder) -> Vectors:
    return combined(encoder.queries(questions_of(fiche)), encoder.passages(statements_of(fiche)))
