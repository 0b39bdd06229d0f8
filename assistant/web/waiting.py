"""What stands in for the chat and the API while no guide is read; both open once one is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.needs import IndexLike
from assistant.web.site import Site, answered, missing_page


class WhileEmpty(Route):
    """The first page as long as the index holds no guide; then the one that is mounted there."""

    def __init__(self, index: IndexLike, site: Site) -> None:
        def missing(request: Request) -> Response:
            return answered(missing_page(site, request))

        super().__init__("/", missing)
        self._index = index

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """See Route."""
        return (Match.NONE, {}) if self._index.guides() else super().matches(scope)


def while_empty(index: IndexLike, empty: ASGIApp, full: ASGIApp) -> ASGIApp:
    """An app that is `empty` as long as the index holds no guide, then `full`."""

    async def either(scope: Scope, receive: Receive, send: Send) -> None:
        await (full if index.guides() else empty)(scope, receive, send)

    return either
