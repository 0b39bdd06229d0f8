"""Follow-ups: what a short question means after the ones before it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Exchange, Language
from assistant.names import names_in
from assistant.question import Question, Reader, asking, tidy
from assistant.refusal import sort_of
from corpus.folding import fold, words
from corpus.lexicon import Lexicon

# Turns further back no longer colour a question.
_MEMORY = 6
_SHORT = 6
# Characters of the questions before that colour one that leans on them.
_BACKGROUND = 300
_FOLLOWING = re.compile(
    r"^(et|and|ou|or|mais|but|alors|so|ok|d'accord|non|no|pardon|sorry|plutot|what about"
    r"|how about|same|idem|pareil|meme (question|chose))\b"
)
_POINTING = re.compile(
    r"\b(elles?|ils|celle-ci|celui-ci|celles?|celui|ceux|leurs?|cela|ca|it|its|they|them|their"
    r"|those|this one|that one)\b|\bil\b(?! (y a|faut))|\b(on|peut|peut-on|y) (en|y)\b"
    r"|\ben (trouve|faire|fait|faut|existe)|\b(les|la|le) (gerer|creer|trouver|joindre|contacter)\b"
)
_NEW_TOPIC = re.compile(
    r"\b(rien a voir|autre sujet|autre question|autre chose|changeons|au fait|by the way"
    r"|different (topic|question)|another question|new question|changing (the )?subject)\b"
)
_OTHER_LANGUAGE = re.compile(
    r"\b(in english|en anglais|in french|en francais|translate|traduis|traduire|in plain english)\b"
)
_SOURCE = re.compile(
    r"(d'ou (tu |vous |ca |cela |tenez|tiens|vient|sort)|ta source|tes sources|votre source"
    r"|vos sources|quelle (est la )?source|quelles sources|quelle page|quel guide"
    r"|where (does|do) (that|it|this|you)|where did you (get|find|read)"
    r"|your source|what('s| is) (the|your) source|which (page|guide)|source \?|says who"
    r"|c'est ecrit ou|ou est-ce ecrit|ou c'est ecrit|reference exacte|how do you know)"
)
_CORRECTION = re.compile(
    r"^(non|no|pardon|sorry|plutot)\b|je parlais|je voulais dire|i meant|i was (asking|talking)"
)
# What a correction says beside the structure that was meant.
_FILLER = (
    "non pardon désolé sorry plutôt suis trompé erreur parlais voulais dire meant talking asking"
    " mistake wrong"
)
_ORDINALS = (
    re.compile(r"\b(premiere?|1ere?|1er|first)\b"),
    re.compile(r"\b(deuxieme|second|seconde|2e|2eme|2nd)\b"),
    re.compile(r"\b(troisieme|3e|3eme|third)\b"),
    re.compile(r"\b(quatrieme|4e|4eme|fourth)\b"),
)


@dataclass(frozen=True)
class Turn:
    """A question as it is meant in its conversation; `leaning` when it leans on what was said."""

    question: Question
    asks_source: bool = False
    leaning: bool = False


class Interpreter:
    """Resolves each question from the conversation before it."""

    def __init__(self, reader: Reader, lexicon: Lexicon) -> None:
        self._reader, self._lexicon = reader, lexicon

    def read(self, raw: str, history: Sequence[Exchange]) -> Turn:
        """What the newest question means after the conversation so far."""
        before: Question | None = None
        for exchange in history[-_MEMORY:]:
            if sort_of(exchange.question) in ("greeting", "thanks"):
                continue
            turn = self._resolve(exchange.question, before, None)
            if not turn.asks_source and not turn.question.empty:
                before = turn.question
        return self._resolve(raw, before, history[-1] if history else None)

    def narrowed(self, question: Question) -> Question | None:
        """Only what a long message asks, of the structures that it names; None if it is short."""
        asked = asking(question.text)
        if asked == question.text:
            return None
        missing = [k for k in question.structures if k not in self._lexicon.structures_in(asked)]
        names = " ".join(self._spoken(key) for key in missing)
        text = f"{asked} ({names})" if names else asked
        return replace(self._reader.read(text, question.language), language=question.language)

    def _resolve(self, raw: str, before: Question | None, last: Exchange | None) -> Turn:
        otherwise: Language = before.language if before else "fr"
        question = self._reader.read(raw, otherwise)
        plain = fold(question.text)
        if before is None or not words(plain):
            return Turn(question)
        if _SOURCE.search(plain) and len(words(plain)) <= 2 * _SHORT:
            return Turn(question, asks_source=True)
        chosen = self._ordinal(plain, before, last)
        if chosen and question.facets:
            named = f"{question.text} ({self._spoken(chosen)})"
            return Turn(self._reader.read(named, question.language))
        if chosen:
            return Turn(self._with_structure(before, chosen, question.language))
        if _OTHER_LANGUAGE.search(plain) and len(words(plain)) <= 2 * _SHORT:
            wanted: Language = "fr" if re.search(r"french|francais", plain) else "en"
            if not question.structures and not question.facets:
                return Turn(before.spoken_in(wanted))
        names = self._carried(question, plain, before)
        if not names and not self._leans(question, plain):
            return Turn(question)
        if question.structures and not names and not self._telling(question):
            meant = self._with_structure(before, question.structures[0], question.language)
            return Turn(meant)
        background = f"{before.background} {before.text}".strip()[-_BACKGROUND:]
        merged = self._merged(question, before, names)
        return Turn(replace(merged, background=background), leaning=True)

    def _leans(self, question: Question, plain: str) -> bool:
        """Whether a question cannot stand by itself."""
        count = len(words(plain))
        if _NEW_TOPIC.search(plain):
            return False
        if _FOLLOWING.search(plain) or _CORRECTION.search(plain):
            return count <= 2 * _SHORT or not question.structures
        if question.structures:
            return count <= 3 and not question.facets
        if self._lexicon.concepts_in(question.text) and not _POINTING.search(plain):
            return False
        return count <= _SHORT or (count <= 2 * _SHORT and bool(_POINTING.search(plain)))

    def _carried(self, question: Question, plain: str, before: Question) -> list[str]:
        """Names of the question before that a pronoun stands for: « Elles ont leur SISA ? »."""
        short = len(words(plain)) <= 2 * _SHORT
        if not short or not _POINTING.search(plain) or _NEW_TOPIC.search(plain):
            return []
        return [] if self._names_of(question) else self._names_of(before)

    def _names_of(self, question: Question) -> list[str]:
        """Places, people and projects that a question names."""
        lexicon = self._lexicon
        return [
            name
            for name in names_in(
                lexicon.without_regions(question.text, question.regions), own=False
            )
            if not lexicon.is_common(fold(name)) and not lexicon.concepts_in(name)
        ]

    def _merged(self, question: Question, before: Question, names: Sequence[str]) -> Question:
        """The new question with what it leaves unsaid taken from the one before."""
        regions = question.regions or before.regions
        unsaid = list(names)
        if not question.structures:
            unsaid += [self._spoken(key) for key in before.structures]
        if unsaid:
            # « de »: a capital after a full stop would be no name for the question that follows.
            said = f"{question.text} (de {' '.join(unsaid)})"
            question = self._reader.read(said, question.language)
        return replace(question, regions=regions)

    def _telling(self, question: Question) -> list[str]:
        """The terms of a question other than its structures and the words of a correction."""
        named = set(self._reader.terms_of(" ".join(self._names(question.structures))))
        said = {f"#{key}" for key in question.structures} | named
        # Put right as the question was: « pardon » is a slip for a word of the guides.
        filler = {*self._reader.terms_of(_FILLER), *self._reader.read(_FILLER, "fr").typed}
        return [t for t in question.typed if t not in said and t not in filler]

    def _with_structure(self, before: Question, key: str, language: Language) -> Question:
        name, text = self._spoken(key), before.text
        for old in before.structures:
            text = self._lexicon.renamed(text, old, name)
        if key not in self._lexicon.structures_in(text):
            text = f"{text} ({name})"
        return self._reader.read(tidy(text), language).spoken_in(language)

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
