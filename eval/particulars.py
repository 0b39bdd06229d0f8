"""What can be checked word for word in a sentence: figures, dates, articles, contacts, names."""

from __future__ import annotations

import re
from dataclasses import dataclass

from eval.patterns import folded
from eval.quotes import squeezed

_WORDS = {
    "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9,
    "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "two": 2, "three": 3, "four": 4, "five": 5, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60,
}  # fmt: skip
_MONTHS = {
    "janvier": 1, "fevrier": 2, "mars": 3, "avril": 4, "mai": 5, "juin": 6, "juillet": 7,
    "aout": 8, "septembre": 9, "octobre": 10, "novembre": 11, "decembre": 12,
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7,
    "august": 8, "september": 9, "october": 10, "november": 11, "december": 12,
}  # fmt: skip
_SCALES = {"million": 10**6, "milliard": 10**9, "billion": 10**9, "k": 1000, "m": 10**6}
_NUMBER = re.compile(
    r"(?<![\w.,])(\d+(?:[.,]\d+)?)(?:( ?)(million|milliard|billion|k(?= ?(?:€|euro))|m(?=€))s?)?"
)
_NUMBER_WORD = re.compile(rf"\b(?:{'|'.join(_WORDS)})\b")
_MONTH = re.compile(
    rf"\d(?:er|st|nd|rd|th)? (?:of )?({'|'.join(_MONTHS)})\b|\b({'|'.join(_MONTHS)}) \d"
)
_NUMERIC_DATE = re.compile(r"\b\d{1,2}[/.](\d{1,2})[/.](?:\d{4}|\d\d)\b")
_ARTICLE = re.compile(r"\b([lrd])\.? ?(\d{3,5}(?:-\d+)*)")
_BARE_ARTICLE = re.compile(r"(?<![\w-])\d{3,5}(?:-\d+)+")
_ADDRESS = re.compile(
    r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s<>)\]]+"
    r"|\b[\w-]+(?:\.[\w-]+)*\.(?:fr|org|com|net|eu)\b(?:/[^\s<>)\]]*)?",
    re.IGNORECASE,
)
_PHONE = re.compile(r"(?:\+33 ?|\b0)[1-9](?:[ .-]?\d{2}){4}\b")
_SCHEME = re.compile(r"^(?:mailto:)?(?:https?://)?(?:www\.)?", re.IGNORECASE)
# Capitalised in English without being anybody's name; months are compared as dates.
_COMMON = frozenset({"gp", "gps", "health", "insurance", "act", "law", "france", "french"})
_NAME = re.compile(r"(?<![\w’'-])(?:[dl][’'])?([A-ZÀ-ÖØ-Þ][\w’'&-]*)")


@dataclass(frozen=True)
class Particulars:
    """Figures and months, articles of law, contacts and names of a text, in comparable form."""

    numbers: frozenset[str]
    months: frozenset[int]
    articles: frozenset[str]
    contacts: tuple[str, ...]
    names: tuple[str, ...]


def of_sentence(text: str) -> Particulars:
    """What a sentence of an answer claims; what is part of a contact or article is not a figure."""
    contacts = (*_ADDRESS.findall(text), *_PHONE.findall(text))
    rest = _PHONE.sub(" ", _ADDRESS.sub(" ", text))
    plain = folded(rest)
    articles = frozenset(f"{letter}{number}" for letter, number in _ARTICLE.findall(plain))
    plain = _ARTICLE.sub(" ", plain)
    articles |= frozenset(_BARE_ARTICLE.findall(plain))
    plain = _BARE_ARTICLE.sub(" ", plain)
    return Particulars(
        numbers_in(plain), months_in(plain), articles, contacts, _names_after_first(rest)
    )


def numbers_in(plain: str, every: bool = False) -> frozenset[str]:
    """The values of the figures and number words of a folded text; with `every`, also each run of
    digits by itself, as a page may give « 1,2 million » or « 12.01.2018 »."""
    found = {str(_WORDS[word]) for word in _NUMBER_WORD.findall(plain)}
    for digits, _, scale in _NUMBER.findall(plain):
        value = float(digits.replace(",", "."))
        found |= {_shown(value * _SCALES[scale] if scale else value)}
        if every:
            found.add(_shown(value))
    runs = re.findall(r"\d+", plain) if every else []
    return frozenset(found | {_shown(float(run)) for run in runs})


def months_in(plain: str) -> frozenset[int]:
    """The months that stand beside a figure in a folded text."""
    named = {_MONTHS[before or after] for before, after in _MONTH.findall(plain)}
    return frozenset(named | {int(month) for month in _NUMERIC_DATE.findall(plain)})


def has_article(article: str, plain: str) -> bool:
    """Whether a folded text has an article of law; a text may leave its letter out."""
    digits = article.lstrip("lrd")
    lettered = {f"{letter}{number}" for letter, number in _ARTICLE.findall(plain)}
    if article in lettered:
        return True
    bare = set(_BARE_ARTICLE.findall(_ARTICLE.sub(" ", plain)))
    return digits in bare or (article == digits and any(digits == one[1:] for one in lettered))


def has_contact(contact: str, text: str, links: tuple[str, ...]) -> bool:
    """Whether a page shows or links an address, an e-mail or a telephone number."""
    wanted = squeezed(_SCHEME.sub("", contact.rstrip(".,;:/»")).replace("+33", "0"))
    return any(wanted in squeezed(place) for place in (text, *links))


def _names_after_first(text: str) -> tuple[str, ...]:
    """Capitalised words, except the first word of a sentence or of a bold or quoted part, which
    anyone may capitalise – unless it is an acronym."""
    found = []
    for match in _NAME.finditer(text):
        before = text[: match.start()].rstrip()
        opening = not before or before[-1] in '.!?…:;*«“"(|–—'
        name = match.group(1).removesuffix("’s").removesuffix("'s").rstrip("'’-")
        if name.lower() in _COMMON or name.lower() in _MONTHS:
            continue
        if len(name) > 1 and (not opening or sum(char.isupper() for char in name) > 1):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _shown(value: float) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".")
