"""The web server: the page, its sources, and what a monitor asks."""

from __future__ import annotations

import socket
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any

import uvicorn
from fastapi import FastAPI, HTTPException, Query, Request, Response
from fastapi.responses import FileResponse
from starlette.applications import Starlette
from starlette.staticfiles import StaticFiles

from assistant.feedback import FeedbackBox
from assistant.web.admin.routes import UPLOAD, add_admin, open_workshop
from assistant.web.api import make_api, no_api
from assistant.web.chat import Chat
from assistant.web.choices import add_choices, regions
from assistant.web.headers import Guard
from assistant.web.keeping import LARGER, add_export, add_next
from assistant.web.keys import Locked
from assistant.web.known_guides import KnownGuides
from assistant.web.limiter import Limiter
from assistant.web.logs import Journal
from assistant.web.malformed import add_malformed
from assistant.web.measured import Measured
from assistant.web.messages import Messages
from assistant.web.metrics import Metrics
from assistant.web.needs import AssistantLike, IndexLike
from assistant.web.opinions import Opinions, add_opinions, versions
from assistant.web.order import LONGEST_QUESTION
from assistant.web.page import mount_chat
from assistant.web.page_image import PageImages
from assistant.web.page_language import chosen
from assistant.web.reader import Reader
from assistant.web.serving import Serving
from assistant.web.shell import Shell
from assistant.web.site import Site, add_pages, add_reader
from assistant.web.sources import Sources
from assistant.web.starters import read_starters
from assistant.web.templates import Templates
from assistant.web.texts import Texts, read_texts
from assistant.web.waiting import WhileEmpty, while_empty
from corpus.catalogue import Catalogue

_STATIC = Path(__file__).parent / "static"
# An upload may hold so many files of the largest size.
_FILES = 3
_TYPES = {
    ".pdf": "application/pdf",
    ".md": "text/plain; charset=utf-8",
    ".markdown": "text/plain; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
}


def create_app(
    assistant: AssistantLike,
    index: IndexLike,
    catalogue: Catalogue,
    guides_dir: Path,
    serving: Serving | None = None,
) -> FastAPI:
    """The whole site; while the index holds no guide, a page that says which are missing."""
    texts, serving, metrics = read_texts(), serving or Serving(), Metrics()
    feedback = serving.feedback is not None
    shell = Shell(texts, Templates(), LONGEST_QUESTION, feedback=feedback)
    app = FastAPI(docs_url=None, redoc_url=None, openapi_url=None)
    _surround(app, shell, texts, serving, metrics)
    app.mount("/ui", StaticFiles(directory=_STATIC))
    add_malformed(app)
    _add_health(app, index)
    _add_metrics(app, index, metrics)
    site = Site(shell, texts, index, catalogue, guides_dir, serving.evaluation, feedback)
    add_pages(app, site)
    if workshop := open_workshop(serving, site):
        add_admin(app, workshop)
    app.router.routes.append(WhileEmpty(index, site))
    images = PageImages()
    guides = KnownGuides(catalogue, index)
    sources = Sources(index, guides, images, texts)
    _add_sources(app, sources)
    add_reader(app, site, Reader(index, sources, texts))
    _add_files(app, index, images)
    add_choices(app, index, read_starters())
    measured = Measured(assistant, metrics)
    app.mount("/api", while_empty(index, no_api(), make_api(measured, index)))
    add_next(app, measured)
    add_export(app, guides, texts)
    if serving.feedback:
        box, told = FeedbackBox(serving.feedback), partial(versions, index)
        add_opinions(app, Opinions(box, assistant.masked, told, metrics, serving.trusted))
    chat = Chat(measured, Messages(guides, texts), lambda: regions(index.guides()))
    mount_chat(app, chat, texts)
    return app


