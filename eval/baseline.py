"""The floor: the figures of an accepted run, and what of a new run falls below them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from corpus.errors import CorpusError
from eval.figures import ALL, Figure, Figures, figures
from eval.result import Result, Row
from eval.yardsticks import BY_NAME, YARDSTICKS, Yardstick

BASELINE = Path(__file__).parent / "baseline.json"
# What a guide gets that nobody wrote fiches for has a floor of its own.
WITHOUT_FICHES = BASELINE.with_name("baseline-no-fiches.json")
_GUARDED = (ALL, "kind:", "lang:")  # tags are too small to guard
# A group of a few cases moves by more than the tolerance when one case flips, as it may on a
# processor that rounds otherwise; measures with a tolerance below this one get no such leeway.
_LENIENT = 0.02
_SAME = 1e-3


@dataclass(frozen=True)
class Baseline:
    """Accepted figures by group and measure, how far each measure may fall, and how right each
    case was, so that a report can name the cases that were won and lost."""

    commit: str
    made: str
    tolerances: dict[str, float]
    groups: Figures
    cases: dict[str, float]

    def write(self, path: Path) -> None:
        """Write the floor as JSON that reads well in a review."""
        text = json.dumps(asdict(self), ensure_ascii=False, indent=1)
        path.write_text(text + "\n", encoding="utf-8")


@dataclass(frozen=True)
class Fall:
    """A measure of a group that is worse than the floor allows; `now` is None if not measured."""

    group: str
    yardstick: Yardstick
    before: float
    now: float | None
    cases: int

    @property
    def drop(self) -> float:
        """How far it fell, lengths and times in shares of the floor's; 1 if not measured."""
        if self.now is None:
            return 1.0
        whole = self.before if self.yardstick.unit and self.before else 1.0
        return min(1.0, abs(self.before - self.now) / whole)

    @property
    def reason(self) -> str:
        """What the fall says about the assistant."""
        return "n’est plus mesuré" if self.now is None else self.yardstick.alarm


_BASELINE = TypeAdapter(Baseline)


def read_baseline(path: Path) -> Baseline | None:
    """The floor in a file, None if there is no such file. Raises CorpusError."""
    if not path.is_file():
        return None
    try:
        return _BASELINE.validate_json(path.read_text(encoding="utf-8"))
    except ValidationError:
        raise CorpusError(
            f"{path} est illisible : refaites-le avec « python -m eval --update-baseline »."
        ) from None


def baseline_of(result: Result, earlier: Baseline | None = None) -> Baseline:
    """The floor that a whole run sets; tolerances that were edited stay. Raises CorpusError."""
    if result.partial:
        raise CorpusError(
            f"Ce passage est partiel ({result.partial}) : seul un passage entier, avec les guides,"
            " peut devenir la base. Relancez « python -m eval --update-baseline »."
        )
    kept = earlier.tolerances if earlier else {}
    tolerances = {
        one.name: kept.get(one.name, one.tolerance)
        for one in YARDSTICKS
        if one.tolerance is not None
    }
    rounded = {
        group: {name: Figure(round(one.value, 4), one.cases) for name, one in measured.items()}
        for group, measured in figures(result.rows).items()
        if group.startswith(_GUARDED)
    }
    cases = {row.id: round(row.scores.get("right", 0.0), 4) for row in result.rows}
    return Baseline(result.commit, result.made, tolerances, rounded, cases)


def falls(baseline: Baseline, measured: Figures, partial: bool = False) -> list[Fall]:
    """What is worse than the floor allows, the deepest falls first; a partial run is held only to
    the kinds it ran whole."""
    found = []
    for group, accepted in baseline.groups.items():
        now = measured.get(group, {})
        if partial and not (group.startswith("kind:") and _as_many(accepted, now)):
            continue
        for name, before in accepted.items():
            if name in BY_NAME and name in baseline.tolerances:
                after = now.get(name)
                if after is None or _below(BY_NAME[name], before, after, baseline.tolerances[name]):
                    value = after.value if after else None
                    found.append(Fall(group, BY_NAME[name], before.value, value, before.cases))
    return sorted(found, key=lambda fall: -fall.drop)


def fewer_cases(baseline: Baseline, measured: Figures) -> int:
    """How many cases a whole run has lost since the floor was set."""
    before, now = baseline.groups.get(ALL, {}), measured.get(ALL, {})
    if "ran" not in before:
        return 0
    return max(0, before["ran"].cases - (now["ran"].cases if "ran" in now else 0))


def moved(baseline: Baseline, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
    """The cases that are more right, and the ones that are less right, than on the floor's run."""
    gains = [
        (row.scores.get("right", 0.0) - baseline.cases[row.id], row)
        for row in rows
        if row.id in baseline.cases
    ]
    won = [row for gain, row in gains if gain > _SAME]
    return won, [row for gain, row in gains if gain < -_SAME]


def _as_many(accepted: dict[str, Figure], now: dict[str, Figure]) -> bool:
    return "ran" in accepted and "ran" in now and now["ran"].cases >= accepted["ran"].cases


def _below(yardstick: Yardstick, before: Figure, after: Figure, tolerance: float) -> bool:
    if not yardstick.higher:
        return after.value > before.value + tolerance
    if tolerance >= _LENIENT:
        tolerance = max(tolerance, 1.001 / max(1, before.cases))
    return after.value < before.value - tolerance - 1e-4
