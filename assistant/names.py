"""Names in a question: words with a capital inside a sentence."""

from __future__ import annotations

import re
from collections.abc import Iterator

_CAPITALISED = re.compile(r"[A-ZÀ-Ý][\wÀ-ÿ’'-]*")
_SENTENCE_END = re.compile(r"[.!?:;…»]\s*$")
_LETTER = re.compile(r"\w")
_WHERE = re.compile(r"\b(à|a|en|dans|près de|in|at|near|from|de)\s*$", re.I)


def names_in(question: str, own: bool) -> Iterator[str]:
    """Words with a capital inside a sentence; a question typed in capitals has none.

    When somebody speaks of themselves (`own`), where they are is left out.
    """
    if question.isupper():
        return
    for found in _CAPITALISED.finditer(question):
        before = question[: found.start()].rstrip(" «\"'(")
        placed = own and _WHERE.search(before)
        if _LETTER.search(before) and not placed and not _SENTENCE_END.search(before):
            word = found.group(0).strip("’'-")
            for part in re.split(r"[’'-]", word):
                if len(part) > 2:
                    yield part
