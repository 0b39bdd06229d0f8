"""Refuses a client that asks too often, before anything is done for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.client import Network, Peer
from assistant.web.rates import Buckets, Rate

# What is counted as what. Everything else is a file or costs next to nothing.
_ASKING = (
    "/gradio_api/queue/join",
    "/gradio_api/run/",
    "/gradio_api/call/",
    "/gradio_api/api/",
    "/api/",
    "/mcp",
)
_SEARCH = "/api/search"
_READING = ("/sources/", "/pages/", "/guides/", "/api/")
_KEEPING = ("/conversation/",)
_SENDING = ("/feedback",)


class Limiter:
    """Wraps the app with a rate for each kind of request."""

    def __init__(
        self,
        app: ASGIApp,
        trusted: Sequence[Network],
        rates: Mapping[str, Rate | None],
        words: Callable[[int], str],
        refused: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._app, self._trusted = app, trusted
        self._buckets = {kind: Buckets(rate) for kind, rate in rates.items() if rate}
        self._words, self._refused = words, refused

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request, or answers 429 and says when to come back."""
        kind = _kind(scope) if scope["type"] == "http" else ""
        buckets = self._buckets.get(kind)
        wait = buckets.wait(Peer(scope, self._trusted).household) if buckets else 0
        if not wait:
            await self._app(scope, receive, send)
            return
        self._refused(kind)
        told = JSONResponse({"detail": self._words(wait)}, 429, {"Retry-After": str(wait)})
        await told(scope, receive, send)


def _kind(scope: Scope) -> str:
    path, method = scope["path"], scope["method"]
    if method == "POST":
        if path.startswith(_ASKING):
            return "asking"
        if path.startswith(_KEEPING):
            return "reading"
        return "sending" if path.startswith(_SENDING) else ""
    if path == _SEARCH:
        return "asking"
    return "reading" if path.startswith(_READING) else ""
