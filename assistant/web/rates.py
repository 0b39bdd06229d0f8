"""How often a client may ask: a bucket of tokens for each client and kind of request.

Our own forty lines rather than the `limits` package: its store in memory starts a thread every
10 ms under load and keeps a key for every address it ever saw, this one is bounded.
"""

from __future__ import annotations

import math
import re
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

from corpus.errors import CorpusError

_PERIODS = {"second": 1, "minute": 60, "hour": 3600}
_RATE = re.compile(rf"(\d{{1,6}})\s*/\s*({'|'.join(_PERIODS)})")
# An address more costs some 200 bytes; the oldest ones go first.
_CLIENTS = 10_000


@dataclass(frozen=True)
class Rate:
    """So many requests in so many seconds, all of them at once if need be."""

    many: int
    seconds: int


def read_rate(text: str, name: str) -> Rate | None:
    """« 60/minute » as a rate, « off » as none. Raises CorpusError, which names the variable."""
    if text.strip().lower() == "off":
        return None
    found = _RATE.fullmatch(text.strip().lower())
    if not found or not int(found.group(1)):
        raise CorpusError(
            f"{name}={text} : cadence illisible. Écrivez par exemple 60/minute, 5/second, 500/hour"
            " ou off."
        )
    return Rate(int(found.group(1)), _PERIODS[found.group(2)])


class Buckets:
    """Counts requests of one kind; safe to use from several threads."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, client: str) -> int:
        """0 if the client may go on, which is counted; else the seconds until it may."""
        speed = self._rate.many / self._rate.seconds
        with self._lock:
            now = self._clock()
            left, then = self._left.pop(client, (float(self._rate.many), now))
            left = min(self._rate.many, left + (now - then) * speed)
            allowed = left >= 1
            self._left[client] = (left - 1 if allowed else left, now)
            if len(self._left) > _CLIENTS:
                self._left.popitem(last=False)
        return 0 if allowed else max(1, math.ceil((1 - left) / speed))
