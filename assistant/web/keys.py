"""API keys: only their hashes are kept, and comparing takes as long for a wrong one."""

from __future__ import annotations

import hmac
import re
import secrets
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from starlette.datastructures import Headers
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from corpus.errors import CorpusError

_SHORTEST = 20
_LINE = re.compile(r"(?P<name>\S+)\s+(?P<hash>[0-9a-f]{64})")
_BEARER = re.compile(r"bearer\s+(\S+)", re.I)
# What says how to ask is no secret.
_OPEN = ("/api/openapi.json",)
_GUARDED = ("/api/", "/mcp")
_REFUSED = {
    "detail": "Clé absente ou inconnue : envoyez l’en-tête « Authorization: Bearer CLÉ »."
    " / Missing or unknown key: send the header “Authorization: Bearer KEY”."
}


class Keys:
    """Knows the keys by their hashes. A key is random and long: a plain hash is enough."""

    def __init__(self, hashes: Sequence[str]) -> None:
        self._hashes = tuple(hashes)

    def holds(self, key: str) -> bool:
        """Whether the key is one of those known."""
        given = hashed(key)
        # All are compared, so that the time does not tell which one was near.
        found = [hmac.compare_digest(given, known) for known in self._hashes]
        return any(found)


def hashed(key: str) -> str:
    """What is kept of a key."""
    return sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def new_key() -> str:
    """A key that nobody can guess."""
    return secrets.token_urlsafe(32)


def read_keys(environment: Mapping[str, str]) -> Keys | None:
    """The keys of API_KEYS (with commas) and of the file API_KEYS_FILE (« name hash » lines).

    None where neither is set: whoever reaches the program may ask. Raises CorpusError, which
    repeats no key.
    """
    listed, named = environment.get("API_KEYS", ""), environment.get("API_KEYS_FILE", "")
    if not listed and not named:
        return None
    keys = [key.strip() for key in listed.split(",") if key.strip()]
    if any(len(key) < _SHORTEST for key in keys):
        raise CorpusError(
            f"API_KEYS : une clé a moins de {_SHORTEST} caractères. Faites-en une avec"
            " « python -m assistant key NOM »."
        )
    hashes = [*(hashed(key) for key in keys), *(_from_file(Path(named)) if named else ())]
    if not hashes:
        raise CorpusError("API_KEYS ou API_KEYS_FILE est donné, mais ne contient aucune clé.")
    return Keys(hashes)


def _from_file(path: Path) -> list[str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CorpusError(f"API_KEYS_FILE={path} ne se lit pas ({error}).") from None
    told = [(number, line.strip()) for number, line in enumerate(lines, 1)]
    hashes = []
    for number, line in told:
        if line and not line.startswith("#"):
            found = _LINE.fullmatch(line)
            if not found:
                raise CorpusError(
                    f"API_KEYS_FILE={path}, ligne {number} : attendu « nom empreinte », comme en"
                    " écrit « python -m assistant key NOM »."
                )
            hashes.append(found["hash"])
    return hashes


class Locked:
    """Wraps the app: the doors for programs open only to a known key."""

    def __init__(self, app: ASGIApp, keys: Keys | None) -> None:
        self._app, self._keys = app, keys

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request, or answers 401."""
        if self._keys is None or self._free(scope) or self._keys.holds(_given(scope)):
            await self._app(scope, receive, send)
            return
        refused = JSONResponse(_REFUSED, 401, {"WWW-Authenticate": "Bearer"})
        await refused(scope, receive, send)

    def _free(self, scope: Scope) -> bool:
        if scope["type"] not in ("http", "websocket"):
            return True
        path = scope["path"]
        return path in _OPEN or not path.startswith(_GUARDED)


def _given(scope: Scope) -> str:
    headers = Headers(scope=scope)
    bearer = _BEARER.fullmatch(headers.get("authorization", "").strip())
    return bearer.group(1) if bearer else headers.get("x-api-key", "").strip()
