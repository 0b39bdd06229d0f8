"""One question back, with choices, where each structure has an answer of its own."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Answer
from assistant.fiche_search import FicheHit
from assistant.question import Question
from assistant.wording import CHOOSE, NBSP
from corpus.fiche import ANY_STRUCTURE
from corpus.lexicon import Lexicon

# So many structures must be about equally probable: fewer are answered beside each other.
_FEWEST, _MOST = 3, 6
_LIKELY, _SURE = 0.008, 0.6
# What is said of coordinated practice as such answers a question that names no structure.
_GENERAL = 0.2
# A longer question tells enough by itself.
_LONGEST = 6


def clarifying(question: Question, hits: Sequence[FicheHit], lexicon: Lexicon) -> Answer | None:
    """The question back, with one whole question to pick for each structure; None if the question
    names a structure or only few structures have an answer to it."""
    short = len(question.typed) <= _LONGEST and bool(question.facets)
    if question.structures or question.background or not short or not hits:
        return None
    facet = hits[0].fiche.facet
    several = len(hits[0].fiche.structures) > 1
    general = any(ANY_STRUCTURE in hit.fiche.structures and hit.chance >= _GENERAL for hit in hits)
    if several or general or hits[0].chance >= _SURE or facet == "acronym":
        return None
    likely = [hit for hit in hits if hit.chance >= _LIKELY and hit.fiche.facet == facet]
    named = [hit.fiche.structures[0] for hit in likely if len(hit.fiche.structures) == 1]
    keys = [key for key in dict.fromkeys(named) if key in lexicon.structures][:_MOST]
    if len(keys) < _FEWEST:
        return None
    choices = tuple(_asked_of(lexicon.structures[key].acronym, question) for key in keys)
    return Answer("clarify", question.language, CHOOSE[question.language], choices=choices)


def _asked_of(acronym: str, question: Question) -> str:
    space = NBSP if question.language == "fr" else ""
    first = question.text.split()[0]
    asked = question.text if first.isupper() else question.text[:1].lower() + question.text[1:]
    return f"{acronym}{space}: {asked}"
