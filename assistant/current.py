"""The assistant on the newest index: when ingestion publishes another one, questions go to it.

Each question is answered by one index from beginning to end; the one before is closed when the
last question put to it is answered.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from assistant.answer import Answer, Exchange
from assistant.assistant import Assistant
from assistant.privacy import Masked
from assistant.retrieval import Hit
from corpus.encoder import make_encoder
from corpus.errors import CorpusError, IndexGoneError, IndexMissingError
from corpus.fiche import Fiche
from corpus.guide import Box, Guide, Page, Passage
from corpus.index import Index
from corpus.lexicon import Lexicon
from corpus.manifest import Manifest
from corpus.reranker import make_reranker
from corpus.settings import Settings
from corpus.shelf import shelf_at

# How often a running program looks for a newer index: it costs one look at a small file.
_SECONDS = 2.0
log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(frozen=True)
class Opened:
    """An index and the assistant that answers from it."""

    index: Index
    assistant: Assistant


class _Lease:
    """An opened index, how many use it now, and whether it has been replaced."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        self.users = 0
        self.replaced = False

    @property
    def over(self) -> bool:
        return self.replaced and not self.users


class Current:
    """Answers from the newest index. `newest` tells its generation, `reopen` opens it."""

    def __init__(
        self, opened: Opened, newest: Callable[[], str | None], reopen: Callable[[], Opened]
    ) -> None:
        self._newest, self._reopen = newest, reopen
        self._lease = _Lease(opened)
        self._counting = threading.Lock()
        self._opening = threading.Lock()
        self.index = CurrentIndex(self)

    def ask(self, question: str, history: Sequence[Exchange] = (), region: str = "") -> Answer:
        """See Assistant."""
        return self._asked(lambda assistant: assistant.ask(question, history, region))

    def stream(
        self, question: str, history: Sequence[Exchange] = (), region: str = ""
    ) -> Iterator[Answer]:
        """See Assistant."""
        begun = False
        try:
            with self.held() as opened:
                for answer in opened.assistant.stream(question, history, region):
                    begun = True
                    yield answer
        except IndexGoneError:
            if begun:
                raise
            yield self.ask(question, history, region)

    def related(self, history: Sequence[Exchange]) -> tuple[str, ...]:
        """See Assistant."""
        return self._asked(lambda assistant: assistant.related(history))

    def masked(self, text: str) -> Masked:
        """See Assistant."""
        with self.held() as opened:
            return opened.assistant.masked(text)

    def search(self, question: str, limit: int = 10) -> list[Hit]:
        """See Assistant."""
        return self._asked(lambda assistant: assistant.search(question, limit))

    def _asked(self, work: Callable[[Assistant], T]) -> T:
        """The work done on the newest index; once more if that one was removed under it, as may
        happen to a program that slept through several ingestions."""
        try:
            with self.held() as opened:
                return work(opened.assistant)
        except IndexGoneError:
            self.refresh()
            with self.held() as opened:
                return work(opened.assistant)

    @contextmanager
    def held(self) -> Iterator[Opened]:
        """The newest index and its assistant, which stay open until this is left."""
        with self._counting:
            lease = self._lease
            lease.users += 1
        try:
            yield lease.opened
        finally:
            with self._counting:
                lease.users -= 1
                over = lease.over
            if over:
                lease.opened.index.close()

    def refresh(self) -> bool:
        """Change over to the newest index; whether there was a newer one.

        Raises CorpusError if that one cannot be read; questions then go on to the present one.
        """
        with self._opening:
            newest = self._newest()
            if newest is None or newest == self._lease.opened.index.describe().generation:
                return False
            fresh = _Lease(self._reopen())
            with self._counting:
                before, self._lease = self._lease, fresh
                before.replaced = True
                over = before.over
            if over:
                before.opened.index.close()
            # What a start has set aside may now be garbage: the index before.
            gc.unfreeze()
            return True

    @contextmanager
    def watching(self, seconds: float = _SECONDS) -> Iterator[None]:
        """Looks for a newer index all the while, in a thread of its own."""
        stop = threading.Event()
        thread = threading.Thread(target=self._watch, args=(stop, seconds), daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()

    def close(self) -> None:
        """Release the index."""
        self._lease.opened.index.close()

    def _watch(self, stop: threading.Event, seconds: float) -> None:
        told = ""
        while not stop.wait(seconds):
            try:
                if self.refresh():
                    log.info("a newer index is in use")
                told = ""
            except CorpusError as error:
                # Once: it stays like this until somebody ingests again.
                if str(error) != told:
                    log.warning("the newer index is not used: %s", error)
                told = str(error)
            except Exception:
                log.exception("looking for a newer index failed")


class CurrentIndex:
    """What the newest index holds, whichever it is at each look."""

    def __init__(self, current: Current) -> None:
        self._held = current.held

    def describe(self) -> Manifest:
        """See Index."""
        with self._held() as opened:
            return opened.index.describe()

    def guides(self) -> Sequence[Guide]:
        """See Index."""
        with self._held() as opened:
            return opened.index.guides()

    def guide(self, identity: str) -> Guide:
        """See Index."""
        with self._held() as opened:
            return opened.index.guide(identity)

    def path(self, guide: str) -> Path | None:
        """See Index."""
        with self._held() as opened:
            return opened.index.path(guide)

    def page(self, guide: str, number: int | None) -> Page | None:
        """See Index."""
        with self._held() as opened:
            return opened.index.page(guide, number)

    def boxes(self, guide: str, number: int | None) -> tuple[Box, ...]:
        """See Index."""
        with self._held() as opened:
            return opened.index.boxes(guide, number)

    def passages(self, guide: str | None = None) -> Sequence[Passage]:
        """See Index."""
        with self._held() as opened:
            return opened.index.passages(guide)

    def passage(self, identity: str) -> Passage | None:
        """See Index."""
        with self._held() as opened:
            return opened.index.passage(identity)

    def fiche(self, identity: str) -> Fiche | None:
        """See Index."""
        with self._held() as opened:
            return opened.index.fiche(identity)

    def fiches(self) -> Sequence[Fiche]:
        """See Index."""
        with self._held() as opened:
            return opened.index.fiches()


def open_current(
    settings: Settings,
    lexicon: Lexicon,
    assistant: Callable[[Index, Lexicon], Assistant],
    wait: bool = False,
) -> Current:
    """The index of these settings, and each later one, under assistants that `assistant` makes.

    Raises IndexMismatchError, and IndexMissingError unless it may `wait` for the first one.
    """
    encoder = make_encoder(settings.encoder, settings.models)
    reranker = make_reranker(settings.models)

    def reopen() -> Opened:
        index = Index.open(
            settings.place, encoder, lexicon, settings.guides, settings.fiches, reranker
        )
        return Opened(index, assistant(index, lexicon))

    def first() -> Opened:
        try:
            return reopen()
        except IndexMissingError:
            if not wait:
                raise
            index = Index.empty(encoder, lexicon)
            return Opened(index, assistant(index, lexicon))

    return Current(first(), shelf_at(settings.place).generation, reopen)
