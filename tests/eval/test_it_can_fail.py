"""Damaged assistants: each one falls below the floor of the sound one, for its own reason."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

import pytest

from assistant.answer import Answer, Exchange
from eval.audit import Auditor
from eval.baseline import Baseline, baseline_of, falls
from eval.cases import Case
from eval.figures import figures
from eval.result import Result
from eval.run import run_cases
from eval.subject import Hit, Subject


class Sound(Subject, Protocol):
    """The small assistant of conftest.py."""

    passages: tuple[object, ...]


class Damaged:
    """A sound assistant behind something that spoils its answers."""

    def __init__(self, sound: Sound, spoil: Callable[[Answer], Answer]) -> None:
        self._sound, self._spoil = sound, spoil

    def ask(self, question: str, history: Sequence[Exchange] = ()) -> Answer:
        """The sound answer, spoilt."""
        return self._spoil(self._sound.ask(question, history))

    def search(self, question: str, limit: int = 10) -> Sequence[Hit]:
        """The sound hits."""
        return self._sound.search(question, limit)


class FirstPassages(Damaged):
    """Finds the same first passages whatever is asked."""

    def ask(self, question: str, history: Sequence[Exchange] = ()) -> Answer:
        """What the sound assistant says of the first passage."""
        return self._sound.ask("MSP euros démarrage")

    def search(self, question: str, limit: int = 10) -> Sequence[Hit]:
        """What the sound assistant finds for the first passage."""
        return self._sound.search("MSP euros démarrage", limit)


class NeverAbstains(Damaged):
    """Says something about the MSP rather than nothing."""

    def ask(self, question: str, history: Sequence[Exchange] = ()) -> Answer:
        """A sound answer, to another question if need be."""
        answer = self._sound.ask(question, history)
        return self._sound.ask("MSP euros") if answer.status == "abstained" else answer


class Crashes(Damaged):
    """Fails on some questions."""

    def ask(self, question: str, history: Sequence[Exchange] = ()) -> Answer:
        """A sound answer unless the question speaks of the fund."""
        if "caisse" in question:
            raise RuntimeError("la caisse est vide")
        return self._sound.ask(question, history)


def unspoilt(answer: Answer) -> Answer:
    return answer


def on_the_next_page(answer: Answer) -> Answer:
    moved = (replace(one, page=(one.page or 0) + 1) for one in answer.citations)
    return replace(answer, citations=tuple(moved))


def one_figure_changed(answer: Answer) -> Answer:
    return replace(answer, text=re.sub(r"\b([58])0 000", r"\g<1>1 000", answer.text))


def always_abstaining(answer: Answer) -> Answer:
    return Answer("abstained", "fr", "Les guides ne le disent pas.")


def without_citations(answer: Answer) -> Answer:
    return replace(answer, text=re.sub(r" \[\d\]", "", answer.text), citations=())


def denying(answer: Answer) -> Answer:
    return replace(answer, text=re.sub(r" (réunit|reçoit|couvre) ", r" ne \1 pas ", answer.text))


def in_english(answer: Answer) -> Answer:
    return replace(answer, text=f"The answer is in the guides, and it is this: {answer.text}")


def result_of(subject: Subject, cases: Sequence[Case], auditor: Auditor) -> Result:
    ticks = iter(range(1000))
    rows = tuple(run_cases(cases, subject, auditor, lambda: float(next(ticks))))
    return Result("0", "jour", 1.0, {}, {}, rows)


@pytest.fixture(scope="module")
def floor(assistant: Sound, cases: Sequence[Case], auditor: Auditor) -> Baseline:
    return baseline_of(result_of(assistant, cases, auditor))


def fallen(
    subject: Subject, floor: Baseline, cases: Sequence[Case], auditor: Auditor
) -> set[tuple[str, str]]:
    measured = figures(result_of(subject, cases, auditor).rows)
    return {(fall.group, fall.yardstick.name) for fall in falls(floor, measured)}


def test_the_sound_assistant_is_entirely_right(floor: Baseline) -> None:
    wrong = [name for name, one in floor.groups["all"].items() if one.value != 1]
    assert wrong == ["words"]


def test_the_sound_assistant_stays_above_its_own_floor(
    assistant: Sound, floor: Baseline, cases: Sequence[Case], auditor: Auditor
) -> None:
    assert fallen(Damaged(assistant, unspoilt), floor, cases, auditor) == set()


@pytest.mark.parametrize(
    ("damage", "spoil", "named"),
    [
        (FirstPassages, unspoilt, {"vital", "citation_hit", "recall@1", "mrr"}),
        (Damaged, on_the_next_page, {"quotes", "citation_hit", "citation_precision"}),
        (Damaged, one_figure_changed, {"vital", "supported", "quoted"}),
        (Damaged, always_abstaining, {"answered", "vital", "abstention_precision"}),
        (NeverAbstains, unspoilt, {"declined", "abstention_recall", "clean"}),
        (Damaged, without_citations, {"sourced", "citation_hit"}),
        (Damaged, denying, {"denials", "supported"}),
        (Damaged, in_english, {"language"}),
        (Crashes, unspoilt, {"ran"}),
    ],
)
def test_a_damaged_assistant_falls_and_the_damage_is_named(
    damage: type[Damaged],
    spoil: Callable[[Answer], Answer],
    named: set[str],
    assistant: Sound,
    floor: Baseline,
    cases: Sequence[Case],
    auditor: Auditor,
) -> None:
    found = fallen(damage(assistant, spoil), floor, cases, auditor)
    assert named <= {name for group, name in found if group == "all"}


def test_a_changed_figure_leaves_search_and_pages_unblamed(
    assistant: Sound, floor: Baseline, cases: Sequence[Case], auditor: Auditor
) -> None:
    found = fallen(Damaged(assistant, one_figure_changed), floor, cases, auditor)
    names = {name for _, name in found}
    assert not names & {"recall@1", "citation_hit", "quotes", "language", "ran", "declined"}


def test_a_measure_that_is_no_longer_made_is_a_fall(
    assistant: Sound, floor: Baseline, cases: Sequence[Case], auditor: Auditor
) -> None:
    unread = replace(auditor, originals=type(auditor.originals)({}))
    found = fallen(assistant, floor, cases, unread)
    assert {("all", "quotes"), ("all", "supported")} <= found


def test_a_crash_is_a_row_with_its_error(
    assistant: Sound, cases: Sequence[Case], auditor: Auditor
) -> None:
    rows = result_of(Crashes(assistant, unspoilt), cases, auditor).rows
    assert len(rows) == len(cases)
    (row,) = [row for row in rows if row.error]
    assert row.id == "small-fact-5"
    assert row.error == "RuntimeError : la caisse est vide"
    assert (row.scores["ran"], row.scores["vital"], row.scores["right"]) == (0, 0, 0)
