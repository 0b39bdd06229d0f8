"""What a file is by its content, whatever its name says."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

_HEAD = 1024
# What a word processor's file may unpack to.
_MOST_UNPACKED = 400 * 1024 * 1024
_TAG = re.compile(rb"<(?:!doctype html|html|head|body|h1|p|div|title)\b", re.IGNORECASE)
_BOMS = (b"\xff\xfe", b"\xfe\xff")


def objection(path: Path, suffix: str) -> str:
    """Why the content of a file does not fit its suffix, and what to do; empty if it fits."""
    with path.open("rb") as stream:
        head = stream.read(_HEAD)
    if not head:
        return "le fichier est vide\u00a0: choisissez-en un autre."
    if suffix == ".pdf":
        if b"%PDF-" in head:
            return ""
        return "ce n’est pas un PDF\u00a0: enregistrez-le en PDF depuis le programme qui l’a fait."
    if suffix == ".docx":
        return _docx(path)
    if head.startswith((b"%PDF-", b"PK\x03\x04")) or (b"\0" in head and head[:2] not in _BOMS):
        return f"ce n’est pas un fichier de texte\u00a0: le nom finit par {suffix}, le contenu non."
    if suffix in (".html", ".htm") and not _TAG.search(head) and head[:2] not in _BOMS:
        return "ce n’est pas une page HTML\u00a0: renommez le fichier en .txt si c’est du texte."
    return ""


def _docx(path: Path) -> str:
    try:
        with zipfile.ZipFile(path) as archive:
            names = {entry.filename for entry in archive.infolist()}
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return "ce n’est pas un document Word (.docx)\u00a0: enregistrez-le en .docx ou en PDF."
    if "word/document.xml" not in names:
        return "ce n’est pas un document Word (.docx)\u00a0: enregistrez-le en .docx ou en PDF."
    if unpacked > _MOST_UNPACKED:
        return "ce document se décompresse en un fichier démesuré\u00a0: enregistrez-le en PDF."
    return ""
