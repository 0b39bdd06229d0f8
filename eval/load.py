"""How long users wait when many of them ask at once: the page in a process of its own."""

from __future__ import annotations

import asyncio
import os
import queue
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import cycle, islice

from corpus.errors import CorpusError
from corpus.settings import Settings
from eval.cases import read_cases
from eval.measures import percentile
from eval.visitor import Button, Visitor, Wait, find_button

# What the page promises to 30 users on two cores.
GOAL_SECONDS = 1.5
_START_SECONDS = 60.0


def load(settings: Settings, users: int, rounds: int, say: Callable[[str], None]) -> bool:
    """Let users ask at the same instant, round after round; whether the goal is met."""
    asked = questions()
    with served(settings) as (address, process):
        button = find_button(address)
        # The first question loads what later ones find loaded.
        _asked(address, button, asked[:3], 1, 3)
        before = processor(process.pid)
        began = time.perf_counter()
        waits = _asked(address, button, asked, users, rounds)
        seconds = time.perf_counter() - began
        busy = processor(process.pid) - before
    own = resource.getrusage(resource.RUSAGE_SELF)
    say(f"{users} personnes à la fois, {rounds} fois, par la page ({os.cpu_count()} cœurs)")
    say(told(waits))
    say(
        f"processeur : {1000 * busy / len(waits):.0f} ms par question pour le serveur,"
        f" {len(waits) / seconds:.1f} questions/s ; client {own.ru_utime + own.ru_stime:.1f} s"
    )
    return met(waits)


def questions() -> list[str]:
    """Questions of the evaluation, each once, facts and refusals mixed."""
    kinds = ("facts", "comparisons", "disagreements", "unanswerable")
    cases = [case for case in read_cases() if case.kind in kinds]
    # Neighbours in a file are about the same page: a stride mixes them.
    return [case.turns[0].question for step in range(7) for case in cases[step::7]]


def told(waits: Sequence[Wait]) -> str:
    """The figures as lines of text."""
    good = [wait for wait in waits if not wait.error]
    lines = [f"{'':<16}{'p50':>8}{'p95':>8}{'max':>8}   secondes"]
    for name, values in (
        ("premiers mots", [wait.first for wait in good]),
        ("réponse entière", [wait.whole for wait in good]),
    ):
        figures = [percentile(values, rank) or 0.0 for rank in (50, 95, 100)]
        lines.append(f"{name:<16}" + "".join(f"{figure:>8.2f}" for figure in figures))
    errors = sorted({wait.error for wait in waits if wait.error})
    lines.append(f"erreurs : {len(waits) - len(good)} sur {len(waits)} {' ; '.join(errors[:3])}")
    verdict = "atteint" if met(waits) else "manqué"
    return "\n".join((*lines, f"objectif (p95 < {GOAL_SECONDS} s, sans erreur) : {verdict}"))


def met(waits: Sequence[Wait]) -> bool:
    """Whether all were answered, and 95 % of them in time."""
    slowest = percentile([wait.whole for wait in waits], 95)
    return slowest is not None and slowest < GOAL_SECONDS and not any(w.error for w in waits)


def _asked(
    address: str, button: Button, asked: Sequence[str], users: int, rounds: int
) -> list[Wait]:
    """The rounds in a thread of their own: it has no event loop, whatever the caller's has."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(
            lambda: asyncio.run(_rounds(address, button, asked, users, rounds))
        ).result()


async def _rounds(
    address: str, button: Button, asked: Sequence[str], users: int, rounds: int
) -> list[Wait]:
    visitors = [Visitor(address, number) for number in range(users)]
    waits: list[Wait] = []
    drawn = cycle(asked)
    for _ in range(rounds):
        start = asyncio.Event()
        questions = islice(drawn, users)
        asking = [
            asyncio.create_task(visitor.ask(button, question, start))
            for visitor, question in zip(visitors, questions, strict=True)
        ]
        await asyncio.sleep(0)
        start.set()
        waits += await asyncio.gather(*asking)
    await asyncio.gather(*(visitor.leave() for visitor in visitors))
    return waits


@contextmanager
def served(settings: Settings) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The page as it is shipped, in a process of its own. Raises CorpusError if it does not start.

    It runs as behind a proxy, so that each visitor counts as a client of his own.
    """
    command = [sys.executable, "-m", "assistant", "--port", "0"]
    command += ["--guides", str(settings.guides), "--data", str(settings.data)]
    command += [] if settings.fiches else ["--no-fiches"]
    environment = {**os.environ, "TRUSTED_PROXIES": "127.0.0.1", "PYTHONUTF8": "1"}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    try:
        yield _address(process), process
    finally:
        process.terminate()
        process.wait(timeout=10)


def _address(process: subprocess.Popen[str]) -> str:
    lines: queue.Queue[str] = queue.Queue()
    stdout = process.stdout

    def read() -> None:
        if stdout:
            with stdout:
                for line in stdout:
                    lines.put(line)
        lines.put("")

    threading.Thread(target=read, daemon=True).start()
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        try:
            line = lines.get(timeout=1)
        except queue.Empty:
            continue
        if line.startswith("http://"):
            return line.split()[0].rstrip("/")
        if not line:
            break
    raise CorpusError("La page ne s’ouvre pas : essayez « python -m assistant ».")


def processor(process: int) -> float:
    """Seconds of processor that a process has used, 0 where the system does not tell."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii") as stream:
            fields = stream.read().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
