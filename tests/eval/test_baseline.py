from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from eval.baseline import Baseline, baseline_of, falls, fewer_cases, moved, read_baseline
from eval.figures import Figure, figures
from eval.result import Result, Row


def row(number: int, **scores: float) -> Row:
    return Row(f"c-{number}", "facts", "fr", ("MSP",), {"ran": 1.0, **scores}, ())


def result(*rows: Row, partial: str | None = None) -> Result:
    return Result("abc", "jour", 1.0, {}, {}, rows, partial)


def floor(*rows: Row) -> Baseline:
    return baseline_of(result(*rows))


HUNDRED = tuple(row(number, vital=1.0, quotes=1.0, words=10.0) for number in range(100))


def fallen(baseline: Baseline, *rows: Row, partial: bool = False) -> set[tuple[str, str]]:
    found = falls(baseline, figures(rows), partial)
    return {(fall.group, fall.yardstick.name) for fall in found}


def test_a_fall_within_the_tolerance_is_accepted() -> None:
    spoilt = [replace(one, scores={**one.scores, "vital": 0.0}) for one in HUNDRED]
    assert fallen(floor(*HUNDRED), *HUNDRED[:98], *spoilt[:2]) == set()
    three = fallen(floor(*HUNDRED), *HUNDRED[:97], *spoilt[:3])
    assert three == {("all", "vital"), ("kind:facts", "vital"), ("lang:fr", "vital")}


def test_one_case_of_a_small_group_may_flip_but_not_a_quotation() -> None:
    ten = HUNDRED[:10]
    flipped = replace(ten[0], scores={**ten[0].scores, "vital": 0.0})
    misquoted = replace(ten[0], scores={**ten[0].scores, "quotes": 0.0})
    assert fallen(floor(*ten), flipped, *ten[1:]) == set()
    assert ("all", "quotes") in fallen(floor(*ten), misquoted, *ten[1:])


def test_longer_answers_fall_and_shorter_ones_do_not() -> None:
    longer = [replace(one, scores={**one.scores, "words": 51.0}) for one in HUNDRED]
    shorter = [replace(one, scores={**one.scores, "words": 1.0}) for one in HUNDRED]
    assert ("all", "words") in fallen(floor(*HUNDRED), *longer)
    assert fallen(floor(*HUNDRED), *shorter) == set()


def test_a_measure_that_is_gone_is_a_fall() -> None:
    without = [row(number, vital=1.0, words=10.0) for number in range(100)]
    assert ("all", "quotes") in fallen(floor(*HUNDRED), *without)


def test_a_partial_run_is_held_only_to_the_kinds_it_ran_whole() -> None:
    other = replace(row(100, vital=1.0), kind="dialogues")
    baseline = floor(*HUNDRED, other)
    assert fallen(baseline, *HUNDRED, partial=True) == set()
    assert ("kind:dialogues", "ran") in fallen(baseline, *HUNDRED)
    bad = replace(other, scores={"ran": 0.0, "vital": 0.0})
    assert ("kind:dialogues", "ran") in fallen(baseline, bad, partial=True)


def test_a_partial_run_cannot_become_the_floor() -> None:
    with pytest.raises(CorpusError, match="partiel \\(--only facts\\)"):
        baseline_of(result(*HUNDRED, partial="--only facts"))


def test_lost_cases_are_counted() -> None:
    assert fewer_cases(floor(*HUNDRED), figures(HUNDRED[:97])) == 3
    assert fewer_cases(floor(*HUNDRED[:97]), figures(HUNDRED)) == 0


def test_edited_tolerances_are_kept() -> None:
    edited = replace(floor(*HUNDRED), tolerances={"vital": 0.5})
    assert baseline_of(result(*HUNDRED), edited).tolerances["vital"] == 0.5


def test_a_floor_is_read_back_as_written(tmp_path: Path) -> None:
    baseline = floor(*HUNDRED)
    baseline.write(tmp_path / "baseline.json")
    assert read_baseline(tmp_path / "baseline.json") == baseline
    assert read_baseline(tmp_path / "none.json") is None


def test_a_damaged_floor_is_refused_with_the_remedy(tmp_path: Path) -> None:
    (tmp_path / "baseline.json").write_text("{}", encoding="utf-8")
    with pytest.raises(CorpusError, match="--update-baseline"):
        read_baseline(tmp_path / "baseline.json")


def test_cases_won_and_lost_since_the_floor_are_named() -> None:
    before = floor(row(1, right=0.0), row(2, right=1.0), row(3, right=1.0))
    won, lost = moved(before, [row(1, right=1.0), row(2, right=0.0), row(3, right=1.0)])
    assert [one.id for one in won] == ["c-1"]
    assert [one.id for one in lost] == ["c-2"]


def test_a_score_that_does_not_apply_is_not_a_zero() -> None:
    measured = figures([row(1, vital=1.0), row(2)])
    assert measured["all"]["vital"] == Figure(1.0, 1)
    assert measured["tag:MSP"]["ran"] == Figure(1.0, 2)
