"""A visitor of the page without a browser: sends what the page's script sends, and waits.

It knows the page by the names of its parts (page.py, talk.js).
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from corpus.errors import CorpusError

_TIMEOUT = httpx.Timeout(60)
# Nothing else on the machine has these addresses: each visitor is a client of his own.
_ADDRESS = "198.51.100.{}"


@dataclass(frozen=True)
class Wait:
    """Seconds until the first words of an answer and until it is whole; `error` if none came."""

    first: float
    whole: float
    error: str = ""


@dataclass(frozen=True)
class Button:
    """The event of the page that asks, and its inputs with their values before anybody types."""

    number: int
    inputs: Sequence[int]
    order: int
    defaults: Mapping[int, Any]

    def data(self, question: str) -> list[Any]:
        """What the page sends for a question that begins a conversation."""
        order = {"turn": 1, "question": question, "region": "", "exchanges": []}
        sent = json.dumps(order, ensure_ascii=False)
        return [sent if i == self.order else self.defaults.get(i) for i in self.inputs]


def find_button(address: str) -> Button:
    """The asking event of a served page. Raises CorpusError if its parts have other names."""
    config = httpx.get(f"{address}/config", timeout=_TIMEOUT).json()
    names = {part["props"].get("elem_id"): part["id"] for part in config["components"]}
    asking, order = names.get("do-ask"), names.get("order")
    for event in config["dependencies"]:
        if order is not None and asking in [target[0] for target in event["targets"]]:
            values = {part["id"]: part["props"].get("value") for part in config["components"]}
            return Button(event["id"], event["inputs"], order, values)
    raise CorpusError("La page n’a plus de bouton « do-ask » : adaptez eval/visitor.py.")


class Visitor:
    """One user: a connection, a session and an address of his own."""

    def __init__(self, address: str, number: int) -> None:
        headers = {"X-Forwarded-For": _ADDRESS.format(number % 254 + 1)}
        self._client = httpx.AsyncClient(base_url=address, headers=headers, timeout=_TIMEOUT)
        self._number = number
        self._asked = 0

    async def ask(self, button: Button, question: str, start: asyncio.Event) -> Wait:
        """How long the page takes to show the answer to a question, asked when `start` is set."""
        self._asked += 1
        session = f"load{self._number}x{self._asked}"
        await start.wait()
        begun = time.perf_counter()
        try:
            first = await self._through_the_page(button, question, session, begun)
        except (httpx.HTTPError, ValueError) as error:
            return Wait(0.0, time.perf_counter() - begun, f"{type(error).__name__} {error}"[:120])
        return Wait(first, time.perf_counter() - begun)

    async def leave(self) -> None:
        """Closes the connection."""
        await self._client.aclose()

    async def _through_the_page(
        self, button: Button, question: str, session: str, begun: float
    ) -> float:
        event = {
            "data": button.data(question),
            "fn_index": button.number,
            "session_hash": session,
            "event_data": None,
            "trigger_id": None,
        }
        joined = await self._client.post("/gradio_api/queue/join", json=event)
        joined.raise_for_status()
        first = 0.0
        query = {"session_hash": session}
        async with self._client.stream("GET", "/gradio_api/queue/data", params=query) as stream:
            stream.raise_for_status()
            async for line in stream.aiter_lines():
                if not line.startswith("data:"):
                    continue
                told = json.loads(line.removeprefix("data:"))
                if told["msg"] == "process_generating" and not first and "reply" in line:
                    first = time.perf_counter() - begun
                if told["msg"] == "process_completed":
                    if not told["success"] or not first:
                        raise ValueError("sans réponse")
                    return first
        raise ValueError("flux interrompu")


class Caller:
    """A program that asks over /api/ask, on connections that it keeps open."""

    def __init__(self, address: str) -> None:
        self._client = httpx.AsyncClient(base_url=address, timeout=_TIMEOUT)

    async def ask(self, question: str) -> None:
        """Waits for the answer to a question. Raises CorpusError if there is none."""
        told = await self._client.post("/api/ask", json={"question": question})
        if told.status_code != 200:
            raise CorpusError(f"/api/ask a répondu {told.status_code}.")

    async def leave(self) -> None:
        """Closes the connections."""
        await self._client.aclose()
