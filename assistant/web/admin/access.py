"""Who may maintain: whoever knows the password, or whom a trusted proxy names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.web.admin.password import Password
from corpus.errors import CorpusError


@dataclass(frozen=True)
class Access:
    """A password, or a proxy's header and the users it may name (`*`: all of them)."""

    password: Password | None = None
    header: str = ""
    users: frozenset[str] = frozenset()

    def knows(self, user: str) -> bool:
        """Whether a user that the proxy names may maintain."""
        return bool(user) and bool({user, "*"} & self.users)


def read_access(environment: Mapping[str, str], proxies: bool) -> Access | None:
    """What the environment says; None, and no maintenance at all, if it says nothing.

    `proxies` tells whether any proxy is trusted. Raises CorpusError naming what is missing.
    """
    line = environment.get("ADMIN_PASSWORD_HASH", "").strip()
    header = environment.get("ADMIN_PROXY_HEADER", "").strip()
    users = frozenset(u.strip() for u in environment.get("ADMIN_USERS", "").split(",") if u.strip())
    if not line and not header:
        return None
    if header and not (proxies and users):
        raise CorpusError(
            f"ADMIN_PROXY_HEADER={header} demande aussi TRUSTED_PROXIES (les adresses dont cet"
            " en-tête est cru) et ADMIN_USERS (les personnes admises, ou * pour toutes)."
        )
    return Access(Password(line) if line else None, header, users)
