"""Where an index is kept, generation by generation: a folder, or a Chroma server that is shared.

The manifest is what readers look at, and the last thing that an ingestion writes.
"""

from __future__ import annotations

import json
import shutil
import socket
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Protocol

from filelock import FileLock, Timeout

from corpus.errors import CorpusError, IndexGoneError, IndexMissingError
from corpus.manifest import (
    Manifest,
    current_generation,
    generation_folder,
    generation_in,
    parse_manifest,
    read_manifest,
    write_manifest,
)
from corpus.vectors import Place, VectorStore

# What this program keeps on a server that others may use too.
_NAMESPACE = "exercice-coordonne-"
_CURRENT, _MANIFEST, _LOCK = "current", "manifest", "ingestion"
# An ingestion that has given no sign for so long was killed; one guide takes minutes at most.
_ABANDONED = timedelta(minutes=30)


class Shelf(Protocol):
    """Keeps the generations of an index and says which one is the current one."""

    def manifest(self) -> Manifest:
        """The current manifest. Raises IndexMissingError, IndexMismatchError."""
        ...

    def generation(self) -> str | None:
        """The generation that readers find now, even if its manifest is of another format."""
        ...

    def store(self, generation: str, make: bool = False) -> VectorStore:
        """The store of one generation, to be read, or made."""
        ...

    def publish(self, manifest: Manifest) -> None:
        """Make a manifest the current one, at once or not at all."""
        ...

    def sweep(self, keep: Collection[str | None]) -> None:
        """Remove the generations that are not to be kept."""
        ...

    @contextmanager
    def locked(self) -> Iterator[Callable[[], None]]:
        """Keeps other ingestions away; what it gives is called now and then, as a sign of life.

        Raises CorpusError when another one is at work.
        """
        ...


def shelf_at(place: Place) -> Shelf:
    """The shelf in a folder, or on the Chroma server of that URL."""
    return FolderShelf(place) if isinstance(place, Path) else ServerShelf(place)


class FolderShelf:
    """An index in a folder of its own."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def manifest(self) -> Manifest:
        """See Shelf."""
        return read_manifest(self._data)

    def generation(self) -> str | None:
        """See Shelf."""
        return current_generation(self._data)

    def store(self, generation: str, make: bool = False) -> VectorStore:
        """See Shelf."""
        folder = generation_folder(self._data, generation)
        if not make and not folder.is_dir():
            raise IndexGoneError(f"Cet index de {self._data} vient d’être remplacé : recommencez.")
        return VectorStore(folder, make=make)

    def publish(self, manifest: Manifest) -> None:
        """See Shelf."""
        write_manifest(self._data, manifest)

    def sweep(self, keep: Collection[str | None]) -> None:
        """See Shelf."""
        folder = generation_folder(self._data, "")
        for old in folder.iterdir() if folder.is_dir() else ():
            if old.name not in keep:
                shutil.rmtree(old, ignore_errors=True)

    @contextmanager
    def locked(self) -> Iterator[Callable[[], None]]:
        """See Shelf."""
        self._data.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self._data / ".lock")
        try:
            lock.acquire(timeout=0)
        except Timeout:
            raise CorpusError(
                f"Une autre ingestion travaille déjà dans {self._data} : attendez qu’elle finisse."
            ) from None
        try:
            # The lock of a killed process is free: nothing to be told.
            yield lambda: None
        finally:
            lock.release()


class ServerShelf:
    """An index on a Chroma server; each generation is a few sets of records under its name."""

    def __init__(self, url: str) -> None:
        self._url = url

    def manifest(self) -> Manifest:
        """See Shelf."""
        source = self._source()
        if source is None:
            raise IndexMissingError(f"Aucun index sur {self._url} : lancez « python -m ingest ».")
        return parse_manifest(source, self._url)

    def generation(self) -> str | None:
        """See Shelf."""
        source = self._source()
        return generation_in(source) if source is not None else None

    def store(self, generation: str, make: bool = False) -> VectorStore:
        """See Shelf."""
        return VectorStore(self._url, f"{_NAMESPACE}{generation}-", make=make)

    def publish(self, manifest: Manifest) -> None:
        """See Shelf."""
        source = json.dumps(asdict(manifest), ensure_ascii=False)
        with self._opened() as kept:
            # One record replaces another: a reader sees the one or the other.
            kept.put(_CURRENT, {_MANIFEST: {"source": source}}, _MANIFEST)

    def sweep(self, keep: Collection[str | None]) -> None:
        """See Shelf."""
        with self._opened() as kept:
            for name in kept.names():
                if name not in (_CURRENT, _LOCK) and name.rpartition("-")[0] not in keep:
                    kept.drop(name)

    @contextmanager
    def locked(self) -> Iterator[Callable[[], None]]:
        """See Shelf."""
        with self._opened() as kept:
            if not kept.claim(_LOCK, _sign()) and not _taken_over(kept):
                holder = kept.note(_LOCK)
                raise CorpusError(
                    f"Une autre ingestion travaille déjà sur {self._url} ({holder.get('host')},"
                    f" depuis {holder.get('since')}) : attendez qu’elle finisse."
                )
            try:
                yield lambda: kept.renote(_LOCK, _sign())
            finally:
                kept.drop(_LOCK)

    def _source(self) -> bytes | None:
        with self._opened(make=False) as kept:
            try:
                record = kept.record(_CURRENT, _MANIFEST)
            except IndexGoneError:
                return None
        return str(record["source"]).encode() if record else None

    @contextmanager
    def _opened(self, make: bool = True) -> Iterator[VectorStore]:
        store = VectorStore(self._url, _NAMESPACE, make=make)
        try:
            yield store
        finally:
            store.close()


def _sign() -> dict[str, str]:
    return {"host": socket.gethostname(), "since": datetime.now(UTC).isoformat(timespec="seconds")}


def _taken_over(kept: VectorStore) -> bool:
    """Whether the lock was left behind by an ingestion that was killed, and is ours now."""
    since = kept.note(_LOCK).get("since")
    if since is None or datetime.now(UTC) - datetime.fromisoformat(since) < _ABANDONED:
        return False
    kept.drop(_LOCK)
    return kept.claim(_LOCK, _sign())
