"""The store of records and vectors, in a folder or on a server. The only door to Chroma."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import chromadb
import httpx
import numpy as np
from chromadb.api import ClientAPI
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings as ChromaSettings
from chromadb.errors import ChromaError, NotFoundError

from corpus.encoder import Vectors
from corpus.errors import CorpusError, IndexGoneError

_PAGE_OF_RECORDS = 1_000
# A server refuses more than 40 MB at once; a number of a vector takes some 20 bytes on its way.
_MOST_BYTES, _BYTES_OF_NUMBER = 8_000_000, 20
# Chroma wants a vector with everything it keeps; records that are only looked up get this one.
_NO_VECTOR = [1.0]
# The default of 100 misses one in 500 of the 150 nearest, other ones in each process, and answers
# varied with it. With 600, of 527 vectors all are found each time; a search takes 3 ms for 2.
_HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_search": 600}
# A server that has not answered by then is taken for dead.
_SECONDS = 60.0
_FILTER = dict[str, Any]
# A folder, or the URL of a Chroma server.
Place = Path | str


class VectorStore:
    """Named sets of JSON records in one Chroma, found by vector or read in full.

    Its sets are those whose name begins with `prefix`. A reader (`make` false) makes no set that
    is missing: it raises IndexGoneError. A server that does not answer raises CorpusError.
    """

    def __init__(self, place: Place, prefix: str = "", make: bool = True) -> None:
        self._place, self._prefix, self._make = place, prefix, make
        self._client = _client(place)
        self._collections: dict[str, Collection] = {}
        # Asking for it takes as long as a search; it changes only when records are kept.
        self._counts: dict[str, int] = {}

    def close(self) -> None:
        """Release the folder or the connection."""
        self._client.close()  # type: ignore[attr-defined]  # the concrete clients have it
        for session in _sessions(self._client):
            session.close()

    def make(self, names: Sequence[str]) -> None:
        """Make these sets, empty, where they are missing."""
        for name in names:
            self._set(name)

    def put(
        self,
        name: str,
        records: Mapping[str, Mapping[str, Any]],
        guide: str,
        vectors: Vectors | None = None,
    ) -> None:
        """Keep records by id in the set `name`, all of one guide; row i is record i's vector."""
        self._counts.pop(name, None)
        ids, documents = list(records), [json.dumps(record) for record in records.values()]
        width = vectors.shape[1] if vectors is not None and vectors.ndim > 1 else 1
        for part in _parts([len(one) + width * _BYTES_OF_NUMBER for one in documents]):
            rows = vectors[part] if vectors is not None else [_NO_VECTOR] * len(ids[part])
            with self._reached():
                self._set(name).upsert(
                    ids=ids[part],
                    documents=documents[part],
                    embeddings=np.asarray(rows, dtype=np.float32),
                    metadatas=[{"guide": guide}] * len(ids[part]),
                )

    def read(self, name: str, guide: str | None = None) -> Iterator[tuple[str, dict[str, Any]]]:
        """Every record of a set (of one guide, if named): (id, record), in the order kept."""
        for ids, documents, _ in self._pages(name, guide, ["documents"]):
            for identity, document in zip(ids, documents, strict=True):
                yield identity, json.loads(document)

    def record(self, name: str, identity: str) -> dict[str, Any] | None:
        """One record of a set by its id, None if there is none."""
        with self._reached():
            got = self._set(name).get(ids=[identity], include=["documents"])
        documents = got["documents"]
        return json.loads(documents[0]) if documents else None

    def copy(self, name: str, target: VectorStore, guide: str) -> int:
        """Copy one guide's records and vectors to another store; how many there were."""
        count = 0
        for ids, documents, rows in self._pages(name, guide, ["documents", "embeddings"]):
            records = {i: json.loads(d) for i, d in zip(ids, documents, strict=True)}
            target.put(name, records, guide, np.asarray(rows, dtype=np.float32))
            count += len(ids)
        return count

    def nearest(self, name: str, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """The records nearest to a vector: (id, cosine similarity), nearest first."""
        with self._reached():
            collection = self._set(name)
            if name not in self._counts:
                self._counts[name] = collection.count()
            count = min(limit, self._counts[name])
            if count == 0:
                return []
            found = collection.query(
                query_embeddings=np.asarray([vector], dtype=np.float32),
                n_results=count,
                include=["distances"],
            )
        distances = found["distances"] or [[]]
        return [(i, 1.0 - d) for i, d in zip(found["ids"][0], distances[0], strict=True)]

    def names(self) -> list[str]:
        """The sets that are kept, without the prefix."""
        with self._reached():
            kept = [one.name for one in self._client.list_collections()]
        return [name.removeprefix(self._prefix) for name in kept if name.startswith(self._prefix)]

    def drop(self, name: str) -> None:
        """Remove a set, if it is there."""
        self._collections.pop(name, None)
        with self._reached():
            try:
                self._client.delete_collection(self._prefix + name)
            except NotFoundError:
                return

    def claim(self, name: str, note: Mapping[str, str]) -> bool:
        """Make a set that must not exist yet, with a note on it; whether it could be made.

        Of several programs that claim the same name at once, one succeeds.
        """
        with self._reached():
            try:
                self._client.create_collection(
                    self._prefix + name, metadata=dict(note), embedding_function=None
                )
            except ChromaError as error:
                if "already exists" in str(error):
                    return False
                raise
        return True

    def note(self, name: str) -> dict[str, str]:
        """The note on a claimed set, empty if it is not there."""
        with self._reached():
            try:
                found = self._client.get_collection(self._prefix + name, embedding_function=None)
            except NotFoundError:
                return {}
        return {key: str(value) for key, value in (found.metadata or {}).items()}

    def renote(self, name: str, note: Mapping[str, str]) -> None:
        """Put another note on a claimed set."""
        with self._reached():
            found = self._client.get_collection(self._prefix + name, embedding_function=None)
            found.modify(metadata=dict(note))

    def _set(self, name: str) -> Collection:
        if name not in self._collections:
            whole = self._prefix + name
            with self._reached():
                self._collections[name] = (
                    self._client.get_or_create_collection(
                        whole, embedding_function=None, configuration={"hnsw": _HNSW}
                    )
                    if self._make
                    else self._client.get_collection(whole, embedding_function=None)
                )
        return self._collections[name]

    def _pages(
        self, name: str, guide: str | None, include: Any
    ) -> Iterator[tuple[list[str], Sequence[str], Any]]:
        where: _FILTER | None = {"guide": guide} if guide is not None else None
        offset = 0
        while True:
            with self._reached():
                got: Any = self._set(name).get(
                    where=where, limit=_PAGE_OF_RECORDS, offset=offset, include=include
                )
            if not got["ids"]:
                return
            yield got["ids"], got["documents"], got.get("embeddings")
            offset += len(got["ids"])

    @contextmanager
    def _reached(self) -> Iterator[None]:
        """Tells a set that was removed, and a server that is not there, in a sentence."""
        try:
            yield
        except NotFoundError:
            raise IndexGoneError(
                f"Cet index de {self._place} vient d’être remplacé : reposez la question."
            ) from None
        except httpx.TransportError:
            raise _unreachable(self._place) from None


def _client(place: Place) -> ClientAPI:
    settings = ChromaSettings(anonymized_telemetry=False)
    if isinstance(place, Path):
        place.mkdir(parents=True, exist_ok=True)
        return chromadb.PersistentClient(str(place), settings=settings)
    url = urlsplit(place)
    secure = url.scheme == "https"
    port = url.port or (443 if secure else 8000)
    try:
        client = chromadb.HttpClient(url.hostname or "", port, secure, settings=settings)
    except (ValueError, httpx.HTTPError, ChromaError):
        raise _unreachable(place) from None
    for session in _sessions(client):
        session.timeout = httpx.Timeout(_SECONDS)
    return client


def _sessions(client: ClientAPI) -> Iterator[httpx.Client]:
    """The connections of a client of a server: Chroma closes none of them, and waits for ever."""
    for holder in (client, getattr(client, "_admin_client", None)):
        session = getattr(getattr(holder, "_server", None), "_session", None)
        if isinstance(session, httpx.Client):
            yield session


def _unreachable(place: Place) -> CorpusError:
    return CorpusError(
        f"Le serveur Chroma {place} ne répond pas : démarrez-le (chroma run) ou corrigez"
        " CHROMA_URL."
    )


def _parts(sizes: Sequence[int]) -> Iterator[slice]:
    """Runs of records that can be sent at once."""
    first, room = 0, _MOST_BYTES
    for place, size in enumerate(sizes):
        if place > first and (size > room or place - first == _PAGE_OF_RECORDS):
            yield slice(first, place)
            first, room = place, _MOST_BYTES
        room -= size
    if sizes:
        yield slice(first, len(sizes))
