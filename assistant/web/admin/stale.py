"""Fiches that the guides no longer carry: their page changed, or says something else now."""

from __future__ import annotations

import threading
from dataclasses import dataclass

from assistant.from_fiches import FicheWriter
from assistant.gate import Gate
from assistant.web.needs import IndexLike
from corpus.fiche import Fiche
from corpus.guide import Guide
from corpus.lexicon import Lexicon


@dataclass(frozen=True)
class Stale:
    """A fiche that is not shown any more, or not with all its pages, and where to look."""

    fiche: str
    silent: bool
    pages: tuple[str, ...]


class StaleFiches:
    """Finds stale fiches, once for each generation of the index: it reads every quote."""

    def __init__(self, index: IndexLike, lexicon: Lexicon) -> None:
        self._index, self._lexicon = index, lexicon
        self._known: tuple[str, tuple[Stale, ...]] = ("", ())
        self._lock = threading.Lock()

    def found(self) -> tuple[Stale, ...]:
        """The stale fiches, those that say nothing any more first."""
        with self._lock:
            generation = self._index.describe().generation
            if self._known[0] != generation:
                self._known = (generation, self._look())
            return self._known[1]

    def _look(self) -> tuple[Stale, ...]:
        guides = {guide.id: guide for guide in self._index.guides()}
        gate = Gate(self._index.page, self._lexicon)
        writer = FicheWriter(gate, lambda identity: guides.get(identity, Guide(identity, identity)))
        found = [
            Stale(fiche.id, not writer.statements(fiche, "fr"), _lost(fiche, set(guides)))
            for fiche in self._index.fiches()
        ]
        stale = [one for one in found if one.silent or one.pages]
        return tuple(sorted(stale, key=lambda one: (not one.silent, one.fiche)))


def _lost(fiche: Fiche, held: set[str]) -> tuple[str, ...]:
    """The pages of guides that are there but no longer hold what the fiche quotes."""
    lost = [one for one in fiche.all_sources() if one.guide in held and not one.quote]
    return tuple(f"{one.guide}, p. {one.page}" if one.page else one.guide for one in lost)
