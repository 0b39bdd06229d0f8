"""The searchable index: what ingestion published, read back with the encoder that made it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.catalogue import guide_files
from corpus.encoder import Encoder, Vectors
from corpus.fiche import Fiche
from corpus.guide import Guide, Page, Passage
from corpus.keywords import Keywords
from corpus.lexicon import Lexicon
from corpus.manifest import Manifest, check_encoder, generation_folder, read_manifest
from corpus.records import fiche_from, page_from, passage_from
from corpus.vectors import VectorStore

_HEADINGS = 2
PAGES, PASSAGES, FICHES, QUESTIONS = "pages", "passages", "fiches", "questions"


class Index:
    """Passages and fiches, found by meaning or by words, and the pages they stand on."""

    def __init__(
        self,
        manifest: Manifest,
        store: VectorStore,
        encoder: Encoder,
        lexicon: Lexicon,
        fiches: bool = True,
    ) -> None:
        self._manifest, self._store, self._encoder = manifest, store, encoder
        self._passages = {i: passage_from(r) for i, r in store.read(PASSAGES)}
        kept = store.read(FICHES) if fiches else ()
        self._fiches = {i: fiche_from(r) for i, r in kept}
        records = (page_from(record) for _, record in store.read(PAGES))
        self._pages = {(page.guide, page.number): page for page in records}
        self._paths: dict[str, Path] = {}
        self._guides = {guide.id: guide for guide in manifest.guides}
        self._by_guide: dict[str, list[Passage]] = {}
        self._by_page: dict[tuple[str, int | None], list[Passage]] = {}
        for passage in self._passages.values():
            self._by_guide.setdefault(passage.guide, []).append(passage)
            self._by_page.setdefault((passage.guide, passage.page), []).append(passage)
        self.words = Keywords(lexicon)
        self.words.fill(list(self._passages), [searched_text(p) for p in self._passages.values()])
        self.fiche_words = Keywords(lexicon)
        self.fiche_words.fill(list(self._fiches), [_fiche_text(f) for f in self._fiches.values()])

    @classmethod
    def open(
        cls, data: Path, encoder: Encoder, lexicon: Lexicon, guides: Path, fiches: bool = True
    ) -> Index:
        """The current index of a data folder, its fiches left aside if not wanted.

        Raises IndexMissingError, IndexMismatchError.
        """
        manifest = read_manifest(data)
        check_encoder(manifest, encoder.name)
        store = VectorStore(generation_folder(data, manifest.generation))
        index = cls(manifest, store, encoder, lexicon, fiches)
        index._paths = {path.stem: path for path in guide_files(guides)}
        return index

    def close(self) -> None:
        """Release the store."""
        self._store.close()

    def describe(self) -> Manifest:
        """What the index was made of and with."""
        return self._manifest

    def guides(self) -> list[Guide]:
        """The guides that the index holds."""
        return list(self._guides.values())

    def guide(self, identity: str) -> Guide:
        """One guide by its id; one that has no file is described by its id alone."""
        return self._guides.get(identity) or Guide(identity, identity)

    def path(self, guide: str) -> Path | None:
        """The guide's own file, if it is still in the folder of guides."""
        path = self._paths.get(guide)
        return path if path and path.is_file() else None

    def page(self, guide: str, number: int | None) -> Page | None:
        """One page of a guide, None if the index does not hold it."""
        return self._pages.get((guide, number))

    def passages(self, guide: str | None = None) -> Sequence[Passage]:
        """All passages, or those of one guide, in reading order."""
        if guide is None:
            return list(self._passages.values())
        return list(self._by_guide.get(guide, ()))

    def passages_on(self, guide: str, number: int | None) -> Sequence[Passage]:
        """The passages of one page, in reading order."""
        return list(self._by_page.get((guide, number), ()))

    def passage(self, identity: str) -> Passage | None:
        """One passage by its id."""
        return self._passages.get(identity)

    def fiche(self, identity: str) -> Fiche | None:
        """One fiche by its id."""
        return self._fiches.get(identity)

    def fiches(self) -> Sequence[Fiche]:
        """All fiches."""
        return list(self._fiches.values())

    def vector(self, question: str) -> Vectors:
        """The question as the encoder sees it, shape (dimension,)."""
        row: Vectors = self._encoder.queries([question])[0]
        return row

    def nearest_passages(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Passages by meaning: (passage id, cosine), best first."""
        return self._store.nearest(PASSAGES, vector, limit)

    def nearest_fiches(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Fiches by their statement and typical questions: (fiche id, cosine), best first."""
        return self._store.nearest(QUESTIONS, vector, limit)


def searched_text(passage: Passage) -> str:
    """What a passage is found by: where it stands, and what it says."""
    return f"{passage.location} : {passage.text}"


def encoded_text(passage: Passage) -> str:
    """What a passage's vector is made of: the headings next to it, and what it says.

    The outer headings cost time at ingestion and tell little of the passage itself.
    """
    under = " › ".join((*passage.section[-_HEADINGS:], *passage.heads))
    return f"{under} : {passage.text}"


def _fiche_text(fiche: Fiche) -> str:
    values = " ".join(f"{value.fr} {value.en}" for value in fiche.values)
    asked = " ".join((*fiche.questions.fr, *fiche.questions.en))
    return f"{' '.join(fiche.structures)} {fiche.fr} {fiche.en} {values} {asked}"
