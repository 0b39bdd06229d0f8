"""The door to pypdf: opens a PDF safely and tells its outline, page labels and links."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pypdf import PageObject, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from ingest.readers.blocks import UnreadableFile
from ingest.readers.geometry import Rect
from ingest.readers.links import safe_target

MAX_PAGES = 2_000
MAX_STREAM_BYTES = 20_000_000
# Letters and lines on one page: each takes some 2 kB while the page is laid out.
MAX_DRAWN = 150_000

_STRING = re.compile(rb"\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]*>", re.DOTALL)
_PAINTED = re.compile(rb"(?<![^\s])(?:re|[SsFfBbn]\*?)(?![^\s])")
_DEEPEST_FORM = 8
_DRAWN = re.compile(rb"/(\S+)\s+Do\b")


@dataclass(frozen=True)
class OutlineEntry:
    """A bookmark of the file: `level` counts from 1, `page` too."""

    title: str
    page: int
    level: int


@dataclass(frozen=True)
class FilePage:
    """`label` is the page's name in the file if it has another than its number; the links'
    rectangles are in fractions of the page as displayed."""

    label: str | None
    links: tuple[tuple[Rect, str], ...]


@dataclass(frozen=True)
class PdfFile:
    pages: tuple[FilePage, ...]
    outline: tuple[OutlineEntry, ...]


def open_pdf(path: Path) -> PdfFile:
    """What the file `path` says of itself, once it is known safe to lay out."""
    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        with (
            apply_configuration(
                zlib_maximum_output_length=MAX_STREAM_BYTES,
                lzw_maximum_output_length=MAX_STREAM_BYTES,
                run_length_maximum_output_length=MAX_STREAM_BYTES,
                array_based_stream_maximum_output_length=MAX_STREAM_BYTES,
            ),
            PdfReader(path) as reader,
        ):
            return _described(reader, path.name)
    except UnreadableFile:
        raise
    except LimitReachedError as error:
        raise UnreadableFile(
            f"« {path.name} » est trop volumineux une fois décompressé : "
            f"une de ses pages pèse plus de {MAX_STREAM_BYTES // 1_000_000} Mo "
            f"ou compte plus de {MAX_DRAWN} signes ; réenregistrez-le ou retirez-le."
        ) from error
    except Exception as error:  # a broken file makes pypdf raise anything, down to KeyError
        raise UnreadableFile(
            f"« {path.name} » est un PDF abîmé ou incomplet : "
            "téléchargez-le de nouveau ou réenregistrez-le depuis un lecteur PDF."
        ) from error


def _described(reader: PdfReader, name: str) -> PdfFile:
    if reader.is_encrypted and not reader.decrypt(""):
        raise UnreadableFile(
            f"« {name} » est protégé par un mot de passe : "
            "enregistrez-en une copie sans mot de passe, puis relancez l’ingestion."
        )
    count = len(reader.pages)
    if count > MAX_PAGES:
        raise UnreadableFile(
            f"« {name} » compte {count} pages, plus que les {MAX_PAGES} acceptées : "
            "découpez-le en plusieurs fichiers."
        )
    for page in reader.pages:
        _inflate_everything_drawn(page)
        if _weight(page) > MAX_DRAWN:
            raise LimitReachedError("too many letters and lines on one page")
    labels = reader.page_labels
    pages = tuple(
        FilePage(label if label != str(number) else None, tuple(_links(page)))
        for number, (page, label) in enumerate(zip(reader.pages, labels, strict=True), start=1)
    )
    return PdfFile(pages, tuple(_outline(reader)))


def _inflate_everything_drawn(page: PageObject) -> None:
    """Fails with LimitReachedError before the layout library, which knows no limit, gets there."""
    pending: list[Any] = [page.get("/Contents"), page.get("/Resources")]
    seen: set[tuple[int, int]] = set()
    page.get_contents()
    while pending:
        thing = pending.pop()
        if isinstance(thing, IndirectObject):
            if (thing.idnum, thing.generation) in seen:
                continue
            seen.add((thing.idnum, thing.generation))
            thing = thing.get_object()
        if isinstance(thing, StreamObject) and thing.get("/Subtype") != "/Image":
            thing.get_data()
        if isinstance(thing, DictionaryObject):
            pending.extend(value for key, value in thing.items() if key != "/Parent")
        elif isinstance(thing, ArrayObject):
            pending.extend(thing)


def _weight(drawn: DictionaryObject, depth: int = 0) -> int:
    """How many letters and lines a page or form draws, forms inside it as often as drawn."""
    if depth > _DEEPEST_FORM:
        return MAX_DRAWN + 1
    content = drawn.get_contents() if isinstance(drawn, PageObject) else drawn
    data = content.get_data() if isinstance(content, StreamObject) else b""
    weight = len(_PAINTED.findall(data)) + sum(len(text) for text in _STRING.findall(data)) // 2
    resources = _resolved(drawn.get("/Resources"))
    forms = _resolved(resources.get("/XObject"))
    for name, times in Counter(_DRAWN.findall(data)).items():
        form = _resolved(forms.get("/" + name.decode("latin-1")))
        if form.get("/Subtype") == "/Form" and weight <= MAX_DRAWN:
            weight += times * _weight(form, depth + 1)
    return weight


def _resolved(thing: Any) -> DictionaryObject:
    found = thing.get_object() if thing is not None else None
    return found if isinstance(found, DictionaryObject) else DictionaryObject()


def _outline(reader: PdfReader) -> Iterator[OutlineEntry]:
    try:
        entries = reader.outline
    except LimitReachedError:
        raise
    except Exception:  # a broken outline is no reason to refuse a readable file
        return
    yield from _walked(reader, entries, 1)


def _walked(reader: PdfReader, entries: Sequence[Any], level: int) -> Iterator[OutlineEntry]:
    for entry in entries:
        if isinstance(entry, list):
            yield from _walked(reader, entry, level + 1)
            continue
        index = reader.get_destination_page_number(entry)
        if index is not None and index >= 0 and entry.title:
            yield OutlineEntry(str(entry.title), index + 1, level)


def _links(page: PageObject) -> Iterator[tuple[Rect, str]]:
    for reference in page.get("/Annots") or ():
        annotation = reference.get_object()
        if not isinstance(annotation, DictionaryObject) or annotation.get("/Subtype") != "/Link":
            continue
        action = annotation.get("/A")
        action = action.get_object() if action is not None else {}
        target = safe_target(str(action.get("/URI", "")))
        rectangle = annotation.get("/Rect")
        if target and rectangle is not None:
            yield _displayed([float(value) for value in rectangle], page), target


def _displayed(rectangle: Sequence[float], page: PageObject) -> Rect:
    left, bottom = float(page.cropbox.left), float(page.cropbox.bottom)
    width, height = float(page.cropbox.width), float(page.cropbox.height)
    corners = [
        _turned((x - left) / width, 1 - (y - bottom) / height, page.rotation)
        for x, y in (rectangle[:2], rectangle[2:4])
    ]
    across = sorted(x for x, _ in corners)
    down = sorted(y for _, y in corners)
    return Rect(across[0], down[0], across[1], down[1])


def _turned(x: float, y: float, rotation: int) -> tuple[float, float]:
    return {90: (1 - y, x), 180: (1 - x, 1 - y), 270: (y, 1 - x)}.get(rotation % 360, (x, y))
