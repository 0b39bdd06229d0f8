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
    plain = text.translate(_LETTERS)
    if not plain.isascii():
        plain = _unmarked(unicodedata.normalize("NFKD", plain))
    return _DIGIT_GROUPS.sub("", _SPACES.sub(" ", plain.casefold())).strip()


def words(text: str) -> list[str]:
    """The folded words and numbers of a text, in order."""
    return _WORD.findall(fold(text))


def _unmarked(spread: str) -> str:
    """Decomposed text without its combining marks; each letter is looked at once, not each time."""
    return spread.translate(
        {ord(char): None for char in set(spread) if unicodedata.combining(char)}
    )
