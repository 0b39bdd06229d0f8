"""Statements from fiches: in the question's language, cited by the guide pages that carry them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from assistant.answer import Language
from assistant.compose import Block
from assistant.fiche_search import FicheHit
from assistant.gate import Gate
from assistant.question import Question
from assistant.statement import Statement, place_of_source
from assistant.wording import NAMED_GUIDE, NBSP, ONLY_REGION, named
from corpus.fiche import Fiche, Source, Value
from corpus.folding import fold
from corpus.guide import Guide

GuideOf = Callable[[str], Guide]
# A statement is cited by at most this many of the pages that carry it.
_CITED = 2
# Fiches this probable join the best one: those that rest on one of its pages, and others. Over 387
# fiches near the best one of 864 questions, the first bring every vital fact of 32 answers that the
# best one lacks part of, and 43 wrong pages; at 0.1 for all of them, 33 and 71.
_LIKELY, _ELSEWHERE, _MOST = 0.06, 0.18, 3
# One that tells of several structures adds little to what is told of the only one asked about.
_WIDER = 0.2
# Fiches that a model is offered beside the chosen ones lag no further than this. A writer that says
# all it is offered (147 cases) is then as good as none: right 0.828 (0.823 without a model), right
# pages 0.833 (0.831), nothing forbidden 0.925 (0.925). At 0.5, before fiches were ranked anew, it
# had more answers right (0.81 against 0.75), but right pages fell from 0.82 to 0.67.
_OFFERED_WITHIN = 0.2


class FicheWriter:
    """Turns fiches into statements that have passed the gate."""

    def __init__(self, gate: Gate, guide_of: GuideOf) -> None:
        self._gate, self._guide_of = gate, guide_of

    def chosen(self, question: Question, hits: Sequence[FicheHit]) -> list[FicheHit]:
        """The best fiche and those that are nearly as probable; values of at most one of them."""
        likely = [hit for hit in hits[1:_MOST] if hit.chance >= _least(question, hits[0], hit)]
        kept = list(hits[:1])
        for hit in likely:
            if not hit.fiche.values or not any(one.fiche.values for one in kept):
                kept.append(hit)
        return kept

    def statements(
        self, fiche: Fiche, language: Language, guides: Collection[str] = ()
    ) -> list[Statement]:
        """What the fiche states, one statement or one per value, those of some guides alone if
        they give any; empty if the gate refuses it."""
        if fiche.values:
            kept = [s for v in fiche.values if (s := self._value(fiche, v, language))]
            own = [s for s in kept if _is_of(s, guides)]
            return (own or kept) if len(kept) > 1 else []
        text = fiche.fr if language == "fr" else fiche.en
        statement = self._carried(text, fiche.sources, fiche)
        return [_placed(statement, fiche, language)] if statement else []

    def block(self, fiche: Fiche, language: Language, guides: Collection[str] = ()) -> Block | None:
        """What the fiche states, under a line of its own where it holds several values."""
        statements = tuple(self.statements(fiche, language, guides))
        told = fiche.fr if language == "fr" else fiche.en
        if len(statements) < len(fiche.values) and all(_is_of(s, guides) for s in statements):
            told = f"{told.removesuffix(':').rstrip()}{NAMED_GUIDE[language]}"
        return Block(told if fiche.values else "", statements) if statements else None

    def others(
        self, hits: Sequence[FicheHit], chosen: Sequence[FicheHit], language: Language
    ) -> list[Statement]:
        """What else fits nearly as well and could be said; where guides disagree is left aside."""
        return [
            statement
            for hit in hits
            if hit not in chosen
            and not hit.fiche.values
            and hit.score >= hits[0].score - _OFFERED_WITHIN
            for statement in self.statements(hit.fiche, language)
        ]

    def _value(self, fiche: Fiche, value: Value, language: Language) -> Statement | None:
        carried = self._carried(value.fr if language == "fr" else value.en, value.sources, fiche)
        if carried is None:
            return None
        who = (f"{NBSP}; " if language == "fr" else "; ").join(
            dict.fromkeys(named(self._guide_of(p.guide), language) for p in carried.places)
        )
        return Statement(f"{carried.text} ({who})", carried.places, validated=True)

    def _carried(self, text: str, sources: Sequence[Source], fiche: Fiche) -> Statement | None:
        """The statement with the places that each carry it alone, else with all of them."""
        places = [place_of_source(source, fiche.structures) for source in sources]
        alone = [p for p in places if self._gate.passes(Statement(text, (p,), validated=True))]
        chosen = tuple(alone[:_CITED] or places[: _CITED + 1])
        statement = Statement(text, chosen, validated=True)
        return statement if self._gate.passes(statement) else None


def _is_of(statement: Statement, guides: Collection[str]) -> bool:
    return any(place.guide in guides for place in statement.places)


def _least(question: Question, best: FicheHit, hit: FicheHit) -> float:
    """How probable a fiche must be to join the best one."""
    if len(question.structures) == 1 and len(hit.fiche.structures) > 1:
        return _WIDER
    return _LIKELY if _pages(best.fiche) & _pages(hit.fiche) else _ELSEWHERE


def _pages(fiche: Fiche) -> set[tuple[str, int | None]]:
    return {(source.guide, source.page) for source in fiche.all_sources()}


def _placed(statement: Statement, fiche: Fiche, language: Language) -> Statement:
    """The statement, saying where it holds if that is one region only."""
    if not fiche.region or fold(fiche.region) in fold(statement.text):
        return statement
    where = ONLY_REGION[language].format(region=fiche.region)
    # Inside the sentence: a bracket after its full stop would be a sentence without a source.
    text = statement.text.removesuffix(".")
    placed = f"{text} {where}{'.' if text != statement.text else ''}"
    return replace(statement, text=placed, note=where)
