"""The language of the page's own words: what the reader chose, French otherwise.

The cookie is set by the link in the header (site.py). Answers keep the language of their question.
"""

from __future__ import annotations

from collections.abc import Mapping

from assistant.answer import Language

COOKIE = "lang"
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def chosen(cookies: Mapping[str, str]) -> Language:
    """The language that a request's cookies ask for."""
    return "en" if cookies.get(COOKIE) == "en" else "fr"
