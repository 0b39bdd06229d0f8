"""What a question demands of its evidence beyond resemblance (demands.toml): a telephone number
asked for must be there, so must the town, the year and the person that the question names."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib import resources

from assistant.particulars import SPELT_NUMBER
from assistant.question import asking
from corpus.folding import fold
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
# Years do not count anything.
_FIGURE = re.compile(r"(?<!\d)(?!(?:19|20)\d\d(?!\d))\d")
# Numbers that single something out: a year, a size, an amendment, an article.
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBERED = re.compile(
    r"\b(?:taille|size|avenant|amendment|niveau|level|axe|axis|annexe|phase|article|art)"
    r" (?:n° ?|no )?(\d+)\b"
)
_CAPITALISED = re.compile(r"[A-ZÀ-Ý][\wÀ-ÿ’'-]*")
_SENTENCE_END = re.compile(r"[.!?:;…»]\s*$")
# « Je lance un projet à Toulon » : where somebody is, not what they ask about.
_FIRST_PERSON = re.compile(r"\b(je|j'|nous|mon|ma|mes|notre|nos|i|i'm|we|my|our|moi)\b|\bj'")
_WHERE = re.compile(r"\b(à|a|en|dans|près de|in|at|near|from|de)\s*$", re.I)


@dataclass(frozen=True)
class _Demand:
    asks: re.Pattern[str]
    held_by: re.Pattern[str] | None
    kind: str


class Demands:
    """Tells what evidence lacks for a question."""

    def __init__(self, lexicon: Lexicon) -> None:
        source = resources.files("assistant").joinpath("demands.toml").read_text(encoding="utf-8")
        self._lexicon = lexicon
        self._demands = {
            name: _Demand(
                phrases(entry["asks"]),
                phrases(entry["held_by"]) if "held_by" in entry else None,
                entry.get("kind", ""),
            )
            for name, entry in tomllib.loads(source).items()
        }

    def unmet(self, question: str, evidence: str, around: str) -> list[str]:
        """Names of what the question asks for and the evidence does not hold.

        Places and people may also stand around it, on the same page.
        """
        asked, held = spaced(asking(question)), spaced(evidence)
        unmet = [
            name
            for name, demand in self._demands.items()
            if demand.asks.search(asked)
            and not (demand.kind == "figure" and _LISTING.search(asked))
            and not self._held(demand, evidence, held)
        ]
        return [
            *unmet,
            *self._unmet_numbers(question, evidence),
            *self._strangers(question, f"{evidence} {around}"),
        ]

    def _held(self, demand: _Demand, evidence: str, held: str) -> bool:
        if demand.held_by and not demand.held_by.search(held):
            return False
        if demand.kind == "person":
            return bool(_TITLED.search(evidence)) or any(
                self._is_person(*names) for names in _FULL_NAME.findall(evidence)
            )
        return _holds(demand, evidence, held)

    def _is_person(self, given: str, name: str) -> bool:
        """« Une MSP » is nobody, nor is « Libéraux CPTS »."""
        return name not in self._lexicon.acronyms and not self._lexicon.is_common(fold(given))

    def _unmet_numbers(self, question: str, evidence: str) -> list[str]:
        asked, held = fold(question), fold(evidence)
        years = [y for y in _YEAR.findall(asked) if y not in held]
        numbered = [m.group(0) for m in _NUMBERED.finditer(asked) if not _within(m, held)]
        return [*years, *numbered]

    def _strangers(self, question: str, evidence: str) -> list[str]:
        """Names of places and people in the question that the evidence does not know."""
        own = bool(_FIRST_PERSON.search(fold(question)))
        named = [
            name
            for name in _names(question, own)
            if not self._lexicon.is_common(name) and not self._lexicon.concepts_in(name)
        ]
        if not named:
            # A page takes long to fold, and most questions name nobody.
            return []
        held = spaced(evidence)
        return [name for name in named if f" {spaced(name).strip()}" not in held]


def _holds(demand: _Demand, evidence: str, held: str) -> bool:
    if demand.kind == "telephone":
        return bool(_TELEPHONE.search(evidence))
    if demand.kind == "mail":
        return bool(_MAIL.search(evidence))
    if demand.kind == "money":
        return "€" in evidence or " euros " in held
    if demand.kind == "figure":
        return bool(_FIGURE.search(evidence) or SPELT_NUMBER.search(held))
    return True


def _within(numbered: re.Match[str], held: str) -> bool:
    number = numbered.group(1)
    named = re.escape(numbered.group(0))
    return bool(re.search(rf"\b(?:{named}|[lrd]\.? ?{number})\b", held))


def _names(question: str, own: bool) -> Iterable[str]:
    """Folded words with a capital inside a sentence; a question typed in capitals has none.

    When somebody speaks of themselves (`own`), where they are is left out.
    """
    if question.isupper():
        return
    for found in _CAPITALISED.finditer(question):
        before = question[: found.start()].rstrip(" «\"'(")
        placed = own and _WHERE.search(before)
        if before and not placed and not _SENTENCE_END.search(before):
            word = found.group(0).strip("’'-")
            for part in re.split(r"[’'-]", word):
                if len(part) > 2:
                    yield fold(part)
