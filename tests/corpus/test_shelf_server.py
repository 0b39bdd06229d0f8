"""An index on a real Chroma server: shared, published at once, never read half-written."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from corpus.draft import Draft
from corpus.errors import CorpusError, IndexFormatError, IndexGoneError, IndexMissingError
from corpus.guide import Box, Guide, Page
from corpus.index import PASSAGES, Index
from corpus.lexicon import read_lexicon
from corpus.manifest import FORMAT, FileEntry, Manifest
from corpus.shelf import ServerShelf
from corpus.vectors import VectorStore
from tests.chroma_server import chroma_server
from tests.doubles import LetterEncoder, passage

PAGE = Page("alpha", 1, None, "aa bb", (), (Box(0, 2, 0.1, 0.2, 0.3, 0.4),))


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with chroma_server(tmp_path_factory.mktemp("chroma")) as url:
        yield url


@pytest.fixture
def url(server: str) -> str:
    """The server, without what other tests kept there."""
    store = VectorStore(server)
    for name in store.names():
        store.drop(name)
    store.close()
    return server


def publish(url: str, text: str, previous: Manifest | None = None, **how: timedelta) -> Manifest:
    with Draft(url, LetterEncoder(), previous, **how) as draft:
        draft.add_guide("alpha", [PAGE], [passage(text, "alpha", text)])
        entry = FileEntry("alpha.md", "sum", 1, 1, Guide("alpha", "Alpha"))
        draft.publish(Manifest(FORMAT, "letters", "r", draft.generation, "now", (entry,), {}))
    return ServerShelf(url).manifest()


def opened(url: str) -> Index:
    return Index.open(url, LetterEncoder(), read_lexicon(), Path("absent"))


def texts(index: Index) -> list[str]:
    return [one.text for one in index.passages()]


def generations(url: str) -> set[str]:
    store = VectorStore(url)
    found = {name.split("-")[2] for name in store.names() if name.count("-") == 3}
    store.close()
    return found


def test_a_server_without_an_index_is_told_with_the_command(url: str) -> None:
    assert ServerShelf(url).generation() is None
    with pytest.raises(IndexMissingError, match="python -m ingest"):
        opened(url)


def test_a_server_that_is_not_there_is_told_with_its_address() -> None:
    with pytest.raises(CorpusError, match=r"127\.0\.0\.1:9 ne répond pas.*chroma run"):
        opened("http://127.0.0.1:9")


def test_what_is_published_is_read_back_and_found(url: str) -> None:
    manifest = publish(url, "aab")
    assert ServerShelf(url).generation() == manifest.generation
    index = opened(url)
    assert texts(index) == ["aab"]
    assert index.boxes("alpha", 1) == PAGE.boxes
    [(identity, cosine)] = index.nearest_passages(index.vector("aab"), 5)
    assert (identity, round(cosine, 4)) == ("aab", 1)
    index.close()


def test_an_unpublished_draft_is_never_seen_and_swept_by_the_next(url: str) -> None:
    first = publish(url, "a")
    with Draft(url, LetterEncoder(), first) as draft:
        draft.add_guide("alpha", [PAGE], [passage("b", "alpha", "b")])
        index = opened(url)
        assert texts(index) == ["a"]
        index.close()
    assert draft.generation in generations(url)
    second = publish(url, "c", first)
    assert generations(url) == {first.generation, second.generation}


def test_unchanged_guides_are_taken_over_without_encoding(url: str) -> None:
    first = publish(url, "a")
    encoder = LetterEncoder()
    with Draft(url, encoder, first) as draft:
        draft.copy("alpha")
        draft.publish(Manifest(FORMAT, "letters", "r", draft.generation, "now", (), {}))
    index = opened(url)
    assert texts(index) == ["a"]
    assert encoder.seen == []
    index.close()


def test_a_reader_keeps_its_index_while_others_are_published(url: str) -> None:
    publish(url, "a")
    reader = opened(url)
    publish(url, "b")
    publish(url, "c")
    assert reader.nearest_passages(reader.vector("a"), 1)[0][0] == "a"
    reader.close()


def test_an_index_that_is_gone_is_an_error_and_not_an_empty_answer(url: str) -> None:
    publish(url, "a")
    reader = opened(url)
    vector = reader.vector("a")
    publish(url, "b")
    publish(url, "c", grace=timedelta(0))
    with pytest.raises(IndexGoneError, match="remplacé"):
        reader.nearest_passages(vector, 1)
    reader.close()
    store = VectorStore(url, "exercice-coordonne-absent-", make=False)
    with pytest.raises(IndexGoneError):
        list(store.read(PASSAGES))
    store.close()


def test_two_ingestions_at_once_are_refused_with_who_is_at_work(url: str) -> None:
    with (
        Draft(url, LetterEncoder(), None),
        pytest.raises(CorpusError, match=r"Une autre ingestion.*depuis"),
    ):
        Draft(url, LetterEncoder(), None)
    with Draft(url, LetterEncoder(), None):
        pass


def test_the_lock_of_a_killed_ingestion_is_taken_over(url: str) -> None:
    store = VectorStore(url, "exercice-coordonne-")
    assert store.claim("ingestion", {"host": "x", "since": "2020-01-01T00:00:00+00:00"})
    assert not store.claim("ingestion", {"host": "y"})
    with Draft(url, LetterEncoder(), None):
        assert store.note("ingestion")["host"] != "x"
    assert store.note("ingestion") == {}
    store.close()


def test_a_draft_that_missed_a_publication_is_refused(url: str) -> None:
    stale = publish(url, "a")
    publish(url, "b")
    with pytest.raises(CorpusError, match="recommencez"):
        Draft(url, LetterEncoder(), stale)
    with Draft(url, LetterEncoder(), ServerShelf(url).manifest()):
        pass


def test_an_index_of_another_format_is_refused(url: str) -> None:
    store = VectorStore(url, "exercice-coordonne-")
    store.put("current", {"manifest": {"source": '{"format": 1, "generation": "g"}'}}, "manifest")
    store.close()
    assert ServerShelf(url).generation() == "g"
    with pytest.raises(IndexFormatError, match=r"format 1.*--rebuild"):
        opened(url)


def test_records_larger_than_one_request_are_sent_in_parts(url: str) -> None:
    store = VectorStore(url, "exercice-coordonne-large-")
    store.put("texts", {str(n): {"text": "a" * 3_000_000} for n in range(4)}, "g")
    assert [len(record["text"]) for _, record in store.read("texts")] == [3_000_000] * 4
    store.close()
