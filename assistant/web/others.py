"""Other passages of a guide, the nearest to a citation first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from corpus.guide import Passage

_MOST = 6
_LONGEST = 180


@dataclass(frozen=True)
class Other:
    """A passage to go to: what it says, under which heading, and where it stands."""

    text: str
    section: str
    place: str
    page: int | None
    start: int
    end: int


def others(
    passages: Sequence[Passage],
    number: int | None,
    start: int | None,
    end: int | None,
    place: Callable[[Passage], str],
) -> tuple[Other, ...]:
    """Passages of a guide, given in reading order: those of the page first, then the nearest."""
    if start is None or end is None:
        return ()
    cited = {
        rank
        for rank, one in enumerate(passages)
        if one.page == number and one.start < end and one.end > start
    }
    if not cited:
        return ()
    first, last = min(cited), max(cited)

    def far(rank: int) -> tuple[bool, int]:
        return passages[rank].page != number, first - rank if rank < first else rank - last

    ranks = sorted((rank for rank in range(len(passages)) if rank not in cited), key=far)
    return tuple(_other(passages[rank], place) for rank in ranks[:_MOST])


def _other(passage: Passage, place: Callable[[Passage], str]) -> Other:
    section = (*passage.section, *passage.heads)[-1:]
    return Other(
        _shortened(passage.text),
        section[0] if section else "",
        place(passage),
        passage.page,
        passage.start,
        passage.end,
    )


def _shortened(text: str) -> str:
    if len(text) <= _LONGEST:
        return text
    return text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:.") + "…"
