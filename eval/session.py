"""One evaluation from settings to files: open, run, measure, hold to the floor, report."""

from __future__ import annotations

import subprocess
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tqdm import tqdm

from assistant.assistant import Assistant
from corpus.catalogue import read_catalogue
from corpus.encoder import make_encoder
from corpus.errors import CorpusError
from corpus.index import Index
from corpus.lexicon import Lexicon, read_lexicon
from corpus.manifest import Manifest
from corpus.reranker import make_reranker
from corpus.settings import Settings
from eval.audit import Auditor
from eval.baseline import (
    BASELINE,
    WITHOUT_FICHES,
    Baseline,
    Fall,
    baseline_of,
    falls,
    fewer_cases,
    read_baseline,
)
from eval.cases import KINDS, Case, read_cases, select
from eval.figures import figures
from eval.originals import Originals
from eval.report import html_report
from eval.result import Result, Row
from eval.run import run_cases
from eval.subject import Subject
from eval.table import by_group, by_kind, of_falls, of_faults, of_row


@dataclass(frozen=True)
class Request:
    """What the command line asks of a run."""

    only: str | None
    case: str | None
    out: Path
    update_baseline: bool
    quiet: bool = False
    baseline: Path | None = None  # that of such a run, unless named


@dataclass(frozen=True)
class Outcome:
    """What is printed, and whether the run is above the floor."""

    text: str
    sound: bool


def perform(settings: Settings, request: Request) -> Outcome:
    """Run the cases asked for, write result.json and report.html. Raises CorpusError."""
    if request.only not in (None, *KINDS):
        raise CorpusError(f"--only {request.only} : genres possibles : {', '.join(KINDS)}.")
    cases = select(read_cases(), request.only, request.case)
    partial = _partial(settings, request)
    if partial and request.update_baseline:
        raise CorpusError(f"Un passage partiel ({partial}) ne peut pas devenir la base.")
    lexicon = read_lexicon()
    started = time.perf_counter()
    index = Index.open(
        settings.place,
        make_encoder(settings.encoder, settings.models),
        lexicon,
        settings.guides,
        settings.fiches,
        make_reranker(settings.models),
    )
    manifest = index.describe()
    judge = auditor(settings, lexicon)
    rows = judged(cases, Assistant(index, lexicon), judge, request.quiet)
    index.close()
    seconds = time.perf_counter() - started
    result = Result(
        commit(), datetime.now().astimezone().isoformat(timespec="seconds"), round(seconds, 1),
        {"guides": settings.guides.name, "fiches": settings.fiches, "encoder": settings.encoder},
        described(manifest), rows, partial,
    )  # fmt: skip
    floor = request.baseline or (BASELINE if settings.fiches else WITHOUT_FICHES)
    return _told(result, request, floor, judge.originals)


def judged(
    cases: tuple[Case, ...], subject: Subject, judge: Auditor, quiet: bool = False
) -> tuple[Row, ...]:
    """The rows of a run, with a progress bar unless `quiet`."""
    running = run_cases(cases, subject, judge)
    return tuple(tqdm(running, total=len(cases), unit="cas", leave=False, disable=quiet or None))


def auditor(settings: Settings, lexicon: Lexicon) -> Auditor:
    """The judge of citations, on the guide files of these settings."""
    guides = {guide.id: guide for guide in read_catalogue().guides}
    return Auditor(Originals.of(settings.guides), guides, lexicon)


def commit() -> str:
    """The commit that is judged, with a + if files were changed since; « inconnue » outside git."""
    here = Path(__file__).resolve().parent

    def git(*words: str) -> str:
        done = subprocess.run(("git", *words), cwd=here, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    try:
        return git("rev-parse", "--short=12", "HEAD") + (
            "+" if git("status", "--porcelain") else ""
        )
    except (OSError, subprocess.CalledProcessError):
        return "inconnue"


def described(manifest: Manifest) -> dict[str, object]:
    """The part of an index manifest that explains a result."""
    return {
        "encoder": manifest.encoder,
        "recipe": manifest.recipe,
        "made": manifest.made,
        "files": {one.name: one.checksum for one in manifest.files},
        "fiches": manifest.fiches,
    }


def _partial(settings: Settings, request: Request) -> str | None:
    reasons = [
        f"--only {request.only}" if request.only else "",
        f"--case {request.case}" if request.case else "",
        "" if Originals.of(settings.guides).files else "sans fichiers de guides",
    ]
    return ", ".join(reason for reason in reasons if reason) or None


def _told(result: Result, request: Request, floor: Path, originals: Originals) -> Outcome:
    earlier = read_baseline(floor)
    measured = figures(result.rows)
    fallen: list[Fall] = []
    lost = 0
    if earlier and _comparable(result):
        fallen = falls(earlier, measured, partial=bool(result.partial))
        lost = 0 if result.partial else fewer_cases(earlier, measured)
    report = request.out / "report.html"
    result.write(request.out / "result.json")
    page = html_report(result, earlier, fallen, originals)
    report.write_bytes(page.encode("utf-8", "replace"))
    if request.update_baseline:
        baseline_of(result, earlier).write(floor)
        fallen, lost = [], 0
    lines = [*_figures_told(result, earlier, request), *_verdict(earlier, fallen, lost)]
    lines.append(f"\nRapport : {report} ; résultat : {request.out / 'result.json'}")
    return Outcome("\n".join(lines), sound=not fallen and not lost)


def _comparable(result: Result) -> bool:
    """A floor is that of the assistant with guides: without them it says nothing."""
    return "sans" not in (result.partial or "")


def _figures_told(result: Result, earlier: Baseline | None, request: Request) -> list[str]:
    if request.case:
        return ["\n".join(of_row(row)) for row in result.rows]
    measured = figures(result.rows)
    return [
        by_kind(measured, earlier if _comparable(result) else None),
        "\n" + by_group(measured, "lang", "Langue"),
        "\n" + by_group(measured, "tag", "Étiquette"),
        f"\nFautes relevées – {of_faults(result.rows) or 'aucune'}",
        f"\n{len(result.rows)} cas en {result.seconds:.0f} s",
    ]


def _verdict(earlier: Baseline | None, fallen: list[Fall], lost: int) -> list[str]:
    if earlier is None:
        return ["Pas encore de base : « python -m eval --update-baseline » en fait une."]
    told = [f"\n{len(fallen)} mesures sous la base :\n{of_falls(fallen)}"] if fallen else []
    if lost:
        told.append(f"{lost} cas de moins que la base : si c’est voulu, --update-baseline.")
    return told or ["Aucune mesure n’est sous la base."]
