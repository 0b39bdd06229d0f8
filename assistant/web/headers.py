"""What every response carries, and what is refused before anything reads it."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Mapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.answer import Language
from assistant.web.page_language import chosen

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

# Of pages without gradio, which alone needs styles inside its markup.
PAGE_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
    "form-action 'self'"
)
Rewrite = Callable[[str, str, Language], str]
log = logging.getLogger(__name__)


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
    """Wraps the app: closed paths, size of requests, headers, and the index page rewritten.

    `larger` gives paths whose requests may be larger than others, in bytes.
    """

    def __init__(
        self, app: ASGIApp, rewrite: Rewrite, larger: Mapping[str, int] | None = None
    ) -> None:
        self._app = app
        self._rewrite = rewrite
        self._larger = larger or {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(18)
        sent = Sent(send)
        dressed = _dressed(sent, nonce, scope["path"])
        most = self._larger.get(scope["path"], _LARGEST_BODY)
        refused = _refusal(scope, most)
        if refused:
            await PlainTextResponse("", refused)(scope, receive, dressed)
            return
        try:
            measured = _measured(receive, most)
            if scope["path"] in ("", "/") and scope["method"] == "GET":
                await self._index(scope, measured, dressed, nonce)
            else:
                await self._app(scope, measured, dressed)
        except Exception as error:
            if not isinstance(error, TooLargeError):
                log.exception("a request failed")
            # What starlette would answer by itself comes without any of the headers.
            if not sent.started:
                status = 413 if isinstance(error, TooLargeError) else 500
                await PlainTextResponse("", status)(scope, receive, dressed)

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
                language = chosen(HTTPConnection(scope).cookies)
                page = self._rewrite(page.decode("utf-8"), nonce, language).encode("utf-8")
                headers["cache-control"] = "no-store"
            headers["content-length"] = str(len(page))
            await send({**start, "headers": headers.raw})
            await send({"type": "http.response.body", "body": page})

        await self._app({**scope, "headers": kept}, receive, gather)


class TooLargeError(Exception):
    """A request went on beyond its limit without having told its length."""


class Sent:
    """Remembers whether a response has begun."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self.started = False

    async def __call__(self, message: Message) -> None:
        """Sends one message."""
        self.started = True
        await self._send(message)


def _measured(receive: Receive, most: int) -> Receive:
    """`receive` that stops at a number of bytes."""
    taken = 0

    async def wrapped() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        if taken > most:
            raise TooLargeError
        return message

    return wrapped


def _refusal(scope: Scope, most: int) -> int:
    if scope["path"].startswith(_CLOSED):
        return 404
    length = Headers(scope=scope).get("content-length", "0")
    return 413 if not length.isdigit() or int(length) > most else 0


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
