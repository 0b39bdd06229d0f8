"""Routes for conversations that the browser keeps: taken along as a file, and what to ask next."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from fastapi import FastAPI, Request, Response
from pydantic import Field, StringConstraints

from assistant.answer import Citation, Language
from assistant.export import Document, as_markdown, compose
from assistant.web.needs import AssistantLike
from assistant.web.order import KeptExchange, Strict
from assistant.web.page_language import chosen
from assistant.web.reading import SEPARATOR
from assistant.web.sources import origin
from assistant.web.texts import Texts, place
from corpus.guide import Guide

_EXCHANGES = 300
# A conversation that is taken along goes whole: three hundred long exchanges are no larger.
LARGER = {f"/conversation/{form}": 2 * 1024 * 1024 for form in ("docx", "md")}
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


class Kept(Strict):
    """A whole conversation as a browser keeps it."""

    title: Annotated[str, StringConstraints(min_length=1, max_length=300)]
    exchanges: Annotated[list[KeptExchange], Field(min_length=1, max_length=_EXCHANGES)]


def add_next(app: FastAPI, assistant: AssistantLike) -> None:
    """Adds the route that offers questions to go on with."""

    @app.post("/conversation/next")
    def following(kept: Kept) -> dict[str, tuple[str, ...]]:
        history = tuple(one.exchange() for one in kept.exchanges)
        # Typical questions are written as people type them; these are the page's own words.
        return {"questions": tuple(one.replace("'", "’") for one in assistant.related(history))}


def add_export(app: FastAPI, guides: Mapping[str, Guide], texts: Texts) -> None:
    """Adds the route that gives a conversation as a file. Nothing of it stays on the server."""

    @app.post("/conversation/{form}")
    def export(form: Literal["docx", "md"], kept: Kept, request: Request) -> Response:
        document = _document(kept, guides, texts, chosen(request.cookies))
        if form == "md":
            return _download(as_markdown(document).encode(), "text/markdown; charset=utf-8")
        # Loaded when the first file is asked for: the page opens without it.
        from assistant.word import as_docx

        return _download(as_docx(document), _WORD)


def _document(
    kept: Kept, guides: Mapping[str, Guide], texts: Texts, language: Language
) -> Document:
    def words(key: str) -> str:
        return texts(key, language)

    def source(citation: Citation) -> str:
        guide = guides.get(citation.guide, Guide(citation.guide, citation.guide))
        where = place(texts, citation.page, citation.page_label, language)
        if citation.page is None and citation.section:
            where = citation.section.split(SEPARATOR)[-1]
        return ", ".join(part for part in (guide.title, origin(guide), where) if part)

    day = date.today().strftime("%d/%m/%Y" if language == "fr" else "%Y-%m-%d")
    note = f"{texts('exported', language, day=day)} {words('limits')}"
    exchanges = [one.exchange() for one in kept.exchanges]
    return compose(kept.title, note, exchanges, language, words, source)


def _download(content: bytes, kind: str) -> Response:
    kept = {"Content-Disposition": "attachment", "Cache-Control": "no-store"}
    return Response(content, media_type=kind, headers=kept)
