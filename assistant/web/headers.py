"""What every response carries, and what is refused before anything reads it."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Parts of gradio that this page does not use and that take or give files.
_CLOSED = ("/gradio_api/upload", "/gradio_api/file", "/gradio_api/proxy", "/gradio_api/stream/")
_LARGEST_BODY = 256 * 1024
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

Rewrite = Callable[[str, str], str]


def policy(nonce: str) -> str:
    """The Content-Security-Policy: nothing from elsewhere, no script without the nonce."""
    return (
        "default-src 'self'; "
        f"script-src 'self' 'nonce-{nonce}'; "
        "style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
        "connect-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; "
        "form-action 'self'"
    )


class Guard:
    """Wraps the app: closed paths, size of requests, headers, and the index page rewritten."""

    def __init__(self, app: ASGIApp, rewrite: Rewrite) -> None:
        self._app = app
        self._rewrite = rewrite

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(18)
        dressed = _dressed(send, nonce, scope["path"])
        refused = _refusal(scope)
        if refused:
            await PlainTextResponse("", refused)(scope, receive, dressed)
        elif scope["path"] in ("", "/") and scope["method"] == "GET":
            await self._index(scope, receive, dressed, nonce)
        else:
            await self._app(scope, receive, dressed)

    async def _index(self, scope: Scope, receive: Receive, send: Send, nonce: str) -> None:
        # gradio would compress the page, which could then not be rewritten.
        kept = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
        start: dict[str, Any] = {}
        body: list[bytes] = []

        async def gather(message: Message) -> None:
            if message["type"] == "http.response.start":
                start.update(message)
                return
            if message["type"] != "http.response.body":
                await send(message)
                return
            body.append(message.get("body", b""))
            if message.get("more_body"):
                return
            page = b"".join(body)
            headers = MutableHeaders(raw=list(start["headers"]))
            if headers.get("content-type", "").startswith("text/html"):
                page = self._rewrite(page.decode("utf-8"), nonce).encode("utf-8")
                headers["cache-control"] = "no-store"
            headers["content-length"] = str(len(page))
            await send({**start, "headers": headers.raw})
            await send({"type": "http.response.body", "body": page})

        await self._app({**scope, "headers": kept}, receive, gather)


def _refusal(scope: Scope) -> int:
    if scope["path"].startswith(_CLOSED):
        return 404
    length = Headers(scope=scope).get("content-length", "0")
    return 413 if not length.isdigit() or int(length) > _LARGEST_BODY else 0


def _dressed(send: Send, nonce: str, path: str) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(raw=list(message["headers"]))
            for name, value in _FIXED.items():
                headers[name] = value
            if "content-security-policy" not in headers:
                headers["Content-Security-Policy"] = policy(nonce)
            if path.startswith("/ui/"):
                headers["Cache-Control"] = "no-cache"
            message = {**message, "headers": headers.raw}
        await send(message)

    return wrapped
