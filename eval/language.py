"""The language of an answer, told by its function words."""

from __future__ import annotations

import re

from corpus.folding import words

# Only words that the other language does not have: « on », « a », « me » would prove nothing.
_FRENCH = """le la les des du de un une et est sont dans pour par avec sur au aux ce cette ces qui
que ne pas ou il elle ils elles se sa ses leur leurs plus nous vous votre vos aucun"""
_ENGLISH = """the of and is are in to for by with this that these which who it its they their there
not at from be can has have you your no an or as does do what"""
_QUOTED = re.compile(r"«[^»]*»|“[^”]*”|\"[^\"]*\"|`[^`]*`")


def language_of(text: str) -> str | None:
    """« fr », « en », or None if the function words do not tell; quotations do not count."""
    found = words(_QUOTED.sub(" ", text))
    french, english = (
        sum(word in listed.split() for word in found) for listed in (_FRENCH, _ENGLISH)
    )
    if max(french, english) < 2 or french == english:
        return None
    return "fr" if french > english else "en"
