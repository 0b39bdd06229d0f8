"""The guides that can be named: those of the catalogue, and those that the index holds now."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from assistant.web.needs import IndexLike
from corpus.catalogue import Catalogue
from corpus.guide import Guide


class KnownGuides(Mapping[str, Guide]):
    """Guides by id; one that is ingested while the page is open is known from then on."""

    def __init__(self, catalogue: Catalogue, index: IndexLike) -> None:
        self._catalogue = {guide.id: guide for guide in catalogue.guides}
        self._index = index

    def __getitem__(self, identity: str) -> Guide:
        return self._all()[identity]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def _all(self) -> dict[str, Guide]:
        return self._catalogue | {guide.id: guide for guide in self._index.guides()}
