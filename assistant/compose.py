"""Puts statements that passed the gate together: numbered markers, one citation for each place."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Citation
from assistant.statement import Place, Statement

_WORDS = re.compile(r"\S+")


class Composer:
    """Numbers the places of the statements it is given, each place once."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int | None, int | None, int | None], int] = {}
        self._places: list[Place] = []

    def marked(self, statement: Statement, most: int = 3) -> str:
        """The statement's text with the markers of its first places behind it."""
        numbers = dict.fromkeys(self._number(place) for place in statement.places[:most])
        markers = "".join(f"[{number}]" for number in numbers)
        return f"{statement.text} {markers}"

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