def serve(app: Starlette, listener: socket.socket, ready: Callable[[], object]) -> None:
    """Serves on a listening socket until interrupted; `ready` is called when answers come."""

    @asynccontextmanager
    async def lifespan(inner: Any) -> AsyncIterator[None]:
        async with started(inner):
            ready()
            yield

    started = app.router.lifespan_context
    app.router.lifespan_context = lifespan
    # Proxies are looked at in assistant.web.client; the log is the program's own.
    config = uvicorn.Config(
        app, log_config=None, access_log=False, server_header=False, proxy_headers=False
    )
    uvicorn.Server(config).run(sockets=[listener])


def surround_door(app: Starlette, serving: Serving) -> None:
    """Puts the keys, rates and the log of the site before an app that other programs ask."""
    _bound(app, read_texts(), serving, Metrics())


def _surround(app: FastAPI, shell: Shell, texts: Texts, serving: Serving, metrics: Metrics) -> None:
    """What every request goes through, the innermost first."""
    _bound(app, texts, serving, metrics)
    uploads = {UPLOAD: _FILES * serving.upload_mb * 1_000_000} if serving.access else {}
    app.add_middleware(Guard, rewrite=shell.rewrite, larger=LARGER | uploads)


def _bound(app: Starlette, texts: Texts, serving: Serving, metrics: Metrics) -> None:
    app.add_middleware(Locked, keys=serving.keys)
    app.add_middleware(
        Limiter,
        trusted=serving.trusted,
        rates={"asking": serving.asking, "reading": serving.reading, "sending": serving.sending},
        words=lambda seconds: texts("too_often", seconds=seconds),
        refused=lambda kind: metrics.failed(f"rate-{kind}"),
    )
    app.add_middleware(Journal, metrics=metrics)


def _add_metrics(app: FastAPI, index: IndexLike, metrics: Metrics) -> None:
    metrics.watch("guides", "Guides that can be cited", lambda: len(index.guides()))

    @app.get("/metrics")
    def figures() -> Response:
        text, kind = metrics.exposition()
        return Response(text, media_type=kind)


def _add_health(app: FastAPI, index: IndexLike) -> None:
    @app.get("/healthz")
    def health() -> dict[str, Any]:
        guides = index.guides()
        passages = sum(len(index.passages(guide.id)) for guide in guides) if guides else None
        return {"status": "ok", "guides": len(guides), "passages": passages}


def _add_sources(app: FastAPI, sources: Sources) -> None:
    @app.get("/sources/{guide}/{number}")
    def source(
        request: Request,
        guide: str,
        number: int,
        start: int | None = Query(None, ge=0),
        end: int | None = Query(None, ge=0),
    ) -> dict[str, Any]:
        found = sources.find(guide, number or None, start, end, chosen(request.cookies))
        if found is None:
            raise HTTPException(404)
        return asdict(found)


def _add_files(app: FastAPI, index: IndexLike, images: PageImages) -> None:
    @app.get("/pages/{guide}/{number}.webp")
    def image(guide: str, number: int, sharp: bool = False) -> Response:
        path = index.path(guide)
        pdf = path and path.suffix.lower() == ".pdf"
        sheet = images.sheet(path, number, sharp) if path and pdf else None
        if sheet is None:
            raise HTTPException(404)
        kept = {"Cache-Control": "private, max-age=3600"}
        return Response(sheet.webp, media_type="image/webp", headers=kept)

    @app.get("/guides/{guide}/file")
    def file(guide: str) -> FileResponse:
        path = index.path(guide)
        if path is None or not path.is_file():
            raise HTTPException(404)
        kind = _TYPES.get(path.suffix.lower())
        # Scripts of a guide in HTML must not run under our address.
        guarded = {} if kind else {"Content-Security-Policy": "sandbox; default-src 'none'"}
        return FileResponse(
            path,
            media_type=kind or "application/octet-stream",
            filename=path.name,
            content_disposition_type="inline" if kind else "attachment",
            headers=guarded,
        )
