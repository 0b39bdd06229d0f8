"""The guides as the judge reads them, from their files, without the index or the assistant.

pypdfium2 has its second door here (the first is assistant/web/page_image): ingestion reads PDF
with pypdf, and a judge that shared its reader would share its mistakes.
"""

from __future__ import annotations

import ctypes
import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import pypdfium2

from corpus.catalogue import guide_files
from eval.quotes import readable, squeezed

_PLAIN = frozenset({".md", ".markdown", ".txt", ".html", ".htm"})
_TARGET = re.compile(r"\]\(([^)\s]+)|href=[\"']([^\"']+)", re.IGNORECASE)
LINE_HYPHEN = "\ufffe"  # what pdfium gives for a hyphen at the end of a line, the break swallowed
_LONGEST_ADDRESS = 4096


@dataclass(frozen=True)
class Original:
    """The text of one page of a guide file and the targets of its links."""

    text: str
    links: tuple[str, ...] = ()

    @cached_property
    def letters(self) -> str:
        """The letters and digits of the text, in which quotations are looked for."""
        return squeezed(self.text)


@dataclass(frozen=True)
class Originals:
    """The guide files of a folder, each read once, when first asked for."""

    files: dict[str, Path]
    _read: dict[str, tuple[Original, ...]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, folder: Path) -> Originals:
        """The guides of a folder that the judge can read (PDF, Markdown, text, HTML)."""
        return cls(
            {
                path.stem: path
                for path in guide_files(folder)
                if path.suffix.lower() in _PLAIN | {".pdf"}
            }
        )

    def page(self, guide: str, number: int | None) -> Original | None:
        """A page (the whole of a guide without pages); None if the guide has no file here.

        A page that the file does not have is empty: nothing can stand on it."""
        if guide not in self.files:
            return None
        pages = self._pages_of(guide)
        paged = self.files[guide].suffix.lower() == ".pdf"
        if paged != (number is not None):
            return Original("")
        index = 0 if number is None else number - 1
        return pages[index] if 0 <= index < len(pages) else Original("")

    def pages(self) -> Iterator[tuple[str, int | None, Original]]:
        """Every page of every guide, with its guide and number."""
        for guide, path in self.files.items():
            for index, original in enumerate(self._pages_of(guide), start=1):
                yield guide, index if path.suffix.lower() == ".pdf" else None, original

    def _pages_of(self, guide: str) -> tuple[Original, ...]:
        if guide not in self._read:
            path = self.files[guide]
            self._read[guide] = _pdf(path) if path.suffix.lower() == ".pdf" else (_plain(path),)
        return self._read[guide]


def _plain(path: Path) -> Original:
    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    targets = tuple(html.unescape(first or second) for first, second in _TARGET.findall(text))
    return Original(readable(text) if path.suffix.lower() != ".txt" else text, targets)


def _pdf(path: Path) -> tuple[Original, ...]:
    opened: Any = pypdfium2.PdfDocument  # the library is typed in part only
    try:
        document = opened(path)
    except pypdfium2.PdfiumError:
        return ()  # unreadable for ingestion too: citations of it then stand nowhere
    try:
        return tuple(_pdf_page(document, index) for index in range(len(document)))
    finally:
        document.close()


def _pdf_page(document: Any, index: int) -> Original:
    page = document[index]
    text = page.get_textpage()
    try:
        return Original(text.get_text_range(), tuple(_targets(document, page)))
    finally:
        text.close()
        page.close()


def _targets(document: Any, page: Any) -> Iterator[str]:
    raw: Any = pypdfium2.raw
    position, link = ctypes.c_int(0), raw.FPDF_LINK()
    buffer = ctypes.create_string_buffer(_LONGEST_ADDRESS)
    while raw.FPDFLink_Enumerate(page.raw, position, link):
        action = raw.FPDFLink_GetAction(link)
        if action and raw.FPDFAction_GetURIPath(document.raw, action, buffer, len(buffer)):
            yield buffer.value.decode("utf-8", errors="replace")
