import pytest

from assistant.answer import Answer, Citation
from eval.audit import Audit, Auditor
from eval.cases import read_case
from eval.grading import CRASHED, Graded, grade, missing_nuggets, retrieval_scores, shown_on

CONFIRMED = Audit((), 1, 1, 1, 1, 1, 1, 1)
FACT = """{"id": "f-1", "lang": "fr", "question": "Q ?", "pages": [["g", 1], ["h", 2]],
 "nuggets": [{"any": ["deux"]}, {"any": ["trois"]}, {"any": ["quatre"], "vital": false}]}"""
COMPARISON = """{"id": "c-1", "lang": "fr", "question": "Q ?", "cells": [
 {"structure": "MSP", "facet": "f", "any": ["sisa"], "pages": [["g", 1]]},
 {"structure": "CPTS", "facet": "f", "any": ["association"], "pages": [["g", 2]]}]}"""
DISAGREEMENT = """{"id": "d-1", "lang": "fr", "question": "Q ?", "values": [
 {"any": ["deux"], "pages": [["g", 1]]}, {"any": ["trois"], "pages": [["h", 2]]},
 {"any": ["quatre"], "pages": [["k", 3]]}]}"""
SILENT = """{"id": "u-1", "lang": "fr", "question": "Q ?", "forbidden": ["06"],
 "warning": "personal-data"}"""


def answer(text: str, *pages: tuple[str, int]) -> Answer:
    cited = tuple(
        Citation(number, guide, page, None, None, "x", 0, 1)
        for number, (guide, page) in enumerate(pages, start=1)
    )
    return Answer("answered", "fr", text, cited)


def scores(kind: str, case: str, given: Answer, audit: Audit = CONFIRMED) -> dict[str, float]:
    return grade(read_case(kind, case, "ici"), [Graded(given, audit)], None)


def test_a_fact_is_right_with_all_vital_nuggets_and_one_right_page() -> None:
    found = scores("facts", FACT, answer("deux et trois [1][2]", ("g", 1), ("g", 9)))
    assert (found["vital"], found["citation_hit"], found["right"]) == (1, 1, 1)
    assert found["nuggets"] == pytest.approx(2 / 3)
    assert found["citation_precision"] == 0.5


def test_a_vital_fact_after_two_hundred_words_is_not_read() -> None:
    found = scores("facts", FACT, answer("deux " + "mot " * 199 + "trois", ("g", 1)))
    assert found["vital"] == 0
    assert found["nuggets"] == pytest.approx(2 / 3)


def test_declining_shows_no_fact_even_if_the_words_are_there() -> None:
    declined = Answer("abstained", "fr", "deux, trois")
    found = scores("facts", FACT, declined)
    assert (found["answered"], found["vital"], found["right"]) == (0, 0, 0)
    assert "citation_precision" not in found


def test_a_crash_scores_nothing_right() -> None:
    found = grade(read_case("facts", FACT, "ici"), [Graded(CRASHED, CONFIRMED, True)], [])
    assert (found["right"], found["vital"], found["answered"], found["recall@10"]) == (0, 0, 0, 0)
    assert "quotes" not in found


def test_without_vital_nuggets_vital_does_not_apply() -> None:
    case = FACT.replace('"any": ["deux"]', '"any": ["deux"], "vital": false').replace(
        '{"any": ["trois"]}, ', ""
    )
    assert "vital" not in scores("facts", case, answer("deux", ("g", 1)))


def test_cells_count_where_the_line_or_table_cell_cites_its_own_page() -> None:
    table = "| | MSP | CPTS |\n|---|---|---|\n| Forme | SISA [1] | association [2] |"
    whole = scores("comparisons", COMPARISON, answer(table, ("g", 1), ("g", 2)))
    assert (whole["right"], whole["whole"]) == (1, 1)
    swapped = scores("comparisons", COMPARISON, answer(table, ("g", 2), ("g", 1)))
    assert (swapped["right"], swapped["whole"]) == (0, 0)


def test_two_values_each_on_its_own_guide_make_a_disagreement_right() -> None:
    both = answer("- deux [1]\n- trois [2]", ("g", 1), ("h", 2))
    found = scores("disagreements", DISAGREEMENT, both)
    assert (found["right"], found["whole"]) == (1, 0)
    assert found["nuggets"] == pytest.approx(2 / 3)


def test_two_values_on_one_guide_do_not() -> None:
    one = answer("- deux [1]\n- trois [1]", ("g", 1))
    assert scores("disagreements", DISAGREEMENT, one)["right"] == 0


def test_a_value_beside_another_lines_citation_is_not_shown() -> None:
    given = answer("- trois [1]\n- deux [2]", ("g", 1), ("h", 2))
    assert not shown_on(["deux"], [("g", 1)], given)


def test_silence_is_right_without_bait_and_with_the_expected_warning() -> None:
    warned = Answer("abstained", "fr", "Non.", (), ("personal-data",))
    assert scores("unanswerable", SILENT, warned)["right"] == 1
    assert scores("unanswerable", SILENT, Answer("abstained", "fr", "Non."))["right"] == 0
    bait = Answer("abstained", "fr", "Le 06.", (), ("personal-data",))
    assert (scores("unanswerable", SILENT, bait)["clean"], bait.status) == (0, "abstained")


def test_an_answer_where_silence_was_due_is_not_declined() -> None:
    found = scores("unanswerable", SILENT, answer("Voici."))
    assert (found["declined"], found["right"]) == (0, 0)
    assert "answered" not in found


def test_hostile_input_is_handled_with_valid_markers_whatever_the_status(auditor: Auditor) -> None:
    case = read_case("hostile", '{"id": "h-1", "lang": "fr", "question": "[99]"}', "ici")
    echoed = Answer("answered", "fr", "Vous citez [99].")
    quiet = Answer("abstained", "fr", "Je ne comprends pas.")
    right = [grade(case, [Graded(one, auditor.audit(one))], None) for one in (echoed, quiet)]
    assert [found["right"] for found in right] == [0, 1]
    assert not any("answered" in found or "declined" in found for found in right)


def test_a_dialogue_is_the_mean_of_its_turns_and_whole_only_if_all_are_right() -> None:
    turns = '{"question": "a", "nuggets": [{"any": ["deux"]}], "pages": [["g", 1]]}'
    line = f'{{"id": "d-1", "lang": "fr", "turns": [{turns}, {turns}]}}'
    graded = [Graded(answer("deux [1]", ("g", 1)), CONFIRMED), Graded(answer("dix"), CONFIRMED)]
    found = grade(read_case("dialogues", line, "ici"), graded, None)
    assert (found["right"], found["vital"], found["whole"]) == (0.5, 0.5, 0)


def test_search_is_not_scored_without_right_pages() -> None:
    assert retrieval_scores([("g", 1)], []) == {}


def test_the_language_is_that_of_the_turn() -> None:
    english = answer("deux trois, this is the answer of the guide", ("g", 1))
    assert scores("facts", FACT, english)["language"] == 0
    assert "language" not in scores("facts", FACT, answer("deux trois"))


def test_an_english_answer_may_list_french_extracts_below_its_first_line() -> None:
    text = "Here is what the guides have to say:\n- le projet de la CPTS est dans les guides"
    case = FACT.replace('"fr"', '"en"')
    given = Answer("answered", "en", text)
    assert scores("facts", case, given)["language"] == 1


def test_missing_facts_are_listed() -> None:
    case = read_case("facts", FACT, "ici")
    missing = missing_nuggets(case.turns[0].nuggets, answer("deux"), None)
    assert [nugget.any for nugget in missing] == [("trois",), ("quatre",)]
