"""The routes of the maintainers' pages. Each asks the door first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

from fastapi import FastAPI, Form, HTTPException, Request, Response
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile

from assistant.feedback import REASONS, FeedbackBox, as_lines, as_table, place_of
from assistant.web.admin.door import Door, below
from assistant.web.admin.folder import GuideFolder, Put
from assistant.web.admin.job import Ingestion, ingestion
from assistant.web.admin.sessions import Session
from assistant.web.admin.stale import StaleFiches
from assistant.web.needs import IndexLike
from assistant.web.serving import Serving
from assistant.web.site import Site, answered
from corpus.errors import CorpusError
from corpus.lexicon import read_lexicon
from corpus.manifest import current_generation

UPLOAD = "/admin/guides"
_FILES_AT_ONCE = 20
_SHOWN = 200
_PRIVATE = {"Cache-Control": "no-store"}
_SANDBOX = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_Field = Annotated[str, Form()]


@dataclass(frozen=True)
class Workshop:
    """What maintainers work on."""

    door: Door
    site: Site
    index: IndexLike
    folder: GuideFolder
    data: Path
    ingestion: Ingestion
    stale: StaleFiches
    box: FeedbackBox
    report: Path | None

    def page(self, request: Request, name: str, session: Session | None, **more: Any) -> Response:
        """A page of the maintainers; they are in French, whatever the site is set to."""
        address = request.url.path.removeprefix(below(request)).lstrip("/")
        words = {"session": session, **more}
        title = "Maintenance"
        html = self.site.shell.page(name, "fr", "admin", address, title, day=_day, **words)
        response = answered(html, more.get("status", 200))
        response.headers.update(_PRIVATE)
        return response

    def overview(self, request: Request, session: Session, puts: Sequence[Put] = ()) -> Response:
        """The first page: guides, ingestion, evaluation."""
        shelf = self.site.shelf()
        read = {one.file: one for one in shelf.holdings}
        refused = {one.name: one.problem for one in shelf.refused}
        report = self.report if self.report and self.report.is_file() else None
        return self.page(
            request,
            "admin.html",
            session,
            files=[(name, read.get(name), refused.get(name)) for name in self.folder.names()],
            closed=self.folder.closed(),
            folder=self.folder,
            progress=self.ingestion.progress,
            in_use=self.in_use(),
            empty=current_generation(self.data) is None,
            opinions=self.box.count(),
            report=datetime.fromtimestamp(report.stat().st_mtime) if report else None,
            puts=puts,
        )

    def in_use(self) -> bool:
        """Whether answers come from the newest index."""
        newest = current_generation(self.data)
        return self.index.describe().generation == newest


def open_workshop(serving: Serving, site: Site) -> Workshop | None:
    """What the settings let maintainers do; None if nobody is said to maintain the site."""
    if serving.access is None or serving.settings is None:
        return None
    return Workshop(
        Door(serving.access, serving.trusted),
        site,
        site.index,
        GuideFolder(serving.settings, serving.upload_mb),
        serving.settings.data,
        Ingestion(ingestion(serving.settings)),
        StaleFiches(site.index, read_lexicon()),
        FeedbackBox(serving.settings.feedback),
        serving.results / "report.html" if serving.results else None,
    )


def add_admin(app: FastAPI, work: Workshop) -> None:
    """Adds the routes."""
    _add_entrance(app, work)
    _add_guides(app, work)
    _add_feedback(app, work)

    @app.get("/admin")
    def overview(request: Request) -> Response:
        session = work.door.admit(request)
        return work.overview(request, session)

    @app.get("/admin/fiches")
    def fiches(request: Request) -> Response:
        session = work.door.admit(request)
        found = work.stale.found() if work.index.describe().generation else None
        return work.page(request, "admin_fiches.html", session, stale=found)

    @app.get("/admin/report")
    def report(request: Request) -> FileResponse:
        work.door.admit(request)
        if work.report is None or not work.report.is_file():
            raise HTTPException(404)
        headers = {"Content-Security-Policy": _SANDBOX} | _PRIVATE
        return FileResponse(work.report, media_type="text/html; charset=utf-8", headers=headers)


def _add_entrance(app: FastAPI, work: Workshop) -> None:
    @app.get("/admin/login")
    def entrance(request: Request) -> Response:
        if not work.door.password:
            raise HTTPException(404)
        return work.page(request, "admin_login.html", None, told="")

    @app.post("/admin/login")
    def login(request: Request, password: _Field = "") -> Response:
        if not work.door.password:
            raise HTTPException(404)
        inside = RedirectResponse(f"{below(request)}/admin", 303, _PRIVATE)
        wait = work.door.login(request, password, inside)
        if wait == 0:
            return inside
        told = f"Trop d’essais\u00a0: attendez {wait} s." if wait > 0 else "Mot de passe inexact."
        status = 429 if wait > 0 else 401
        return work.page(request, "admin_login.html", None, told=told, status=status)

    @app.post("/admin/logout")
    def logout(request: Request, csrf: _Field = "") -> Response:
        session = work.door.admit(request)
        work.door.check(request, session, csrf)
        outside = RedirectResponse(f"{below(request)}/admin/login", 303, _PRIVATE)
        work.door.logout(request, outside)
        return outside


def _add_guides(app: FastAPI, work: Workshop) -> None:
    @app.post(UPLOAD)
    async def add(request: Request) -> Response:
        # Before the body is read: strangers cannot make the server keep large files.
        session = work.door.admit(request)
        async with request.form(max_files=_FILES_AT_ONCE, max_fields=10) as form:
            work.door.check(request, session, form.get("csrf"))
            again = form.get("replace") == "yes"
            files = [one for one in form.getlist("file") if isinstance(one, UploadFile)]
            puts = [
                await run_in_threadpool(work.folder.put, one.filename or "", one.file, again)
                for one in files
                if one.filename
            ]
        if any(put.taken for put in puts):
            work.ingestion.start()
        if "application/json" in request.headers.get("accept", ""):
            return JSONResponse({"files": [asdict(put) for put in puts]}, headers=_PRIVATE)
        return await run_in_threadpool(work.overview, request, session, puts)

    @app.post("/admin/guides/remove")
    def remove(request: Request, name: _Field, csrf: _Field = "") -> Response:
        session = work.door.admit(request)
        work.door.check(request, session, csrf)
        if work.folder.remove(name):
            work.ingestion.start()
        return _back(request)

    @app.post("/admin/guides/restore")
    def restore(request: Request, key: _Field, csrf: _Field = "") -> Response:
        session = work.door.admit(request)
        work.door.check(request, session, csrf)
        if told := work.folder.restore(key):
            return work.overview(request, session, [Put(key.split("_", 2)[-1], False, told)])
        work.ingestion.start()
        return _back(request)

    @app.post("/admin/ingest")
    def ingest(request: Request, csrf: _Field = "") -> Response:
        session = work.door.admit(request)
        work.door.check(request, session, csrf)
        work.ingestion.start()
        return _back(request)

    @app.get("/admin/job")
    def job(request: Request) -> JSONResponse:
        work.door.admit(request)
        told = asdict(work.ingestion.progress) | {"in_use": work.in_use()}
        return JSONResponse(told, headers=_PRIVATE)


def _add_feedback(app: FastAPI, work: Workshop) -> None:
    @app.get("/admin/feedback")
    def feedback(request: Request) -> Response:
        session = work.door.admit(request)
        shown = work.box.all(_SHOWN)
        return work.page(
            request,
            "admin_feedback.html",
            session,
            opinions=shown,
            total=work.box.count(),
            reasons=REASONS,
            place_of=place_of,
        )

    @app.get("/admin/feedback.{form}")
    def export(request: Request, form: str) -> Response:
        work.door.admit(request)
        if form not in ("csv", "jsonl"):
            raise HTTPException(404)
        opinions = work.box.all()[::-1]
        text = as_table(opinions) if form == "csv" else as_lines(opinions)
        kind = "text/csv" if form == "csv" else "application/jsonl"
        named = {"Content-Disposition": f'attachment; filename="avis.{form}"'}
        return Response(text, media_type=f"{kind}; charset=utf-8", headers=named | _PRIVATE)

    @app.post("/admin/feedback/erase")
    def erase(request: Request, identity: _Field, csrf: _Field = "") -> Response:
        session = work.door.admit(request)
        work.door.check(request, session, csrf)
        try:
            work.box.erase([identity])
        except CorpusError as error:
            raise HTTPException(507, str(error)) from None
        return RedirectResponse(f"{below(request)}/admin/feedback", 303, _PRIVATE)


def _back(request: Request) -> RedirectResponse:
    return RedirectResponse(f"{below(request)}/admin", 303, _PRIVATE)


def _day(stamp: str | datetime) -> str:
    """« 03/05/2026 à 14:02 »."""
    moment = stamp if isinstance(stamp, datetime) else datetime.fromisoformat(stamp)
    return moment.strftime("%d/%m/%Y à %H:%M")
