"""The folding under which a case's patterns are searched in answers and in pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from corpus.folding import fold

_MARKER = re.compile(r"\s*\[\d{1,3}\](?!\()")
_EMPHASIS = re.compile(r"(?<!\w)\*+|\*+(?!\w)|`+|\^?\{([^}]{1,4})\}")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
_LETTER_O = re.compile(r"(?<=\d\d)O\b")  # one guide prints « 42 75O » with the letter O
_COMMA_GROUPS = re.compile(r"(?<!\d)\d{1,3}(?:,\d{3})+(?!\d)")


def without_markers(text: str) -> str:
    """The text without its `[n]` citation markers."""
    return _MARKER.sub("", text)


def folded(text: str) -> str:
    """Lower case, no accents, markers or emphasis; straight apostrophes; `30 000` as `30000`."""
    plain = _INVISIBLE.sub("", without_markers(text))
    plain = _EMPHASIS.sub(lambda match: match.group(1) or "", _LETTER_O.sub("0", plain))
    return _COMMA_GROUPS.sub(lambda match: match.group().replace(",", ""), fold(plain))


def matches(patterns: Iterable[str], text: str) -> bool:
    """Whether one of the patterns stands in a text that is already folded."""
    return any(re.search(pattern, text) for pattern in patterns)


def first_words(text: str, limit: int) -> str:
    """The beginning of an answer, up to `limit` words; markers and signs are not words."""
    taken: list[str] = []
    count = 0
    for word in without_markers(text).split():
        count += any(char.isalnum() for char in word)
        if count > limit:
            break
        taken.append(word)
    return " ".join(taken)


def count_words(text: str) -> int:
    """How many words a reader of the answer meets, markers left out."""
    return sum(any(char.isalnum() for char in word) for word in without_markers(text).split())
