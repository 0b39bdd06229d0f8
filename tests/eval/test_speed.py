from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.draft import Draft
from corpus.encoder import Encoder
from corpus.guide import Guide, Page, Passage
from corpus.index import Index
from corpus.lexicon import read_lexicon
from corpus.manifest import FORMAT, FileEntry, Manifest
from eval.audit import Auditor
from eval.scale import altered, encoded, grow_chunks, grow_index, named, noisy
from eval.subject import Subject
from eval.tutorial import Tutorial, chunks_of


def test_a_copy_alters_the_same_words_everywhere_and_short_ones_nowhere() -> None:
    text = (
        "professionnels de santé, professionnels, territoire, coordonnateur, pluriprofessionnelle"
    )
    copies = {altered(text, copy) for copy in range(5)}
    assert text in copies
    assert len(copies) > 2
    assert all(" de santé" in one for one in copies)
    assert altered(text, 3) == altered(text, 3)


def test_the_vectors_of_a_copy_stay_near_and_of_length_one() -> None:
    rows = np.eye(2, 384, dtype=np.float32)
    moved = noisy(rows, 1)
    assert np.allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-5)
    assert 0.9 < float((rows * moved).sum(axis=1).min()) < 0.97
    assert noisy(rows, 0) is rows


def test_the_first_copy_is_the_guide_itself() -> None:
    assert (named("g", 0), named("g", 2)) == ("g", "g-copie-2")


@pytest.fixture
def index(tmp_path: Path, encoder: Encoder, assistant: Subject) -> Iterator[Index]:
    """An index of the small guide « beta »: two pages of one passage each."""
    passages = [hit.passage for hit in assistant.search("")]
    beta: list[Passage] = [one for one in passages if one.guide == "beta"]
    pages = [Page("beta", one.page, None, one.text) for one in beta]
    with Draft(tmp_path / "one", encoder, None) as draft:
        draft.add_guide("beta", pages, beta)
        entry = FileEntry("beta.pdf", "0", 2, 2, Guide("beta", "Beta"))
        draft.publish(Manifest(FORMAT, "counts", "r", draft.generation, "jour", (entry,), {}))
    opened = Index.open(tmp_path / "one", encoder, read_lexicon(), tmp_path)
    yield opened
    opened.close()


def test_a_grown_index_holds_the_guides_that_many_times(
    index: Index, encoder: Encoder, tmp_path: Path
) -> None:
    grow_index(index, encoded(index, encoder), tmp_path / "one", tmp_path / "three", 3)
    grown = Index.open(tmp_path / "three", encoder, read_lexicon(), tmp_path)
    assert [guide.id for guide in grown.guides()] == ["beta", "beta-copie-1", "beta-copie-2"]
    assert len(grown.passages()) == 6
    assert grown.page("beta-copie-2", 2) is not None
    grown.close()


def test_the_tutorial_pastes_the_two_nearest_chunks(
    auditor: Auditor, encoder: Encoder, tmp_path: Path
) -> None:
    chunks = list(chunks_of(auditor.originals))
    assert [(one.guide, one.page) for one in chunks] == [
        ("alpha", 1), ("alpha", 2), ("alpha", 3), ("beta", 1), ("beta", 2)
    ]  # fmt: skip
    grow_chunks(chunks, encoder.passages([one.text for one in chunks]), tmp_path / "store", 1)
    answer = Tutorial(tmp_path / "store", encoder).ask("CPTS contrat")
    assert [(one.guide, one.page) for one in answer.citations] == [("beta", 2), ("alpha", 2)]
    assert "cinq ans avec la caisse. [1]" in answer.text
