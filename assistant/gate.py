"""The gate between writer and reader: what a quote does not carry is not shown as fact."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.particulars import particulars
from assistant.statement import Place, Statement
from corpus.folding import fold, words
from corpus.guide import Page
from corpus.lexicon import Lexicon

PageOf = Callable[[str, int | None], Page | None]
# Of the words that tell something, this share must stand in the quote or above it: it lets a
# frame (« Pour une CPTS : ») through and stops an invented ending.
_CARRIED = 0.8
_SHORTEST_TELLING = 4
# A long quote would hide a short invention at its end: of so many last words one may be missing.
_ENDING = 4
_HYPHEN_BREAK = re.compile(r"-\s*\n\s*")


class Gate:
    """Lets a statement pass if its quotes stand where they are said to, and carry it."""

    def __init__(self, page_of: PageOf, lexicon: Lexicon) -> None:
        self._page_of, self._lexicon = page_of, lexicon

    def passes(self, statement: Statement) -> bool:
        """Whether the statement may be shown as fact."""
        return not self.objections(statement)

    def objections(self, statement: Statement) -> list[str]:
        """Why a statement may not be shown; empty if it may."""
        if not statement.places:
            return ["aucune source"]
        misplaced = [place.guide for place in statement.places if not self._stands(place)]
        if misplaced:
            return [f"citation introuvable dans {guide}" for guide in misplaced]
        if all(place.start is None for place in statement.places) and statement.validated:
            return []
        return self._uncarried(statement)

    def _stands(self, place: Place) -> bool:
        """Whether the quote is the text of its page at its place, or knowingly has none."""
        page = self._page_of(place.guide, place.page)
        if place.start is None or place.end is None:
            return not place.quote and page is None
        return (
            page is not None
            and bool(place.quote.strip())
            and page.text[place.start : place.end] == place.quote
        )

    def _uncarried(self, statement: Statement) -> list[str]:
        quotes = " \n".join(place.quote for place in statement.places)
        above = " ".join(place.under for place in statement.places)
        said, quoted = particulars(statement.text), particulars(quotes)
        # A table's head carries a figure for its cells: « En 2022 » above a number.
        missing_above = set(said.missing_from(particulars(above)))
        objections = [m for m in said.missing_from(quoted) if m in missing_above]
        objections += self._other_structure(statement, f"{quotes} {above}")
        objections += self._strange_names(said.names, f"{quotes} {above}")
        if said.negated and not quoted.negated:
            objections.append("négation absente de la citation")
        if not statement.validated:
            if quoted.negated and not said.negated:
                objections.append("négation perdue")
            if not self._carries_words(statement.text, f"{quotes} {above}"):
                objections.append("mots absents de la citation")
        return objections

    def _other_structure(self, statement: Statement, quoted: str) -> list[str]:
        carried = set(self._lexicon.structures_in(quoted))
        carried.update(key for place in statement.places for key in place.structures)
        named = self._lexicon.structures_in(statement.text)
        return [f"structure {key}" for key in named if key not in carried]

    def _strange_names(self, names: frozenset[str], quoted: str) -> list[str]:
        plain = fold(_HYPHEN_BREAK.sub("", quoted)) + " " + fold(_HYPHEN_BREAK.sub("-", quoted))
        carried = set(self._lexicon.concepts_in(quoted))
        return [
            f"nom {name}"
            for name in sorted(names)
            if name not in plain
            and not carried.intersection(self._lexicon.concepts_in(name))
            and not self._lexicon.is_common(name)
        ]

    def _carries_words(self, text: str, quoted: str) -> bool:
        known = set(words(_HYPHEN_BREAK.sub("", quoted))) | set(words(quoted))
        stop = self._lexicon.stop_words
        # Numbers are compared by value, not as words: « 42 75O » carries « 42 750 ».
        telling = [
            word
            for word in words(text)
            if len(word) >= _SHORTEST_TELLING and word not in stop and not word.isdigit()
        ]
        carried = [word in known for word in telling]
        ending = carried[-_ENDING:]
        return sum(carried) >= _CARRIED * len(carried) and ending.count(False) <= 1
