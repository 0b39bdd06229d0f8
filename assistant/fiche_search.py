"""Fiches for a question: by meaning, by words, and by the passages they rest on."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from assistant.question import Question
from corpus.encoder import Vectors
from corpus.fiche import Fiche
from corpus.folding import fold
from corpus.guide import Passage
from corpus.index import Index
from corpus.keywords import Weights

_REACH = 150
# A fiche or passage out of a leg's reach counts as unrelated.
_UNRELATED = 0.0
# Set by maximising the likelihood of the right fiche over 568 questions, in units of _LOGIT. Words
# that a fiche shares with the question (BM25), its facet, its nearest typical question by words or
# by meaning, and how often its typical questions hold a word (naive Bayes) add nothing to these.
_LOGIT = 0.1
_COSINE, _PASSAGE_COSINE, _COVERAGE = 2.64, 0.55, 0.74
_STRUCTURE, _OTHER_STRUCTURE = 0.14, -0.075
# What the answer before was taken from weighs in when a question leans on it.
_SAME_PAGE = 0.15
# What holds for the region that was chosen or is named, or for another one.
_REGION = 0.1
# What holds for another region than the one that the question names is seldom asked for.
_OTHER_REGION = -0.4
# What stands in the guide that the question asks to be answered from.
_GUIDE = 0.3


Context = frozenset[tuple[str, int | None]]


@dataclass(frozen=True)
class FicheHit:
    """A fiche and how well it fits. `coverage` is the share of the question's words that it
    holds, rare ones counting more; `chance` how probable it is, from 0 to 1, that of all fiches
    this one answers."""

    fiche: Fiche
    score: float
    cosine: float
    coverage: float
    chance: float = 0.0


class FicheSearch:
    """Ranks fiches for questions."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._resting = {fiche.id: tuple(self.carrying(fiche)) for fiche in index.fiches()}

    def carrying(self, fiche: Fiche) -> Iterator[Passage]:
        """The passages that carry a fiche, in the order of its sources."""
        for source in fiche.all_sources():
            if source.start is None or source.end is None:
                continue
            for passage in self._index.passages_on(source.guide, source.page):
                if _overlap(passage, source.start, source.end):
                    yield passage
                    break

    def search(
        self,
        question: Question,
        vector: Vectors,
        passages: Mapping[str, float],
        context: Context = frozenset(),
    ) -> list[FicheHit]:
        """Fiches, best first; `passages` are the cosines of passages by id, `context` the pages
        that the answer before was taken from."""
        cosines = dict(self._index.nearest_fiches(vector, _REACH))
        found = dict(self._index.fiche_words.search(question.terms, _REACH))
        asked = self._index.fiche_words.weights(question.typed)
        hits = [
            self._hit(question, asked, fiche, cosines, passages, context)
            for identity in cosines.keys() | found.keys()
            if (fiche := self._index.fiche(identity))
        ]
        return _with_chances(sorted(hits, key=lambda hit: (-hit.score, hit.fiche.id)))

    def _hit(
        self,
        question: Question,
        asked: Weights,
        fiche: Fiche,
        cosines: Mapping[str, float],
        passages: Mapping[str, float],
        context: Context,
    ) -> FicheHit:
        cosine = cosines.get(fiche.id, _UNRELATED)
        resting = [passages.get(p.id, _UNRELATED) for p in self._resting[fiche.id]]
        coverage = asked.share(self._index.fiche_terms(fiche.id))
        score = (
            _COSINE * cosine
            + _PASSAGE_COSINE * max(resting, default=_UNRELATED)
            + _COVERAGE * coverage
            + _SAME_PAGE * any((s.guide, s.page) in context for s in fiche.all_sources())
            + _agreement(question, fiche)
            + _home(question, fiche)
            + _GUIDE * any(source.guide in question.guides for source in fiche.all_sources())
        )
        return FicheHit(fiche, score, cosine, coverage)


def _with_chances(hits: list[FicheHit]) -> list[FicheHit]:
    """The hits, best first, each with its share of the likelihood (softmax of the scores)."""
    weights = [math.exp((hit.score - hits[0].score) / _LOGIT) for hit in hits]
    whole = sum(weights)
    return [replace(h, chance=w / whole) for h, w in zip(hits, weights, strict=True)]


def _overlap(passage: Passage, start: int, end: int) -> bool:
    return passage.start < end and start < passage.end


def _home(question: Question, fiche: Fiche) -> float:
    """What is said for the region that was chosen comes first, what holds for another one last;
    a region that the question names goes before the chosen one."""
    wanted = question.regions or (question.region,)
    if not any(wanted) or not fiche.region:
        return 0.0
    if fold(fiche.region) in map(fold, wanted):
        return _REGION
    return _OTHER_REGION if question.regions else -_REGION


def _agreement(question: Question, fiche: Fiche) -> float:
    if not question.structures or not fiche.structures:
        return 0.0
    shared = set(question.structures) & set(fiche.structures)
    return _STRUCTURE if shared else _OTHER_STRUCTURE
