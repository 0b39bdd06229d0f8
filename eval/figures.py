"""The figures of a run: means of the per-case scores, for all cases and for each group of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from eval import measures
from eval.result import Row, TurnRecord
from eval.yardsticks import YARDSTICKS

Figures = dict[str, dict[str, "Figure"]]
ALL = "all"
# Dialogues mix turns of both sorts in one score, hostile input has no right status.
_ASKED_ONCE = ("facts", "disagreements", "comparisons", "unanswerable")


@dataclass(frozen=True)
class Figure:
    """A mean (or percentile) and the number of cases it stands for."""

    value: float
    cases: int


def figures(rows: Sequence[Row]) -> Figures:
    """Figures by group: `all`, `kind:facts`, `lang:en`, `tag:paraphrase`…, in that order."""
    groups: dict[str, list[Row]] = {ALL: list(rows)}
    for prefix in ("kind", "lang", "tag"):
        for row in rows:
            for name in _names(row, prefix):
                groups.setdefault(f"{prefix}:{name}", []).append(row)
    return {group: _of_group(members) for group, members in groups.items()}


def _names(row: Row, prefix: str) -> Iterable[str]:
    return {"kind": (row.kind,), "lang": (row.lang,), "tag": dict.fromkeys(row.tags)}[prefix]


def _of_group(rows: Sequence[Row]) -> dict[str, Figure]:
    found: dict[str, Figure] = {}
    for yardstick in YARDSTICKS:
        values = [row.scores[yardstick.name] for row in rows if yardstick.name in row.scores]
        average = (
            measures.percentile(values, 50) if yardstick.name == "words" else measures.mean(values)
        )
        if average is not None:
            found[yardstick.name] = Figure(average, len(values))
    return found | _abstention(rows) | _latency(rows)


def _abstention(rows: Sequence[Row]) -> dict[str, Figure]:
    asked = [row for row in rows if row.kind in _ASKED_ONCE]
    first = [row.turns[0] for row in asked if row.turns]
    verdicts = [(turn.expected["status"], _declined(turn)) for turn in first]
    declined = [verdict for expected, verdict in verdicts if expected == "abstained"]
    wrongly = [verdict for expected, verdict in verdicts if expected == "answered"]
    precision, recall = measures.abstention(declined, wrongly)
    found = {}
    if precision is not None and declined and wrongly:
        found["abstention_precision"] = Figure(precision, round(sum(declined) + sum(wrongly)))
    if recall is not None:
        found["abstention_recall"] = Figure(recall, len(declined))
    return found


def _declined(turn: TurnRecord) -> float:
    return float(turn.answer is not None and turn.answer["status"] == "abstained")


def _latency(rows: Sequence[Row]) -> dict[str, Figure]:
    seconds = [turn.seconds for row in rows for turn in row.turns]
    found = {}
    for name, percent in (("latency_p50", 50.0), ("latency_p95", 95.0)):
        value = measures.percentile(seconds, percent)
        if value is not None:
            found[name] = Figure(value, len(seconds))
    return found
