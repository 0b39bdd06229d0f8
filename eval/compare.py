"""Two results side by side: which cases were won or lost, and whether that is more than noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from eval.measures import randomisation_test, sign_test
from eval.result import Result, Row
from eval.yardsticks import BY_NAME, YARDSTICKS

NOISE = 0.05  # a difference that chance makes more often than this is not called progress


@dataclass(frozen=True)
class Change:
    """One case that both results have, with a measure that moved."""

    case: str
    before: float
    after: float


@dataclass(frozen=True)
class Comparison:
    """One measure over the cases that both results score."""

    name: str
    cases: int
    before: float
    after: float
    wins: tuple[Change, ...]
    losses: tuple[Change, ...]
    p_sign: float
    p_randomised: float

    @property
    def verdict(self) -> str:
        """What may be said of the difference."""
        if not self.wins and not self.losses:
            return "identique"
        if self.p_randomised > NOISE:
            return "peut être du hasard"
        better = (self.after > self.before) == BY_NAME[self.name].higher
        return "mieux" if better else "moins bien"


def compare(first: Result, second: Result) -> list[Comparison]:
    """The measures of the cases that two results share, in the order of the yardsticks."""
    before = {row.id: row for row in first.rows}
    pairs = [(before[row.id], row) for row in second.rows if row.id in before]
    return [
        compared
        for yardstick in YARDSTICKS
        if (compared := _compared(yardstick.name, pairs)) is not None
    ]


def only_in_one(first: Result, second: Result) -> tuple[list[str], list[str]]:
    """The ids of the cases that only the first, and only the second result has."""
    one, two = ({row.id for row in result.rows} for result in (first, second))
    return sorted(one - two), sorted(two - one)


def as_text(comparisons: Sequence[Comparison], detail: str = "right") -> str:
    """The comparison for a terminal: a line per measure, then the cases of one measure."""
    lines = [f"{'Mesure':<32}  cas   avant   après  gagnés perdus  p signes  p aléa  "]
    for one in comparisons:
        lines.append(
            f"{BY_NAME[one.name].label:<32} {one.cases:>4} {one.before:>7.3f} {one.after:>7.3f}"
            f"  {len(one.wins):>6} {len(one.losses):>6}  {one.p_sign:>8.3f}"
            f" {one.p_randomised:>7.3f}  {one.verdict}"
        )
    for one in comparisons:
        if one.name == detail:
            lines += ["", f"Cas par cas ({BY_NAME[detail].label}) :", *_cases(one)]
    return "\n".join(lines)


def _cases(one: Comparison) -> Iterator[str]:
    for sign, changes in (("gagné", one.wins), ("perdu", one.losses)):
        for change in changes:
            yield f"  {sign}  {change.case:<28} {change.before:.2f} → {change.after:.2f}"


def _compared(name: str, pairs: Sequence[tuple[Row, Row]]) -> Comparison | None:
    changes = [
        Change(after.id, before.scores[name], after.scores[name])
        for before, after in pairs
        if name in before.scores and name in after.scores
    ]
    if not changes:
        return None
    sign = 1 if BY_NAME[name].higher else -1
    gains = [sign * (change.after - change.before) for change in changes]
    wins = tuple(change for change, gain in zip(changes, gains, strict=True) if gain > 0)
    losses = tuple(change for change, gain in zip(changes, gains, strict=True) if gain < 0)
    return Comparison(
        name=name,
        cases=len(changes),
        before=sum(change.before for change in changes) / len(changes),
        after=sum(change.after for change in changes) / len(changes),
        wins=wins,
        losses=losses,
        p_sign=sign_test(len(wins), len(losses)),
        p_randomised=randomisation_test(gains),
    )
