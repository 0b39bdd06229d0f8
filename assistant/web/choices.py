"""What readers may choose before they ask: their region, and who they are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from fastapi import FastAPI, Request, Response

from assistant.web.needs import IndexLike
from assistant.web.page_language import chosen
from assistant.web.starters import Audience
from corpus.guide import Guide

# Guides for the whole country speak to every region.
_EVERYWHERE = "France"


def regions(guides: Iterable[Guide]) -> tuple[str, ...]:
    """The regions that a guide was written for, in the order of the alphabet."""
    return tuple(sorted({one.region for one in guides} - {"", _EVERYWHERE}))


def add_choices(app: FastAPI, index: IndexLike, audiences: Iterable[Audience]) -> None:
    """Adds the route that tells the page's scripts what can be chosen."""
    known = tuple(audiences)

    @app.get("/conversation/choices")
    def choices(request: Request, response: Response) -> dict[str, Any]:
        language = chosen(request.cookies)
        # Guides come and go, and the language is that of a cookie.
        response.headers["Cache-Control"] = "no-store"
        return {
            "regions": regions(index.guides()),
            "audiences": [
                {"id": one.id, "name": one.names[language], "questions": one.questions[language]}
                for one in known
            ],
        }
