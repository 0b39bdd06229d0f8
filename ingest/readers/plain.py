"""Plain text files in any usual encoding."""

from __future__ import annotations

from pathlib import Path

from ingest.readers.blocks import ReadPage
from ingest.readers.encoding import decoded
from ingest.readers.text_pages import text_page


def read_plain(path: Path, guide: str) -> list[ReadPage]:
    """The file `path` as one page with its blocks."""
    return text_page(decoded(path), guide, markup=False)
