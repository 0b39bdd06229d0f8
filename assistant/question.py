"""What a question asks: its language, the structures and facets it names, its search words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace

from rapidfuzz.distance import OSA

from assistant.answer import Language
from assistant.attribution import Attribution
from assistant.language import language_of
from corpus.folding import words
from corpus.lexicon import Lexicon

LONGEST = 2_000
_SPACES = re.compile(r"\s+")
# Tags and templates are no words; what they hold is not asked.
_MARKUP = re.compile(r"<[^<>]{0,300}>|\{\{.{0,300}?\}\}|\{%.{0,300}?%\}|\$\{[^}]{0,300}\}")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
_ACRONYM_SLIPS = 1
_SHORTEST_ACRONYM = 4
_COMPARING = re.compile(
    r"\b(differences?|compar\w*|versus|vs|distingu\w*|differ\w*|plutot|ou bien|rather than|opposed"
    r"|par rapport|en quoi|mieux entre|contre|tableaux?|table|cote a cote|side by side|d un cote"
    r"|chacune?|each|respective\w*|laquelle|lequel|lesquel\w*)\b"
)


@dataclass(frozen=True)
class Question:
    """A question as it is searched.

    `typed` are the stems and `#KEY`s of its own words, put right; `terms` has also the French
    words for English ones; `unknown` are typed terms that no guide holds. `background` is the
    question before, where this one leans on it; `region` the one whose facts are preferred.
    `guides` are the ids of guides that it asks to be answered from (its text is without their
    names), `regions` those it names.
    """

    text: str
    language: Language
    structures: tuple[str, ...]
    facets: tuple[str, ...]
    typed: tuple[str, ...]
    terms: tuple[str, ...]
    unknown: tuple[str, ...]
    comparing: bool
    background: str = ""
    region: str = ""
    guides: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether nothing is left that could be searched."""
        return not self.terms

    def spoken_in(self, language: Language) -> Question:
        """The same question, to be answered in that language."""
        return replace(self, language=language)


def tidy(raw: str) -> str:
    """The typed text, bounded and on one line, without control and invisible characters."""
    plain = unicodedata.normalize("NFKC", raw[: LONGEST * 4].replace("\0", " "))
    kept = "".join(
        " " if unicodedata.category(char) in ("Cc", "Zl", "Zp") else char
        for char in plain
        if unicodedata.category(char) not in ("Cf", "Cs", "Co", "Cn")
    )
    return _SPACES.sub(" ", kept).strip()[:LONGEST]


def worded(text: str) -> str:
    """The text without markup, templates and pictograms, as it was if nothing else is in it."""
    bare = "".join(
        " " if unicodedata.category(char) in ("So", "Sk") else char
        for char in _MARKUP.sub(" ", text)
    )
    return _SPACES.sub(" ", bare).strip() or text


def asking(text: str) -> str:
    """The sentences of a text that ask something; all of it if none does so expressly."""
    sentences = _SENTENCES.split(text)
    asked = [sentence for sentence in sentences if sentence.rstrip(' »"”').endswith("?")]
    return " ".join(asked) or text


class Reader:
    """Reads questions with the lexicon and the words that the guides use."""

    def __init__(
        self,
        lexicon: Lexicon,
        terms: Callable[[str], list[str]],
        repaired: Callable[[list[str]], list[str]],
        knows: Callable[[str], bool],
        attributed: Callable[[str], Attribution] = Attribution,
        printed: Callable[[str], bool] | None = None,
    ) -> None:
        self._lexicon, self._terms, self._repaired, self._knows = lexicon, terms, repaired, knows
        self._attributed = attributed
        # Typical questions hold slips on purpose: what is spelt right, the guides tell.
        self._printed = printed or knows

    def read(self, raw: str, otherwise: Language = "fr") -> Question:
        """What a typed question asks; `otherwise` is its language if it shows none."""
        whole = self._spelt(worded(tidy(raw)))
        language = language_of(self._plain(whole), otherwise)
        attribution = self._attributed(whole)
        text = attribution.text if words(attribution.text) else whole
        typed = self._repaired(self._terms(text))
        terms = list(typed)
        if language == "en":
            terms = [*terms, *self._terms(self._lexicon.french_for(text))]
        return Question(
            text,
            language,
            self._lexicon.structures_in(text),
            self._lexicon.facets_asked(text),
            tuple(dict.fromkeys(typed)),
            tuple(dict.fromkeys(terms)),
            tuple(dict.fromkeys(term for term in typed if not self._knows(term))),
            bool(_COMPARING.search(" ".join(words(text)))),
            guides=attribution.guides,
            regions=self._lexicon.regions_in(text),
        )

    def _plain(self, text: str) -> str:
        """The text without names of structures: “what is a maison de santé” is English."""
        for key in self._lexicon.structures_in(text):
            text = self._lexicon.renamed(text, key, "")
        return text

    def terms_of(self, text: str) -> list[str]:
        """The search terms of some words."""
        return self._terms(text)

    def _spelt(self, text: str) -> str:
        """The text with misspelt acronyms put right: CTPS is meant for CPTS."""
        return " ".join(self._acronym(word) for word in text.split(" "))

    def _acronym(self, word: str) -> str:
        bare = word.strip(".,;:!?()«»\"'")
        key = bare.upper().rstrip("S") if bare[-1:] == "s" else bare.upper()
        if (
            not bare.isalpha()
            or key in self._lexicon.acronyms
            or bare.upper() in (self._lexicon.acronyms)
        ):
            return word
        if any(self._printed(term) for term in self._terms(bare)) or not self._terms(bare):
            return word
        near = sorted(a for a in self._lexicon.acronyms if _is_slip(bare.upper(), a))
        return word.replace(bare, near[0]) if len(near) == 1 else word


def _is_slip(typed: str, acronym: str) -> bool:
    """One slip in a long acronym; in a short one only two letters that changed places."""
    if OSA.distance(typed, acronym) > _ACRONYM_SLIPS:
        return False
    swapped = sorted(typed) == sorted(acronym)
    return swapped or (len(acronym) >= _SHORTEST_ACRONYM and len(typed) >= _SHORTEST_ACRONYM - 1)
