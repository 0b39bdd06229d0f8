"""Who is logged in: kept on the server, so that a logout and a restart end it for certain."""

from __future__ import annotations

import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

_IDLE, _LONGEST = 30 * 60, 8 * 3600
_MOST = 50


@dataclass(frozen=True)
class Session:
    """A maintainer who is there; `csrf` comes back with everything that changes something."""

    user: str
    csrf: str
    begun: float = 0.0
    seen: float = 0.0


class Sessions:
    """The sessions of one running program, by the token in their cookie."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._sessions: dict[str, Session] = {}
        self._lock = threading.Lock()

    def open(self, user: str) -> str:
        """The token of a new session."""
        now = self._clock()
        token = secrets.token_urlsafe(32)
        with self._lock:
            alive = {t: s for t, s in self._sessions.items() if _alive(s, now)}
            while len(alive) >= _MOST:
                alive.pop(next(iter(alive)))
            alive[token] = Session(user, secrets.token_urlsafe(32), now, now)
            self._sessions = alive
        return token

    def find(self, token: str) -> Session | None:
        """The session of a token if it is alive; it then lives on."""
        now = self._clock()
        with self._lock:
            session = self._sessions.get(token)
            if session is None or not _alive(session, now):
                self._sessions.pop(token, None)
                return None
            self._sessions[token] = replace(session, seen=now)
        return session

    def close(self, token: str) -> None:
        """End a session."""
        with self._lock:
            self._sessions.pop(token, None)


def _alive(session: Session, now: float) -> bool:
    return now - session.seen < _IDLE and now - session.begun < _LONGEST
