"""What an ingestion tells at its end."""

from __future__ import annotations

from ingest.report import Line, Report

LINE = Line("guide.pdf", "lu", pages=2, passages=9)


def test_fiches_to_learn_anew_are_named_with_the_command() -> None:
    report = Report((LINE,), 610, (), published=True, unlearnt=("msp-team", "cpts-team"))
    *_, last = str(report).splitlines()
    assert last.startswith("2 fiches à réapprendre")
    assert "python -m ingest --fit" in last
    assert last.endswith("msp-team, cpts-team")


def test_a_long_list_of_them_is_cut() -> None:
    report = Report((LINE,), 610, (), published=True, unlearnt=tuple(f"f{n}" for n in range(40)))
    assert str(report).endswith("f0, f1, f2, f3, f4…")


def test_nothing_is_said_when_all_are_learnt() -> None:
    assert "réapprendre" not in str(Report((LINE,), 610, (), published=True))
