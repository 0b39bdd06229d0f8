"""The page on the newest index; until there is one, the page that asks for guides."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
            app = create_app(current, current.index, read_catalogue(), settings.guides, serving)
        if not current.index.guides():
            _say("Aucun guide n’est lu : la page dit quoi lancer, et s’ouvre dès qu’il y en a un.")
        with current.watching():
            serve(app, listener, lambda: _say(f"{url(host, listener)}  (Ctrl+C pour arrêter)"))


def _current(settings: Settings, lexicon: Lexicon, model: Model | None) -> Current:
    from assistant.assistant import Assistant
    from assistant.current import open_current

    return open_current(settings, lexicon, partial(Assistant, model=model), wait=True)


@contextmanager
def _uncollected() -> Iterator[None]:
    """What is made in here is not looked through for garbage, neither meanwhile nor later, when the
    first visitor's page is loading: almost all of it is modules and records that stay. That took
    an eighth of the time of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _say(line: str) -> None:
    print(line, file=sys.stdout, flush=True)  # noqa: T201
