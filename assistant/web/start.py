"""The page on an index: opened if there is one, else the page that asks for guides."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from assistant.web.address import listen, url
from corpus.settings import Settings

if TYPE_CHECKING:
    from assistant.web.serving import Serving
    from corpus.index import Index
    from corpus.lexicon import Lexicon


def start(settings: Settings, serving: Serving, host: str, port: int) -> None:
    """Serves the page until interrupted. Raises CorpusError if the index or the port is wrong."""
    # Taken first: a port that is not free is told at once, and a browser that is early waits.
    with listen(host, port) as listener:
        _say("Ouverture de l’index…")
        # These take seconds to load: whoever started the program has read the line by then.
        from assistant.assistant import Assistant
        from assistant.web.server import create_app, serve
        from corpus.catalogue import read_catalogue
        from corpus.lexicon import read_lexicon

        lexicon = read_lexicon()
        index = _index(settings, lexicon)
        assistant = Assistant(index, lexicon) if index else None
        app = create_app(assistant, index, read_catalogue(), settings.guides, serving)
        if index is None:
            _say("Aucun guide n’est lu : la page dit quoi lancer.")
        serve(app, listener, lambda: _say(f"{url(host, listener)}  (Ctrl+C pour arrêter)"))


def _index(settings: Settings, lexicon: Lexicon) -> Index | None:
    from corpus.encoder import make_encoder
    from corpus.errors import IndexMissingError
    from corpus.index import Index

    try:
        index = Index.open(
            settings.data,
            make_encoder(settings.encoder),
            lexicon,
            settings.guides,
            settings.fiches,
        )
    except IndexMissingError:
        return None
    return index if index.guides() else None


def _say(line: str) -> None:
    print(line, file=sys.stdout, flush=True)  # noqa: T201
