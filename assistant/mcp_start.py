"""The MCP server on the newest index: for one client on standard input, or over HTTP."""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING

from assistant.model_settings import ModelSettings
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.current import Current
    from assistant.web.serving import Serving


def start_stdio(settings: Settings, model: ModelSettings | None = None) -> None:
    """Serves the client on standard input until it hangs up. Raises CorpusError."""
    from assistant.mcp import make_server, serve_stdio

    current = _current(settings, model)
    with current.watching():
        serve_stdio(make_server(current, current.index.guides))


def start_http(
    settings: Settings,
    serving: Serving,
    host: str,
    port: int,
    model: ModelSettings | None = None,
) -> None:
    """Serves /mcp over HTTP until interrupted. Raises CorpusError."""
    from assistant.web.address import listen, url

    with listen(host, port) as listener:
        from assistant.mcp import make_server, web_app
        from assistant.web.server import serve, surround_door

        current = _current(settings, model)
        app = web_app(make_server(current, current.index.guides), host)
        surround_door(app, serving)
        with current.watching():
            serve(app, listener, lambda: print(f"{url(host, listener)}mcp", file=sys.stderr))  # noqa: T201


def _current(settings: Settings, model: ModelSettings | None) -> Current:
    from assistant.assistant import Assistant
    from assistant.current import open_current
    from assistant.model import open_model
    from corpus.lexicon import read_lexicon

    return open_current(settings, read_lexicon(), partial(Assistant, model=open_model(model)))
