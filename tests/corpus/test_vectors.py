"""The store keeps records in order and finds them by the angle of their vectors."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from corpus.vectors import VectorStore
from tests.doubles import LetterEncoder


@pytest.fixture
def store(tmp_path: Path) -> Iterator[VectorStore]:
    opened = VectorStore(tmp_path / "store")
    yield opened
    opened.close()


def filled(store: VectorStore, texts: dict[str, str], guide: str = "g") -> None:
    vectors = LetterEncoder().passages(list(texts.values()))
    store.put("texts", {key: {"text": text} for key, text in texts.items()}, guide, vectors)


def test_the_nearest_come_first_with_their_cosine(store: VectorStore) -> None:
    filled(store, {"a": "a", "b": "b", "ab": "ab"})
    [row] = LetterEncoder().queries(["a"])
    hits = store.nearest("texts", row, 3)
    assert [identity for identity, _ in hits] == ["a", "ab", "b"]
    assert [score for _, score in hits] == pytest.approx([1, 0.5**0.5, 0], abs=1e-5)


def test_an_empty_set_holds_nothing_near(store: VectorStore) -> None:
    assert store.nearest("texts", np.array([1, 0, 0, 0], dtype=np.float32), 5) == []


def test_records_are_read_in_the_order_they_were_kept(store: VectorStore) -> None:
    filled(store, {"z": "a", "a": "b"})
    assert list(store.read("texts")) == [("z", {"text": "a"}), ("a", {"text": "b"})]


def test_records_of_one_guide_can_be_read_apart(store: VectorStore) -> None:
    filled(store, {"1": "a"}, "one")
    filled(store, {"2": "b"}, "two")
    assert list(store.read("texts", "two")) == [("2", {"text": "b"})]
    assert list(store.read("texts", "three")) == []


def test_any_text_comes_back_as_it_was(store: VectorStore) -> None:
    text = "\0 \ud800 ' \" <b> 😀 \u2028 é"
    store.put("plain", {"x": {"text": text}}, "g")
    assert list(store.read("plain")) == [("x", {"text": text})]


def test_more_records_than_one_read_takes_come_back_whole(store: VectorStore) -> None:
    store.put("plain", {str(number): {"n": number} for number in range(2_345)}, "g")
    assert [record["n"] for _, record in store.read("plain")] == list(range(2_345))


def test_putting_under_a_known_id_replaces(store: VectorStore) -> None:
    filled(store, {"1": "a"})
    filled(store, {"1": "b"})
    assert list(store.read("texts")) == [("1", {"text": "b"})]


def test_one_guide_is_copied_with_its_vectors(store: VectorStore, tmp_path: Path) -> None:
    filled(store, {"1": "a", "2": "b"}, "one")
    filled(store, {"3": "a"}, "two")
    target = VectorStore(tmp_path / "target")
    assert store.copy("texts", target, "one") == 2
    [row] = LetterEncoder().queries(["b"])
    identity, cosine = target.nearest("texts", row, 5)[0]
    assert (identity, round(cosine, 4)) == ("2", 1)
    assert [identity for identity, _ in target.read("texts")] == ["1", "2"]
    target.close()


def test_what_was_kept_is_there_when_the_folder_is_opened_again(tmp_path: Path) -> None:
    first = VectorStore(tmp_path / "again")
    filled(first, {"1": "a"})
    first.close()
    second = VectorStore(tmp_path / "again")
    assert list(second.read("texts")) == [("1", {"text": "a"})]
    second.close()


def test_the_nearest_are_all_found_whenever_the_store_is_opened(tmp_path: Path) -> None:
    rows = np.random.default_rng(1).normal(size=(500, 48)).astype(np.float32)
    asked = np.random.default_rng(2).normal(size=48).astype(np.float32)
    cosines = rows @ asked / np.linalg.norm(rows, axis=1)
    nearest = [str(place) for place in np.argsort(-cosines)[:150]]
    kept = VectorStore(tmp_path / "many")
    kept.put("rows", {str(place): {} for place in range(500)}, "g", rows)
    kept.close()
    for _ in range(3):
        opened = VectorStore(tmp_path / "many")
        assert [identity for identity, _ in opened.nearest("rows", asked, 150)] == nearest
        opened.close()


def test_what_is_added_later_is_found_too(store: VectorStore) -> None:
    filled(store, {"a": "a"})
    [row] = LetterEncoder().queries(["b"])
    assert [identity for identity, _ in store.nearest("texts", row, 5)] == ["a"]
    filled(store, {"b": "b"})
    assert [identity for identity, _ in store.nearest("texts", row, 5)] == ["b", "a"]
