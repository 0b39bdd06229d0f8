"""Whether a sentence and the quotation it rests on deny the same things."""

from __future__ import annotations

import re

from corpus.folding import words
from eval.patterns import folded
from eval.statements import statements

_NEGATION = re.compile(
    r"\b(?:ne|n')\s?\w.*?\b(?:pas|plus|jamais|aucune?|ni|rien|personne|point)\b|\baucune?\b|\bjamais\b"
    r"|\bsans\b|\bnon\b|\bni\b|\bpas\b|\bhors\b|\bexclu\w*|\bdispens\w+"
    r"|\b(?:not|no|never|without|cannot|neither|nor|none|non)\b|n't\b"
)
_FIRM_NEGATION = re.compile(
    r"\b(?:ne |n')\w.{0,40}?\b(?:pas|jamais|aucune?)\b|\b(?:not|never|cannot)\b|n't\b"
)
_CLAUSE = re.compile(r"[,;:.!?]\s|\bmais\b|\bbut\b")
_REPEATED = 0.6  # of the longer words of a clause: the other clause then says the same thing
_FEWEST = 2  # longer words that a clause must have to be compared


def denial_differs(statement: str, quoted: str) -> bool:
    """Whether a denial was added or lost between a quotation and the sentence that rests on it.

    Clauses that say the same thing are compared; where none do, as between two languages, the
    sentence is compared with the quotation as a whole."""
    pairs = [
        (clause, other)
        for clause in _CLAUSE.split(statement)
        for other in _CLAUSE.split(quoted)
        if _repeats(clause, other)
    ]
    for clause in {clause for clause, _ in pairs}:
        others = [other for one, other in pairs if one == clause]
        if not negated(clause) and all(negated(other, firmly=True) for other in others):
            return True
        if negated(clause, firmly=True) and not any(map(negated, others)):
            return True
    if pairs:
        return False
    if negated(statement):
        return negated(statement, firmly=True) and not negated(quoted)
    return len(statements(quoted)) == 1 and negated(quoted, firmly=True)


def negated(text: str, firmly: bool = False) -> bool:
    """Whether a text denies something; `firmly`: by a negated verb, not by « sans » alone."""
    return bool((_FIRM_NEGATION if firmly else _NEGATION).search(folded(text)))


def _repeats(clause: str, other: str) -> bool:
    """Whether a clause has most of the words of four letters and more of another."""
    told = {word for word in words(other) if len(word) > 3}
    return len(told) >= _FEWEST and len(told & set(words(clause))) >= _REPEATED * len(told)
