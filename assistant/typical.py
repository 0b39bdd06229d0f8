"""How like a question is to the typical questions of each fiche, by the words that they share."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from corpus.fiche import Fiche
from corpus.fiche_vectors import questions_of

# Words that a typical question has and the asked one lacks weigh this much against it.
_SURPLUS = 0.3


class TypicalQuestions:
    """The terms of the typical questions of all fiches, looked up by term.

    There are some twelve thousand of them: comparing each with every question asked took longer
    than all the rest of the search.
    """

    def __init__(
        self,
        fiches: Sequence[Fiche],
        terms: Callable[[str], list[str]],
        rarity: Callable[[str], float],
    ) -> None:
        asked = [(fiche.id, frozenset(terms(q))) for fiche in fiches for q in questions_of(fiche)]
        self._words: dict[str, frozenset[str]] = {}
        for identity, words in asked:
            self._words[identity] = self._words.get(identity, frozenset()) | words
        self._fiches = [fiche.id for fiche in fiches]
        self._firsts = np.cumsum([0, *(len(questions_of(f)) for f in fiches)])[:-1]
        self._weights = np.array([sum(map(rarity, words)) for _, words in asked])
        places: dict[str, list[int]] = {}
        for place, (_, words) in enumerate(asked):
            for term in words:
                places.setdefault(term, []).append(place)
        self._places = {term: np.array(found) for term, found in places.items()}

    def words(self, fiche: str) -> frozenset[str]:
        """Every term of the typical questions of a fiche."""
        return self._words.get(fiche, frozenset())

    def nearest(self, asked: Mapping[str, float]) -> dict[str, float]:
        """For each fiche the likeness, from 0 to 1, of its nearest typical question to the terms
        of a question with their rarities: shared over all of them and some of the surplus."""
        if not self._fiches:
            return {}
        shared = np.zeros(len(self._weights))
        for term, weight in asked.items():
            if term in self._places:
                shared[self._places[term]] += weight
        whole = sum(asked.values()) + _SURPLUS * (self._weights - shared)
        likeness = np.divide(shared, whole, out=np.zeros_like(shared), where=whole > 0)
        best = np.maximum.reduceat(likeness, self._firsts)
        return dict(zip(self._fiches, best.tolist(), strict=True))
