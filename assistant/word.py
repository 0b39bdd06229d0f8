"""A conversation as a Word file; one of the two doors to python-docx (the other reads guides)."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from markdown_it import MarkdownIt
from markdown_it.token import Token

from assistant.answer import Language
from assistant.export import Document

_TONGUES: dict[Language, str] = {"fr": "fr-FR", "en": "en-GB"}
_INK = RGBColor(0x0F, 0x5A, 0x5E)
_QUIET = RGBColor(0x56, 0x66, 0x68)
_AUTHOR = "La bonne page"


def as_docx(document: Document) -> bytes:
    """The document as a Word file."""
    file = docx.Document()
    _dress(file, document)
    file.add_heading(document.title, 0)
    _plain(file, document.note, colour=_QUIET)
    for entry in document.entries:
        file.add_heading(entry.question, 1)
        if entry.label:
            file.add_paragraph().add_run(entry.label).bold = True
        _write(file, _tokens(entry.text), _TONGUES[entry.language])
    if document.references:
        file.add_heading(document.heading, 1)
    for reference in document.references:
        _plain(file, f"[{reference.number}] {reference.source}", hanging=True)
        if reference.quote:
            # The guides are in French whatever language they are asked in.
            _plain(file, f"« {reference.quote} »", colour=_QUIET, hanging=True)
    written = BytesIO()
    file.save(written)
    return written.getvalue()


def _dress(file: Any, document: Document) -> None:
    file.core_properties.title = document.title[:255]
    file.core_properties.author = _AUTHOR
    file.core_properties.comments = ""
    file.core_properties.language = _TONGUES[document.language]
    normal = file.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(11)
    normal.paragraph_format.space_after = Pt(6)
    _speak(normal.element.get_or_add_rPr(), _TONGUES[document.language])
    for name, size in (("Title", 20), ("Heading 1", 14)):
        style = file.styles[name]
        style.font.size, style.font.color.rgb = Pt(size), _INK
        # Word would take the theme's fonts for headings in place of this one.
        fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
        for key in list(fonts.attrib):
            del fonts.attrib[key]
        style.font.name = "Calibri"


def _plain(file: Any, text: str, colour: RGBColor | None = None, hanging: bool = False) -> None:
    paragraph = file.add_paragraph()
    run = paragraph.add_run(text)
    if colour is not None:
        run.font.color.rgb = colour
    if hanging:
        paragraph.paragraph_format.left_indent = Cm(0.9)
        paragraph.paragraph_format.first_line_indent = Cm(-0.9) if text.startswith("[") else Cm(0)


def _tokens(text: str) -> list[Token]:
    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    # Emphasis, lists and tables are all that our answers use.
    return parser.disable(["link", "image", "autolink", "heading", "lheading", "code"]).parse(text)


def _write(file: Any, tokens: Sequence[Token], tongue: str) -> None:
    """Blocks of Markdown as paragraphs, list items and tables."""
    lists: list[tuple[str, int]] = []
    rows: list[list[Token]] | None = None
    for token in tokens:
        if token.type in ("bullet_list_open", "ordered_list_open"):
            lists.append((token.type, int(token.attrGet("start") or 1) - 1))
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            lists.pop()
        elif token.type == "list_item_open":
            lists[-1] = (lists[-1][0], lists[-1][1] + 1)
        elif token.type == "table_open":
            rows = []
        elif token.type == "tr_open" and rows is not None:
            rows.append([])
        elif token.type == "table_close" and rows is not None:
            _table(file, rows, tongue)
            rows = None
        elif token.type == "inline" and rows is not None:
            rows[-1].append(token)
        elif token.type == "inline":
            _inline(_paragraph(file, lists), token, tongue)


def _paragraph(file: Any, lists: Sequence[tuple[str, int]]) -> Any:
    if not lists:
        return file.add_paragraph()
    kind, count = lists[-1]
    if kind == "bullet_list_open":
        return file.add_paragraph(style="List Bullet" if len(lists) == 1 else "List Bullet 2")
    # Word's own numbering would go on counting from one list to the next.
    paragraph = file.add_paragraph(f"{count}. ")
    paragraph.paragraph_format.left_indent = Cm(0.6)
    return paragraph


def _table(file: Any, rows: Sequence[Sequence[Token]], tongue: str) -> None:
    table = file.add_table(len(rows), max(len(row) for row in rows), style="Table Grid")
    for line, row in enumerate(rows):
        for column, token in enumerate(row):
            paragraph = table.cell(line, column).paragraphs[0]
            _inline(paragraph, token, tongue)
            for run in paragraph.runs:
                run.font.size = Pt(9)
                run.bold = run.bold or line == 0
    # Where the table goes over a page its first row is shown again.
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    table.rows[0]._tr.get_or_add_trPr().append(repeated)
    file.add_paragraph()


def _inline(paragraph: Any, token: Token, tongue: str) -> None:
    bold = italic = False
    for piece in token.children or ():
        if piece.type in ("strong_open", "strong_close"):
            bold = piece.type == "strong_open"
        elif piece.type in ("em_open", "em_close"):
            italic = piece.type == "em_open"
        elif piece.type == "hardbreak":
            paragraph.add_run().add_break()
        elif piece.content or piece.type == "softbreak":
            run = paragraph.add_run(" " if piece.type == "softbreak" else piece.content)
            run.bold, run.italic = bold or None, italic or None
            _speak(run._r.get_or_add_rPr(), tongue)


def _speak(properties: Any, tongue: str) -> None:
    element = OxmlElement("w:lang")
    element.set(qn("w:val"), tongue)
    properties.append(element)
