"""Follow-ups: what a short question means after the ones before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Exchange, Language
from assistant.question import Question, Reader, tidy
from corpus.folding import fold, words
from corpus.lexicon import Lexicon

# Turns further back no longer colour a question.
_MEMORY = 6
_SHORT = 6
_FOLLOWING = re.compile(
    r"^(et|and|ou|or|mais|but|alors|so|ok|d'accord|non|no|pardon|sorry|plutot|what about"
    r"|how about|same|idem|pareil|meme (question|chose))\b"
)
_POINTING = re.compile(
    r"\b(elle|elles|il|ils|celle-ci|celui-ci|celle|celui|ceux|la|le|les|y|en|leur|cela|ca|it|its"
    r"|they|them|their|that|this|those|there|one)\b"
)
_SOURCE = re.compile(
    r"(d'ou (tu |vous |ca |cela |tenez|tiens|vient|sort)|ta source|tes sources|votre source"
    r"|vos sources|quelle (est la )?source|quelles sources|quelle page|quel guide"
    r"|where does (that|it|this)"
    r"|your source|what('s| is) (the|your) source|which (page|guide)|source \?|says who"
    r"|c'est ecrit ou|ou est-ce ecrit|ou c'est ecrit|reference exacte|how do you know)"
)
_CORRECTION = re.compile(
    r"^(non|no|pardon|sorry|plutot)\b|je parlais|je voulais dire|i meant|i was (asking|talking)"
)
_ORDINALS = (
    re.compile(r"\b(premiere?|1ere?|1er|first)\b"),
    re.compile(r"\b(deuxieme|second|seconde|2e|2eme|2nd)\b"),
    re.compile(r"\b(troisieme|3e|3eme|third)\b"),
    re.compile(r"\b(quatrieme|4e|4eme|fourth)\b"),
)


@dataclass(frozen=True)
class Turn:
    """A question as it is meant in its conversation."""

    question: Question
    asks_source: bool = False


class Interpreter:
    """Resolves each question from the conversation before it."""

    def __init__(self, reader: Reader, lexicon: Lexicon) -> None:
        self._reader, self._lexicon = reader, lexicon

    def read(self, raw: str, history: Sequence[Exchange]) -> Turn:
        """What the newest question means after the conversation so far."""
        before: Question | None = None
        for exchange in history[-_MEMORY:]:
            turn = self._resolve(exchange.question, before, None)
            if not turn.asks_source and not turn.question.empty:
                before = turn.question
        return self._resolve(raw, before, history[-1] if history else None)

    def _resolve(self, raw: str, before: Question | None, last: Exchange | None) -> Turn:
        otherwise: Language = before.language if before else "fr"
        question = self._reader.read(raw, otherwise)
        plain = fold(question.text)
        if before is None:
            return Turn(question)
        if _SOURCE.search(plain) and len(words(plain)) <= 2 * _SHORT:
            return Turn(question, asks_source=True)
        chosen = self._ordinal(plain, before, last)
        if chosen:
            return Turn(self._with_structure(before, chosen, question.language))
        if not self._leans(question, plain):
            return Turn(question)
        return Turn(self._merged(question, before))

    def _leans(self, question: Question, plain: str) -> bool:
        """Whether a question cannot stand by itself."""
        count = len(words(plain))
        if _FOLLOWING.search(plain) or _CORRECTION.search(plain):
            return count <= 2 * _SHORT or not question.structures
        if question.structures:
            return count <= 3 and not question.facets
        return count <= _SHORT or (count <= 2 * _SHORT and bool(_POINTING.search(plain)))

    def _merged(self, question: Question, before: Question) -> Question:
        """The new question with what it leaves unsaid taken from the one before."""
        own = self._telling(question)
        if question.structures and not own:
            return self._with_structure(before, question.structures[0], question.language)
        if not question.structures and before.structures:
            names = " ".join(self._spoken(key) for key in before.structures)
            return self._reader.read(f"{question.text} ({names})", question.language)
        return question

    def _telling(self, question: Question) -> list[str]:
        """The terms of a question other than its structures and the words of a correction."""
        named = set(self._reader.terms_of(" ".join(self._names(question.structures))))
        said = {f"#{key}" for key in question.structures} | named
        filler = set(self._reader.terms_of("parlais voulais dire plutôt meant talking asking"))
        return [t for t in question.typed if t not in said and t not in filler]

    def _with_structure(self, before: Question, key: str, language: Language) -> Question:
        text = before.text
        for old in before.structures:
            text = self._lexicon.without(old, text)
        return self._reader.read(tidy(f"{text} {self._spoken(key)}"), language).spoken_in(language)

    def _ordinal(self, plain: str, before: Question, last: Exchange | None) -> str | None:
        if len(words(plain)) > 2 * _SHORT:
            return None
        offered = before.structures if len(before.structures) > 1 else ()
        if len(offered) < 2 and last is not None:
            offered = self._lexicon.structures_in(last.answer.text)
        for place, pattern in enumerate(_ORDINALS):
            if pattern.search(plain) and place < len(offered) and len(offered) > 1:
                return offered[place]
        return None

    def _spoken(self, key: str) -> str:
        return self._lexicon.structures[key].acronym

    def _names(self, keys: Sequence[str]) -> list[str]:
        return [
            name
            for key in keys
            for entry in (self._lexicon.structures[key],)
            for name in (entry.acronym, entry.fr, entry.en)
        ]
