"""Images of the pages of PDF files."""

from __future__ import annotations

import io
import math
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2

# 1.6 pixels a point reads well in the panel; a poster-sized page is scaled down to the limit.
_SCALE = 1.6
_LONGEST_SIDE = 2400
_KEPT = 64
# A page of a file in one of its states.
_Key = tuple[str, int, int, int]


@dataclass(frozen=True)
class Sheet:
    """A rendered page: a WebP image and its size in pixels."""

    webp: bytes
    width: int
    height: int


class PageImages:
    """Renders pages of PDF files and keeps the last ones.

    One lock guards every call: PDFium is not thread-safe, not even on separate documents.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sheets: OrderedDict[tuple[_Key, bool], Sheet] = OrderedDict()
        self._sizes: dict[_Key, tuple[int, int]] = {}

    def size(self, path: Path, number: int) -> tuple[int, int] | None:
        """Width and height that the image of page `number` will have, known before it is drawn;
        None if the file has no such page."""
        try:
            key = _key(path, number)
            with self._lock:
                if key not in self._sizes:
                    with _opened(path) as document:
                        self._sizes[key] = _size(_page(document, number), _SCALE)
                return self._sizes[key]
        except (OSError, IndexError, pypdfium2.PdfiumError):
            return None

    def sheet(self, path: Path, number: int, sharp: bool = False) -> Sheet | None:
        """The image of page `number` (from 1), or None if the file has no such page.

        A `sharp` one has twice the pixels each way, to be enlarged.
        """
        try:
            key = (_key(path, number), sharp)
            with self._lock:
                if key not in self._sheets:
                    self._sheets[key] = _render(path, number, 2 * _SCALE if sharp else _SCALE)
                    while len(self._sheets) > _KEPT:
                        self._sheets.popitem(last=False)
                self._sheets.move_to_end(key)
                return self._sheets[key]
        except (OSError, IndexError, pypdfium2.PdfiumError):
            return None


def _key(path: Path, number: int) -> _Key:
    stat = path.stat()
    return str(path), stat.st_mtime_ns, stat.st_size, number


def _page(document: pypdfium2.PdfDocument, number: int) -> Any:
    if not 1 <= number <= len(document):
        raise IndexError(number)
    return document[number - 1]


def _size(page: Any, wanted: float) -> tuple[int, int]:
    scale = _scale(page, wanted)
    wide, high = page.get_size()
    return math.ceil(wide * scale), math.ceil(high * scale)


def _scale(page: Any, wanted: float) -> float:
    return float(min(wanted, _LONGEST_SIDE / max(1.0, *page.get_size())))


def _render(path: Path, number: int, wanted: float) -> Sheet:
    with _opened(path) as document:
        page = _page(document, number)
        image = page.render(scale=_scale(page, wanted)).to_pil().convert("RGB")
    stream = io.BytesIO()
    image.save(stream, format="WEBP", lossless=True, method=2)
    return Sheet(stream.getvalue(), image.width, image.height)


def _opened(path: Path) -> pypdfium2.PdfDocument:
    return pypdfium2.PdfDocument(path)  # type: ignore[no-untyped-call]
