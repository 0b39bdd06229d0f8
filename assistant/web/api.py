"""The HTTP interface for other programs: ask, search, guides, and the document that tells how."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

from fastapi import FastAPI, Header, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse

from assistant.answer import Answer, Exchange
from assistant.shelf import shelf
from assistant.web.inquiry import Inquiry, Search
from assistant.web.needs import AssistantLike, IndexLike

_EVENTS = "text/event-stream"
_TITLE = "La bonne page"
_ABOUT = (
    "Questions sur l’exercice coordonné en France, en français ou en anglais : des réponses tirées"
    " de guides publiés, avec la page de chaque phrase. Rien n’est gardé d’une demande à l’autre :"
    " renvoyez dans « history » les questions et les réponses d’avant."
)
_TROUBLE = "La réponse n’a pas pu être préparée : réessayez. / Something went wrong: try again."
_ANSWERED: dict[int | str, dict[str, Any]] = {
    200: {
        "model": Answer,
        "description": "The answer; as events, « partial » answers as it grows, then « answer ».",
        "content": {_EVENTS: {"schema": {"type": "string"}}},
    },
}
_NO_GUIDES = "Aucun guide n’est lu : lancez « python -m ingest ». / No guide is read."
# What pydantic says in English, by the kind of fault.
_FAULTS = {
    "missing": "manque",
    "extra_forbidden": "n’est pas connu",
    "json_invalid": "n’est pas du JSON",
    "model_attributes_type": "doit être un objet JSON (en-tête « Content-Type: application/json »)",
    "string_unicode": "n’est pas un texte Unicode",
    "string_type": "doit être un texte",
    "list_type": "doit être une liste",
    "int_type": "doit être un nombre entier",
    "string_too_long": "a plus de {max_length} caractères",
    "too_long": "a plus de {max_length} éléments",
    "greater_than_equal": "est inférieur à {ge}",
    "less_than_equal": "est supérieur à {le}",
}
log = logging.getLogger(__name__)


def make_api(assistant: AssistantLike, index: IndexLike) -> FastAPI:
    """The interface as an app of its own, to be mounted at /api."""
    api = FastAPI(title=_TITLE, description=_ABOUT, version="1", docs_url=None, redoc_url=None)
    api.add_exception_handler(RequestValidationError, _unreadable)
    api.add_exception_handler(Exception, _failed)

    @api.post("/ask", responses=_ANSWERED)
    def ask(inquiry: Inquiry, accept: Annotated[str, Header()] = "") -> Response:
        """Answer a question. Accept: text/event-stream gives the answer as it grows."""
        past = inquiry.exchanges(assistant)
        if _EVENTS in accept:
            events = _events(assistant, inquiry, past)
            headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
            return StreamingResponse(events, media_type=_EVENTS, headers=headers)
        return _told(assistant.ask(inquiry.question, past, inquiry.region).as_dict())

    @api.post("/search")
    def search(wanted: Search) -> Response:
        """Find passages, best first, without answering."""
        return _hits(assistant, wanted)

    @api.get("/search")
    def look(
        question: Annotated[str, Query(max_length=2_000)],
        limit: Annotated[int, Query(ge=1, le=50)] = 10,
    ) -> Response:
        """The same as POST; addresses are logged by proxies, so POST is the discreet one."""
        return _hits(assistant, Search(question=question, limit=limit))

    @api.get("/guides")
    def guides() -> Response:
        """List the guides that answers come from."""
        return _told({"guides": shelf(index.guides())})

    return api


def no_api() -> FastAPI:
    """What stands at /api while no guide is read."""
    api = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)

    @api.api_route("/{path:path}", methods=["GET", "POST"])
    def missing(path: str) -> Response:
        return JSONResponse({"detail": _NO_GUIDES}, 503)

    return api


def _hits(assistant: AssistantLike, wanted: Search) -> Response:
    found = assistant.search(wanted.question, wanted.limit)
    return _told({"hits": [hit.as_dict() for hit in found]})


def _events(assistant: AssistantLike, inquiry: Inquiry, past: Sequence[Exchange]) -> Iterator[str]:
    """The answer as server-sent events: only the last one is called « answer »."""
    try:
        newest: Answer | None = None
        for answer in assistant.stream(inquiry.question, past, inquiry.region):
            # Sent at once: nobody can know yet whether it is the last one.
            yield _event("partial", answer.as_dict())
            newest = answer
        if newest is not None:
            yield _event("answer", newest.as_dict())
    except Exception:
        # The status was sent with the first event: what is wrong can only be told as one more.
        log.exception("an answer broke off")
        yield _event("error", {"detail": _TROUBLE})


def _event(name: str, told: dict[str, Any]) -> str:
    # ASCII escapes carry anything, and no line break can end the event early.
    return f"event: {name}\ndata: {json.dumps(told)}\n\n"


def _told(body: dict[str, Any]) -> Response:
    text = json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(text, media_type="application/json", headers={"Cache-Control": "no-store"})


def _unreadable(_: Request, error: Exception) -> Response:
    """What is wrong with a request, without a word of what it said."""
    faults = error.errors() if isinstance(error, RequestValidationError) else ()
    return JSONResponse({"detail": " ; ".join(map(_fault, faults))}, 422)


def _fault(fault: dict[str, Any]) -> str:
    where = ".".join(str(part) for part in fault["loc"][1:] if fault["type"] != "json_invalid")
    said = _FAULTS.get(fault["type"])
    told = said.format(**fault.get("ctx", {})) if said else f"est refusé ({fault['type']})"
    return f"« {where or 'corps'} » {told}"


def _failed(_: Request, __: Exception) -> Response:
    return JSONResponse({"detail": _TROUBLE}, 500)
