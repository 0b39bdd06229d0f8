"""Folding of French text, so that case, accents and typography do not matter in comparisons."""

from __future__ import annotations

import re
import unicodedata

_LETTERS = str.maketrans(
    {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "œ": "oe", "Œ": "OE", "æ": "ae", "Æ": "AE"}
)
_SPACES = re.compile(r"\s+")
_DIGIT_GROUPS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_WORD = re.compile(r"[^\W_]+")


def fold(text: str) -> str:
    """Lower case without accents, straight apostrophes, single spaces, `30 000` as `30000`."""
    spread = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    plain = "".join(char for char in spread if not unicodedata.combining(char)).casefold()
    return _DIGIT_GROUPS.sub("", _SPACES.sub(" ", plain)).strip()


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in order."""
    return _WORD.findall(fold(text))
