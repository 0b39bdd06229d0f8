"""Readers: from a file of any known format to pages of blocks."""

from __future__ import annotations

from pathlib import Path

from ingest.readers.blocks import Block, ReadPage, UnreadableFile

__all__ = ["SUFFIXES", "Block", "ReadPage", "UnreadableFile", "read"]

SUFFIXES = frozenset({".pdf", ".md", ".markdown", ".txt", ".html", ".htm", ".docx"})
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
    # Each reader loads its own library, on first use.
    if beginning.lstrip().startswith(b"%PDF-"):
        from ingest.readers.pdf import read_pdf

        return read_pdf(path, guide)
    if suffix == ".docx":
        from ingest.readers.docx import read_docx

        return read_docx(path, guide)
    if suffix in (".html", ".htm"):
        from ingest.readers.html import read_html

        return read_html(path, guide)
    if suffix == ".txt":
        from ingest.readers.plain import read_plain

        return read_plain(path, guide)
    from ingest.readers.markdown import read_markdown

    return read_markdown(path, guide)


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
