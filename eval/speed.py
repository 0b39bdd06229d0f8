"""How fast and how large: ours beside plain tutorial retrieval, each in a process of its own."""

from __future__ import annotations

import multiprocessing
import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from assistant.assistant import Assistant
from corpus.encoder import make_encoder
from corpus.index import Index
from corpus.lexicon import read_lexicon
from corpus.settings import Settings
from eval.benchmark import ingest
from eval.cases import read_cases
from eval.measures import percentile
from eval.originals import Originals
from eval.scale import encoded, grow_chunks, grow_index
from eval.subject import Subject
from eval.tutorial import Tutorial, chunks_of

TIMES = (1, 10, 100)
QUESTIONS = 60
T = TypeVar("T")
_Rows = list[tuple[str, float, float, str]]


@dataclass(frozen=True)
class Reading:
    """Seconds to open, to answer the first question and warm ones; memory in megabytes."""

    opening: float
    first: float
    p50: float
    p95: float
    memory: float


def speed(settings: Settings, work: Path, times: Sequence[int], say: Callable[[str], None]) -> None:
    """Measure everything in one run; each finished part is said at once. Raises CorpusError."""
    encoder, lexicon = make_encoder(settings.encoder, settings.models), read_lexicon()
    originals = Originals.of(settings.guides)
    pages = sum(1 for _ in originals.pages())
    chunks = list(chunks_of(originals))
    index = Index.open(settings.place, encoder, lexicon, settings.guides)
    vectors, chunk_rows = encoded(index, encoder), encoder.passages([one.text for one in chunks])
    say(f"{pages} pages, {len(index.passages())} passages, {len(chunks)} morceaux de tutoriel")
    say(_table("Ingestion", _ingestion(settings, work, pages)))
    asked = questions()
    for many in times:
        data, folder = work / f"index-{many}", work / f"tutorial-{many}"
        storing = (
            _seconds(partial(grow_index, index, vectors, settings.data, data, many)),
            _seconds(partial(grow_chunks, chunks, chunk_rows, folder, many)),
        )
        ours = _apart(read_ours, settings, data, asked)
        theirs = _apart(read_tutorial, settings, folder, asked)
        say(
            _table(f"{many} × le corpus", [_storing(storing, pages * many), *_beside(ours, theirs)])
        )
    index.close()


def questions() -> list[str]:
    """Some of the evaluation's factual questions, spread over the file."""
    asked = [case.turns[0].question for case in read_cases() if case.kind == "facts"]
    return asked[:: max(1, len(asked) // QUESTIONS)][:QUESTIONS]


def read_ours(settings: Settings, data: Path, asked: Sequence[str]) -> Reading:
    """Our assistant on an index, measured in this process."""

    def opened() -> Subject:
        lexicon, encoder = read_lexicon(), make_encoder(settings.encoder, settings.models)
        return Assistant(Index.open(data, encoder, lexicon, settings.guides), lexicon)

    return _read(opened, asked)


def read_tutorial(settings: Settings, folder: Path, asked: Sequence[str]) -> Reading:
    """Plain tutorial retrieval on a store, measured in this process."""
    return _read(lambda: Tutorial(folder, make_encoder(settings.encoder, settings.models)), asked)


def ingest_tutorial(settings: Settings, folder: Path, _: Sequence[str]) -> float:
    """Seconds to read, split, encode and store the guides as a tutorial does."""

    def whole() -> None:
        chunks = list(chunks_of(Originals.of(settings.guides)))
        rows = make_encoder(settings.encoder, settings.models).passages(
            [one.text for one in chunks]
        )
        grow_chunks(chunks, rows, folder, 1)

    return _seconds(whole)


def _read(opened: Callable[[], Subject], asked: Sequence[str]) -> Reading:
    started = time.perf_counter()
    subject = opened()
    opening = time.perf_counter() - started
    first = _seconds(lambda: subject.ask(asked[0]))
    warm = [_seconds(partial(subject.ask, question)) for question in asked[1:]]
    middle, slow = percentile(warm, 50) or 0.0, percentile(warm, 95) or 0.0
    return Reading(opening, first, middle, slow, _memory())


def _memory() -> float:
    """The most memory this process has held, in megabytes."""
    status = Path("/proc/self/status")
    if status.is_file():  # unlike getrusage, it leaves out what the parent process held
        held = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(held.split()[1]) / 1000
    unit = 1 if sys.platform == "darwin" else 1000
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _ingestion(settings: Settings, work: Path, pages: int) -> _Rows:
    ours = _seconds(lambda: ingest(settings.guides, work / "ingested", True, "--rebuild"))
    theirs = _apart(ingest_tutorial, settings, work / "tutorial", ())
    return [
        ("par page, lecture et vecteurs compris", 1000 * ours / pages, 1000 * theirs / pages, "ms")
    ]


def _storing(seconds: tuple[float, float], pages: int) -> tuple[str, float, float, str]:
    ours, theirs = seconds
    return ("rangement par page (vecteurs prêts)", 1000 * ours / pages, 1000 * theirs / pages, "ms")


def _beside(ours: Reading, theirs: Reading) -> _Rows:
    return [
        ("ouverture", 1000 * ours.opening, 1000 * theirs.opening, "ms"),
        ("première question", 1000 * ours.first, 1000 * theirs.first, "ms"),
        ("question, médiane", 1000 * ours.p50, 1000 * theirs.p50, "ms"),
        ("question, 95e centile", 1000 * ours.p95, 1000 * theirs.p95, "ms"),
        ("mémoire", ours.memory, theirs.memory, "Mo"),
    ]


def _table(title: str, rows: _Rows) -> str:
    lines = [f"{title:<40}{'nous':>12}{'tutoriel':>12}{'rapport':>9}"]
    for label, ours, theirs, unit in rows:
        ratio = f"{ours / theirs:.2f}".replace(".", ",") if theirs else "–"
        lines.append(f"  {label:<38}{ours:>9.0f} {unit}{theirs:>9.0f} {unit}{ratio:>9}")
    return "\n".join(lines) + "\n"


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _apart(work: Callable[[Settings, Path, Sequence[str]], T], *given: Any) -> T:
    """Do it in a fresh process, so that neither side profits from what the other has loaded."""
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        result = pool.apply(work, given)
        pool.close()
        pool.join()
        return result
