"""The door to the maintainers' pages: each route asks it, for what is hidden is not protected."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Sequence

from fastapi import HTTPException, Request, Response

from assistant.web.admin.access import Access
from assistant.web.admin.sessions import Session, Sessions
from assistant.web.client import Network, Peer
from assistant.web.origin import from_our_page
from assistant.web.rates import Buckets, Rate

COOKIE = "maintenance"
# Wrong or right: five tries, then one a minute.
_LOGINS = Rate(5, 300)


class Door:
    """Knows who may come in."""

    def __init__(self, access: Access, trusted: Sequence[Network]) -> None:
        self._access, self._trusted = access, trusted
        self._sessions = Sessions()
        self._tries = Buckets(_LOGINS)
        self._secret = secrets.token_bytes(32)

    @property
    def password(self) -> bool:
        """Whether one can log in with a password."""
        return self._access.password is not None

    def admit(self, request: Request) -> Session:
        """The maintainer who asks. Raises HTTPException: 303 to the login where there is one."""
        session = self._found(request)
        if session is not None:
            return session
        if self.password and request.method == "GET":
            raise HTTPException(303, headers={"Location": f"{below(request)}/admin/login"})
        raise HTTPException(403, "Réservé aux personnes qui maintiennent le site.")

    def check(self, request: Request, session: Session, csrf: object) -> None:
        """Raises HTTPException unless a change is asked for by our own page."""
        right = isinstance(csrf, str) and hmac.compare_digest(
            csrf.encode("utf-8", "replace"), session.csrf.encode()
        )
        if not right or not from_our_page(request, Peer(request.scope, self._trusted)):
            raise HTTPException(403, "Cette page a expiré\u00a0: rechargez-la et recommencez.")

    def login(self, request: Request, typed: str, response: Response) -> int:
        """0 if the password is right, and the response then carries the session.

        Else the seconds to wait before the next try, or -1 if one may try again at once.
        """
        peer = Peer(request.scope, self._trusted)
        if not from_our_page(request, peer):
            raise HTTPException(403, "Cette page a expiré\u00a0: rechargez-la et recommencez.")
        wait = self._tries.wait(peer.household)
        if wait:
            return wait
        password = self._access.password
        if password is None or not password.matches(typed[:1_000]):
            return -1
        self.logout(request, response)
        response.set_cookie(
            COOKIE,
            self._sessions.open("password"),
            path=f"{below(request)}/admin",
            secure=peer.secure,
            httponly=True,
            samesite="strict",
        )
        return 0

    def logout(self, request: Request, response: Response) -> None:
        """Ends the session."""
        self._sessions.close(request.cookies.get(COOKIE, ""))
        response.delete_cookie(COOKIE, path=f"{below(request)}/admin")

    def _found(self, request: Request) -> Session | None:
        access = self._access
        user = Peer(request.scope, self._trusted).told(access.header) if access.header else ""
        if access.knows(user):
            # The proxy says it anew with each request: there is nothing to keep.
            csrf = hmac.new(self._secret, user.encode(), hashlib.sha256).hexdigest()
            return Session(user, csrf)
        return self._sessions.find(request.cookies.get(COOKIE, ""))


def below(request: Request) -> str:
    """The path under which the site is served, without a slash at its end."""
    return str(request.scope.get("root_path", "")).rstrip("/")
