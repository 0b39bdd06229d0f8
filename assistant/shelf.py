"""The guides as other programs see them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from corpus.guide import Guide


def shelf(guides: Sequence[Guide]) -> list[dict[str, Any]]:
    """What each guide is: id, title, publisher, region, year, language, audience."""
    return [
        {
            "id": guide.id,
            "title": guide.title,
            "publisher": guide.publisher,
            "region": guide.region,
            "year": guide.year,
            "language": guide.language,
            "audience": guide.audience,
        }
        for guide in guides
    ]
