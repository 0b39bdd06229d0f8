"""Whether evidence answers a question, or only resembles it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from assistant.demands import Demands
from assistant.fiche_search import FicheHit
from assistant.question import Question
from assistant.retrieval import Hit
from corpus.fiche import ANY_STRUCTURE, Fiche
from corpus.fiche_vectors import questions_of
from corpus.folding import fold
from corpus.index import Index
from corpus.lexicon import Lexicon, spaced

# Logistic regression over 874 answerable and 501 unanswerable questions: what the first fiche that
# holds what is demanded covers of it, what of it nobody knows, how probable it is that one of those
# fiches answers, and how much nearer the nearest silence is than the nearest of them. Fitted
# without 55 questions of another author, it declines 89 % of them, and 3 % of 90 answerable ones.
_COVERAGE, _UNKNOWN, _MASS, _SILENCE, _BIAS = 2.71, -0.73, 0.49, -18.3, -0.84
_LEAST_MASS = 1e-4
_THRESHOLD = 0.2
# A question that names no structure and whose words are mostly unknown is about something else.
_MOSTLY_UNKNOWN = 0.62
# For passages: resemblance by meaning (0 to 1) and share of the words held.
_PASSAGE_LEAST = 0.45
# What another region can learn from.
_TOLDANY_STRUCTUREWHERE = ("example", "collaboration")
# So many typical questions that name somebody or something show that the fiche tells of it.
_OFTEN = 2


class Confidence:
    """Decides whether a fiche or a passage may answer."""

    def __init__(self, index: Index, demands: Demands, lexicon: Lexicon) -> None:
        self._index, self._demands, self._lexicon = index, demands, lexicon
        self._named: dict[str, frozenset[str]] = {}

    def fiche(self, question: Question, hit: FicheHit) -> bool:
        """Whether a fiche speaks of what the question names and holds what it demands."""
        if _elsewhere(question, hit.fiche) or self._of_others(question, hit.fiche):
            return False
        told, around = self._told(hit.fiche), self._around(hit.fiche)
        unmet = self._demands.unmet(question.text, told, around)
        return all(self._demands.is_name(one) and _is_told_of(one, hit.fiche) for one in unmet)

    def resembles(self, question: Question, held: Sequence[FicheHit], silence: float) -> bool:
        """Whether the fiches that hold what is demanded are near enough to the question to answer
        it; `silence` is the cosine of the nearest silence."""
        unknown = self._unknown_share(question)
        # `#ACI` stands for something that the lexicon knows by name.
        named = question.structures or any(term.startswith("#") for term in question.typed)
        if not held or (unknown > _MOSTLY_UNKNOWN and not named):
            return False
        first, mass = held[0], math.log(sum(hit.chance for hit in held) + _LEAST_MASS)
        value = _COVERAGE * first.coverage + _UNKNOWN * unknown + _MASS * mass
        nearer = silence - max(hit.cosine for hit in held)
        return value + _SILENCE * nearer + _BIAS >= _THRESHOLD

    def passage(self, question: Question, hit: Hit) -> bool:
        """Whether a passage resembles the question enough and holds what it demands."""
        if _other_structure(question, hit.passage.structures):
            return False
        heads = " ".join(hit.passage.heads)
        told = f"{heads} {hit.passage.text} {self._about(hit.passage.guide)}"
        fits = hit.dense + self.coverage(question, hit) >= _PASSAGE_LEAST
        return fits and not self._demands.unmet(question.text, told, hit.passage.location)

    def _of_others(self, question: Question, fiche: Fiche) -> bool:
        """Whether a fiche is about other structures than the question's, and its typical questions
        do not often name these either (« Une CPTS peut-elle réunir des MSP ? »)."""
        if not _other_structure(question, fiche.structures):
            return False
        if fiche.id not in self._named:
            asked = Counter(
                key for one in questions_of(fiche) for key in self._lexicon.structures_in(one)
            )
            often = (key for key, count in asked.items() if count >= _OFTEN)
            self._named[fiche.id] = frozenset(often)
        return not self._named[fiche.id].intersection(question.structures)

    def _unknown_share(self, question: Question) -> float:
        if not question.typed:
            return 1.0
        return self._index.fiche_words.weights(question.typed).share(question.unknown)

    def coverage(self, question: Question, hit: Hit) -> float:
        """The share of what is asked that a passage holds, rare words counting more."""
        words = self._index.words
        asked = question.typed
        if question.language == "en":
            # English words are no measure of a French passage: only what could be translated is.
            asked = tuple(term for term in question.terms if words.knows(term))
        return words.weights(asked).share(self._index.traits(hit.passage.id).terms)

    def _told(self, fiche: Fiche) -> str:
        """What a fiche tells, with its quotes and who published them."""
        values = " ".join(f"{value.fr} {value.en}" for value in fiche.values)
        sources = " ".join(
            f"{source.quote} {self._about(source.guide)}" for source in fiche.all_sources()
        )
        return f"{fiche.fr} {fiche.en} {values} {fiche.region or ''} {sources}"

    def _around(self, fiche: Fiche) -> str:
        """The pages that a fiche rests on, and under what its quotes stand there."""
        sources = fiche.all_sources()
        pages = (self._index.page(source.guide, source.page) for source in sources)
        texts = [page.text for page in pages if page and page.number is not None]
        return " ".join([*texts, *(source.section or "" for source in sources)])

    def _about(self, guide: str) -> str:
        known = self._index.guide(guide)
        # Folded: a publisher's capitals (« Libéraux PACA ») are no person's name.
        return fold(f"{known.publisher} {known.region} {known.year or ''} {known.title} {guide}")


def _is_told_of(name: str, fiche: Fiche) -> bool:
    """Whether typical questions show that a fiche answers for a name that it does not hold:
    « Qui m’aide à Marseille ? » (the URPS of the region)."""
    return sum(f" {name} " in spaced(one) for one in questions_of(fiche)) >= _OFTEN


def _elsewhere(question: Question, fiche: Fiche) -> bool:
    """Whether a fiche holds for one region and the question names others. An example is told of
    where it happened: « comment a fait une autre région ? »"""
    if not question.regions or not fiche.region or fiche.facet in _TOLDANY_STRUCTUREWHERE:
        return False
    return fold(fiche.region) not in map(fold, question.regions)


def _other_structure(question: Question, spoken_of: tuple[str, ...]) -> bool:
    """Whether evidence speaks only of structures that the question does not name. What is said
    of coordinated practice as such holds for each of them."""
    if not question.structures or not spoken_of:
        return False
    return not {*question.structures, ANY_STRUCTURE}.intersection(spoken_of)
