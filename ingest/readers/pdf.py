"""PDF files: pages of headings, paragraphs, items and table cells in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from ingest.cleaning import vocabulary
from ingest.readers.blocks import ReadPage, UnreadableFile
from ingest.readers.geometry import PageLayout, Rect
from ingest.readers.pdf_blocks import Chunk, Pitches, chunks, pitches
from ingest.readers.pdf_file import PdfFile, open_pdf
from ingest.readers.pdf_furniture import folio, without_link_lists, without_running_heads
from ingest.readers.pdf_headings import body_size, styles, with_headings
from ingest.readers.pdf_layout import layouts
from ingest.readers.pdf_page import PageWriter, Table
from ingest.readers.reading_order import Grid, Line, frames, in_reading_order
from ingest.readers.ruled_table import cells_of


@dataclass(frozen=True)
class _Sheet:
    """One page on its way: its chunks, and its tables by the flow they stand in."""

    number: int
    height: float
    body: float
    usual: Pitches
    chunks: tuple[Chunk, ...]
    tables: tuple[Table, ...]
    order: tuple[int, ...]
    frames: tuple[Rect, ...]
    folio: str | None = None


def read_pdf(path: Path, guide: str) -> list[ReadPage]:
    """The pages of the PDF `path` as pages of `guide`; UnreadableFile if it has no text."""
    file = open_pdf(path)
    sheets = [_sheet(layout, file) for layout in layouts(path)]
    if not any(sheet.chunks or sheet.tables for sheet in sheets):
        raise UnreadableFile(
            f"« {path.name} » ne contient que des images de pages : "
            "faites d’abord une reconnaissance de caractères (OCR), puis relancez l’ingestion."
        )
    sheets = _with_headings(_without_furniture(sheets), bool(file.outline))
    writers = [_written(sheet) for sheet in _with_boxes_joined(sheets)]
    known = vocabulary(writer.text for writer in writers)
    return [
        writer.finished(
            guide, sheet.number, _label(sheet, file), file.pages[sheet.number - 1].links, known
        )
        for sheet, writer in zip(sheets, writers, strict=True)
    ]


def _sheet(layout: PageLayout, file: PdfFile) -> _Sheet:
    pieces = in_reading_order(layout)
    lines = [piece for piece in pieces if isinstance(piece, Line)]
    usual = pitches(lines)
    titles = [(entry.title, entry.level) for entry in file.outline if entry.page == layout.number]
    return _Sheet(
        number=layout.number,
        height=layout.height,
        body=body_size(lines),
        usual=usual,
        chunks=tuple(chunks(lines, usual, titles)),
        tables=tuple(
            Table(piece, tuple(cells_of(piece, layout.fills)))
            for piece in pieces
            if isinstance(piece, Grid)
        ),
        order=tuple(dict.fromkeys(piece.flow for piece in pieces)),
        frames=tuple(rect for rect, _ in frames(layout)),
    )


def _without_furniture(sheets: Sequence[_Sheet]) -> list[_Sheet]:
    bared = []
    for sheet in sheets:
        silenced, printed = folio(sheet.chunks)
        bared.append(replace(sheet, chunks=tuple(without_link_lists(silenced)), folio=printed))
    kept = without_running_heads(
        [sheet.chunks for sheet in bared], [sheet.height for sheet in bared]
    )
    return [replace(sheet, chunks=tuple(page)) for sheet, page in zip(bared, kept, strict=True)]


def _with_headings(sheets: Sequence[_Sheet], outlined: bool) -> list[_Sheet]:
    pages = [] if outlined else [sheet.chunks for sheet in sheets]
    looks = styles(pages, [sheet.body for sheet in sheets][: len(pages)])
    return [
        replace(sheet, chunks=tuple(with_headings(sheet.chunks, looks, sheet.body)))
        for sheet in sheets
    ]


def _with_boxes_joined(sheets: Sequence[_Sheet]) -> Iterator[_Sheet]:
    """Boxes numbered through the file; one that goes on over the page keeps its number."""
    renamed: list[_Sheet] = [_renumbered(sheet, {}) for sheet in sheets]
    for index, (before, after) in enumerate(pairwise(sheets)):
        joined = _going_on(before, after)
        if joined is not None:
            last, first = joined
            number = _spoken(renamed[index].chunks)[-1].panel[0] if last >= 0 else first
            renamed[index + 1] = _renumbered(after, {first: number})
    yield from renamed


def _renumbered(sheet: _Sheet, known: dict[int, int]) -> _Sheet:
    return replace(
        sheet,
        chunks=tuple(
            replace(
                chunk,
                panel=tuple(known.get(box, sheet.number * 10_000 + box) for box in chunk.panel),
            )
            for chunk in sheet.chunks
        ),
    )


def _spoken(found: Iterable[Chunk]) -> list[Chunk]:
    return [chunk for chunk in found if not chunk.silent]


def _going_on(before: _Sheet, after: _Sheet) -> tuple[int, int] | None:
    """The box that ends one page and the one that begins the next, if they are one box."""
    last, first = _spoken(before.chunks)[-1:], _spoken(after.chunks)[:1]
    if not last or not first or not last[0].panel or not first[0].panel:
        return None
    if first[0].kind != "paragraph" or len(first[0].panel) > 1:
        return None
    above, below = before.frames[last[0].panel[0]], after.frames[first[0].panel[0]]
    same = abs(above.left - below.left) < 5 and abs(above.right - below.right) < 5
    return (last[0].panel[0], first[0].panel[0]) if same else None


def _written(sheet: _Sheet) -> PageWriter:
    writer = PageWriter()
    tables = {table.grid.flow: table for table in sheet.tables}
    by_flow: dict[int, list[Chunk]] = {}
    for chunk in sheet.chunks:
        by_flow.setdefault(chunk.lines[0].flow, []).append(chunk)
    for flow in sheet.order:
        for chunk in by_flow.get(flow, ()):
            writer.chunk(chunk)
        if flow in tables:
            writer.table(tables[flow], sheet.usual)
    return writer


def _label(sheet: _Sheet, file: PdfFile) -> str | None:
    label = sheet.folio or file.pages[sheet.number - 1].label
    return None if label == str(sheet.number) else label
