"""What stands on the pages of a PDF without being part of its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from ingest.readers.pdf_blocks import Chunk, folded

# A running head repeats on this many pages, within this share of the page's height.
_REPEATS, _MARGIN, _SAME_HEIGHT = 3, 0.12, 0.02
_RUNNING_LENGTH = 120

_FOLIO = re.compile(r"^(?:page\s+)?[-–—|]?\s*(\d{1,4})\s*[-–—|]?(?:\s*(?:/|sur)\s*\d{1,4})?$", re.I)
_SCHEME = re.compile(r"^(?:https?://|mailto:)", re.IGNORECASE)
_PART_OF_URL = re.compile(r"[/=%&_#]|\.\w{2,4}$|^[\w-]+$")


def folio(chunks: Sequence[Chunk]) -> tuple[list[Chunk], str | None]:
    """The chunks with the printed page number silenced, and that number if one is seen."""
    loose = [chunk for chunk in chunks if not chunk.panel]
    if not loose:
        return list(chunks), None
    lowest = max(chunk.rect.bottom for chunk in chunks)
    highest = min(chunk.rect.top for chunk in chunks)
    for chunk in loose:
        number = _FOLIO.match(chunk.text)
        at_edge = chunk.rect.bottom >= lowest - 1 or chunk.rect.top <= highest + 1
        if number and at_edge and len(chunks) > 1:
            silenced = replace(chunk, silent=True)
            return [silenced if other is chunk else other for other in chunks], number.group(1)
    return list(chunks), None


def without_link_lists(chunks: Sequence[Chunk]) -> list[Chunk]:
    """The chunks with bare lists of addresses silenced; one in a box with other text is the
    box's message."""
    talking = {chunk.panel for chunk in chunks if not is_link_list(chunk.text)} - {()}
    return [
        replace(chunk, silent=True)
        if chunk.panel not in talking and is_link_list(chunk.text)
        else chunk
        for chunk in chunks
    ]


def is_link_list(text: str) -> bool:
    """Whether `text` is made of full web or mail addresses only."""
    words = text.split()
    return (
        bool(words)
        and bool(_SCHEME.match(words[0]))
        and all(_SCHEME.match(word) or _PART_OF_URL.search(word) for word in words)
        and sum(1 for word in words if "/" in word or "@" in word) * 2 >= len(words)
    )


def without_running_heads(
    pages: Sequence[Sequence[Chunk]], heights: Sequence[float]
) -> list[list[Chunk]]:
    """The pages with the heads and feet silenced that repeat from page to page."""
    places: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, (chunks, height) in enumerate(zip(pages, heights, strict=True)):
        for chunk in chunks:
            if _in_margin(chunk, height):
                places[_repeated(chunk)].append((number, chunk.rect.middle / height))
    running = {text for text, seen in places.items() if _runs(seen)}
    return [
        [
            replace(chunk, silent=True)
            if _repeated(chunk) in running and _in_margin(chunk, height)
            else chunk
            for chunk in chunks
        ]
        for chunks, height in zip(pages, heights, strict=True)
    ]


def _in_margin(chunk: Chunk, height: float) -> bool:
    high = chunk.rect.bottom < _MARGIN * height or chunk.rect.top > (1 - _MARGIN) * height
    return high and len(chunk.text) <= _RUNNING_LENGTH


def _repeated(chunk: Chunk) -> str:
    return re.sub(r"\d+", "", folded(chunk.text))


def _runs(seen: Sequence[tuple[int, float]]) -> bool:
    pages = {number for number, _ in seen}
    heights = [height for _, height in seen]
    return len(pages) >= _REPEATS and max(heights) - min(heights) < _SAME_HEIGHT
