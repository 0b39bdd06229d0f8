"""Search by words: BM25 over stems and spelt-out acronyms. The only door to bm25s and Stemmer."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import bm25s
import Stemmer
from rapidfuzz import process
from rapidfuzz.distance import OSA

from corpus.folding import words
from corpus.lexicon import Lexicon

# A misspelt word is taken for a known one at most this many slips away; short words stay as typed.
_SHORTEST_REPAIRED = 6
_SLIPS = 2
_SHORT_SLIPS = 1


@dataclass(frozen=True)
class Weights:
    """What is asked: terms with their rarities."""

    rarities: Mapping[str, float]

    @cached_property
    def _total(self) -> float:
        return sum(self.rarities.values())

    def share(self, held: Iterable[str]) -> float:
        """The share, from 0 to 1, of what is asked that is among the terms held, rare ones
        counting more; 0 if nothing is asked."""
        if not self._total:
            return 0.0
        known = frozenset(held)
        return sum(rare for term, rare in self.rarities.items() if term in known) / self._total


class Keywords:
    """An index of texts by the stems of their words and the terms of the lexicon."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._stemmer = Stemmer.Stemmer("french")
        self._ids: list[str] = []
        self._frequency: Counter[str] = Counter()
        self._rarity: dict[str, float] = {}
        self._rarest = 0.0
        self._index: bm25s.BM25 | None = None

    def fill(self, ids: Sequence[str], tokens: Sequence[Sequence[str]]) -> None:
        """Index texts by terms that were made of them before, replacing what was there."""
        self._ids = list(ids)
        self._frequency = Counter(term for terms in tokens for term in set(terms))
        count = max(len(self._ids), 1) + 1
        self._rarest = math.log(count)
        self._rarity = {t: math.log(count / (n + 1)) for t, n in self._frequency.items()}
        self._index = None
        if any(tokens):
            self._index = bm25s.BM25()  # type: ignore[no-untyped-call]
            self._index.index(list(map(list, tokens)), show_progress=False)

    def terms(self, text: str) -> list[str]:
        """What a text is searched by: stems without stop words, then `#KEY` for each term."""
        said = words(text)
        stems = self._stemmer.stemWords([w for w in said if w not in self._lexicon.stop_words])
        # The lexicon reads « € » as a word, a search does not.
        lexicon = self._lexicon
        concepts = lexicon.concepts_in(text) if "€" in text else lexicon.concepts_of(said)
        return [*stems, *(f"#{key}" for key in concepts)]

    def stem(self, word: str) -> str:
        """The stem of one folded word."""
        return str(self._stemmer.stemWord(word))

    def search(self, terms: Sequence[str], limit: int) -> list[tuple[str, float]]:
        """The best texts for these terms: (id, BM25 score), best first; none that scores zero."""
        known = [term for term in terms if term in self._frequency]
        if self._index is None or not known:
            return []
        count = min(limit, len(self._ids))
        found, scores = self._index.retrieve([known], k=count, show_progress=False)
        return [
            (self._ids[int(place)], float(score))
            for place, score in zip(found[0], scores[0], strict=True)
            if score > 0
        ]

    def repaired(self, terms: Sequence[str]) -> list[str]:
        """The terms with unknown long words replaced by the known word they were meant for."""
        return [term if self.knows(term) else self._nearest(term) for term in terms]

    def knows(self, term: str) -> bool:
        """Whether any indexed text holds the term."""
        return term in self._frequency

    def rarity(self, term: str) -> float:
        """Inverse document frequency: how much a term tells, 0 for one that is everywhere."""
        return self._rarity.get(term, self._rarest)

    def weights(self, terms: Sequence[str]) -> Weights:
        """The terms, each once, with their rarities."""
        return Weights({term: self.rarity(term) for term in terms})

    def _nearest(self, term: str) -> str:
        if term.startswith("#") or len(term) < _SHORTEST_REPAIRED - 1 or term.isdigit():
            return term
        slips = _SLIPS if len(term) > _SHORTEST_REPAIRED + 1 else _SHORT_SLIPS
        best = process.extractOne(
            term, self._frequency.keys(), scorer=OSA.distance, score_cutoff=slips
        )
        return str(best[0]) if best and best[0][0] == term[0] else term
