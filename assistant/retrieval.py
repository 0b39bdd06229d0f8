"""Evidence for a question: passages and fiches, by meaning and by words, weighed by subject."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from assistant.fiche_search import Context, FicheHit, FicheSearch
from assistant.question import Question
from corpus.guide import Passage
from corpus.index import Index
from corpus.lexicon import Lexicon
from corpus.projection import Vectors, unit
from corpus.reranker import Reranker
from corpus.traits import searched_text

# The weight of the question before, where one leans on it.
_BACKGROUND = 0.5
# How many candidates each leg brings in.
_REACH, _SENTENCES = 150, 300
# Cosines in the projected space lie between about 0 (unrelated) and 0.45 (same thing).
_COSINE_FLOOR, _COSINE_SPAN = 0.0, 0.42
# Weights of the passage score, in which the likelihood of the right page is largest over 465
# questions, in units of _LOGIT. Beside the share of the question's words that a passage holds,
# BM25 only takes away from it (it still brings candidates in), as does the kind of passage.
_LOGIT = 0.21
_DENSE, _SENTENCE, _HELD = 1.0, 1.92, 1.26
_STRUCTURE, _FACET, _HEADED = 0.57, 0.2, 0.07
_OTHER_STRUCTURE = -0.17
# What stands in the guide that the question asks to be answered from.
_GUIDE = 0.66
# Passages under the best fiches rise: the first by this much, the next by half, a third, …
_FICHE_BONUS = 1.2
_FICHES_THAT_LEND = 6
# A CrossEncoder reads each of them with the question: more cost time and are seldom the answer.
_REREAD = 16


@dataclass(frozen=True)
class Hit:
    """A passage and how well it fits; `dense` is from 0 to 1 how well it does by meaning,
    `sentences` the cosines of its sentences by their places, `chance` how probable it is that of
    all passages this one answers."""

    passage: Passage
    score: float
    dense: float = 0.0
    sentences: Mapping[int, float] = field(default_factory=dict)
    chance: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The hit in the form other programs rely on (DESIGN.md, contracts)."""
        return {
            "guide": self.passage.guide,
            "page": self.passage.page,
            "section": self.passage.location or None,
            "text": self.passage.text,
            "score": round(self.score, 4),
        }


@dataclass(frozen=True)
class Evidence:
    """What was found for a question, best first, and the cosine of the nearest silence."""

    passages: tuple[Hit, ...]
    fiches: tuple[FicheHit, ...]
    silence: float = 0.0


_Found = TypeVar("_Found", Hit, FicheHit)


