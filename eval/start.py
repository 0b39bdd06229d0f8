"""How long from the command to the first page, and to a page that takes a question."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from urllib.request import urlopen

from corpus.settings import Settings
from eval.load import processor, served
from eval.measures import percentile

# What the page promises, the second counted from the first page.
GOAL_FIRST, GOAL_USABLE = 3.5, 1.5
_CHROMIUM = "chromium"
_PATIENCE = 30_000

Opening = Callable[[str], None]


@dataclass(frozen=True)
class Start:
    """Seconds to the first page, from there to a usable one if a browser is there to tell, and
    of processor until the first page."""

    first: float
    usable: float | None
    processor: float


def start(settings: Settings, times: int, say: Callable[[str], None]) -> bool:
    """Start the page again and again; whether the medians meet the goal. Raises CorpusError."""
    # In a thread of its own: the browser's driver wants one without an event loop.
    with ThreadPoolExecutor(1) as thread:
        starts = thread.submit(_starts, settings, times).result()
    say(f"{times} démarrages ({os.cpu_count()} cœurs), médiane et bornes")
    say(told(starts))
    return met(starts)


def _starts(settings: Settings, times: int) -> list[Start]:
    with _browser() as opening:
        # The first one brings the libraries into the memory of the system.
        once(settings, opening)
        return [once(settings, opening) for _ in range(times)]


def once(settings: Settings, opening: Opening | None) -> Start:
    """One start of the page as it is shipped, in a process of its own."""
    began = time.perf_counter()
    with served(settings) as (address, process):
        with urlopen(f"{address}/", timeout=_PATIENCE / 1000) as answer:
            answer.read()
        first = time.perf_counter()
        busy = processor(process.pid)
        if opening:
            opening(address)
        usable = time.perf_counter() - first if opening else None
    return Start(first - began, usable, busy)


def told(starts: Sequence[Start]) -> str:
    """The figures as lines of text."""
    lines = [
        _line("première page", [one.first for one in starts]),
        _line("dont processeur", [one.processor for one in starts]),
    ]
    usable = [one.usable for one in starts if one.usable is not None]
    lines.append(
        _line("puis utilisable", usable) if usable else f"pas de « {_CHROMIUM} » : page non ouverte"
    )
    verdict = "atteint" if met(starts) else "manqué"
    goal = f"objectif ({GOAL_FIRST} s, puis {GOAL_USABLE} s) : {verdict}"
    return "\n".join((*lines, goal))


def met(starts: Sequence[Start]) -> bool:
    """Whether half of the starts or more were quick enough, in both parts that were measured."""
    first = percentile([one.first for one in starts], 50)
    usable = percentile([one.usable for one in starts if one.usable is not None], 50)
    return first is not None and first <= GOAL_FIRST and (usable or 0.0) <= GOAL_USABLE


def _line(name: str, values: Sequence[float]) -> str:
    middle = percentile(values, 50) or 0.0
    return f"{name:<18}{middle:>6.2f} s   ({min(values):.2f} – {max(values):.2f})"


@contextmanager
def _browser() -> Iterator[Opening | None]:
    """Opens the page at an address and waits until it takes a question, with nothing kept from
    the time before; None where there is no Chromium."""
    program = shutil.which(_CHROMIUM)
    if program is None:
        yield None
        return
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])

        def opening(address: str) -> None:
            context = browser.new_context()
            page = context.new_page()
            page.goto(f"{address}/", wait_until="commit")
            page.locator("body.ready").wait_for(timeout=_PATIENCE)
            page.locator("#question textarea").fill("?")
            context.close()

        yield opening
        browser.close()
