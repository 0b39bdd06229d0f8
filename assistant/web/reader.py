"""A guide to be read whole: one page at a time, or one part of a guide without pages."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.answer import Language
from assistant.web import reading
from assistant.web.needs import IndexLike
from assistant.web.reading import Block
from assistant.web.sources import Source, Sources
from assistant.web.texts import Texts


@dataclass(frozen=True)
class Leaf:
    """What is shown at once: leaf `number` of `count`, with its text in `blocks`."""

    source: Source
    paged: bool
    number: int
    count: int
    place: str
    blocks: tuple[Block, ...]


class Reader:
    """Turns the leaves of the guides that were read."""

    def __init__(self, index: IndexLike, sources: Sources, texts: Texts) -> None:
        self._index = index
        self._sources = sources
        self._texts = texts

    def leaf(
        self,
        guide_id: str,
        number: int | None,
        start: int | None,
        end: int | None,
        language: Language,
    ) -> Leaf | None:
        """Leaf `number` (from 1), or the one of the span; None if there is no such leaf."""
        count = self._count(guide_id)
        if count is None:
            return self._part(guide_id, number, start, end, language)
        number = number or 1
        source = self._sources.find(guide_id, number, start, end, language)
        if source is None or not 1 <= number <= count:
            return None
        return Leaf(source, True, number, count, source.place, source.blocks)

    def _count(self, guide_id: str) -> int | None:
        """How many pages a guide has, None if it has none or is unknown."""
        if self._index.page(guide_id, None):
            return None
        entries = self._index.describe().files
        return next((one.pages for one in entries if one.guide and one.guide.id == guide_id), None)

    def _part(
        self,
        guide_id: str,
        number: int | None,
        start: int | None,
        end: int | None,
        language: Language,
    ) -> Leaf | None:
        page = self._index.page(guide_id, None)
        source = self._sources.find(guide_id, None, start, end, language)
        parts = reading.parts(self._index.passages(guide_id))
        if page is None or source is None:
            return None
        if number is None:
            number = next((n for n, part in enumerate(parts, 1) if part[-1].end > (start or 0)), 1)
        if not 1 <= number <= len(parts):
            return None
        blocks = reading.whole(page, parts[number - 1], start, end)
        told = self._texts("part", language, number=number)
        return Leaf(source, False, number, len(parts), told, blocks)
