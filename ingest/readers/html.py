"""The door to Beautiful Soup: HTML files as a reader sees them."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from bs4 import BeautifulSoup
from bs4.element import Comment, NavigableString, PageElement, PreformattedString, Tag

from ingest.readers.blocks import BlockKind, ReadPage, UnreadableFile
from ingest.readers.encoding import decoded
from ingest.readers.rendered import Piece, RenderedText
from ingest.readers.table_heads import GridCell, headed

# The tree of a page takes some fifty times its size in memory.
MAX_HTML_BYTES = 5_000_000
_MAX_SPAN = 1_000

_UNSEEN = """script style template noscript head nav iframe object svg math select button form"""
_BLOCKS = """address article aside blockquote body center dd details div dl dt fieldset figcaption
figure footer header hr html main ol p pre section summary ul"""
_BOLD = frozenset({"b", "strong"})
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def read_html(path: Path, guide: str) -> list[ReadPage]:
    """The file `path` as one page of rendered text."""
    if path.stat().st_size > MAX_HTML_BYTES:
        raise UnreadableFile(
            f"« {path.name} » pèse plus de {MAX_HTML_BYTES // 1_000_000} Mo, "
            "trop pour une page web : découpez-la ou convertissez-la en texte."
        )
    try:
        return _Renderer(_parsed(decoded(path))).page(guide)
    except RecursionError as error:
        raise UnreadableFile(
            f"« {path.name} » emboîte trop d’éléments HTML : "
            "convertissez la page en texte ou réenregistrez-la."
        ) from error


def _parsed(text: str) -> BeautifulSoup:
    with warnings.catch_warnings():
        # The library warns of text that looks like a file name or XML; both are read all right.
        warnings.simplefilter("ignore")
        return BeautifulSoup(text, "lxml")


class _Renderer:
    """Walks through the tree; inline text gathers until the block around it ends."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self._written = RenderedText()
        self._pending: list[Piece] = []
        self._kind: BlockKind = "paragraph"
        self._level = 0
        title = soup.title
        if soup.find("h1") is None and title is not None:
            self._written.block("heading", [Piece(title.get_text())], 1)
        self._visit(soup, Piece(""))
        self._flush()

    def page(self, guide: str) -> list[ReadPage]:
        return self._written.page(guide)

    def _visit(self, node: Tag, style: Piece) -> None:
        for child in node.children:
            if isinstance(child, Tag):
                self._tag(child, style)
            elif _is_text(child):
                self._pending.append(replace(style, text=_inline(child, node.name == "pre")))

    def _tag(self, tag: Tag, style: Piece) -> None:
        if _is_unseen(tag):
            return
        if tag.name == "table":
            self._flush()
            self._table(tag)
        elif re.fullmatch(r"h[1-6]", tag.name):
            self._block(tag, style, "heading", int(tag.name[1]))
        elif tag.name == "li":
            self._block(tag, style, "item", 0)
        elif tag.name in _BLOCKS.split():
            self._block(tag, style, self._kind if self._kind == "item" else "paragraph", 0)
        elif tag.name == "br":
            self._pending.append(Piece("\n"))
        else:
            self._visit(tag, _styled(tag, style))

    def _block(self, tag: Tag, style: Piece, kind: BlockKind, level: int) -> None:
        self._flush()
        outer = self._kind, self._level
        self._kind, self._level = kind, level
        self._visit(tag, style)
        self._flush()
        self._kind, self._level = outer

    def _flush(self) -> None:
        if self._pending:
            self._written.block(self._kind, self._pending, self._level)
        self._pending = []

    def _table(self, table: Tag) -> None:
        cells: list[GridCell] = []
        contents: list[list[Piece]] = []
        for cell, rows, columns in _grid(table):
            pieces = list(_cell_pieces(cell, Piece("")))
            empty = not "".join(piece.text for piece in pieces).strip()
            cells.append(GridCell(rows, columns, cell.name == "th", empty))
            contents.append(pieces)
        if cells:
            self._written.table(headed(cells), contents)


def _is_text(node: PageElement) -> bool:
    return isinstance(node, NavigableString) and not isinstance(node, Comment | PreformattedString)


def _inline(node: PageElement, verbatim: bool) -> str:
    text = str(node)
    return text if verbatim else re.sub(r"[ \t\r\n\f]+", " ", text)


def _is_unseen(tag: Tag) -> bool:
    hidden = tag.has_attr("hidden") or _HIDDEN.search(str(tag.get("style") or ""))
    return tag.name in _UNSEEN.split() or bool(hidden)


def _styled(tag: Tag, style: Piece) -> Piece:
    if tag.name == "a" and tag.get("href"):
        return replace(style, target=str(tag["href"]))
    return replace(style, bold=True) if tag.name in _BOLD else style


def _cell_pieces(node: Tag, style: Piece) -> Iterator[Piece]:
    for child in node.children:
        if _is_text(child):
            yield replace(style, text=_inline(child, False))
        elif isinstance(child, Tag) and not _is_unseen(child):
            apart = child.name in _BLOCKS.split() or child.name in ("li", "br", "tr", "td", "th")
            if apart:
                yield Piece("\n\n" if child.name != "br" else "\n")
            yield from _cell_pieces(child, _styled(child, style))
            if apart:
                yield Piece("\n\n" if child.name != "br" else "")


def _grid(table: Tag) -> Iterator[tuple[Tag, range, range]]:
    """The cells of the table itself, with the rows and columns each spans."""
    rows = [row for row in table.find_all("tr") if row.find_parent("table") is table]
    taken: set[tuple[int, int]] = set()
    for top, row in enumerate(rows):
        left = 0
        for cell in row.find_all(["td", "th"], recursive=False):
            while (top, left) in taken:
                left += 1
            height, width = min(_span(cell, "rowspan"), len(rows) - top), _span(cell, "colspan")
            taken |= {(top + y, left + x) for y in range(height) for x in range(width)}
            yield cell, range(top, top + height), range(left, left + width)
            left += width


def _span(cell: Tag, name: str) -> int:
    value = str(cell.get(name) or "1").strip()
    return min(max(int(value), 1), _MAX_SPAN) if value.isdecimal() else 1
