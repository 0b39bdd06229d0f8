"""The routes by which users say what they think of an answer: shown first, kept afterwards."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from assistant.answer import Language, Status
from assistant.feedback import (
    Cited,
    FeedbackBox,
    Mask,
    Opinion,
    Reason,
    place_of,
    without_personal_data,
)
from assistant.web.client import Network, Peer
from assistant.web.metrics import Metrics
from assistant.web.needs import IndexLike
from assistant.web.origin import from_our_page
from corpus.errors import CorpusError

_Typed = Annotated[str, Field(max_length=2_000)]
_Name = Annotated[str, Field(min_length=1, max_length=200)]
_Place = Annotated[int, Field(ge=0, le=10_000_000)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class CitedIn(_Strict):
    """A place that the answer cites, as the page's link has it."""

    guide: _Name
    page: _Place | None = None
    start: _Place | None = None
    end: _Place | None = None


class OpinionIn(_Strict):
    """What the page sends; `seen` is the digest of what the user was shown."""

    helpful: bool
    reason: Reason | None = None
    comment: _Typed = ""
    question: Annotated[str, Field(min_length=1, max_length=2_000)]
    answer: Annotated[str, Field(min_length=1, max_length=20_000)]
    status: Status
    language: Language
    earlier: Annotated[tuple[_Typed, ...], Field(max_length=3)] = ()
    citations: Annotated[tuple[CitedIn, ...], Field(max_length=80)] = ()
    seen: Annotated[str, Field(max_length=64)] = ""


@dataclass(frozen=True)
class Opinions:
    """What the routes need: where opinions are kept, how they are masked, what answered."""

    box: FeedbackBox
    mask: Mask
    versions: Callable[[], Mapping[str, str]]
    metrics: Metrics
    trusted: Sequence[Network]


def add_opinions(app: FastAPI, opinions: Opinions) -> None:
    """Adds `/feedback/preview`, which keeps nothing, and `/feedback`."""

    @app.post("/feedback/preview")
    def preview(request: Request, sent: OpinionIn) -> dict[str, Any]:
        _check_origin(request, opinions.trusted)
        return _shown(_read(sent, opinions))

    @app.post("/feedback", status_code=201)
    def keep(request: Request, sent: OpinionIn) -> JSONResponse:
        _check_origin(request, opinions.trusted)
        opinion = _read(sent, opinions)
        shown = _shown(opinion)
        if sent.seen != shown["digest"]:
            # Nothing is kept that its user has not seen as it is kept.
            return JSONResponse(shown, 409)
        try:
            kept = opinions.box.add(opinion)
        except CorpusError as error:
            opinions.metrics.failed("feedback")
            raise HTTPException(507, str(error)) from None
        opinions.metrics.judged(kept.verdict)
        return JSONResponse({"id": kept.id}, 201)


def versions(index: IndexLike) -> dict[str, str]:
    """Which program and which index answer."""
    manifest = index.describe()
    fiches = "yes" if index.fiches() else "no"
    program = version("exercice-coordonne-assistant")
    made = {"index": manifest.made, "encoder": manifest.encoder, "fiches": fiches}
    return {"program": program, **made}


def _read(sent: OpinionIn, opinions: Opinions) -> Opinion:
    opinion = Opinion(
        sent.helpful,
        _clean(sent.question),
        _clean(sent.answer),
        sent.status,
        sent.language,
        None if sent.helpful else sent.reason,
        _clean(sent.comment),
        tuple(_clean(one) for one in sent.earlier),
        tuple(Cited(one.guide, one.page, one.start, one.end) for one in sent.citations),
        tuple(opinions.versions().items()),
    )
    return without_personal_data(opinion, opinions.mask)


def _shown(opinion: Opinion) -> dict[str, Any]:
    fields = asdict(opinion)
    text = json.dumps(fields, sort_keys=True)
    # Counted once each: an answer often cites a page with several markers.
    places = list(dict.fromkeys(place_of(one) for one in opinion.citations))
    digest = hashlib.sha256(text.encode()).hexdigest()
    return {"opinion": fields, "places": places, "digest": digest}


def _clean(text: str) -> str:
    """The text as a file can hold it."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "").strip()


def _check_origin(request: Request, trusted: Sequence[Network]) -> None:
    if not from_our_page(request, Peer(request.scope, trusted)):
        raise HTTPException(403, "Cette demande ne vient pas de la page.")
