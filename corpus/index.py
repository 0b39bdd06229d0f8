"""The searchable index: what ingestion published, read back with the encoder that made it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from corpus.catalogue import guide_files
from corpus.encoder import Encoder, Vectors
from corpus.fiche import Fiche
from corpus.guide import Box, Guide, Page, Passage
from corpus.keywords import Keywords
from corpus.lexicon import Lexicon
from corpus.manifest import Manifest, check_encoder
from corpus.nothing import NoStore, no_manifest
from corpus.records import boxes_from, fiche_from, page_from, passage_from
from corpus.reranker import Reranker
from corpus.scale import scaled
from corpus.shelf import shelf_at
from corpus.traits import Traits, traits_from
from corpus.vectors import Place, VectorStore

_HEADINGS = 2
# Between the id of a passage and the place of a sentence in it.
_PLACE = "#"
PAGES, BOXES, PASSAGES, SENTENCES, FICHES, QUESTIONS, SILENCES = SETS = (
    "pages",
    "boxes",
    "passages",
    "sentences",
    "fiches",
    "questions",
    "silences",
)
# Fewer words say nothing that a heading above them does not say.
_LEAST_WORDS = 3


class Index:
    """Passages and fiches, found by meaning or by words, and the pages they stand on."""

    def __init__(
        self,
        manifest: Manifest,
        store: VectorStore | NoStore,
        encoder: Encoder,
        lexicon: Lexicon,
        fiches: bool = True,
        reranker: Reranker | None = None,
    ) -> None:
        self._manifest, self._store, self._encoder = manifest, store, encoder
        self.reranker = reranker
        self._passages: dict[str, Passage] = {}
        self._traits: dict[str, Traits] = {}
        for identity, record in store.read(PASSAGES):
            self._traits[identity] = traits_from(record.pop("traits"))
            self._passages[identity] = passage_from(record)
        self._fiches: dict[str, Fiche] = {}
        told: list[list[str]] = []
        for identity, record in store.read(FICHES) if fiches else ():
            told.append(record.pop("terms"))
            self._fiches[identity] = fiche_from(record)
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
        self.words.fill(list(self._traits), [one.terms for one in self._traits.values()])
        self.fiche_words = Keywords(lexicon)
        self.fiche_words.fill(list(self._fiches), told)
        silences = store.read(SILENCES) if fiches else ()
        self._silent = frozenset(term for _, record in silences for term in record["terms"])
        self._fiche_terms = dict(zip(self._fiches, map(frozenset, told), strict=True))

    @classmethod
    def open(
        cls,
        data: Place,
        encoder: Encoder,
        lexicon: Lexicon,
        guides: Path,
        fiches: bool = True,
        reranker: Reranker | None = None,
    ) -> Index:
        """The current index of a data folder or server, its fiches left aside if not wanted.

        Raises IndexMissingError, IndexMismatchError, and CorpusError if a server is not there.
        """
        shelf = shelf_at(data)
        manifest = shelf.manifest()
        check_encoder(manifest, encoder.name)
        store = shelf.store(manifest.generation)
        try:
            index = cls(manifest, store, encoder, lexicon, fiches, reranker)
        except BaseException:
            store.close()
            raise
        index._paths = {path.stem: path for path in guide_files(guides)}
        return index

    @classmethod
    def empty(cls, encoder: Encoder, lexicon: Lexicon) -> Index:
        """An index of nothing, for a program that waits for the first ingestion."""
        return cls(no_manifest(encoder.name), NoStore(), encoder, lexicon)

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
        """One page of a guide without its boxes, None if the index does not hold it."""
        return self._pages.get((guide, number))

    def boxes(self, guide: str, number: int | None) -> tuple[Box, ...]:
        """Where the words of a page stand on it, fetched from the store each time."""
        record = self._store.record(BOXES, page_key(guide, number))
        return boxes_from(record) if record else ()

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

    def traits(self, identity: str) -> Traits:
        """What the passage of that id is found and weighed by."""
        return self._traits[identity]

    def fiche(self, identity: str) -> Fiche | None:
        """One fiche by its id."""
        return self._fiches.get(identity)

    def fiches(self) -> Sequence[Fiche]:
        """All fiches."""
        return list(self._fiches.values())

    def fiche_terms(self, identity: str) -> frozenset[str]:
        """The search terms of the statement and the typical questions of a fiche."""
        return self._fiche_terms[identity]

    def is_silent_on(self, term: str) -> bool:
        """Whether silences speak of a term."""
        return term in self._silent

    def vector(self, question: str) -> Vectors:
        """The question as the encoder sees it, shape (dimension,)."""
        row: Vectors = self._encoder.queries([question])[0]
        return row

    def nearest_passages(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Passages by meaning: (passage id, cosine as the default encoder's), best first."""
        return scaled(self._store.nearest(PASSAGES, vector, limit), self._manifest.scale)

    def nearest_sentences(self, vector: Vectors, limit: int) -> list[tuple[str, int, float]]:
        """Sentences of passages that hold several, as `nearest_passages` does: (passage id,
        place in the passage, cosine)."""
        found = scaled(self._store.nearest(SENTENCES, vector, limit), self._manifest.scale)
        return [(*_placed(identity), cosine) for identity, cosine in found]

    def nearest_fiches(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Fiches by their statement and typical questions, as `nearest_passages` does."""
        return scaled(self._store.nearest(QUESTIONS, vector, limit), self._manifest.scale)

    def nearest_silences(self, vector: Vectors, limit: int) -> list[tuple[str, float]]:
        """Silences by their typical questions, as `nearest_passages` does; none without fiches."""
        if not self._silent:
            return []
        return scaled(self._store.nearest(SILENCES, vector, limit), self._manifest.scale)


def _placed(identity: str) -> tuple[str, int]:
    passage, place = identity.rsplit(_PLACE, 1)
    return passage, int(place)


def page_key(guide: str, number: int | None) -> str:
    """The id under which a page and its boxes are kept."""
    return f"{guide}:{number or 0}"


def encoded_text(passage: Passage) -> str:
    """What a passage's vector is made of: the headings next to it, and what it says.

    The outer headings cost time at ingestion and tell little of the passage itself.
    """
    under = " › ".join((*passage.section[-_HEADINGS:], *passage.heads))
    return f"{under} : {passage.text}"


def encoded_sentences(passage: Passage) -> dict[str, str]:
    """What the vectors of a passage's sentences are made of, by id; nothing of a single one."""
    under = " › ".join((*passage.section[-1:], *passage.heads))
    if len(passage.sentences) < 2:
        return {}
    return {
        f"{passage.id}{_PLACE}{place}": f"{under} : {sentence.text}" if under else sentence.text
        for place, sentence in enumerate(passage.sentences)
        if len(sentence.text.split()) >= _LEAST_WORDS
    }


def fiche_text(fiche: Fiche) -> str:
    """What a fiche is searched by: its statement and its typical questions."""
    values = " ".join(f"{value.fr} {value.en}" for value in fiche.values)
    asked = " ".join((*fiche.questions.fr, *fiche.questions.en))
    return f"{' '.join(fiche.structures)} {fiche.fr} {fiche.en} {values} {asked}"
