"""The maintainers' password: only its hash is kept, in the environment.

scrypt of the standard library is memory-hard and needs no further package; argon2-cffi would only
bring a second implementation to keep up to date.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import threading

from corpus.errors import CorpusError

SHORTEST = 12
_NAME = "scrypt"
# 32 MB and about 0.2 s for one guess: OWASP's figures for scrypt.
_COST = (2**15, 8, 3)
_MEMORY = 64 * 1024 * 1024
_KEY, _SALT = 32, 16


class Password:
    """A hash that a typed password is compared with, one at a time."""

    def __init__(self, line: str) -> None:
        self._cost, self._salt, self._key = _parts(line)
        # Many logins at once must not take the memory of all of them.
        self._lock = threading.Lock()

    def matches(self, typed: str) -> bool:
        """Whether the password is the right one."""
        with self._lock:
            found = _scrypt(typed, self._salt, self._cost)
        return hmac.compare_digest(found, self._key)


def hashed(password: str, cost: tuple[int, int, int] = _COST) -> str:
    """The line to put into ADMIN_PASSWORD_HASH. Raises CorpusError if the password is short."""
    if len(password) < SHORTEST:
        raise CorpusError(
            f"Ce mot de passe n’a que {len(password)} caractères : prenez-en au moins {SHORTEST}."
        )
    salt = secrets.token_bytes(_SALT)
    key = _scrypt(password, salt, cost)
    # Colons, not dollars, which shells and Compose files would take for variables.
    return ":".join((_NAME, *map(str, cost), _text(salt), _text(key)))


def _parts(line: str) -> tuple[tuple[int, int, int], bytes, bytes]:
    try:
        name, n, r, p, salt, key = line.strip().split(":")
        cost = int(n), int(r), int(p)
        found = base64.urlsafe_b64decode(salt), base64.urlsafe_b64decode(key)
        if name != _NAME or len(found[1]) != _KEY or len(found[0]) < _SALT:
            raise ValueError(line)
        _scrypt("", found[0], cost)
    except ValueError:
        raise CorpusError(
            "ADMIN_PASSWORD_HASH n’est pas une empreinte de mot de passe : faites-en une avec"
            " « python -m assistant password » et recopiez toute la ligne."
        ) from None
    return cost, *found


def _scrypt(password: str, salt: bytes, cost: tuple[int, int, int]) -> bytes:
    n, r, p = cost
    typed = password.encode("utf-8", "replace")
    return hashlib.scrypt(typed, salt=salt, n=n, r=r, p=p, maxmem=_MEMORY, dklen=_KEY)


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode("ascii")
