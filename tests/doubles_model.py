"""A small server that speaks the OpenAI protocol, for the real clients to talk to, and a model that
says what a test gives it."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from assistant.model import Failure, ModelError
from assistant.model_settings import ModelSettings


class ScriptedModel:
    """Says one text, in pieces of a few letters; keeps what it was asked. With a `failure` it
    breaks off at the end."""

    def __init__(self, text: str, failure: Failure | None = None) -> None:
        self.text, self.failure = text, failure
        self.asked: list[tuple[str, str]] = []

    def reply(self, system: str, asked: str) -> ScriptedText:
        """The text, whatever is asked."""
        self.asked.append((system, asked))
        return ScriptedText(self.text, self.failure)


class ScriptedText:
    """A text as it comes."""

    def __init__(self, text: str, failure: Failure | None) -> None:
        self.usage = {"calls": 1, "prompt_tokens": 10, "completion_tokens": 5}
        self._text, self._failure = text, failure

    def __iter__(self) -> Iterator[str]:
        for place in range(0, len(self._text), 7):
            yield self._text[place : place + 7]
        if self._failure:
            raise ModelError(self._failure, "scripted")


class ModelServer:
    """What the server does with each request, and the requests it got.

    `text` is streamed in pieces, with a reason at its end unless `finish` is empty. `statuses` are
    the codes of errors to answer first, one a request. With `hangs` nothing comes until the server
    is closed.
    """

    def __init__(
        self,
        text: str = "",
        finish: str = "stop",
        statuses: tuple[int, ...] = (),
        hangs: bool = False,
        error: str = "broken",
    ) -> None:
        self.text, self.finish, self.hangs, self.error = text, finish, hangs, error
        self.statuses = list(statuses)
        self.requests: list[dict[str, Any]] = []
        self.closing = threading.Event()

    @contextmanager
    def running(self) -> Iterator[str]:
        """The address of the server while it runs."""
        server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        finally:
            self.closing.set()
            server.shutdown()
            thread.join()
            server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        told = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                told.requests.append(json.loads(body))
                if told.hangs:
                    told.closing.wait(10)
                elif told.statuses:
                    self._fail(told.statuses.pop(0))
                else:
                    self._stream()

            def _fail(self, status: int) -> None:
                body = json.dumps({"error": {"message": told.error, "type": "error"}}).encode()
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(body)))
                # A client that obeyed this would keep the reader waiting for a minute.
                self.send_header("Retry-After", "60")
                self.end_headers()
                self.wfile.write(body)

            def _stream(self) -> None:
                self.send_response(200)
                self.send_header("Content-Type", "text/event-stream")
                self.end_headers()
                for place in range(0, len(told.text), 9):
                    self._event({"content": told.text[place : place + 9]}, None)
                if told.finish:
                    self._event({}, told.finish)
                    usage = {"prompt_tokens": 120, "completion_tokens": 30, "total_tokens": 150}
                    self._write({"choices": [], "usage": usage})
                    self.wfile.write(b"data: [DONE]\n\n")

            def _event(self, delta: dict[str, str], finish: str | None) -> None:
                self._write({"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})

            def _write(self, fields: dict[str, Any]) -> None:
                head = {"id": "1", "object": "chat.completion.chunk", "created": 1, "model": "m"}
                self.wfile.write(f"data: {json.dumps(head | fields)}\n\n".encode())

            def log_message(self, format: str, *args: Any) -> None:
                """Nothing."""

        return Handler


def model_at(url: str, seconds: float = 10.0) -> ModelSettings:
    """Settings for a server under this address."""
    return ModelSettings("openai", "small", url, "key", seconds)
