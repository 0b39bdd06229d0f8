"""The store of records and vectors. The only door to Chroma."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import chromadb
import numpy as np
from chromadb.api.collection_configuration import CreateHNSWConfiguration
from chromadb.api.models.Collection import Collection
from chromadb.config import Settings as ChromaSettings

from corpus.encoder import Vectors

_PAGE_OF_RECORDS = 1_000
# Chroma wants a vector with everything it keeps; records that are only looked up get this one.
_NO_VECTOR = [1.0]
# The default of 100 misses one in 500 of the 150 nearest, other ones in each process, and answers
# varied with it. With 600, of 527 vectors all are found each time; a search takes 3 ms for 2.
_HNSW: CreateHNSWConfiguration = {"space": "cosine", "ef_search": 600}
_FILTER = dict[str, Any]


class VectorStore:
    """Named sets of JSON records in one Chroma folder, found by vector or read in full."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._client = chromadb.PersistentClient(
            str(folder), settings=ChromaSettings(anonymized_telemetry=False)
        )
        self._collections: dict[str, Collection] = {}
        # Asking for it takes as long as a search; it changes only when records are kept.
        self._counts: dict[str, int] = {}

    def close(self) -> None:
        """Release the folder."""
        self._client.close()  # type: ignore[attr-defined]  # the concrete client has it

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
        for first in range(0, len(ids), _PAGE_OF_RECORDS):
            part = slice(first, first + _PAGE_OF_RECORDS)
            rows = vectors[part] if vectors is not None else [_NO_VECTOR] * len(ids[part])
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

    def _set(self, name: str) -> Collection:
        if name not in self._collections:
            self._collections[name] = self._client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": _HNSW}
            )
        return self._collections[name]

    def _pages(
        self, name: str, guide: str | None, include: Any
    ) -> Iterator[tuple[list[str], Sequence[str], Any]]:
        where: _FILTER | None = {"guide": guide} if guide is not None else None
        offset = 0
        while True:
            got: Any = self._set(name).get(
                where=where, limit=_PAGE_OF_RECORDS, offset=offset, include=include
            )
            if not got["ids"]:
                return
            yield got["ids"], got["documents"], got.get("embeddings")
            offset += len(got["ids"])
