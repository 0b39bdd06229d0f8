"""Names, dates of birth and home addresses, where the words around them speak of a patient."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources

from assistant.identifiers import Finding, finding
from corpus.folding import fold
from corpus.lexicon import Lexicon

_DATE = (
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2} ?[/. -] ?\d{1,2} ?[/. -] ?(?:\d{4}|\d{2})|\d{8}"
    r"|(?:\d{1,2}(?:er|st|nd|rd|th)?) (?:of )?[a-zéû]{3,9}\.?,? \d{2,4}"
    r"|[a-z]{3,9}\.? \d{1,2}(?:st|nd|rd|th)?,? \d{4})(?!\d)"
)
_BORN = r"n[ée]e?s?(?:\(e\)|·e)?"
_BIRTH = re.compile(
    rf"\b(?:{_BORN}|born|dob|d\.o\.b\.?|ddn|d\.d\.n\.?|date of birth|birth ?da(?:te|y)"
    r"|(?:date de )?naissance|anniversaire)"
    rf"[ :,(=-]{{0,3}}(?:(?:est|is|le|on|the|au) ){{0,2}}(?P<date>{_DATE})",
    re.I,
)
_BIRTH_YEAR = re.compile(rf"\b(?:{_BORN}|born) (?:en|in) (?P<date>(?:19|20)\d\d)\b", re.I)
_ADDRESS = re.compile(
    r"\b\d{1,4}(?: ?(?:bis|ter|quater)\b)?,? (?:rue|avenue|av\.|boulevard|bd|place|chemin|impasse"
    r"|all[ée]e|route|quai|cours|square)\b(?: [\w’'-]+){1,7}"
    r"|\b\d{1,4} (?:[A-Z][\w’'-]+ ){1,3}(?:Street|Road|Lane|Avenue)\b",
    re.I,
)
_SENTENCE = re.compile(r"[.!?;\n](?<!\b[A-Z]\.)(?<!\bM[rs]\.)(?<!\b[DP]r\.)(?<!\bMrs\.)")
# “I’d” and “I’m” are no names.
_CAPITAL = r"(?!I[’'](?:d|m|ve|ll)\b)[A-ZÀ-ÝŒ][\w’'-]{0,30}\w"
_SMALL = r"[a-zà-ÿœ][\w’'-]{0,30}\w"
_LINK = r"(?:(?:de|du|des|la|le|van|von|der|ben|el|al|bint|da|dos) |d[’']){0,2}"
_NAME = rf"{_CAPITAL}(?: {_LINK}{_CAPITAL}){{0,3}}"
_PAIR = rf"{_CAPITAL}(?: {_LINK}{_CAPITAL}){{1,3}}"
_CALLED = r"(?: s[’']appelle| nomm[ée]e?| pr[ée]nomm[ée]e?| named| called| est| is| ?:)?"
_TOKEN = re.compile(r"[\w][\w’'-]*")
_LEAST = 2
_BEFORE = 120


@dataclass(frozen=True)
class Signs:
    """The words of privacy.toml as patterns.

    `certain` patterns need nothing else around the name they find; `likely` ones need a sign of
    care or other personal data in the same text; `told` ones, an illness in the same sentence.
    """

    certain: tuple[re.Pattern[str], ...]
    likely: tuple[re.Pattern[str], ...]
    told: re.Pattern[str]
    bare: re.Pattern[str]
    illness: re.Pattern[str]
    care: re.Pattern[str]
    person: re.Pattern[str]
    thing: re.Pattern[str]
    public: re.Pattern[str]
    nobody: frozenset[str]

    def is_nobody(self, word: str) -> bool:
        """Whether a word is an acronym, a place, a common word or one of illness."""
        return len(word) < _LEAST or fold(word) in self.nobody or bool(self.care.fullmatch(word))


def read_signs(lexicon: Lexicon) -> Signs:
    """The signs that come with the program; no term of the lexicon is a person."""
    source = resources.files("assistant").joinpath("privacy.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    words = {key: f"(?i:{'|'.join(table[key])})" for key in table if key != "not_names"}
    title = rf"(?:{words['titles']}|M\.|M(?= [A-ZÀ-Ý][a-zà-ÿ]))"
    age = r"(?:âg[ée]e? de |aged )?1?\d?\d[ -](?:ans|years?|y\.?o|mois)"
    born = rf"(?i:{_BORN} (?:le|en) |born|dob|ddn|nir|t[ée]l|{age})"
    certain = (
        rf"\b{words['sick']}{_CALLED} (?:{title} ){{0,2}}(?P<name>{_NAME}(?:, {_CAPITAL})?)",
        rf"\b{words['sick']}, (?:{title} ){{0,2}}(?P<pair>{_PAIR})",
        rf"\b(?:{words['sick']}|{title}) (?P<pair>{_SMALL} {_SMALL}),? ?(?=\(?{born})",
        rf"\b{words['files']}(?: \w+){{0,2}}? (?i:d[’']|(?:de|of|for|pour|avec|with|à) )"
        rf"(?P<pair>{_PAIR})",
        rf"\b{words['files']}(?: \w+){{0,2}}? (?i:de|of|for|pour) {title} (?P<name>{_NAME})",
        rf"\b(?P<pair>{_PAIR}),? ?\(?(?={born})",
        rf"\b(?i:mon|ma|my|notre|our|sa|son|his|her) {words['family']},?{_CALLED} "
        rf"(?:{title} )?(?P<name>{_NAME})",
        rf"\b(?i:(?:pr[ée]nom|surname|nom du patient|patient name) ?: ?)(?P<name>{_NAME})",
    )
    likely = (
        rf"\b{title} (?:{title} )?(?P<name>{_NAME})",
        rf"\b{title} (?P<name>{_SMALL}(?: {_SMALL})?)",
        rf"\b(?i:(?:nom|name) ?: ?)(?P<name>{_NAME})",
    )
    return Signs(
        tuple(re.compile(pattern) for pattern in certain),
        tuple(re.compile(pattern) for pattern in likely),
        re.compile(rf"\b(?P<pair>{_PAIR}),? (?={words['conditions']}\b)"),
        re.compile(rf"\b(?P<pair>{_PAIR})"),
        re.compile(rf"\b{words['illness']}\b"),
        re.compile(rf"\b(?:{words['illness']}|{words['care']})\b"),
        re.compile(rf"\b{words['persons']}\b|\bM\. (?=[A-ZÀ-Ý])"),
        re.compile(rf"\b{words['things']}\b"),
        re.compile(rf"(?:\b{words['public']}\.?(?: (?:de|du|des|of|la|le|les))* ?|[\w-][’'])$"),
        frozenset(table["not_names"].split())
        | frozenset(fold(acronym) for acronym in lexicon.acronyms)
        | lexicon.common_names
        | lexicon.stop_words,
    )


def patients_data(text: str, signs: Signs, others: bool) -> list[Finding]:
    """Dates of birth, names and addresses of patients; `others` if other data were found."""
    births = list(_births(text, signs))
    known = bool(births) or others
    names = _names(text, signs, known)
    addresses = [finding(m, "address") for m in _ADDRESS.finditer(text) if known or names]
    return [*births, *names, *addresses]


def _births(text: str, signs: Signs) -> Iterator[Finding]:
    for pattern in (_BIRTH, _BIRTH_YEAR):
        for match in pattern.finditer(text):
            before = _SENTENCE.split(text[max(0, match.start() - _BEFORE) : match.start()])[-1]
            someone = signs.person.search(before) or _pair_in(before, signs)
            # A year alone is a person's only where one is spoken of.
            if someone or (pattern is _BIRTH and not signs.thing.search(before)):
                yield finding(match, "birth", "date")


def _names(text: str, signs: Signs, known: bool) -> list[Finding]:
    found = [one for pattern in signs.certain for one in _found(pattern, text, signs)]
    if known or found or signs.care.search(text):
        found += [one for pattern in signs.likely for one in _found(pattern, text, signs)]
    for sentence in _sentences(text):
        if signs.illness.search(text, *sentence):
            found += _found(signs.told, text, signs, sentence)
    if known:
        found += _found(signs.bare, text, signs)
    return found


def _found(
    pattern: re.Pattern[str], text: str, signs: Signs, within: tuple[int, int] | None = None
) -> list[Finding]:
    start, end = within or (0, len(text))
    trimmed = (_trimmed(match, text, signs) for match in pattern.finditer(text, start, end))
    return [one for one in trimmed if one is not None]


def _trimmed(match: re.Match[str], text: str, signs: Signs) -> Finding | None:
    """The name without the words around it that are nobody's; None if too little is left."""
    group = "pair" if "pair" in match.re.groupindex else "name"
    start, end = match.span(group)
    words = [word.span() for word in _TOKEN.finditer(text, start, end)]
    while words and signs.is_nobody(text[slice(*words[0])]):
        words.pop(0)
    while words and signs.is_nobody(text[slice(*words[-1])]):
        words.pop()
    if len(words) < (2 if group == "pair" else 1):
        return None
    start, end = words[0][0], words[-1][1]
    if signs.public.search(text[max(0, start - _BEFORE) : start]):
        return None
    return Finding(start, end, "name", text[start:end])


def repeated(text: str, found: Sequence[Finding], signs: Signs) -> Iterator[Finding]:
    """The words of the names that were found, wherever else they stand with a capital."""
    names = {word for one in found if one.kind == "name" for word in _TOKEN.findall(one.text)}
    for word in _TOKEN.finditer(text):
        if (
            word.group()[:1].isupper()
            and not signs.is_nobody(word.group())
            and any(fold(word.group()) == fold(name) for name in names)
        ):
            yield finding(word, "name")


def _pair_in(text: str, signs: Signs) -> bool:
    return bool(_found(signs.bare, text, signs))


def _sentences(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for end in _SENTENCE.finditer(text):
        yield start, end.end()
        start = end.end()
    yield start, len(text)
