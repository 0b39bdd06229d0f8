"""How sure it is that evidence answers a question, from 0 to 1."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from assistant.question import Question
from assistant.retrieval import FicheHit, Hit
from corpus.fiche import Fiche
from corpus.guide import Passage
from corpus.index import searched_text

Terms = Callable[[str], list[str]]
Rarity = Callable[[str], float]


@dataclass(frozen=True)
class Signs:
    """What speaks for evidence: its cosine, the share of the question's terms that it holds
    (each weighed by its rarity), and whether structure and facet agree (-1, 0 or 1)."""

    cosine: float
    coverage: float
    structure: int
    facet: int
    unknown: int


def fiche_signs(question: Question, hit: FicheHit, terms: Terms, rarity: Rarity) -> Signs:
    """The signs for a fiche; its typical questions count as its words."""
    return Signs(
        hit.cosine,
        coverage(question.typed, set(terms(fiche_text(hit.fiche))), rarity),
        _agree(question.structures, hit.fiche.structures),
        int(hit.fiche.facet in question.facets) if question.facets else 0,
        len(question.unknown),
    )


def passage_signs(question: Question, hit: Hit, terms: Terms, rarity: Rarity) -> Signs:
    """The signs for a passage; an English question is held to its French words."""
    asked = question.typed if question.language == "fr" else question.terms
    return Signs(
        hit.dense,
        coverage(asked, set(terms(searched_text(hit.passage))), rarity),
        _agree(question.structures, hit.passage.structures),
        0,
        len(question.unknown),
    )


def coverage(asked: tuple[str, ...], held: set[str], rarity: Rarity) -> float:
    """Share of what is asked that is held, each term weighed by how much it tells."""
    weights = {term: rarity(term) for term in asked}
    total = sum(weights.values())
    return sum(w for term, w in weights.items() if term in held) / total if total else 0.0


def logistic(value: float) -> float:
    """The logistic function."""
    return 1 / (1 + math.exp(-value))


def fiche_text(fiche: Fiche) -> str:
    """All words of a fiche, typical questions included."""
    values = " ".join(f"{value.fr} {value.en}" for value in fiche.values)
    asked = " ".join((*fiche.questions.fr, *fiche.questions.en))
    return f"{' '.join(fiche.structures)} {fiche.fr} {fiche.en} {values} {asked}"


def _agree(asked: tuple[str, ...], spoken_of: tuple[str, ...]) -> int:
    if not asked or not spoken_of:
        return 0
    return 1 if set(asked) & set(spoken_of) else -1


def passage_words(passage: Passage) -> str:
    """All words a passage is found by."""
    return searched_text(passage)
