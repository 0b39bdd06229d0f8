"""What the doors serve in a second: the page's queue and the plain route, with the same answers.

Once as shipped, where the answer itself costs most of the time, and once with an assistant that
answers at once, where only the doors differ.
"""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from multiprocessing import get_context
from multiprocessing.connection import Connection

from assistant.answer import Answer, Exchange
from assistant.privacy import Masked
from assistant.retrieval import Hit
from assistant.web.needs import AssistantLike
from corpus.errors import CorpusError
from corpus.settings import Settings
from eval.load import processor, questions
from eval.visitor import Caller, Visitor, find_button

# As many as wait at the page's queue at once.
_USERS = 16
_SECONDS = 8.0
# What a plain route is to serve for each question that the page's queue does.
GOAL = 10
_OPENS_WITHIN = 120.0
_QUESTION = "Qui contacter pour une CPTS ?"


@dataclass(frozen=True)
class Pace:
    """Answers in a second, and milliseconds of the server's processor for each.

    The second figure holds on a busy machine as well.
    """

    rate: float
    processor: float


Ask = Callable[[int, str], Awaitable[None]]


def compare(settings: Settings, say: Callable[[str], None], seconds: float = _SECONDS) -> bool:
    """Tell what each door serves and costs; whether the doors alone differ as they should."""
    say(f"{_USERS} demandes à la fois, {seconds:.0f} s par porte, {os.cpu_count()} cœurs")
    say(f"{'':<26}{'page':>12}{'/api/ask':>12}   page ÷ /api/ask")
    for name, instant in (("réponses véritables", False), ("réponses toutes faites", True)):
        with _served(settings, instant) as (address, process):
            page, plain = asyncio.run(_measured(address, process, seconds))
        times = page.processor / plain.processor
        say(f"{name:<26}{page.rate:>10.1f}/s{plain.rate:>10.1f}/s")
        say(
            f"{'  processeur':<26}{page.processor:>9.1f} ms{plain.processor:>9.1f} ms   {times:.1f}"
        )
    met = times >= GOAL
    say(f"objectif (× {GOAL} entre les portes seules) : {'atteint' if met else 'manqué'}")
    return met


async def _measured(address: str, process: int, seconds: float) -> tuple[Pace, Pace]:
    asked = questions()
    button = find_button(address)
    visitors = [Visitor(address, number) for number in range(_USERS)]
    caller = Caller(address)
    now = asyncio.Event()
    now.set()

    async def through_page(user: int, question: str) -> None:
        wait = await visitors[user].ask(button, question, now)
        if wait.error:
            raise CorpusError(f"La page n’a pas répondu : {wait.error}")

    async def through_api(_: int, question: str) -> None:
        await caller.ask(question)

    paces = []
    for ask in (through_page, through_api):
        # The first questions load what later ones find loaded.
        await _pace(ask, asked[:_USERS], process, 0.5)
        paces.append(await _pace(ask, asked, process, seconds))
    await asyncio.gather(caller.leave(), *(visitor.leave() for visitor in visitors))
    return paces[0], paces[1]


async def _pace(ask: Ask, asked: Sequence[str], process: int, seconds: float) -> Pace:
    """What is served while each user asks again as soon as he has his answer."""
    began, before = time.perf_counter(), processor(process)
    turns = count()

    async def user(number: int) -> int:
        done = 0
        while time.perf_counter() - began < seconds:
            await ask(number, asked[next(turns) % len(asked)])
            done += 1
        return done

    done = sum(await asyncio.gather(*(user(number) for number in range(_USERS))))
    spent = (processor(process) - before) / done
    return Pace(done / (time.perf_counter() - began), 1_000 * spent)


@contextmanager
def _served(settings: Settings, instant: bool) -> Iterator[tuple[str, int]]:
    """The page in a process of its own, without limits of rate."""
    context = get_context("spawn")
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_serve, args=(settings, instant, there), daemon=True)
    process.start()
    try:
        if not here.poll(_OPENS_WITHIN):
            raise CorpusError("La page ne s’ouvre pas : essayez « python -m assistant ».")
        yield here.recv(), process.pid or 0
    finally:
        process.terminate()
        process.join(timeout=10)


def _serve(settings: Settings, instant: bool, told: Connection) -> None:
    from assistant.assistant import Assistant
    from assistant.current import open_current
    from assistant.web.address import listen, url
    from assistant.web.server import create_app, serve
    from corpus.catalogue import read_catalogue
    from corpus.lexicon import read_lexicon

    current = open_current(settings, read_lexicon(), Assistant)
    answering = Instant(current) if instant else current
    app = create_app(answering, current.index, read_catalogue(), settings.guides)
    with listen("127.0.0.1", 0) as listener:
        serve(app, listener, lambda: told.send(url("127.0.0.1", listener).rstrip("/")))


class Instant:
    """Gives the answer to one question to every question, at once."""

    def __init__(self, assistant: AssistantLike) -> None:
        self._assistant = assistant
        self._answer = assistant.ask(_QUESTION)

    def ask(self, question: str, history: Sequence[Exchange] = (), region: str = "") -> Answer:
        """The one answer."""
        return self._answer

    def stream(
        self, question: str, history: Sequence[Exchange] = (), region: str = ""
    ) -> Iterator[Answer]:
        """The one answer."""
        yield self._answer

    def search(self, question: str, limit: int = 10) -> list[Hit]:
        """Nothing."""
        return []

    def related(self, history: Sequence[Exchange]) -> tuple[str, ...]:
        """Nothing."""
        return ()

    def masked(self, text: str) -> Masked:
        """The text."""
        return Masked(text)