class Retriever:
    """Searches an index for what bears on a question."""

    def __init__(self, index: Index, lexicon: Lexicon) -> None:
        self._index = index
        self._fiches = FicheSearch(index)

    def search(self, question: Question, context: Context = frozenset()) -> Evidence:
        """Passages and fiches that bear on the question, best first; `context` are the pages
        that the answer before was taken from."""
        vector = self._vector(question)
        cosines = dict(self._index.nearest_passages(vector, _REACH))
        fiches = self._reranked_fiches(
            question, self._fiches.search(question, vector, cosines, context)
        )
        passages = self._with_fiches(self._passages(question, vector, cosines), fiches)
        reranker = self._index.reranker
        best = reranked(question.text, passages, lambda h: searched_text(h.passage), reranker)
        silences = self._index.nearest_silences(vector, 1)
        return Evidence(tuple(best), tuple(fiches), silences[0][1] if silences else 0.0)

    def _reranked_fiches(self, question: Question, hits: list[FicheHit]) -> list[FicheHit]:
        def text(hit: FicheHit) -> str:
            return hit.fiche.en if question.language == "en" else hit.fiche.fr

        return reranked(question.text, hits, text, self._index.reranker)

    def _vector(self, question: Question) -> Vectors:
        """What is searched by meaning; a question that leans on another one is drawn to it."""
        vector = self._index.vector(question.text)
        if not question.background:
            return vector
        return unit(vector + _BACKGROUND * self._index.vector(question.background))

    def _passages(
        self, question: Question, vector: Vectors, cosines: Mapping[str, float]
    ) -> list[Hit]:
        words = self._index.words
        found = dict(words.search(question.terms, _REACH))
        said: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for identity, place, cosine in self._index.nearest_sentences(vector, _SENTENCES):
            said[identity][place] = cosine
        asked = words.weights(question.terms)
        hits = []
        for identity in cosines.keys() | found.keys() | said.keys():
            passage = self._index.passage(identity)
            if passage is None:
                continue
            cosine = cosines.get(identity, _COSINE_FLOOR)
            sentences = said.get(identity, {})
            score = (
                _DENSE * cosine / _COSINE_SPAN
                + _SENTENCE * max(sentences.values(), default=cosine)
                + _HELD * asked.share(self._index.traits(identity).terms)
                + self._subject(question, passage)
            )
            hits.append(Hit(passage, score, _stretched(cosine), sentences))
        return _ranked(hits)

    def _subject(self, question: Question, passage: Passage) -> float:
        score = _structure_weight(question.structures, passage.structures)
        score += _GUIDE * (passage.guide in question.guides)
        asked = set(question.facets)
        if asked:
            traits = self._index.traits(passage.id)
            score += _FACET * bool(asked & traits.facets)
            score += _HEADED * bool(asked & traits.headed)
        return score

    def _with_fiches(self, hits: Iterable[Hit], fiches: Sequence[FicheHit]) -> list[Hit]:
        """Passages that the best fiches rest on rise with them."""
        lent: dict[str, float] = {}
        for rank, found in enumerate(fiches[:_FICHES_THAT_LEND]):
            for passage in self._fiches.carrying(found.fiche):
                lent.setdefault(passage.id, _FICHE_BONUS / (1 + rank))
        known = {hit.passage.id: hit for hit in hits}
        for identity in lent.keys() - known.keys():
            passage_under = self._index.passage(identity)
            if passage_under:
                known[identity] = Hit(passage_under, 0.0)
        return _ranked(
            replace(hit, score=hit.score + lent.get(identity, 0.0))
            for identity, hit in known.items()
        )


def reranked(
    question: str,
    hits: Sequence[_Found],
    text: Callable[[_Found], str],
    reranker: Reranker | None,
) -> list[_Found]:
    """The hits, the first ones in the order in which a reranker puts them.

    The scores stay in their places, since what follows looks at how far apart they are.
    """
    if reranker is None:
        return list(hits)
    first: list[_Found] = list(hits[:_REREAD])
    found = reranker.scores(question, [text(hit) for hit in first])
    order = sorted(range(len(first)), key=lambda place: -found[place])
    scores = [hit.score for hit in first]
    moved: list[_Found] = [
        replace(first[place], score=score) for place, score in zip(order, scores, strict=True)
    ]
    return moved + list(hits[_REREAD:])


def several_guides(hits: Sequence[Hit], limit: int) -> list[Hit]:
    """The first hits; if they are all of one guide, the best of another takes the last place."""
    first = list(hits[:limit])
    guides = {hit.passage.guide for hit in first}
    if len(guides) == 1:
        other = next((hit for hit in hits[limit:] if hit.passage.guide not in guides), None)
        if other and first and other.score > first[0].score / 2:
            first[-1] = other
    return first


def _ranked(hits: Iterable[Hit]) -> list[Hit]:
    """The hits, best first, each with its share of the likelihood (softmax of the scores)."""
    ordered = sorted(hits, key=lambda hit: (-hit.score, hit.passage.id))
    weights = [math.exp((hit.score - ordered[0].score) / _LOGIT) for hit in ordered]
    whole = sum(weights)
    return [replace(h, chance=w / whole) for h, w in zip(ordered, weights, strict=True)]


def _stretched(cosine: float) -> float:
    return min(max((cosine - _COSINE_FLOOR) / _COSINE_SPAN, 0.0), 1.0)


def _structure_weight(asked: Sequence[str], spoken_of: Sequence[str]) -> float:
    if not asked or not spoken_of:
        return 0.0
    shared = set(asked) & set(spoken_of)
    if not shared:
        return _OTHER_STRUCTURE
    return float(_STRUCTURE * len(shared) / len(set(spoken_of)) ** 0.5)
