"""Which link targets are kept."""

from __future__ import annotations

import re

# A guide is data: a target that a browser would execute or open locally is not a link.
_SAFE = re.compile(r"(?:https?://|mailto:)[^\s<>\"]+", re.IGNORECASE)


def safe_target(target: str) -> str | None:
    """`target` if it leads to a web page or a mailbox, else None."""
    stripped = target.strip()
    return stripped if _SAFE.fullmatch(stripped) else None
