"""The parts of a sentence that must not be wrong: figures, articles, contacts, names, negations."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from corpus.folding import fold

_URL = re.compile(r"(?:https?://|www\.)[^\s<>()«»\"]+", re.I)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"(?<!\d)0\d(?:[ .\-]?\d\d){4}(?!\d)")
_ARTICLE = re.compile(r"\b[lrd]\.? ?(\d{3,4}(?:-\d+)*)\b")
# « 42 75O € »: a letter O printed for a nought.
_LETTER_O = re.compile(r"(?<=\d)[oO](?=\b|\d)")
# « 30.000 », “30,000”: groups of three, not decimals.
_GROUPED = re.compile(r"(?<![\d.,])[1-9]\d{0,2}(?:[.,]\d{3})+(?![.,]?\d)")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_ORDINAL = re.compile(r"\b(\d+)(?:er|ere|re|e|eme|nd|nde|st|rd|th)\b")
_NEGATION = re.compile(
    r"\b(ne|n'|pas|aucune?|sans|ni|jamais|non|not|no(?! ?\d)|never|without|none|nor|cannot|neither"
    r"|isn't|doesn't|don't|aren't|nobody|nothing)\b|n't\b|\bn'"
)
_NAME = re.compile(r"(?<![.!?:»] )(?<!^)\b([A-ZÀ-Ý][\w’'\-]*[\w])")
_SPELT = {
    number: str(value)
    for value, numbers in enumerate(
        (
            (),
            (),
            ("deux", "two"),
            ("trois", "three"),
            ("quatre", "four"),
            ("cinq", "five"),
            ("six",),
            ("sept", "seven"),
            ("huit", "eight"),
            ("neuf", "nine"),
            ("dix", "ten"),
            ("onze", "eleven"),
            ("douze", "twelve"),
        )
    )
    for number in numbers
}
SPELT_NUMBER = re.compile(rf"\b({'|'.join(_SPELT)})\b")


@dataclass(frozen=True)
class Particulars:
    """What a text commits itself to, each in a form that can be compared."""

    numbers: frozenset[str]
    articles: frozenset[str]
    contacts: frozenset[str]
    names: frozenset[str]
    negated: bool

    def missing_from(self, other: Particulars) -> list[str]:
        """What this text holds and the other does not, in words for a log."""
        return [
            *(f"nombre {n}" for n in sorted(self.numbers - other.numbers)),
            *(f"article {a}" for a in sorted(self.articles - other.articles)),
            *(f"contact {c}" for c in sorted(self.contacts - other.contacts)),
        ]


def particulars(text: str) -> Particulars:
    """The figures, articles, contacts and names of a text, and whether it negates something."""
    joined = re.sub(r"-\s*\n\s*", "-", text)
    contacts, rest = contacts_in(_LETTER_O.sub("0", joined))
    plain = SPELT_NUMBER.sub(lambda match: _SPELT[match.group(1)], fold(rest))
    articles = frozenset(_ARTICLE.findall(plain))
    plain = _ORDINAL.sub(r"\1", _ARTICLE.sub(" ", plain))
    plain = _GROUPED.sub(lambda match: re.sub("[.,]", "", match.group()), plain)
    numbers = frozenset(_plain_number(number) for number in _NUMBER.findall(plain))
    names = frozenset(fold(name) for name in _NAME.findall(rest))
    return Particulars(numbers, articles, contacts, names, bool(_NEGATION.search(plain)))


def contacts_in(
    text: str, instead: Callable[[str], str] = lambda contact: " "
) -> tuple[frozenset[str], str]:
    """Links, addresses and telephone numbers, and the text with something instead of each."""
    found: set[str] = set()
    # A link that is broken over two lines is one link; one that ends its line with a slash may
    # also be whole.
    whole = re.sub(r"(https?://\S+[-/])[ \t]*\n[ \t]*(?=[a-z])", r"\1", text)
    found.update(_plain_contact(link) for link in _URL.findall(text))
    for pattern in (_URL, _MAIL, _PHONE):
        found.update(_plain_contact(contact) for contact in pattern.findall(whole))
        whole = pattern.sub(lambda found: instead(_plain_contact(found.group())), whole)
    return frozenset(found), whole


def _plain_contact(contact: str) -> str:
    bare = re.sub(r"^(https?://)?(www\.)?", "", contact.lower()).rstrip(".,;:/)")
    return re.sub(r"[ .\-]", "", bare) if bare[:1].isdigit() else bare


def _plain_number(number: str) -> str:
    plain = number.replace(",", ".")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain.lstrip("0") or "0"
