"""Two assistants on one Chroma server, asked while guides are ingested: no error, no mixture."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from assistant.answer import Exchange
from assistant.assistant import Assistant
from assistant.current import Current, Opened
from corpus.draft import Draft
from corpus.index import Index
from corpus.lexicon import Lexicon
from corpus.manifest import FORMAT, Manifest
from corpus.shelf import shelf_at
from ingest.build import build
from tests.chroma_server import chroma_server
from tests.doubles import LetterEncoder, kitchen_for, settings_for

QUESTION = "Quel est le budget de la maison ?"


class World:
    """A Chroma server with an index whose guides all say the same number."""

    def __init__(self, folder: Path, url: str, lexicon: Lexicon) -> None:
        self.settings = replace(settings_for(folder), chroma=url)
        self.lexicon = lexicon
        self.settings.guides.mkdir()

    def publish(self, version: int) -> None:
        for name in ("alpha", "beta"):
            text = f"Le budget de la maison est de {version} euros selon {name}.\n"
            (self.settings.guides / f"{name}.txt").write_text(text, encoding="utf-8")
        build(kitchen_for(self.settings, LetterEncoder()))

    def replica(self) -> Current:
        newest = shelf_at(self.settings.place).generation
        return Current(self.reopen(), newest, self.reopen)

    def reopen(self) -> Opened:
        settings = self.settings
        index = Index.open(settings.place, LetterEncoder(), self.lexicon, settings.guides)
        return Opened(index, Assistant(index, self.lexicon))


@pytest.fixture
def world(tmp_path: Path, lexicon: Lexicon) -> Iterator[World]:
    with chroma_server(tmp_path / "chroma") as url:
        yield World(tmp_path, url, lexicon)


def versions(replica: Current) -> set[int]:
    """The versions that one answer quotes."""
    answer = replica.ask(QUESTION)
    assert answer.status == "answered"
    return {int(cited.quote.split()[7]) for cited in answer.citations}


def test_replicas_take_up_each_version_and_mix_none(world: World) -> None:
    world.publish(1)
    replicas = [world.replica(), world.replica()]
    seen: list[set[int]] = [set(), set()]
    done = threading.Event()

    def ask(place: int) -> None:
        while not done.is_set():
            found = versions(replicas[place])
            assert len(found) == 1, f"mixed: {found}"
            seen[place] |= found

    def wait_for(version: int, asking: list[Future[None]]) -> None:
        while not all(version in one for one in seen):
            assert not any(one.done() for one in asking), [one.exception(0) for one in asking]
            done.wait(0.01)

    with ExitStack() as stack:
        threads = stack.enter_context(ThreadPoolExecutor(2))
        stack.callback(done.set)
        for replica in replicas:
            stack.enter_context(replica.watching(0.1))
        asking = [threads.submit(ask, place) for place in range(2)]
        wait_for(1, asking)
        for version in (2, 3):
            world.publish(version)
            wait_for(version, asking)
    for one, replica in zip(asking, replicas, strict=True):
        one.result()
        replica.close()


def test_any_replica_can_serve_any_turn(world: World) -> None:
    world.publish(1)
    first, second = world.replica(), world.replica()
    history = (Exchange(QUESTION, first.ask(QUESTION)),)
    followed = [replica.ask("D’où vient cette réponse ?", history) for replica in (first, second)]
    assert followed[0].text == followed[1].text
    assert followed[0].citations == history[0].answer.citations
    first.close()
    second.close()


def test_a_replica_that_slept_through_two_ingestions_answers_from_the_newest(world: World) -> None:
    world.publish(1)
    replica = world.replica()
    world.publish(2)
    # As if ten minutes had passed: nothing that was replaced is kept.
    with Draft(world.settings.place, LetterEncoder(), None, grace=timedelta(0)) as draft:
        draft.publish(Manifest(FORMAT, "letters", "r", draft.generation, "now", (), {}))
    world.publish(3)
    assert versions(replica) == {3}
    replica.close()
