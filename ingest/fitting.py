"""What is learnt from the fiches once and comes with the program: projection and fiche vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from corpus.encoder import Encoder, projected_name
from corpus.fiche import Fiche
from corpus.fiche_vectors import combined, key_of, questions_of, statements_of, write_vectors
from corpus.guide import Passage
from corpus.index import encoded_text
from corpus.projection import fit, write_projection


def fit_from_fiches(
    fiches: Sequence[Fiche],
    passages: Sequence[Passage],
    encoder: Encoder,
    package: Path,
    progress: Callable[[str], object],
) -> None:
    """Fits the projection for an encoder to the fiches' questions and the passages of the index,
    and writes it and the vectors of all fiches into the `corpus` package."""
    questions, statements = [], []
    for fiche in fiches:
        progress(fiche.id)
        questions.append(encoder.queries(questions_of(fiche)))
        statements.append(encoder.passages(statements_of(fiche)))
    told = encoder.passages([encoded_text(passage) for passage in passages])
    projection = fit(encoder.name, questions, np.vstack([told, *statements]))
    write_projection(projection, package)
    name = projected_name(encoder.name, projection)
    write_vectors(
        {
            key_of(fiche, name): combined(
                projection.of_queries(asked), projection.of_passages(said)
            )
            for fiche, asked, said in zip(fiches, questions, statements, strict=True)
        },
        package / "fiches",
    )
