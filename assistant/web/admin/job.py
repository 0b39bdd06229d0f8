"""The ingestion that maintainers start: a program of its own, so that answers go on meanwhile."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from corpus.settings import Settings

_NEVER = "L’ingestion s’est arrêtée sans rapport : lancez « python -m ingest » pour en voir plus."


@dataclass(frozen=True)
class Told:
    """What became of one file: its outcome, and why."""

    name: str
    outcome: str
    note: str


@dataclass(frozen=True)
class Progress:
    """How far the ingestion is, and what it reported at the end."""

    running: bool = False
    done: int = 0
    total: int = 0
    step: str = ""
    ended: str = ""
    error: str = ""
    published: bool = False
    lines: tuple[Told, ...] = ()
    unquoted: tuple[str, ...] = ()


def ingestion(settings: Settings) -> list[str]:
    """The command that ingests these settings' guides."""
    # The page's users come first where there are few processors.
    polite = ["nice", "-n", "10"] if shutil.which("nice") else []
    command = [*polite, sys.executable, "-m", "ingest", "--json"]
    command += ["--guides", str(settings.guides), "--data", str(settings.data)]
    return command + ([] if settings.fiches else ["--no-fiches"])


class Ingestion:
    """Runs a command that reports as `python -m ingest --json` does, one at a time."""

    def __init__(self, command: Sequence[str]) -> None:
        self._command = list(command)
        self._lock = threading.Lock()
        self._again = False
        self.progress = Progress()

    def start(self) -> None:
        """Begin; if it runs already, it runs once more afterwards."""
        with self._lock:
            if self.progress.running:
                self._again = True
                return
            self.progress = Progress(running=True)
        threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            last = self._run()
            with self._lock:
                if not self._again:
                    self.progress = last
                    return
                self._again = False
                self.progress = Progress(running=True)

    def _run(self) -> Progress:
        try:
            with subprocess.Popen(
                self._command,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                stdin=subprocess.DEVNULL,
                text=True,
                encoding="utf-8",
                env={**os.environ, "PYTHONUTF8": "1"},
            ) as process:
                errors: list[str] = []
                drain = threading.Thread(target=errors.extend, args=(process.stderr or (),))
                drain.start()
                reported = False
                for line in _objects(process):
                    self.progress = _after(self.progress, line)
                    reported = reported or "report" in line
                drain.join()
            now = datetime.now(UTC).isoformat(timespec="seconds")
            ended = replace(self.progress, running=False, ended=now)
            if process.returncode == 0 and reported:
                return ended
            told = errors[-1].strip() if process.returncode == 2 and errors else _NEVER
            return replace(ended, error=told)
        except OSError as error:
            return Progress(error=f"L’ingestion n’a pas pu être lancée ({error.strerror}).")


def _objects(process: subprocess.Popen[str]) -> Iterator[dict[str, Any]]:
    for line in process.stdout or ():
        try:
            found = json.loads(line)
        except ValueError:
            continue
        if isinstance(found, dict):
            yield found


def _after(progress: Progress, line: dict[str, Any]) -> Progress:
    if "step" in line:
        return replace(progress, step=line["step"], done=line["done"], total=line["total"])
    report = line.get("report")
    if not isinstance(report, dict):
        return progress
    return replace(
        progress,
        done=progress.total,
        published=bool(report["published"]),
        lines=tuple(Told(one["name"], one["outcome"], _note(one)) for one in report["lines"]),
        unquoted=tuple(report["unquoted"]),
    )


def _note(line: dict[str, Any]) -> str:
    """Why, and what to do; else how much was read."""
    counted = f"{_many(line.get('pages', 0), 'page')}, {_many(line.get('passages', 0), 'passage')}"
    return line["note"] or (counted if line["outcome"] in ("lu", "inchangé") else "")


def _many(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' if count > 1 else ''}"
