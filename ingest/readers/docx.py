"""The door to python-docx: Word documents as headings, paragraphs, lists and tables."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.table import Table, _Cell
from docx.text.hyperlink import Hyperlink
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ingest.readers.blocks import ReadPage, UnreadableFile
from ingest.readers.rendered import Piece, RenderedText
from ingest.readers.table_heads import GridCell, headed

# Inflated sizes: of the text parts, whose tree takes ten times as much memory, and of all.
MAX_XML_BYTES, MAX_INFLATED_BYTES = 20_000_000, 200_000_000

_HEADING = re.compile(r"^(?:heading|titre)\s*(\d)$", re.IGNORECASE)
_TITLE = re.compile(r"^(?:title|titre)$", re.IGNORECASE)
_LIST = re.compile(r"^(?:list|liste)\b", re.IGNORECASE)


def read_docx(path: Path, guide: str) -> list[ReadPage]:
    """The file `path` as one page of text."""
    try:
        _check_size(path)
        return _rendered(Document(str(path))).page(guide)
    except UnreadableFile:
        raise
    except Exception as error:  # a broken archive or XML makes the library raise anything
        raise UnreadableFile(
            f"« {path.name} » est un document Word abîmé ou incomplet : "
            "ouvrez-le dans un traitement de texte et réenregistrez-le."
        ) from error


def _check_size(path: Path) -> None:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
    xml = sum(one.file_size for one in members if one.filename.endswith((".xml", ".rels")))
    if xml > MAX_XML_BYTES or sum(one.file_size for one in members) > MAX_INFLATED_BYTES:
        raise UnreadableFile(
            f"« {path.name} » est trop volumineux une fois décompressé : "
            "découpez-le ou retirez-en les images."
        )


def _rendered(document: WordDocument) -> RenderedText:
    written = RenderedText()
    for part in document.iter_inner_content():
        if isinstance(part, Table):
            _table(part, written)
            continue
        pieces = list(_pieces(part))
        level = _level(part)
        if level:
            written.block("heading", pieces, level)
        else:
            written.block("item" if _is_item(part) else "paragraph", pieces)
    return written


def _level(paragraph: Paragraph) -> int:
    """The level of a heading, the title's being 1; 0 for any other paragraph."""
    style = paragraph.style
    while style is not None:
        name = style.name or ""
        ranked = _HEADING.match(name)
        if ranked:
            return int(ranked.group(1)) + 1
        if _TITLE.match(name):
            return 1
        style = style.base_style
    return 0


def _is_item(paragraph: Paragraph) -> bool:
    name = (paragraph.style.name if paragraph.style is not None else "") or ""
    properties = paragraph._p.pPr
    return bool(_LIST.match(name)) or (properties is not None and properties.numPr is not None)


def _pieces(paragraph: Paragraph) -> Iterator[Piece]:
    for part in paragraph.iter_inner_content():
        if isinstance(part, Hyperlink):
            yield Piece(part.text, part.url)
        elif isinstance(part, Run):
            yield Piece(part.text, bold=bool(part.bold))


def _table(table: Table, written: RenderedText) -> None:
    cells = list(_grid(table))
    places = [GridCell(rows, columns, _marked(c), not c.text.strip()) for c, rows, columns in cells]
    written.table(headed(places), [list(_cell_pieces(cell)) for cell, _, _ in cells])


def _grid(table: Table) -> Iterator[tuple[_Cell, range, range]]:
    """Each cell once, with the rows and columns it spans: the library repeats merged cells."""
    places: dict[int, tuple[_Cell, list[int], list[int]]] = {}
    for y, row in enumerate(table.rows):
        for x, cell in enumerate(row.cells, start=row.grid_cols_before):
            _, rows, columns = places.setdefault(id(cell._tc), (cell, [], []))
            rows.append(y)
            columns.append(x)
    for cell, rows, columns in places.values():
        yield cell, range(min(rows), max(rows) + 1), range(min(columns), max(columns) + 1)


def _marked(cell: _Cell) -> bool:
    runs = [run for p in cell.paragraphs for run in p.runs if run.text.strip()]
    return bool(runs) and all(run.bold for run in runs)


def _cell_pieces(cell: _Cell) -> Iterator[Piece]:
    for index, paragraph in enumerate(cell.paragraphs):
        if index:
            yield Piece("\n\n")
        yield from _pieces(paragraph)
