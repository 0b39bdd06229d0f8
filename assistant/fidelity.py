"""Whether a sentence that a model wrote says what one piece of evidence says, and no more.

A model may choose, shorten, join and reorder at a comma. It may not bring words of its own: a
sentence whose terms are not the evidence's, in the evidence's order, is not shown. Stricter than
the gate for sentences of ours, since a model lies in whole words: « peut » for « doit », « ou » for
« et », one figure for the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Language
from assistant.claims import ClaimReader, Term, structure_words
from assistant.language import language_of
from assistant.particulars import particulars
from corpus.folding import fold, words
from corpus.lexicon import Lexicon

# Whole clauses may be left out, words of a clause may not (« un effet anti burn out », « un effet
# anti »). Of all telling words this share is kept: a clause may say where or when the rest holds.
_KEPT = 0.7
# Language is told by small words; a sentence shorter than this may have none.
_TELLS_LANGUAGE = 5
# How far before a figure the word may stand that it belongs to: « une MSP réunit deux … ».
_BEFORE = 2
_SENTENCE = re.compile(r"(?<=[.!?;])\s+(?=[A-ZÀ-Ý«“])")
# Nothing of what is answered needs them: markup, links and code are a model's own.
_MARKUP = re.compile(r"[<>`\\|]|\]\(|!\[|&#?\w+;|javascript:|data:", re.I)
_LEANING = re.compile(
    r"^(elles?|ils?|celle-ci|celui-ci|ceux-ci|celles-ci|cela|ce(tte|t|s|lui|lle)?|c'est|son|sa|ses"
    r"|leurs?|it|they|this|that|these|those|its|their|he|she)\b"
)


@dataclass(frozen=True)
class Evidence:
    """What one piece of evidence says, under what headings, and of which structures."""

    text: str
    under: str = ""
    structures: tuple[str, ...] = ()


class Fidelity:
    """Compares sentences of a model with the evidence that they point at."""

    def __init__(self, lexicon: Lexicon, reader: ClaimReader) -> None:
        self._lexicon, self._reader = lexicon, reader

    def objections(
        self, said: str, evidence: Evidence, language: Language, asked: Sequence[str] = ()
    ) -> list[str]:
        """Why a sentence may not be shown as what the evidence says; empty if it may.

        `asked` are the structures that the question names: a sentence that names none is about
        those.
        """
        if _MARKUP.search(said):
            return ["balisage"]
        if _in_another_language(said, evidence.text, language):
            return ["langue"]
        if _LEANING.match(fold(said)) and not _LEANING.match(fold(evidence.text)):
            return ["renvoi à une autre phrase"]
        unclear = self._unclear_subject(said, evidence, asked)
        if unclear:
            return [unclear]
        claimed = self._reader.terms(said)
        if all(term.kind in ("steers", "relates", "boundary") for term in claimed):
            return ["rien n’est dit"]
        whole = [evidence.text, *_SENTENCE.split(evidence.text)]
        named = any(term.kind == "structure" for term in claimed)
        subjects = frozenset[str]() if named else structure_words(asked)
        found = [
            self._against(claimed, said, text, evidence, subjects) for text in dict.fromkeys(whole)
        ]
        return min(found, key=len)

    def _unclear_subject(self, said: str, evidence: Evidence, asked: Sequence[str]) -> str:
        """A sentence without a structure is read as being about the one that was asked."""
        if self._lexicon.structures_in(said):
            return ""
        named = set(self._lexicon.structures_in(evidence.text))
        spoken_of = set(evidence.structures) or named
        if asked and spoken_of and not set(asked) <= spoken_of:
            return "structure tue"
        if not asked and named:
            return "structure tue"
        return ""

    def _against(
        self,
        claimed: Sequence[Term],
        said: str,
        text: str,
        evidence: Evidence,
        subjects: frozenset[str],
    ) -> list[str]:
        known = self._lexicon.structures
        heads = " ".join(known[key].acronym for key in evidence.structures if key in known)
        head = self._reader.terms(f"{heads} {evidence.under}")
        told = self._reader.terms(text)
        return [
            *_added(claimed, head, told),
            *_lost(claimed, told, subjects),
            *self._names_lost(said, text),
            *_rebound(claimed, [*head, *told]),
        ]

    def _names_lost(self, said: str, text: str) -> list[str]:
        """Proper names single out where or for whom something holds; structures are seen to
        elsewhere, an acronym may be spelt out."""
        held, concepts = set(words(said)), set(self._lexicon.concepts_in(said))
        return [
            f"nom {name} perdu"
            for name in sorted(particulars(text).names)
            if not held.issuperset(words(name))
            and not self._lexicon.structures_in(name)
            and not concepts.intersection(self._lexicon.concepts_in(name))
        ]


def _added(claimed: Sequence[Term], head: Sequence[Term], told: Sequence[Term]) -> list[str]:
    known = {term.text for term in (*head, *told)}
    added = [f"« {t.text} » ajouté" for t in claimed if not t.boundary and t.text not in known]
    if added:
        return added
    ordered = any(_is_within(turned, (*head, *told)) for turned in _turned(claimed))
    return [] if ordered else ["mots dans un autre ordre"]


def _in_another_language(said: str, told: str, language: Language) -> bool:
    """Evidence that is full of names of the other language may be repeated as it is."""
    if len(words(said)) < _TELLS_LANGUAGE or language_of(told, language) != language:
        return False
    return language_of(said, language) != language


def _turned(claimed: Sequence[Term]) -> list[list[Term]]:
    """The sentence, and what it is when its two halves around a comma change places.

    Only what says of itself how it is bound can stand first: « pour une MSP, … », « si …, … ».
    """
    cuts = [
        place
        for place, term in enumerate(claimed)
        if term.boundary and (_movable(claimed[:1]) or _movable(claimed[place + 1 : place + 2]))
    ]
    turned = [[*claimed[cut:], *claimed[:cut]] for cut in (0, *cuts)]
    return [[term for term in terms if not term.boundary] for terms in turned]


def _movable(first: Sequence[Term]) -> bool:
    return any(term.kind in ("relates", "steers") for term in first)


def _is_within(part: Sequence[Term], whole: Sequence[Term]) -> bool:
    """Whether the terms stand in the whole in this order."""
    rest = iter(term.text for term in whole)
    return all(term.text in rest for term in part)


def _lost(claimed: Sequence[Term], told: Sequence[Term], subjects: frozenset[str]) -> list[str]:
    """What a shortened sentence must not leave out; the structure that was asked goes without
    saying."""
    kept = [term.text for term in claimed]
    lost = []
    for term in told:
        if term.text in kept:
            kept.remove(term.text)
        elif term.required and term.text not in subjects:
            lost.append(f"« {term.text} » perdu")
    telling = {term.text for term in told if term.kind == "telling"}
    mine = {term.text for term in claimed}
    share = len(telling & mine) / len(telling) if telling else 1.0
    if share < _KEPT or any(_torn(clause, mine) for clause in _own_words(told)):
        lost.append("trop abrégé")
    return lost


def _own_words(told: Sequence[Term]) -> list[set[str]]:
    """For each clause of the evidence, the telling words that no other clause has."""
    clauses: list[set[str]] = [set()]
    for term in told:
        if term.boundary:
            clauses.append(set())
        elif term.kind == "telling":
            clauses[-1].add(term.text)
    count = Counter(word for clause in clauses for word in clause)
    return [{word for word in clause if count[word] == 1} for clause in clauses]


def _torn(clause: set[str], mine: set[str]) -> bool:
    """Whether a clause is kept in part: it is said whole or not at all."""
    return bool(clause & mine) and not clause <= mine


def _rebound(claimed: Sequence[Term], told: Sequence[Term]) -> list[str]:
    """Figures beside other words, and words behind another preposition, than in the evidence."""
    mine = [term for term in claimed if not term.boundary]
    theirs = [term for term in told if not term.boundary]
    wrong = []
    for place, term in enumerate(mine):
        there = [spot for spot, other in enumerate(theirs) if other.text == term.text]
        if term.kind in ("number", "contact") and not any(
            _beside(mine, place, theirs, s) for s in there
        ):
            wrong.append(f"« {term.text} » rapporté à autre chose")
        if (
            term.kind in ("telling", "structure")
            and place
            and not any(_bound(mine, place, theirs, spot) for spot in there)
        ):
            wrong.append(f"« {term.text} » lié autrement")
    return wrong


def _beside(mine: Sequence[Term], place: int, theirs: Sequence[Term], spot: int) -> bool:
    """Whether a figure has the same word behind it, and before it one that stood near before it."""
    after = [term.text for term in mine[place + 1 : place + 2]]
    behind = [term.text for term in theirs[spot + 1 : spot + 2]]
    before = [term.text for term in mine[max(place - 1, 0) : place]]
    near = [term.text for term in theirs[max(spot - _BEFORE, 0) : spot]]
    follows = not after or after == behind
    precedes = not before or before[0] in near or not near
    return follows and precedes and bool(after or before)


def _bound(mine: Sequence[Term], place: int, theirs: Sequence[Term], spot: int) -> bool:
    """Whether the word stands behind the same preposition, or behind none in both."""
    own = mine[place - 1] if place else None
    other = theirs[spot - 1] if spot else None
    own_relation = own.text if own and own.kind == "relates" else ""
    other_relation = other.text if other and other.kind == "relates" else ""
    return own_relation == other_relation
