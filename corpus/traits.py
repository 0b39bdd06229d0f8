"""What a passage is found and weighed by, worked out once when it is ingested.

It takes a millisecond for each passage: too long to do for all of them at each start.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from corpus.guide import Passage
from corpus.lexicon import Lexicon


@dataclass(frozen=True)
class Traits:
    """Search terms, and the facets that a passage treats of as a whole and in its heads."""

    terms: tuple[str, ...]
    facets: frozenset[str]
    headed: frozenset[str]


def traits_of(passage: Passage, terms: Callable[[str], list[str]], lexicon: Lexicon) -> Traits:
    """The traits of a passage; `terms` makes the search terms of a text."""
    whole = f"{passage.location} {passage.text}"
    heads = " ".join((*passage.section[-1:], *passage.heads))
    return Traits(
        tuple(terms(searched_text(passage))),
        frozenset(lexicon.facets_treated(whole)),
        frozenset(lexicon.facets_treated(heads)),
    )


def searched_text(passage: Passage) -> str:
    """What a passage is found by: where it stands, and what it says."""
    return f"{passage.location} : {passage.text}"


def traits_record(traits: Traits) -> dict[str, Any]:
    """Traits as a record."""
    return {
        "terms": list(traits.terms),
        "facets": sorted(traits.facets),
        "headed": sorted(traits.headed),
    }


def traits_from(record: dict[str, Any]) -> Traits:
    """The traits that a record keeps; a term that many passages share is held once."""
    return Traits(
        tuple(map(sys.intern, record["terms"])),
        frozenset(map(sys.intern, record["facets"])),
        frozenset(map(sys.intern, record["headed"])),
    )
