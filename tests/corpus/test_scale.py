"""Cosines of any encoder are brought to those that the weights were set with."""

from collections.abc import Sequence

import numpy as np
import pytest

from corpus.encoder import Vectors
from corpus.manifest import Scale
from corpus.scale import DEFAULT, measured, scaled


class NumberEncoder:
    """« 3 » and « 3 … » are the unit vector of axis 3, with `shared` of axis 0 in all of them."""

    name = "numbers"

    def __init__(self, shared: float) -> None:
        self._shared = shared

    def queries(self, texts: Sequence[str]) -> Vectors:
        rows = np.zeros((len(texts), 20), dtype=np.float32)
        rows[:, 0] = self._shared
        for place, text in enumerate(texts):
            rows[place, int(text.split()[0])] = 1
        unit: Vectors = rows / np.linalg.norm(rows, axis=1, keepdims=True)
        return unit

    passages = queries


PAIRS = [(str(number), f"{number} et la suite") for number in range(1, 11)]


def test_alike_and_unrelated_cosines_are_measured() -> None:
    # (0.5, 1) with itself: 1; with another one: 0.25 / 1.25.
    scale = measured(NumberEncoder(0.5), PAIRS)
    assert scale is not None
    assert (scale.unrelated, scale.alike) == pytest.approx((0.2, 1.0))


def test_too_few_texts_and_an_encoder_that_parts_nothing_give_no_scale() -> None:
    assert measured(NumberEncoder(0.5), PAIRS[:7]) is None
    assert measured(NumberEncoder(0.5), [("1", "1 et la suite")] * 10) is None


def test_cosines_are_stretched_between_the_two_points() -> None:
    half = (DEFAULT.unrelated + DEFAULT.alike) / 2
    hits = scaled([("a", 0.8), ("b", 0.5), ("c", 0.2)], Scale(0.2, 0.8))
    assert [cosine for _, cosine in hits] == pytest.approx([DEFAULT.alike, half, DEFAULT.unrelated])


def test_without_a_scale_cosines_stay_as_they_are() -> None:
    assert scaled([("a", 0.8)], None) == [("a", 0.8)]
