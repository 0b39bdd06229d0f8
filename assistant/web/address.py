"""The address under which the page is served."""

from __future__ import annotations

import errno
import socket

from corpus.errors import CorpusError

_LAST_PORT = 65_535


def listen(host: str, port: int) -> socket.socket:
    """A socket that holds the address. Raises CorpusError, which names the option to change."""
    if not 0 <= port <= _LAST_PORT:
        raise CorpusError(f"--port {port} n’existe pas : donnez un nombre de 1 à {_LAST_PORT}.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise CorpusError(_reason(error, host, port)) from None


def url(host: str, listener: socket.socket) -> str:
    """What to type in a browser."""
    name = f"[{host}]" if ":" in host else host
    return f"http://{name}:{listener.getsockname()[1]}/"


def _reason(error: OSError, host: str, port: int) -> str:
    other = port + 1 if port < _LAST_PORT else 7861
    if error.errno == errno.EADDRINUSE:
        return f"Le port {port} est déjà pris : relancez avec --port {other}, par exemple."
    if error.errno == errno.EACCES:
        return f"Le port {port} est réservé au système : relancez avec --port 7860, par exemple."
    return f"--host {host} n’est pas une adresse de cette machine : relancez avec --host 127.0.0.1."
