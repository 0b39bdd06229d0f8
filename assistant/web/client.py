"""Who sends a request, seen through the proxies that are trusted and no others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from corpus.errors import CorpusError

Network = IPv4Network | IPv6Network
# Whoever has an IPv6 address usually has 2**64 of them.
_HOME_BITS = 64


def networks(listed: str, name: str) -> tuple[Network, ...]:
    """The networks of a list with commas. Raises CorpusError, which names the variable."""
    try:
        return tuple(ip_network(one.strip(), strict=False) for one in listed.split(",") if one)
    except ValueError as error:
        raise CorpusError(
            f"{name}={listed} : {error}. Donnez des adresses ou des réseaux séparés par des"
            " virgules, comme 127.0.0.1,10.0.0.0/8."
        ) from None


class Peer:
    """One request's sender: what its connection says, and what a trusted proxy adds."""

    def __init__(self, scope: Mapping[str, object], trusted: Sequence[Network]) -> None:
        client = scope.get("client")
        self._peer = str(client[0]) if isinstance(client, list | tuple) and client else ""
        self._headers = _headers(scope)
        self._trusted = trusted
        self.scheme = str(scope.get("scheme", "http"))

    @property
    def proxied(self) -> bool:
        """Whether the connection comes from a proxy that is trusted."""
        return _within(self._peer, self._trusted)

    @property
    def address(self) -> str:
        """The sender's address: the last one on the way that is no trusted proxy."""
        if not self.proxied:
            return self._peer
        way = [part.strip() for part in self._headers.get("x-forwarded-for", "").split(",")]
        for hop in reversed([part for part in way if part]):
            if not _within(hop, self._trusted):
                return hop
        return self._peer

    @property
    def household(self) -> str:
        """What a rate is counted for: an IPv4 address, or the network of an IPv6 one."""
        try:
            found = ip_address(self.address)
        except ValueError:
            return self.address[:64]
        if isinstance(found, IPv6Address):
            if found.ipv4_mapped:
                return str(found.ipv4_mapped)
            return str(ip_network((found, _HOME_BITS), strict=False))
        return str(found)

    @property
    def secure(self) -> bool:
        """Whether the browser's own connection is encrypted."""
        if self.proxied and "x-forwarded-proto" in self._headers:
            return self._headers["x-forwarded-proto"].split(",")[-1].strip() == "https"
        return self.scheme in ("https", "wss")

    def told(self, header: str) -> str:
        """What a trusted proxy says in a header; empty if nobody trusted says anything."""
        return self._headers.get(header.lower(), "").strip() if self.proxied else ""


def _within(address: str, trusted: Sequence[Network]) -> bool:
    try:
        found = ip_address(address)
    except ValueError:
        return False
    return any(found in network for network in trusted)


def _headers(scope: Mapping[str, object]) -> dict[str, str]:
    pairs = scope.get("headers")
    found: dict[str, str] = {}
    for name, value in pairs if isinstance(pairs, list | tuple) else ():
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        # A second X-Forwarded-For continues the first one.
        found[key] = f"{found[key]},{text}" if key in found else text
    return found
