"""Structured logs: one JSON object a line, and never a word that somebody typed."""

from __future__ import annotations

import json
import logging
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TextIO

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from assistant.web.metrics import Metrics
from corpus.errors import CorpusError

_LEVELS = ("debug", "info", "warning", "error")
# What every record has by itself; what is left was given as `extra`.
_USUAL = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_OURS = ("assistant", "corpus")

log = logging.getLogger(__name__)


class JsonLines(logging.Formatter):
    """Formats a record as JSON.

    Of an exception, its class and where it was raised: its message may quote what was typed. For
    the same reason the messages of other libraries are left as their templates.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The record as one line."""
        ours = record.name.split(".")[0] in _OURS
        line: dict[str, object] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage() if ours else str(record.msg)[:200],
        }
        if ours:
            line |= {k: v for k, v in vars(record).items() if k not in _USUAL}
        if record.exc_info and record.exc_info[1]:
            error = record.exc_info[1]
            line["error"] = type(error).__name__
            frames = traceback.extract_tb(error.__traceback__)
            line["where"] = [f"{f.filename}:{f.lineno} {f.name}" for f in frames[-8:]]
        return json.dumps(line, ensure_ascii=True, default=str)


def configure(environment: Mapping[str, str], stream: TextIO = sys.stderr) -> None:
    """Send the program's log to a stream, at LOG_LEVEL. Raises CorpusError if unknown."""
    level = environment.get("LOG_LEVEL", "warning").lower()
    if level not in _LEVELS:
        raise CorpusError(f"LOG_LEVEL={level} : valeurs possibles : {', '.join(_LEVELS)}.")
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonLines())
    handler.addFilter(_worth_telling)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(level.upper())


def _worth_telling(record: logging.LogRecord) -> bool:
    """Libraries tell little that helps here, and some of it quotes what they were given.

    Some set a level of their own, so that that of the root does not hold for them.
    """
    return record.levelno >= logging.WARNING or record.name.split(".")[0] in _OURS


class Journal:
    """Wraps the app: each response is counted and logged by method, path and status."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app, self._metrics = app, metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def noted(message: Message) -> None:
            if message["type"] == "http.response.start":
                status = message["status"]
                self._metrics.responded(status)
                if status >= 500:
                    self._metrics.failed("request")
                # The path alone: what follows the question mark may hold a question.
                told = {"method": scope["method"], "path": scope["path"][:200], "status": status}
                log.info("request", extra=told)
            await send(message)

        await self._app(scope, receive, noted)
