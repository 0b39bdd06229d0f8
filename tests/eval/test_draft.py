"""An opinion becomes a draft that no run takes before somebody completed it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.feedback import Cited, FeedbackBox, Opinion
from eval.__main__ import main
from eval.cases import CaseError, read_case
from eval.draft import draft

OPINION = Opinion(
    helpful=True,
    question="Qui contacter pour une CPTS ?",
    answer="Le coordonnateur. [1][2]",
    status="answered",
    language="fr",
    citations=(Cited("cratb", 5, 1, 2), Cited("cratb", 5, 3, 4), Cited("notes", None)),
    id="ab12cd34",
)


def completed(line: str, **fields: Any) -> str:
    """The draft as a maintainer completes it."""
    case = json.loads(line)
    del case["draft"]
    return json.dumps(case | fields)


def test_a_draft_is_refused_with_what_to_do() -> None:
    with pytest.raises(CaseError, match=r"cases, ligne 3 .* brouillon .* retirez « draft »"):
        read_case("facts", draft(OPINION).line, "cases, ligne 3")


def test_a_helpful_answers_pages_are_proposed_once() -> None:
    drafted = draft(OPINION)
    assert drafted.kind == "facts"
    assert drafted.case["pages"] == [["cratb", 5], ["notes", None]]
    case = read_case("facts", completed(drafted.line, nuggets=[{"any": ["coord"]}]), "here")
    assert case.id == "fact-feedback-ab12cd34"


def test_an_uncompleted_draft_without_its_mark_is_refused_too() -> None:
    with pytest.raises(CaseError, match="nuggets"):
        read_case("facts", completed(draft(OPINION).line), "here")


def test_pages_of_a_wrong_answer_are_no_expectation() -> None:
    drafted = draft(replace(OPINION, helpful=False, reason="wrong", comment="page 6"))
    assert drafted.case["pages"] == []
    assert drafted.case["draft"]["comment"] == "page 6"


def test_what_should_have_been_declined_is_unanswerable() -> None:
    drafted = draft(replace(OPINION, helpful=False, reason="should-decline"))
    assert drafted.kind == "unanswerable"
    assert read_case("unanswerable", completed(drafted.line), "here").turns[0].status == "abstained"


def test_a_good_refusal_is_unanswerable() -> None:
    assert draft(replace(OPINION, status="abstained")).kind == "unanswerable"


def test_a_follow_up_is_a_dialogue() -> None:
    drafted = draft(replace(OPINION, earlier=("C’est quoi une CPTS ?",)))
    assert drafted.kind == "dialogues"
    turns = json.loads(drafted.line)["turns"]
    filled = [turn | {"nuggets": [{"any": ["x"]}]} for turn in turns]
    case = read_case("dialogues", completed(drafted.line, turns=filled), "here")
    assert [turn.question for turn in case.turns] == ["C’est quoi une CPTS ?", OPINION.question]


def test_one_command_drafts_a_chosen_opinion(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = FeedbackBox(tmp_path / "feedback").add(OPINION)
    assert main(["draft", kept.id, "--data", str(tmp_path / "index")]) == 0
    out, told = capsys.readouterr()
    assert json.loads(out)["id"] == f"fact-feedback-{kept.id}"
    assert "eval/cases/facts-feedback.jsonl" in told
    assert main(["draft", "inconnu", "--data", str(tmp_path / "index")]) == 2
