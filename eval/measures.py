"""Measures on ids and texts; None where a measure does not apply, which is not the same as 0."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Sequence


def mean(values: Iterable[float]) -> float | None:
    """The arithmetic mean; None of nothing."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else None


def share(part: int, whole: int) -> float | None:
    """part / whole; None when there is no whole."""
    return part / whole if whole else None


def found_within(ranked: Sequence[Hashable], right: Iterable[Hashable], k: int) -> float:
    """1 if a right page is among the first k hits (« recall@k » of a one-page need), else 0."""
    wanted = set(right)
    return float(any(page in wanted for page in ranked[:k]))


def reciprocal_rank(ranked: Sequence[Hashable], right: Iterable[Hashable]) -> float:
    """1 / rank of the first right page, 0 if none is ranked."""
    wanted = set(right)
    for rank, page in enumerate(ranked, start=1):
        if page in wanted:
            return 1 / rank
    return 0.0


def ndcg(ranked: Sequence[Hashable], right: Iterable[Hashable], k: int) -> float:
    """Normalised discounted gain (Järvelin & Kekäläinen 2002, log2) of the pages in the order of
    their first hit; a page gains 1 once, the best order is all right pages first."""
    wanted = set(right)
    pages = list(dict.fromkeys(ranked))[:k]
    gain = sum(1 / math.log2(rank + 1) for rank, page in enumerate(pages, 1) if page in wanted)
    best = sum(1 / math.log2(rank + 1) for rank in range(1, min(len(wanted), k) + 1))
    return gain / best if best else 0.0


def precision(cited: Sequence[Hashable], right: Iterable[Hashable]) -> float | None:
    """The share of citations that are on a right page; None without citations."""
    wanted = set(right)
    return share(sum(page in wanted for page in cited), len(cited))


def percentile(values: Sequence[float], percent: float) -> float | None:
    """The smallest value that at least `percent` % of the values do not exceed (nearest rank)."""
    if not values:
        return None
    rank = max(1, math.ceil(percent / 100 * len(values)))
    return sorted(values)[rank - 1]


def abstention(
    declined: Sequence[float], wrongly: Sequence[float]
) -> tuple[float | None, float | None]:
    """Precision and recall of declining: `declined` for the questions without an answer (1 if
    declined), `wrongly` for the questions with one."""
    right = sum(declined)
    refused = right + sum(wrongly)
    return (right / refused if refused else None, mean(declined))


def sign_test(wins: int, losses: int) -> float:
    """Two-sided exact p of wins against losses if both were equally likely; ties do not count."""
    total = wins + losses
    if total == 0:
        return 1.0
    tail = sum(math.comb(total, k) for k in range(min(wins, losses) + 1))
    return float(min(1.0, 2 * tail / 2**total))


def randomisation_test(differences: Sequence[float], grain: int = 1000) -> float:
    """Two-sided exact p of a sum of paired differences at least this large if every sign were a
    coin's; differences are rounded to 1 / grain so that all sums can be counted."""
    steps = [round(value * grain) for value in differences]
    observed = abs(sum(steps))
    sums = {0: 1.0}
    for step in steps:
        if step == 0:
            continue
        following: dict[int, float] = {}
        for total, weight in sums.items():
            for reached in (total + step, total - step):
                following[reached] = following.get(reached, 0.0) + weight / 2
        sums = following
    return min(1.0, sum(weight for total, weight in sums.items() if abs(total) >= observed))
