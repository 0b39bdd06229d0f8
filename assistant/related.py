"""Questions to ask next: those of fiches on the same structure that are really answered."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from assistant.answer import Answer, Exchange
from corpus.fiche import Fiche
from corpus.folding import fold
from corpus.lexicon import Lexicon

# What people go on to ask of a structure, in this order.
_FACETS = (
    "contact",
    "composition",
    "funding",
    "collaboration",
    "missions",
    "steps",
    "legal_form",
    "directory",
    "example",
    "contracting",
)
_MOST = 3


class Related:
    """Finds questions that follow an answer and that have an answer of their own."""

    def __init__(
        self, fiches: Sequence[Fiche], lexicon: Lexicon, ask: Callable[[str], Answer]
    ) -> None:
        self._fiches, self._lexicon, self._ask = fiches, lexicon, ask

    def questions(self, history: Sequence[Exchange]) -> tuple[str, ...]:
        """At most three questions after the newest exchange; none after a refusal."""
        if not history or history[-1].answer.status != "answered":
            return ()
        last = history[-1]
        structures = self._structures(last)
        asked = {fold(exchange.question) for exchange in history}
        shown = {(c.guide, c.page, c.start) for e in history for c in e.answer.citations}
        kept: list[str] = []
        for question in self._candidates(structures, last, shown):
            if fold(question) not in asked and self._ask(question).status == "answered":
                kept.append(question)
            if len(kept) == _MOST:
                break
        return tuple(kept)

    def _structures(self, last: Exchange) -> tuple[str, ...]:
        return (
            self._lexicon.structures_in(last.question)
            or self._lexicon.structures_in(last.answer.text)
        )[:1]

    def _candidates(
        self,
        structures: Sequence[str],
        last: Exchange,
        shown: set[tuple[str, int | None, int | None]],
    ) -> Iterator[str]:
        """One question for each facet that the newest question did not ask."""
        asked = self._lexicon.facets_asked(last.question)
        for facet in _FACETS:
            if facet in asked:
                continue
            for fiche in self._fiches:
                about = fiche.facet == facet and structures == fiche.structures[:1]
                told = any((s.guide, s.page, s.start) in shown for s in fiche.all_sources())
                if about and not told:
                    questions = fiche.questions
                    yield (questions.fr if last.answer.language == "fr" else questions.en)[0]
                    break
