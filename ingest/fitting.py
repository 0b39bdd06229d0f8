"""What is learnt from the fiches once and comes with the program: projection and fiche vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.encoder import Encoder, Vectors, projected_name
from corpus.fiche import Fiche
from corpus.fiche_vectors import (
    combined,
    key_of,
    questions_of,
    silence_key,
    statements_of,
    write_vectors,
)
from corpus.guide import Passage
from corpus.index import encoded_text
from corpus.projection import fit, unit, write_projection
from corpus.silence import Silence
from ingest.learning import told_apart, turned


def fit_from_fiches(
    fiches: Sequence[Fiche],
    silences: Sequence[Silence],
    passages: Sequence[Passage],
    encoder: Encoder,
    package: Path,
    progress: Callable[[str], object],
) -> None:
    """Fits the projection for an encoder to the questions of fiches, quotes found, and the
    passages of the index, and writes it and the vectors of all fiches and silences into the
    `corpus` package."""
    questions, statements = [], []
    for fiche in fiches:
        progress(fiche.id)
        questions.append(encoder.queries(questions_of(fiche)))
        statements.append(encoder.passages(statements_of(fiche)))
    told = encoder.passages([encoded_text(passage) for passage in passages])
    projection = fit(encoder.name, questions, np.vstack([told, *statements]))
    asked = [projection.of_queries(group) for group in questions]
    said = [projection.of_passages(group) for group in statements]
    every, owners = np.vstack(asked), _owners(asked)
    carried = np.array([[_carries(p, f) for p in passages] for f in fiches])
    turn = turned(every, projection.of_passages(told), carried[owners])
    projection = projection.with_turn(turn)
    write_projection(projection, package)
    open_ones = []
    for silence in silences:
        progress(silence.topic)
        open_ones.append(projection.of_queries(encoder.queries(silence.questions)))
    middles = [combined(q, s) for q, s in zip(asked, said, strict=True)]
    middles += [unit(group.sum(axis=0)) for group in open_ones]
    groups = [*asked, *open_ones]
    rows = told_apart(np.vstack(groups), _owners(groups), np.vstack(middles))
    name = projected_name(encoder.name, projection)
    keys = [key_of(one, name) for one in fiches] + [silence_key(one, name) for one in silences]
    write_vectors(dict(zip(keys, rows, strict=True)), package / "fiches")


def _owners(groups: Sequence[Vectors]) -> NDArray[np.intp]:
    """For each question of all groups the place of its group."""
    return np.repeat(np.arange(len(groups)), [len(group) for group in groups])


def _carries(passage: Passage, fiche: Fiche) -> bool:
    """Whether a fiche quotes a passage."""
    return any(
        (source.guide, source.page) == (passage.guide, passage.page)
        and source.start is not None
        and source.end is not None
        and passage.start < source.end
        and source.start < passage.end
        for source in fiche.all_sources()
    )
