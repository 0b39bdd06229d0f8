"""Corpora of many times the size: altered copies of the guides, for the measure of speed.

The words of a copy are altered for good; its vectors are those of the original with a little noise
instead of being computed, for which a hundred copies would take an hour. Time to encode is measured
on the real guides and stated apart.
"""

from __future__ import annotations

import re
import shutil
import zlib
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path

import numpy as np

from corpus.draft import Draft
from corpus.encoder import Encoder, Vectors
from corpus.guide import Page, Passage
from corpus.index import Index
from corpus.manifest import FileEntry, Manifest
from corpus.traits import searched_text
from corpus.vectors import VectorStore
from eval.tutorial import CHUNKS, Chunk

_WORD = re.compile(r"[^\W\d_]{6,}")
_ALTERED = 3  # one long word in three
_NOISE = 0.02  # of each of the 384 dimensions: a cosine of about 0.93 with the original


def altered(text: str, copy: int) -> str:
    """The text with a third of its long words turned, the same ones wherever they stand."""

    def turned(match: re.Match[str]) -> str:
        word = match.group()
        return word[3:] + word[:3] if zlib.crc32(f"{copy}{word}".encode()) % _ALTERED == 0 else word

    return _WORD.sub(turned, text) if copy else text


def noisy(vectors: Vectors, copy: int) -> Vectors:
    """The vectors of a copy, of length one, always the same for the same copy."""
    if not copy:
        return vectors
    noise = np.random.default_rng(copy).normal(0, _NOISE, vectors.shape).astype(np.float32)
    moved: Vectors = vectors + noise
    lengths: Vectors = np.linalg.norm(moved, axis=1, keepdims=True)
    return moved / lengths


class _Given:
    """An encoder that hands out vectors prepared beforehand."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.rows: Vectors = np.empty((0, 0), dtype=np.float32)

    def queries(self, texts: Sequence[str]) -> Vectors:
        """See Encoder."""
        return self.rows

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See Encoder; sentences, which outnumber the passages, get the passages' vectors."""
        return self.rows[np.arange(len(texts)) % max(len(self.rows), 1)]


def encoded(index: Index, encoder: Encoder) -> dict[str, Vectors]:
    """The vectors of an index's passages, by guide."""
    return {
        guide.id: encoder.passages([searched_text(one) for one in index.passages(guide.id)])
        for guide in index.guides()
    }


def grow_index(
    index: Index, vectors: dict[str, Vectors], source: Path, data: Path, times: int
) -> None:
    """Make of the index in the folder `source` one of `times` its guides, in the folder `data`."""
    shutil.rmtree(data, ignore_errors=True)
    shutil.copytree(source, data)
    manifest = index.describe()
    given = _Given(manifest.encoder)
    with Draft(data, given, manifest) as draft:
        for owner in (*vectors, *manifest.fiches):
            draft.copy(owner)
        draft.add_fiches({fiche.id: fiche for fiche in index.fiches()})
        for copy in range(1, times):
            for guide, rows in vectors.items():
                given.rows = noisy(rows, copy)
                listed = index.passages(guide)
                pages = [_page(one, copy) for one in _pages(index, listed)]
                draft.add_guide(named(guide, copy), pages, [_passage(one, copy) for one in listed])
        files = (
            *manifest.files,
            *(entry for copy in range(1, times) for entry in _files(manifest, copy)),
        )
        draft.publish(replace(manifest, generation=draft.generation, files=files))


def grow_chunks(chunks: Sequence[Chunk], vectors: Vectors, folder: Path, times: int) -> None:
    """Write a store of `times` the chunks of plain tutorial retrieval."""
    shutil.rmtree(folder, ignore_errors=True)
    store = VectorStore(folder)
    for copy in range(times):
        records = {
            f"{copy}-{place}": asdict(
                replace(one, guide=named(one.guide, copy), text=altered(one.text, copy))
            )
            for place, one in enumerate(chunks)
        }
        store.put(CHUNKS, records, f"copy-{copy}", noisy(vectors, copy))
    store.close()


def named(guide: str, copy: int) -> str:
    """The id of the copy of a guide; copy 0 is the guide itself."""
    return f"{guide}-copie-{copy}" if copy else guide


def _pages(index: Index, passages: Sequence[Passage]) -> list[Page]:
    places = dict.fromkeys((one.guide, one.page) for one in passages)
    return [_boxed(index, page) for place in places if (page := index.page(*place)) is not None]


def _page(page: Page, copy: int) -> Page:
    return replace(page, guide=named(page.guide, copy), text=altered(page.text, copy))


def _boxed(index: Index, page: Page) -> Page:
    return replace(page, boxes=index.boxes(page.guide, page.number))


def _passage(passage: Passage, copy: int) -> Passage:
    return replace(
        passage,
        id=f"{passage.id}-{copy}",
        guide=named(passage.guide, copy),
        sentences=tuple(replace(one, text=altered(one.text, copy)) for one in passage.sentences),
    )


def _files(manifest: Manifest, copy: int) -> list[FileEntry]:
    return [
        replace(
            entry,
            name=f"{copy}-{entry.name}",
            guide=replace(entry.guide, id=named(entry.guide.id, copy)),
        )
        for entry in manifest.files
        if entry.guide
    ]
