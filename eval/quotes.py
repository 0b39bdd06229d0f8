"""Whether a quotation stands on a page, whatever the line ends, ligatures and markup."""

from __future__ import annotations

import html
import re
import unicodedata

# Two readers may order the columns and cells of a page differently. A quotation may therefore
# stand in pieces, but every letter of it inside a run of this many that the page has: a changed
# figure or an added word still fails.
PIECE = 20
_UNSHOWN = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_SIGN = re.compile(r"[\W_]+")


def readable(text: str) -> str:
    """Markdown or HTML without tags, scripts, comments and entities."""
    return html.unescape(_TAG.sub(" ", _UNSHOWN.sub(" ", text)))


def squeezed(text: str) -> str:
    """The letters and digits alone, without case, accents, ligatures, hyphens or spaces."""
    spread = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("Œ", "OE"))
    plain = "".join(char for char in spread if not unicodedata.combining(char))
    return _SIGN.sub("", plain.casefold())


def stands(quote: str, letters: str) -> bool:
    """Whether every letter of a quotation stands in the letters of a page (see `squeezed`), in
    one run or in long pieces."""
    wanted = squeezed(readable(quote))
    if not wanted:
        return False
    return wanted in letters or _in_pieces(quote, wanted, letters)


def around(quote: str, text: str, reach: int) -> str:
    """The part of a long text within `reach` letters of a quotation; all of it if not found."""
    letters = squeezed(text)
    place = letters.find(squeezed(readable(quote)))
    if place < 0 or len(letters) <= 2 * reach:
        return text
    first, last = max(0, place - reach), place + len(squeezed(quote)) + reach
    return text[_index_of(text, first) : _index_of(text, last)]


def _in_pieces(quote: str, wanted: str, text: str) -> bool:
    lines = [squeezed(line) for line in readable(quote).splitlines()]
    if all(line in text for line in lines) and min(map(len, lines)) >= PIECE:
        return True
    covered = 0
    for start in range(len(wanted) - PIECE + 1):
        if wanted[start : start + PIECE] in text:
            if start > covered:
                return False
            covered = start + PIECE
    return covered >= len(wanted)


def _index_of(text: str, letters: int) -> int:
    """The index in a text after so many letters and digits."""
    seen = 0
    for index, char in enumerate(text):
        if seen >= letters:
            return index
        seen += len(squeezed(char))
    return len(text)
