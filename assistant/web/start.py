"""The page on an index: opened if there is one, else the page that asks for guides."""

from __future__ import annotations

import sys

from assistant.assistant import Assistant
from assistant.web.server import create_app, serve
from corpus.catalogue import read_catalogue
from corpus.encoder import make_encoder
from corpus.errors import IndexMissingError
from corpus.index import Index
from corpus.lexicon import Lexicon, read_lexicon
from corpus.settings import Settings


def start(settings: Settings, host: str, port: int) -> None:
    """Serves the page until interrupted. Raises CorpusError if the index or the port is wrong."""
    lexicon = read_lexicon()
    index = _index(settings, lexicon)
    assistant = Assistant(index, lexicon) if index else None
    app = create_app(assistant, index, read_catalogue(), settings.guides)
    serve(app, host, port, lambda address: print(address, file=sys.stdout, flush=True))  # noqa: T201


def _index(settings: Settings, lexicon: Lexicon) -> Index | None:
    try:
        index = Index.open(settings.data, make_encoder(settings.encoder), lexicon, settings.guides)
    except IndexMissingError:
        return None
    return index if index.guides() else None
