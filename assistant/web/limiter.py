"""Refuses a client that asks too often, before anything is done for it.

The chat is told with a header instead: gradio's own script would show a refusal as « Erreur » and
wait for ever, the page says when to ask again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from assistant.web.client import Network, Peer
from assistant.web.rates import Buckets, Rate

# What is counted as what. Everything else is a file or costs next to nothing.
TOO_OFTEN = "x-too-often"
_CHAT = "/gradio_api/queue/join"
_ASKING = (
    _CHAT,
    "/gradio_api/call/",
    "/gradio_api/api/",
    "/api/",
    "/mcp",
)
_SEARCH = "/api/search"
_READING = ("/sources/", "/pages/", "/guides/", "/api/")
# Opening another conversation goes through gradio too, but nothing is looked for.
_KEEPING = ("/conversation/", "/gradio_api/run/")
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
        if kind == "asking" and scope["path"] == _CHAT:
            scope = _told(scope, wait)
        elif wait:
            await self._refuse(kind, wait, scope, receive, send)
            return
        if wait:
            self._refused(kind)
        await self._app(scope, receive, send)

    async def _refuse(
        self, kind: str, wait: int, scope: Scope, receive: Receive, send: Send
    ) -> None:
        self._refused(kind)
        told = JSONResponse({"detail": self._words(wait)}, 429, {"Retry-After": str(wait)})
        await told(scope, receive, send)


def _told(scope: Scope, wait: int) -> Scope:
    """The request with a header that says how long to wait, if it must, and only if we say so."""
    name = TOO_OFTEN.encode()
    headers = [pair for pair in scope["headers"] if pair[0].lower() != name]
    return {**scope, "headers": [*headers, (name, str(wait).encode())] if wait else headers}


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
