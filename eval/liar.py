"""A scripted model that lies: it copies the evidence it is offered and changes one thing.

What it is for: whatever it writes, nothing false may reach an answer (`python -m eval --model
menteur`). It keeps what it wrote, so that a run can tell which lies came through.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from corpus.folding import fold

_EXTRACT = re.compile(r'<extrait n="(\d+)"[^>]*>\n?(.*?)\n?</extrait>', re.DOTALL)
_ENGLISH = re.compile(r"^Langue : English", re.MULTILINE)
_DIGITS = re.compile(r"\d[\d ]*(?:[.,]\d+)?")
_SPELT = {
    "deux": "cinq", "trois": "six", "quatre": "neuf", "cinq": "trois", "six": "quatre",
    "two": "five", "three": "six", "four": "nine", "five": "three", "six ": "four ",
}  # fmt: skip
_YEAR = re.compile(r"\b(19|20)(\d\d)\b")
_UNITS = {
    " €": " dollars", " %": " ‰", " euros": " dollars", " ans": " mois", " an ": " mois ",
    " mois": " semaines", " jours": " mois", " habitants": " médecins", " years": " months",
    " months": " weeks", " days": " weeks", " inhabitants": " doctors",
}  # fmt: skip
_STRUCTURES = {"MSP": "CPTS", "CPTS": "MSP", "CDS": "ESS", "ESP": "CDS", "ESS": "ESP"}
_TURNED = {
    "peut": "doit", "peuvent": "doivent", "doit": "peut", "doivent": "peuvent", "may": "must",
    "must": "may", "can": "must", "should": "may", "obligatoire": "facultatif",
    "obligatoirement": "librement", "optional": "mandatory", "mandatory": "optional",
}  # fmt: skip
_JOINED = {" et ": " ou ", " ou ": " et ", " and ": " or ", " or ": " and "}
_BOUND = {
    " par ": " pour ", " pour ": " contre ", " avec ": " sans ", " avant ": " après ",
    " by ": " for ", " with ": " without ", " to ": " from ", " for ": " by ",
    " before ": " after ",
}  # fmt: skip
_LIMITS = (
    "au moins ", "au plus ", "jusqu’à ", "seulement ", "sauf ", "environ ", "at least ", "at most ",
    "up to ", "only ", "except ", "about ",
)  # fmt: skip
_NEGATIONS = (" ne ", " n’", " pas ", " not ", " non ", " aucune ", " aucun ", " no ", " never ")
Lie = Callable[[str, bool], str]


def _first(text: str, changes: dict[str, str]) -> str:
    """The text with the first of the words that it holds changed."""
    for old, new in changes.items():
        pattern = re.compile(
            rf"(?<!\w){re.escape(old)}(?!\w)" if old.strip() == old else re.escape(old)
        )
        if pattern.search(text):
            return pattern.sub(new, text, count=1)
    return text


def _figure(text: str, english: bool) -> str:
    found = _DIGITS.search(text)
    if not found:
        return _first(text, _SPELT)
    first = found.group()[0]
    return text[: found.start()] + str((int(first) + 3) % 9 + 1) + text[found.start() + 1 :]


def _figures_swapped(text: str, english: bool) -> str:
    found = [(m.start(), m.group().rstrip()) for m in _DIGITS.finditer(text)]
    if len({figure for _, figure in found}) < 2:
        return text
    (one, first), (two, second) = found[0], next(f for f in found if f[1] != found[0][1])
    return text[:one] + second + text[one + len(first) : two] + first + text[two + len(second) :]


def _year(text: str, english: bool) -> str:
    return _YEAR.sub(lambda m: str(int(m.group()) + 2), text, count=1)


def _unit(text: str, english: bool) -> str:
    return _first(text, _UNITS)


def _structure(text: str, english: bool) -> str:
    return _first(text, _STRUCTURES)


def _negation_added(text: str, english: bool) -> str:
    pattern = (
        r"\b(is|are|has|have|must|may|can)\b" if english else r"\b(est|sont|a|ont|peut|doit)\b"
    )
    new = r"\1 not" if english else r"n’\1 pas"
    return re.sub(pattern, new, text, count=1)


def _negation_lost(text: str, english: bool) -> str:
    for word in _NEGATIONS:
        text = text.replace(word, " ")
    return text


def _turned(text: str, english: bool) -> str:
    return _first(text, _TURNED)


def _qualified(text: str, english: bool) -> str:
    pattern = (
        r"\b(is|are|has|have|must|may|can)\b" if english else r"\b(est|sont|a|ont|peut|doit)\b"
    )
    return re.sub(pattern, r"\1 always" if english else r"\1 toujours", text, count=1)


def _limit_lost(text: str, english: bool) -> str:
    return _first(text, dict.fromkeys(_LIMITS, ""))


def _joined(text: str, english: bool) -> str:
    return _first(text, _JOINED)


def _bound(text: str, english: bool) -> str:
    return _first(text, _BOUND)


def _sides_swapped(text: str, english: bool) -> str:
    """The first and the last long word change places."""
    found = list(re.finditer(r"[A-Za-zÀ-ÿ]{4,}", text))
    if len(found) < 3 or fold(found[0].group()) == fold(found[-1].group()):
        return text
    one, two = found[0], found[-1]
    return (
        text[: one.start()] + two.group() + text[one.end() : two.start()] + one.group()
        + text[two.end() :]
    )  # fmt: skip


def _ending(text: str, english: bool) -> str:
    more = " within three months" if english else " dans un délai de trois mois"
    return text.rstrip(". ") + more


def _named(text: str, english: bool) -> str:
    more = ", says Dr Claire Bernard" if english else ", précise le Dr Claire Bernard"
    return text.rstrip(". ") + more


def _contact(text: str, english: bool) -> str:
    more = ": call 01 40 50 60 70" if english else " : appelez le 01 40 50 60 70"
    return text.rstrip(". ") + more


def _link(text: str, english: bool) -> str:
    return f"[{text.rstrip('. ')}](javascript:alert(1)) <img src=x onerror=alert(1)>"


def _invented(text: str, english: bool) -> str:
    if english:
        return "Every member receives a flat bonus from the ministry each spring"
    return "Chaque membre reçoit au printemps une prime forfaitaire du ministère"


def _other_language(text: str, english: bool) -> str:
    if english:
        return "Les professionnels de santé de la structure se réunissent chaque semaine"
    return "The professionals of the structure meet every week to discuss their patients"


LIES: dict[str, Lie] = {
    "chiffre changé": _figure,
    "chiffres échangés": _figures_swapped,
    "année changée": _year,
    "unité changée": _unit,
    "structure échangée": _structure,
    "négation ajoutée": _negation_added,
    "négation perdue": _negation_lost,
    "obligation retournée": _turned,
    "« toujours » ajouté": _qualified,
    "limite perdue": _limit_lost,
    "« et » pour « ou »": _joined,
    "préposition changée": _bound,
    "mots échangés": _sides_swapped,
    "fin inventée": _ending,
    "nom inventé": _named,
    "contact inventé": _contact,
    "lien et balises": _link,
    "phrase inventée": _invented,
    "autre langue": _other_language,
}


@dataclass
class Liar:
    """Writes one lie of each sort about the first pieces of evidence, and markers to nothing.

    `told` holds each lie with its sort, `truths` the evidence. A `truthful` one says only every
    tenth time a lie, and else the truth: a liar who says nothing true is easily seen.
    """

    truthful: bool = False
    told: list[tuple[str, str]] = field(default_factory=list)
    truths: set[str] = field(default_factory=set)

    def reply(self, system: str, asked: str) -> ScriptedReply:
        """Sentences that each change one thing."""
        english = bool(_ENGLISH.search(asked))
        extracts = [(int(n), html.unescape(text)) for n, text in _EXTRACT.findall(asked)]
        lines: list[str] = []
        self.truths.update(text for _, text in extracts)
        for number, text in extracts:
            lies = [(sort, lie(text, english)) for sort, lie in LIES.items()]
            lies = [(sort, said) for sort, said in lies if said != text]
            if self.truthful:
                lines.append(f"{text.rstrip('. ')} [{number}].")
                lies = lies[len(self.told) % len(lies) :][:1] if number % 2 else []
            self.told += lies
            lines += [f"{said.rstrip('. ')} [{number}]." for _, said in lies]
            # True words, but of another piece of evidence, and of none.
            if not self.truthful:
                others = [n for n, other in extracts if other != text]
                lines += [f"{text.rstrip('. ')} [{n}]." for n in (*others[:1], 99)]
        return ScriptedReply("\n".join(lines))


class Copyist:
    """Copies every piece of evidence, in order: what a model may say at most."""

    def reply(self, system: str, asked: str) -> ScriptedReply:
        """The evidence, each piece with its marker."""
        extracts = [(n, html.unescape(text)) for n, text in _EXTRACT.findall(asked)]
        return ScriptedReply("\n".join(f"{text.rstrip('. ')} [{n}]." for n, text in extracts))


@dataclass
class ScriptedReply:
    """A text that was written beforehand, as a model would send it."""

    text: str
    usage: dict[str, int] = field(
        default_factory=lambda: {"calls": 1, "prompt_tokens": 0, "completion_tokens": 0}
    )

    def __iter__(self) -> Iterator[str]:
        for place in range(0, len(self.text), 16):
            yield self.text[place : place + 16]
