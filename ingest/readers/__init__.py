"""Readers: from a file of any known format to pages of blocks."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from ingest.readers.blocks import Block, ReadPage, UnreadableFile
from ingest.readers.encoding import decoded

__all__ = ["SUFFIXES", "Block", "ReadPage", "UnreadableFile", "read"]

MAX_FILE_BYTES = 50_000_000


def read(path: Path, guide: str) -> list[ReadPage]:
    """The pages of the file `path`, told from its content and suffix; UnreadableFile if it is
    empty, damaged, protected, scanned, too large or of another kind than it says."""
    suffix = path.suffix.lower()
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            beginning = file.read(1024)
    except OSError as error:
        raise UnreadableFile(
            f"« {path.name} » ne peut pas être ouvert ({error.strerror}) : "
            "vérifiez qu’il existe et que vous avez le droit de le lire."
        ) from error
    _check(path, suffix, size, beginning)
    is_pdf = beginning.lstrip().startswith(b"%PDF-")
    return _READERS[".pdf" if is_pdf else suffix](path, guide)


def _check(path: Path, suffix: str, size: int, beginning: bytes) -> None:
    if suffix not in SUFFIXES:
        raise UnreadableFile(
            f"« {path.name} » n’est pas d’un format connu : "
            f"convertissez-le en {', '.join(sorted(SUFFIXES))}."
        )
    if not size or not beginning.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise UnreadableFile(f"« {path.name} » est vide : remplacez-le par le fichier complet.")
    if size > MAX_FILE_BYTES:
        raise UnreadableFile(
            f"« {path.name} » pèse {size // 1_000_000} Mo, plus que les "
            f"{MAX_FILE_BYTES // 1_000_000} Mo acceptés : découpez-le ou allégez-le."
        )
    looks = {".pdf": (b"%PDF-", "un PDF"), ".docx": (b"PK\x03\x04", "un document Word")}
    mark, what = looks.get(suffix, (b"", ""))
    if mark and mark not in beginning:
        raise UnreadableFile(
            f"« {path.name} » n’est pas {what} malgré son nom : "
            "donnez-lui le bon suffixe ou remplacez-le par le bon fichier."
        )


# Each reader loads its own library, on first use.
def _pdf(path: Path, guide: str) -> list[ReadPage]:
    from ingest.readers.pdf import read_pdf

    return read_pdf(path, guide)


def _docx(path: Path, guide: str) -> list[ReadPage]:
    from ingest.readers.docx import read_docx

    return read_docx(path, guide)


def _html(path: Path, guide: str) -> list[ReadPage]:
    from ingest.readers.html import read_html

    return read_html(path, guide)


def _markdown(path: Path, guide: str) -> list[ReadPage]:
    from ingest.readers.text_pages import text_page

    return text_page(decoded(path), guide, markup=True)


def _plain(path: Path, guide: str) -> list[ReadPage]:
    from ingest.readers.text_pages import text_page

    return text_page(decoded(path), guide, markup=False)


_READERS: dict[str, Callable[[Path, str], list[ReadPage]]] = {
    ".pdf": _pdf,
    ".md": _markdown,
    ".markdown": _markdown,
    ".txt": _plain,
    ".html": _html,
    ".htm": _html,
    ".docx": _docx,
}
SUFFIXES = frozenset(_READERS)
