"""Which guides a question names as its source: « d’après l’URPS PACA », “in the CRAtb leaflet”."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.folding import fold, words
from corpus.guide import Guide
from corpus.lexicon import Lexicon

_WORD = re.compile(r"[^\W_]+")
# A guide is named within so many words of what introduces it.
_REACH = 7
# « Pharmacien » in the name of a guide is meant by “pharmacists” too.
_STEM = 8
_SAYING = (("selon",), ("d", "apres"), ("according", "to"), ("que", "dit"), ("what", "does"))
_DOCUMENTS = re.compile(
    r"guide|guides|fiche|fiches|plaquette|brochure|livret|depliant|document|schema|"
    r"leaflet|booklet|sheet|sheets|memo|handbook|factsheet|publication"
)
# What stands between such a word and the name of a guide.
_LINKS = re.compile(
    r"de|du|des|la|le|l|les|d|the|of|by|from|on|s|ml|medecins|liberaux|esp|"
    r"union|urps|et|and"
)
_CLOSING = " ,;:)'’»"
_PLACED = re.compile(r"dans|in|chez|from|de|du|of|le|la|l|the|this")


@dataclass(frozen=True)
class Attribution:
    """A question without the words that name its source, and the ids of the guides named."""

    text: str
    guides: tuple[str, ...] = ()


class Attributions:
    """Finds the guides that questions name, by the words of their ids and their regions."""

    def __init__(self, guides: Iterable[Guide], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        named = {guide.id: frozenset(words(guide.id.replace("-", " "))) for guide in guides}
        borne = Counter(word for own in named.values() for word in own)
        # A word that most guides bear, « exercice », names none of them.
        shared = {word for word, count in borne.items() if count > 1 and count > len(named) / 2}
        self._names = {
            guide: frozenset(word[:_STEM] for word in own - shared if not _is_document(word))
            for guide, own in named.items()
        }
        self._regions = {guide.id: guide.region for guide in guides}

    def read(self, text: str) -> Attribution:
        """The question and its named guides; the text as it is where none is named."""
        spans = [(found.start(), found.end()) for found in _WORD.finditer(text)]
        said = [fold(text[start:end]) for start, end in spans]
        for place in range(len(said)):
            first, last = self._introduced(said, place)
            if not last:
                continue
            guides = self._meant(text[spans[place][0] : spans[last - 1][1]], said[place:last])
            if guides:
                while last < len(said) and (_is_document(said[last]) or said[last] == "s"):
                    last += 1
                before, after = text[: spans[first][0]], text[spans[last - 1][1] :]
                rest = f"{before.rstrip(' ,;:(')} {after.lstrip(_CLOSING)}"
                return Attribution(rest.strip(), guides)
        return Attribution(text)

    def _introduced(self, said: Sequence[str], place: int) -> tuple[int, int]:
        """The words from the one at a place that name a guide as a source: first, and behind the
        last; (0, 0) if they do not."""
        for cue in _SAYING:
            if tuple(said[place : place + len(cue)]) == cue:
                start = place + len(cue)
                return place, self._end(said, start, start + _REACH)
        if _is_document(said[place]):
            # « le guide de l’URPS PACA »: only what links them stands between.
            end = place + 1
            while end < len(said) and (_LINKS.fullmatch(said[end]) or self._is_name(said[end])):
                end += 1
            return _before(said, place), self._end(said, place + 1, end)
        if self._is_name(said[place]):
            end = place + 1
            while end < len(said) and (self._is_name(said[end]) or said[end] in ("et", "and", "s")):
                end += 1
            if end < len(said) and _is_document(said[end]):
                return _before(said, place), end + 1
        return 0, 0

    def _end(self, said: Sequence[str], start: int, stop: int) -> int:
        """Behind the last word of a name between two places, 0 if there is none."""
        named = [at for at in range(start, min(stop, len(said))) if self._is_name(said[at])]
        # « d’après le médecin du Champsaur » names nobody's guide, nor does a name farther on.
        return named[-1] + 1 if named and _linked(said[start : named[0]]) else 0

    def _is_name(self, word: str) -> bool:
        known = any(word[:_STEM] in names for names in self._names.values())
        return known or bool(self._lexicon.regions_in(word))

    def _meant(self, text: str, said: Sequence[str]) -> tuple[str, ...]:
        """The guides that most of the words name."""
        heads = {word[:_STEM] for word in said}
        regions = self._lexicon.regions_in(text)
        counts = {
            guide: len(heads & names) + (self._regions[guide] in regions)
            for guide, names in self._names.items()
        }
        most = max(counts.values(), default=0)
        return tuple(guide for guide, count in counts.items() if count == most) if most else ()


def _is_document(word: str) -> bool:
    return bool(_DOCUMENTS.fullmatch(word))


def _before(said: Sequence[str], place: int) -> int:
    """Where the article and preposition in front of a word begin."""
    while place and _PLACED.fullmatch(said[place - 1]):
        place -= 1
    return place


def _linked(between: Sequence[str]) -> bool:
    return all(_LINKS.fullmatch(word) or _is_document(word) for word in between)
