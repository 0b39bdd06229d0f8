"""What a sentence claims, word for word: the sequence of terms that must be the evidence's own.

Names of structures and acronyms count as their key, numbers as their value, other words as their
stem. Words that turn a claim round (« ne », « peut », « au moins », « ou ») are marked: they may be
neither added nor lost.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from importlib import resources

from assistant.particulars import contacts_in
from corpus.folding import fold
from corpus.lexicon import Lexicon, phrases

Stem = Callable[[str], str]
_NUMBER = re.compile(r"(?<![\w])\d+(?:[.,]\d+)*(?:\s?/\s?\d+)?")
_GROUPED = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+$")
_ARTICLE = re.compile(r"\b([lrd])\.? ?(\d{3,4}(?:-\d+)*)\b")
_LETTER_O = re.compile(r"(?<=\d)[oO](?=\b|\d)")
_ORDINAL = re.compile(r"\b(\d+)(?:er|ere|re|e|eme|nd|nde|st|rd|th)\b")
# « à l’ARS » is told from « a signé » before accents go.
_TO = re.compile(r"\b(?:à|À)(?=\s)")
# « où » is not « ou ».
_WHERE = re.compile(r"\b[oO]ù\b")
_COMMA = re.compile(r"[,;:–—()](?!\d)")
_BOUNDARY = "zzcomma"
# A name, and its acronym in brackets.
_IN_BRACKETS = re.compile(rf"( \w+) {_BOUNDARY}\1 {_BOUNDARY}(?= )")
_ONLY = re.compile(r" (?:ne|n)((?: (?!pas|plus|jamais|ni)\w+){1,2}) qu(?:e)?(?= )")


@dataclass(frozen=True)
class Term:
    """One term of a claim. Its kind: `steers` if it may be neither added nor lost, `relates` if it
    says how the next term is bound (« par », « pour »), `structure`, `number`, `contact`, `telling`
    for other words; `boundary` is a comma or bracket."""

    text: str
    kind: str

    @property
    def boundary(self) -> bool:
        """Whether a clause ends here."""
        return self.kind == "boundary"

    @property
    def required(self) -> bool:
        """Whether a shortened sentence must still hold it."""
        return self.kind in ("steers", "number", "contact", "structure")


class ClaimReader:
    """Reads sentences into terms, with the words of claims.toml."""

    def __init__(self, lexicon: Lexicon, stem: Stem) -> None:
        source = resources.files("assistant").joinpath("claims.toml").read_text(encoding="utf-8")
        table = tomllib.loads(source)
        self._lexicon, self._stem = lexicon, stem
        self._phrases = {name: phrases(wanted) for name, wanted in table["phrases"].items()}
        self._steering = frozenset(table["steering"].split())
        self._relating = frozenset(table["relating"].split())
        self._neutral = frozenset(table["neutral"].split())
        self._numbers = {
            word: str(value) for value, words in table["numbers"].items() for word in words.split()
        }
        self._structures = structure_words(lexicon.structures)
        self._acronyms = frozenset(key.lower() for key in lexicon.acronyms)

    def terms(self, text: str) -> tuple[Term, ...]:
        """The terms of a sentence in order."""
        _, rest = contacts_in(_LETTER_O.sub("0", text), _in_letters)
        told = _WHERE.sub("zzwhere", _TO.sub("zzto", rest))
        plain = _ORDINAL.sub(r"\1", fold(told))
        plain = _ARTICLE.sub(lambda m: f" zzart{m.group(1)}{m.group(2).replace('-', 'x')} ", plain)
        plain = _NUMBER.sub(lambda m: f" zznum{_value(m.group())} ", plain)
        plain = plain.replace("k€", " keuros ").replace("m€", " meuros ")
        plain = plain.replace("%", " pourcent ").replace("$", " dollars ").replace("£", " pounds ")
        plain = self._lexicon.keyed(_COMMA.sub(f" {_BOUNDARY} ", plain))
        plain = _IN_BRACKETS.sub(r"\1", plain)
        plain = _ONLY.sub(r" zzonly\1", plain)
        for name, pattern in self._phrases.items():
            plain = pattern.sub(f" zz{name}", plain)
        return tuple(term for word in plain.split() if (term := self._term(word)))

    def _term(self, word: str) -> Term | None:
        if word == _BOUNDARY:
            return Term("", "boundary")
        if word.startswith("zznum") or word in self._numbers:
            return Term(self._numbers.get(word) or word.removeprefix("zznum"), "number")
        if word.startswith("zzcontact"):
            return Term(word, "contact")
        if word in ("zzneutral", "zzwhere"):
            return None
        if word in self._relating:
            return Term("zzto" if word in ("au", "aux") else word, "relates")
        if word.startswith("zz") or word in self._steering:
            return Term(word, "number" if word.startswith("zzart") else "steers")
        if word in self._neutral or word in self._lexicon.stop_words:
            return None
        # A letter that an apostrophe left behind, or that a list is numbered with.
        if len(word) == 1 and not word.isdigit():
            return None
        if word in self._structures:
            return Term(word, "structure")
        return Term(word if word in self._acronyms else self._stem(word), "telling")


def structure_words(keys: Iterable[str]) -> frozenset[str]:
    """The terms for these keys of structures."""
    return frozenset(key.replace("_", "").lower() for key in keys)


def _in_letters(contact: str) -> str:
    return f" zzcontact{contact.encode().hex()} "


def _value(number: str) -> str:
    """One spelling for a number, without punctuation: 30.000 is 30000, 7,50 is 7p5."""
    bare = number.replace(" ", "")
    if _GROUPED.match(bare):
        bare = re.sub(r"[.,]", "", bare)
    whole, _, part = bare.replace(",", ".").partition(".")
    part = part.rstrip("0")
    value = f"{whole.lstrip('0') or '0'}p{part}" if part else whole.lstrip("0") or "0"
    return re.sub(r"[^\w]", "s", value)
