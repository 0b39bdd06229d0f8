"""Whether a request that changes something comes from our own pages."""

from __future__ import annotations

from urllib.parse import urlsplit

from fastapi import Request

from assistant.web.client import Peer


def from_our_page(request: Request, peer: Peer) -> bool:
    """False for a request that a browser sends on behalf of another site.

    Browsers name the page in one of two headers; what is no browser cannot be misused for this.
    """
    site = request.headers.get("sec-fetch-site")
    if site is not None:
        return site in ("same-origin", "none")
    origin = request.headers.get("origin")
    if origin is None:
        return True
    ours = {request.headers.get("host", ""), peer.told("x-forwarded-host")}
    return urlsplit(origin).netloc in ours - {""}
