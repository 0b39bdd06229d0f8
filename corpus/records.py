"""Pages, passages and fiches as plain records for the store, and back."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from pydantic import TypeAdapter

from corpus.fiche import Fiche
from corpus.guide import Box, Link, Page, Passage, Sentence

_FICHE = TypeAdapter(Fiche)


def page_record(page: Page) -> dict[str, Any]:
    """A page as a record, without its boxes: they are most of it, and seldom looked at."""
    return {
        "guide": page.guide,
        "number": page.number,
        "label": page.label,
        "text": page.text,
        "links": [[link.start, link.end, link.target] for link in page.links],
    }


def page_from(record: dict[str, Any]) -> Page:
    """The page that a record keeps."""
    links = tuple(Link(*link) for link in record["links"])
    return Page(record["guide"], record["number"], record["label"], record["text"], links)


def boxes_record(page: Page) -> dict[str, Any]:
    """The boxes of a page as a record; rows of numbers to stay small."""
    rows = [
        [b.start, b.end, *(round(side, 5) for side in (b.left, b.top, b.right, b.bottom))]
        for b in page.boxes
    ]
    return {"boxes": rows}


def boxes_from(record: dict[str, Any]) -> tuple[Box, ...]:
    """The boxes that a record keeps."""
    return tuple(Box(*box) for box in record["boxes"])


def passage_record(passage: Passage) -> dict[str, Any]:
    """A passage as a record."""
    record = {key: value for key, value in vars(passage).items() if key != "sentences"}
    record["sentences"] = [[s.text, s.start, s.end] for s in passage.sentences]
    return record


def passage_from(record: dict[str, Any]) -> Passage:
    """The passage that a record keeps."""
    lists = ("section", "heads", "structures", "links")
    plain: dict[str, Any] = {k: tuple(v) if k in lists else v for k, v in record.items()}
    plain["sentences"] = tuple(Sentence(*sentence) for sentence in record["sentences"])
    return Passage(**plain)


def fiche_record(fiche: Fiche) -> dict[str, Any]:
    """A fiche as a record, with the quotes found for it."""
    return asdict(fiche)


def fiche_from(record: dict[str, Any]) -> Fiche:
    """The fiche that a record keeps."""
    return _FICHE.validate_python(record)
