"""The text of a file whose encoding is not known."""

from __future__ import annotations

import codecs
from pathlib import Path

from ingest.readers.blocks import UnreadableFile

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# More control characters than this share are no text in any encoding.
_CONTROLS = 0.02


def decoded(path: Path) -> str:
    """The text of `path` with plain newlines and no byte order mark or NUL characters."""
    raw = path.read_bytes()
    text = _decoded(raw).replace("\r\n", "\n").replace("\r", "\n")
    controls = sum(1 for char in text if ord(char) < 32 and char not in "\n\t\f\v\x1b")
    if controls > _CONTROLS * len(text):
        raise UnreadableFile(
            f"« {path.name} » n’est pas du texte malgré son nom : "
            "donnez-lui le bon suffixe ou convertissez-le en texte UTF-8."
        )
    return text.replace("\x00", "").removeprefix("\ufeff")


def _decoded(raw: bytes) -> str:
    for mark, encoding in _MARKS:
        if raw.startswith(mark):
            return raw.decode(encoding, errors="replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        # Windows-1252 is what French files in "Latin-1" nearly always are.
        return raw.decode("cp1252", errors="replace")
