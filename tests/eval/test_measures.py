import math

import pytest

from eval import measures


def test_a_right_page_counts_from_its_rank_on() -> None:
    ranked = ["b", "a", "c"]
    assert measures.found_within(ranked, ["a"], 1) == 0
    assert measures.found_within(ranked, ["a"], 2) == 1


def test_the_reciprocal_rank_of_the_second_hit_is_a_half() -> None:
    assert measures.reciprocal_rank(["b", "a", "a"], ["a"]) == 0.5
    assert measures.reciprocal_rank(["b"], ["a"]) == 0


def test_ndcg_counts_each_page_once_and_discounts_by_log2() -> None:
    # pages in order of first hit: x, a, b; gains at ranks 2 and 3, best at ranks 1 and 2
    gain = 1 / math.log2(3) + 1 / 2
    best = 1 + 1 / math.log2(3)
    found = measures.ndcg(["x", "a", "a", "b"], ["a", "b"], 10)
    assert found == pytest.approx(gain / best)


def test_ndcg_of_all_right_pages_first_is_one() -> None:
    assert measures.ndcg(["a", "b", "x"], ["b", "a"], 10) == 1


def test_precision_without_citations_does_not_apply() -> None:
    assert measures.precision([], ["a"]) is None
    assert measures.precision(["a", "b", "a", "c"], ["a"]) == 0.5


def test_a_percentile_is_a_value_that_was_measured() -> None:
    values = [4.0, 1.0, 3.0, 2.0]
    assert measures.percentile(values, 50) == 2.0
    assert measures.percentile(values, 95) == 4.0
    assert measures.percentile([], 50) is None


def test_abstention_counts_wrong_refusals_against_precision_only() -> None:
    # three questions without an answer, two declined; four with one, one declined
    precision, recall = measures.abstention([1, 1, 0], [1, 0, 0, 0])
    assert precision == pytest.approx(2 / 3)
    assert recall == pytest.approx(2 / 3)


def test_abstention_precision_does_not_apply_when_nothing_is_declined() -> None:
    assert measures.abstention([0, 0], [0]) == (None, 0)


def test_the_mean_of_nothing_does_not_apply() -> None:
    assert measures.mean([]) is None
    assert measures.mean([1, 2]) == 1.5


def test_five_wins_to_none_are_chance_once_in_sixteen() -> None:
    assert measures.sign_test(5, 0) == pytest.approx(2 / 32)
    assert measures.sign_test(1, 3) == pytest.approx(10 / 16)
    assert measures.sign_test(0, 0) == 1


def test_the_randomisation_test_counts_every_choice_of_signs() -> None:
    # of the 8 sums of ±1 ±1 ±2 four are at least 2 away… : 4, 2, 2, 0, 0, -2, -2, -4
    assert measures.randomisation_test([1, 1, 2]) == pytest.approx(2 / 8)
    assert measures.randomisation_test([1, 1, -2]) == 1
    assert measures.randomisation_test([0.0, 0.0]) == 1


def test_the_randomisation_test_agrees_with_the_sign_test_on_plain_wins() -> None:
    assert measures.randomisation_test([1.0] * 5) == pytest.approx(measures.sign_test(5, 0))
