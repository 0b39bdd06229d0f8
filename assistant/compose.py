"""Puts statements that passed the gate together: numbered markers, one citation for each place."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.statement import Place, Statement

_WORDS = re.compile(r"\S+")


@dataclass(frozen=True)
class Block:
    """Statements that belong together, under a line of their own if `intro` is one."""

    intro: str
    statements: tuple[Statement, ...]


class Composer:
    """Numbers the places of the statements it is given, each place once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int | None, int | None, int | None], int] = {}
        self._places: list[Place] = []

    def marked(self, statement: Statement, most: int = 3) -> str:
        """The statement's text with the markers of its first places behind it, or behind each of
        its sentences."""
        numbers = dict.fromkeys(self._number(place) for place in statement.places[:most])
        markers = "".join(f"[{number}]" for number in numbers)
        return " ".join(f"{part.text} {markers}" for part in statement.parts())

    def body(self, blocks: Sequence[Block], most_words: int) -> str:
        """The blocks as Markdown, best first, in at most so many words; the first is whole.

        Plain statements make one list, in which none says again what one before says.
        """
        plain = distinct([one for block in blocks if not block.intro for one in block.statements])
        told: list[list[str]] = []
        room = most_words
        for block in blocks:
            kept = [one for one in block.statements if block.intro or one in plain]
            words = sum(length(one.text) for one in kept)
            if told and words > room:
                continue
            room -= words
            lines = [self.marked(one) for one in kept]
            if block.intro:
                told.append([block.intro, *map(item, lines)])
            else:
                told += [[line] for line in lines]
        single = len(told) == 1 and len(told[0]) == 1
        return _laid_out(told) if not single else told[0][0]

    def citations(self) -> tuple[Citation, ...]:
        """The citations of all markers handed out, in the order of their numbers."""
        return tuple(
            Citation(
                number,
                place.guide,
                place.page,
                place.page_label,
                place.section,
                place.quote,
                place.start,
                place.end,
            )
            for number, place in enumerate(self._places, 1)
        )

    def _number(self, place: Place) -> int:
        key = (place.guide, place.page, place.start, place.end)
        if key not in self._numbers:
            self._places.append(place)
            self._numbers[key] = len(self._places)
        return self._numbers[key]


def length(text: str) -> int:
    """How many words a text has."""
    return len(_WORDS.findall(text))


def distinct(statements: Sequence[Statement], same: float = 0.7) -> list[Statement]:
    """The statements without those that say again, in much the same words, what one before says."""
    kept: list[Statement] = []
    for statement in statements:
        if not any(_overlap(statement.text, other.text) >= same for other in kept):
            kept.append(statement)
    return kept


def _overlap(one: str, other: str) -> float:
    first, second = set(one.lower().split()), set(other.lower().split())
    return len(first & second) / max(min(len(first), len(second)), 1)


def item(line: str) -> str:
    """A line of a Markdown list."""
    return f"- {line}"


def _laid_out(told: Sequence[Sequence[str]]) -> str:
    """Single lines as items of a list, lines with an introduction as a paragraph and its list."""
    text = ""
    for lines in told:
        if len(lines) == 1:
            text += f"{item(lines[0])}\n"
        else:
            text += "\n".join(["\n" + lines[0] if text else lines[0], *lines[1:]]) + "\n\n"
    return text.strip()
