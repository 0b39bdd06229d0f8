"""A model's text as it streams in: whole sentences, and what each marker in them stands behind."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.question import tidy

_MARKERS = r"(?:\s*\[\d{1,3}(?:\s*[,;]\s*\d{1,3})*\])"
# A full stop, its markers, and the beginning of something that is no marker; or a new line.
_END = re.compile(rf"(?:(?<=[.!?…])|(?<=[.!?…][»”\"])){_MARKERS}*\s+(?=[^\s\[])|{_MARKERS}*\s*\n+")
_MARKED = re.compile(rf"{_MARKERS}+")
_NUMBER = re.compile(r"\d+")
# « art. L. 6323-3 », « p. 5 », « Dr. Martin »: a full stop that ends no sentence.
_ABBREVIATED = re.compile(
    r"(?:^|[\s(«'’])(?:[A-Za-z]|art|p|pp|cf|ex|dr|mme|etc|no|al|bd|av|tél|tel|e\.g|i\.e|env)\.$",
    re.I,
)
_BULLET = re.compile(r"^(?:[-*•–]|\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__|(?<!\w)[*_](?=\w)|(?<=\w)[*_](?!\w)|^#+\s*")
# A text without an end is no sentence: it is handed on, and will not pass.
_LONGEST = 2_000


@dataclass(frozen=True)
class Part:
    """A part of a sentence, and the numbers of the evidence that it points at."""

    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True)
class Sentence:
    """A sentence as a model wrote it, in the parts that its markers close; `listed` if it was an
    item of a list."""

    parts: tuple[Part, ...]
    listed: bool


def sentences(pieces: Iterable[str]) -> Iterator[Sentence]:
    """Each sentence as soon as it is whole."""
    held = ""
    for piece in pieces:
        held += piece
        while (end := _first_end(held)) is not None:
            if told := _sentence(held[:end]):
                yield told
            held = held[end:]
    if told := _sentence(held):
        yield told


def _first_end(held: str) -> int | None:
    for found in _END.finditer(held):
        before = held[: found.start()]
        if "\n" not in found.group() and _ABBREVIATED.search(before):
            continue
        # Another marker may be on its way.
        return found.end()
    return len(held) if len(held) > _LONGEST else None


def _sentence(raw: str) -> Sentence | None:
    flat = tidy(raw)
    bare = _BULLET.sub("", flat)
    parts: list[Part] = []
    start = 0
    for found in _MARKED.finditer(bare):
        text = _plain(bare[start : found.start()])
        numbers = tuple(int(number) for number in _NUMBER.findall(found.group()))
        start = found.end()
        if text:
            parts.append(Part(text, numbers))
        elif parts:
            parts[-1] = Part(parts[-1].text, (*parts[-1].markers, *numbers))
    if rest := _plain(bare[start:]):
        parts.append(Part(rest, ()))
    return Sentence(tuple(parts), bare != flat) if parts else None


def _plain(text: str) -> str:
    """The words of a part, without emphasis and the punctuation that only joins it to others."""
    bare = _EMPHASIS.sub("", text).strip()
    return bare if re.search(r"\w", bare) else ""
