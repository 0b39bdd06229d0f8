"""What a question demands of its evidence beyond resemblance (demands.toml): a telephone number
asked for must be there, so must the town, the year and the person that the question names."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from importlib import resources

from assistant.names import names_in
from assistant.particulars import SPELT_NUMBER
from assistant.question import asking
from corpus.folding import fold, words
from corpus.lexicon import Lexicon, phrases, spaced

_TELEPHONE = re.compile(r"(?<!\d)0\d(?:[ .]?\d\d){4}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.\w+")
# A person: a title and a capital, or a given name and a name in capitals.
_TITLED = re.compile(r"\b(?:Dr|Mme|M\.|Pr)\s+[A-ZÀ-Ý]")
_FULL_NAME = re.compile(r"\b([A-ZÀ-Ý][a-zà-ÿ]+)(?:-[A-Z]\w+)? ([A-ZÀ-Ý]{2,})\b")
# « Combien de parties, et lesquelles ? » : a list answers as well as a figure.
_LISTING = re.compile(
    r" (?:lesquels|lesquelles|which ones|what are they|quels sont|de quoi depend\w*|depends? on) "
)
# Years do not count anything, nor does the number in a name (« fiche M14 »).
_FIGURE = re.compile(r"(?<![\w-])(?!(?:19|20)\d\d(?!\d))\d")
# Numbers that single something out: a year, a size, an amendment, an article.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBERED = re.compile(
    r"\b(?:taille|size|avenant|amendment|niveau|level|axe|axis|annexe|phase|article|art)"
    r" (?:n° ?|no )?(\d+)\b"
)
# Enough letters to tell one month from another, in French and in English.
_MONTH = 4
_MONTHS = {
    name[:_MONTH]: number
    for names in (
        "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
        "january february march april may june july august september october november december",
    )
    for number, name in enumerate(names.split(), 1)
}
_MONTH_YEAR = re.compile(
    r"\b(janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre"
    r"|january|february|march|april|may|june|july|august|september|october|november|december)"
    r" ((?:19|20)\d\d)\b"
)
# « Au moins un » counts, the article « un » does not.
_ONE = re.compile(
    r" (?:au moins une?|au minimum une?|une? seule?|at least one|at least a|only one|a single"
    r"|(?:plus|et|and|plus) (?:une?|one) autres?|one (?:gp|doctor|other)) "
)
_COUNTING = re.compile(r" (?:combien (?:de|d|des)|how many|nombre (?:de|d|des)|number of)(?= )")
_COUNTED = re.compile(rf"{_COUNTING.pattern} (\w+)(?= )")
_NUMBER = r"(?!(?:19|20)\d\d )\d+"
_VAGUE = "plusieurs|several|une? seule?|a single|only one"
_SPELT = SPELT_NUMBER.pattern.removeprefix(r"\b").removesuffix(r"\b")
# Longer ones are words that somebody shouts.
_ACRONYM_LENGTH = 3
_ACRONYM = re.compile(r"\b[A-ZÀ-Ý]{2,}\b")
# « Je lance un projet à Toulon » : where somebody is, not what they ask about.
_LOCAL = frozenset({"example", "figures"})
_FIRST_PERSON = re.compile(r"\b(je|j'|nous|mon|ma|mes|notre|nos|i|i'm|we|my|our|moi)\b|\bj'")


@dataclass(frozen=True)
class _Demand:
    asks: re.Pattern[str]
    held_by: re.Pattern[str] | None
    unless: re.Pattern[str] | None
    kind: str
    whose: bool


class Demands:
    """Tells what evidence lacks for a question."""

    def __init__(self, lexicon: Lexicon) -> None:
        source = resources.files("assistant").joinpath("demands.toml").read_text(encoding="utf-8")
        self._lexicon = lexicon
        table = tomllib.loads(source)
        self._organisations = frozenset(table.pop("organisations")["keys"])
        self._demands = {
            name: _Demand(
                phrases(entry["asks"]),
                phrases(entry["held_by"]) if "held_by" in entry else None,
                phrases(entry["not_with"]) if "not_with" in entry else None,
                entry.get("kind", ""),
                entry.get("whose", False),
            )
            for name, entry in table.items()
        }

    def unmet(self, question: str, evidence: str, around: str) -> list[str]:
        """Names of what the question asks for and the evidence does not hold.

        Places and people may also stand around it, on the same page.
        """
        asked, held = spaced(asking(question)), spaced(evidence)
        wanted = {
            name: demand
            for name, demand in self._demands.items()
            if demand.asks.search(asked)
            and not (demand.unless and demand.unless.search(asked))
            and not (demand.kind == "figure" and _LISTING.search(asked))
        }
        unmet = [
            name
            for name, demand in wanted.items()
            if not (self._held(demand, evidence, held) and self._theirs(demand, asked, held))
        ]
        numbers = self._unmet_numbers(question, evidence)
        known = f"{evidence} {around}"
        # Who to contact is the same in every region; a figure or an example is that of one.
        local = wanted or _LOCAL.intersection(self._lexicon.facets_asked(question))
        absent = self._absent_regions(question, known) if local else []
        uncounted = self._uncounted(question, evidence)
        return [*unmet, *numbers, *uncounted, *absent, *self._strangers(question, known)]

    def is_name(self, unmet: str) -> bool:
        """Whether what `unmet` tells of is a word of the question: a place, a person, a year."""
        return unmet not in self._demands

    def _held(self, demand: _Demand, evidence: str, held: str) -> bool:
        if demand.held_by and not demand.held_by.search(held):
            return False
        if demand.kind == "person":
            return bool(_TITLED.search(evidence)) or any(
                self._is_person(*names) for names in _FULL_NAME.findall(evidence)
            )
        return _holds(demand, evidence, held)

    def _theirs(self, demand: _Demand, asked: str, held: str) -> bool:
        """Whether what is demanded of an organisation is said of that one, not of another."""
        if not demand.whose:
            return True
        named = self._organisations.intersection(self._lexicon.concepts_in(asked))
        return not named or bool(named.intersection(self._lexicon.concepts_in(held)))

    def _is_person(self, given: str, name: str) -> bool:
        """« Une MSP » is nobody, nor is « Libéraux CPTS »."""
        return name not in self._lexicon.acronyms and not self._lexicon.is_common(fold(given))

    def _unmet_numbers(self, question: str, evidence: str) -> list[str]:
        asked = fold(question)
        if not any(char.isdigit() for char in asked):
            return []
        held = fold(evidence)
        years = [y for y in _YEAR.findall(asked) if y not in held]
        months = [] if years else sorted(_months(asked) - _months(held))
        numbered = [m.group(0) for m in _NUMBERED.finditer(asked) if not _within(m, held)]
        return [*years, *months, *numbered]

    def _absent_regions(self, question: str, evidence: str) -> list[str]:
        """Regions that the question names and the evidence does not, by any of their names."""
        named = self._lexicon.regions_in(question)
        held = self._lexicon.regions_in(evidence) if named else ()
        return [region for region in named if region not in held]

    def _strangers(self, question: str, evidence: str) -> list[str]:
        """Names of places and people in the question that the evidence does not know."""
        own = bool(_FIRST_PERSON.search(fold(question)))
        question = self._lexicon.without_regions(question, self._lexicon.regions_in(question))
        named = [name for name in names_in(question, own) if self._is_strange(name)]
        if not named:
            # A page takes long to fold, and most questions name nobody.
            return []
        held, capitals = spaced(evidence), set(_ACRONYM.findall(evidence))
        return [
            fold(name)
            for name in named
            if (name not in capitals if _is_acronym(name) else f" {fold(name)}" not in held)
        ]

    def _is_strange(self, name: str) -> bool:
        """« PER » is an acronym, though “per” is a common word."""
        plain, common = fold(name), self._lexicon.common_names
        known = plain in common if _is_acronym(name) else self._lexicon.is_common(plain)
        return not known and not self._lexicon.concepts_in(name)

    def _uncounted(self, question: str, evidence: str) -> list[str]:
        """Structures that a question counts and the evidence does not: « combien d’ESP ? »"""
        if not _COUNTING.search(spaced(question)):
            return []
        counted = _COUNTED.findall(self._lexicon.keyed(question))
        if not counted:
            return []
        held = self._lexicon.keyed(evidence)
        keys = {"".join(words(key.replace("_", ""))) for key in self._lexicon.structures}
        return [
            f"number of {key}"
            for key in keys.intersection(word.rstrip("s") for word in counted)
            if not re.search(rf" (?:{_NUMBER}|{_SPELT}|{_VAGUE}) (?:\w+ ){{0,2}}{key}s?(?= )", held)
        ]


def _holds(demand: _Demand, evidence: str, held: str) -> bool:
    if demand.kind == "telephone":
        return bool(_TELEPHONE.search(evidence))
    if demand.kind == "mail":
        return bool(_MAIL.search(evidence))
    if demand.kind == "money":
        return "€" in evidence or " euros " in held
    if demand.kind == "figure":
        counted = _FIGURE.search(evidence) or SPELT_NUMBER.search(held) or _ONE.search(held)
        return bool(counted)
    return True


def _is_acronym(name: str) -> bool:
    return name.isupper() and len(name) == _ACRONYM_LENGTH


def _months(plain: str) -> set[str]:
    """Months with their years, in figures: « décembre 2023 » is 2023-12."""
    return {f"{year}-{_MONTHS[month[:_MONTH]]:02}" for month, year in _MONTH_YEAR.findall(plain)}


def _within(numbered: re.Match[str], held: str) -> bool:
    number = numbered.group(1)
    named = re.escape(numbered.group(0))
    return bool(re.search(rf"\b(?:{named}|[lrd]\.? ?{number})\b", held))
