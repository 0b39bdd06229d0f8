"""The pages beside the chat: the guides, « À propos », accessibility, and the language switch."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from assistant.answer import Language
from assistant.web.figures import read_figures
from assistant.web.headers import PAGE_POLICY
from assistant.web.holdings import Checksums, Shelf, shelf
from assistant.web.needs import IndexLike
from assistant.web.numerals import day, percent
from assistant.web.page_language import COOKIE, chosen
from assistant.web.reader import Reader
from assistant.web.shell import Shell
from assistant.web.texts import Texts
from corpus.catalogue import Catalogue, guide_files

# Pages of this site, without a way out of it.
_WITHIN = re.compile(r"(?:[\w%~-][\w%.~-]*/)*[\w%~-][\w%.~-]*(?:\?[\w=&%.-]*)?", re.ASCII)
_YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Site:
    """What the pages are made of; `feedback` says whether opinions on answers are kept."""

    shell: Shell
    texts: Texts
    index: IndexLike
    catalogue: Catalogue
    folder: Path
    evaluation: Path | None
    feedback: bool = False
    checksums: Checksums = field(default_factory=Checksums)

    def shelf(self) -> Shelf:
        """The guides as they are now."""
        return shelf(self.index, self.catalogue, self.folder, self.checksums)

    def page(self, request: Request, template: str, here: str, title: str, **values: object) -> str:
        """A page in the language that the request asks for; `title` is a text's key."""
        language = chosen(request.cookies)
        query = f"?{request.url.query}" if request.url.query else ""
        address = request.url.path.removeprefix(request.scope.get("root_path", "")).lstrip("/")
        return self.shell.page(
            template.format(language=language),
            language,
            here,
            address + query,
            self.texts(title, language, **values),
            day=partial(day, language=language),
            percent=partial(percent, language=language),
            **values,
        )


def add_pages(app: FastAPI, site: Site) -> None:
    """Adds the pages to the app; routes below a guide's address are server.py's."""

    @app.get("/guides")
    def guides(request: Request) -> HTMLResponse:
        found = site.shelf()
        if not found.holdings:
            return answered(missing_page(site, request))
        return answered(site.page(request, "guides.html", "guides", "nav_guides", shelf=found))

    @app.get("/a-propos")
    def about(request: Request) -> HTMLResponse:
        found = site.shelf()
        years = sorted({one.guide.year for one in found.holdings if one.guide.year})
        span = (years[0], years[-1]) if years else None
        figures = read_figures(site.evaluation)
        words = {"shelf": found, "years": span, "figures": figures, "feedback": site.feedback}
        return answered(site.page(request, "about.{language}.html", "about", "nav_about", **words))

    @app.get("/accessibilite")
    def accessibility(request: Request) -> HTMLResponse:
        name = "accessibility.{language}.html"
        return answered(site.page(request, name, "accessibility", "nav_accessibility"))

    @app.get("/langue/{language}")
    def switch(language: Language, retour: str = "") -> RedirectResponse:
        back = retour if _WITHIN.fullmatch(retour) else ""
        response = RedirectResponse(f"../{back}", status_code=303)
        response.set_cookie(COOKIE, language, max_age=_YEAR, samesite="lax", httponly=True)
        return response


def add_reader(app: FastAPI, site: Site, reader: Reader) -> None:
    """Adds the page on which a guide is read whole."""

    @app.get("/guides/{guide}")
    def guide(
        request: Request,
        guide: str,
        page: int | None = Query(None, ge=1),
        start: int | None = Query(None, ge=0),
        end: int | None = Query(None, ge=0),
    ) -> HTMLResponse:
        leaf = reader.leaf(guide, page, start, end, chosen(request.cookies))
        if leaf is None:
            missing = site.page(request, "not_found.html", "guides", "not_found_title")
            return answered(missing, 404)
        name = f"{leaf.source.title}, {leaf.place}"
        values = {"name": name, "leaf": leaf, "guide": guide}
        return answered(site.page(request, "guide.html", "guides", "leaf_title", **values))


def missing_page(site: Site, request: Request) -> str:
    """The page that says which guides are expected, where, and what to run."""
    there = [path.name for path in guide_files(site.folder)]
    title = "unread_title" if there else "no_guides_title"
    words = {"known": site.catalogue.known, "folder": str(site.folder), "there": there}
    return site.page(request, "no_guides.html", "missing", title, **words)


def answered(page: str, status: int = 200) -> HTMLResponse:
    """A page with the headers of those that hold no gradio."""
    headers = {
        "Content-Security-Policy": PAGE_POLICY,
        "Cache-Control": "no-cache",
        "Vary": "Cookie",
    }
    return HTMLResponse(page, status, headers)
