"""The page on an index: opened if there is one, else the page that asks for guides."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING

from assistant.model_settings import ModelSettings
from assistant.web.address import listen, url
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.current import Current
    from assistant.model import Model
    from assistant.web.serving import Serving
    from corpus.lexicon import Lexicon


def start(
    settings: Settings,
    serving: Serving,
    host: str,
    port: int,
    named_model: ModelSettings | None = None,
) -> None:
    """Serves the page until interrupted. Raises CorpusError if the index, the port or the model is
    wrong."""
    # Taken first: a port that is not free is told at once, and a browser that is early waits.
    with listen(host, port) as listener:
        _say("Ouverture de l’index…")
        with _uncollected():
            # These take seconds to load: whoever started the program has read the line by then.
            from assistant.model import open_model
            from assistant.web.server import create_app, serve
            from corpus.catalogue import read_catalogue
            from corpus.lexicon import read_lexicon

            current = _current(settings, read_lexicon(), open_model(named_model))
            index = current.index if current else None
            app = create_app(current, index, read_catalogue(), settings.guides, serving)
        if current is None:
            _say("Aucun guide n’est lu : la page dit quoi lancer.")
        with current.watching() if current else nullcontext():
            serve(app, listener, lambda: _say(f"{url(host, listener)}  (Ctrl+C pour arrêter)"))


def _current(settings: Settings, lexicon: Lexicon, model: Model | None) -> Current | None:
    from assistant.assistant import Assistant
    from assistant.current import open_current
    from corpus.errors import IndexMissingError

    try:
        current = open_current(settings, lexicon, partial(Assistant, model=model))
    except IndexMissingError:
        return None
    return current if current.index.guides() else None


@contextmanager
def _uncollected() -> Iterator[None]:
    """Nothing made in here is looked through for garbage meanwhile: almost all of it is modules
    and records that stay. That took an eighth of the time of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _say(line: str) -> None:
    print(line, file=sys.stdout, flush=True)  # noqa: T201
