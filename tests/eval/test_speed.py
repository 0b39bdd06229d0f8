import numpy as np

from eval.scale import altered, named, noisy


def test_a_copy_alters_the_same_words_everywhere_and_short_ones_nowhere() -> None:
    text = (
        "professionnels de santé, professionnels, territoire, coordonnateur, pluriprofessionnelle"
    )
    copies = {altered(text, copy) for copy in range(5)}
    assert text in copies
    assert len(copies) > 2
    assert all(" de santé" in one for one in copies)
    assert altered(text, 3) == altered(text, 3)


def test_the_vectors_of_a_copy_stay_near_and_of_length_one() -> None:
    rows = np.eye(2, 384, dtype=np.float32)
    moved = noisy(rows, 1)
    assert np.allclose(np.linalg.norm(moved, axis=1), 1, atol=1e-5)
    assert 0.9 < float((rows * moved).sum(axis=1).min()) < 0.97
    assert noisy(rows, 0) is rows


def test_the_first_copy_is_the_guide_itself() -> None:
    assert (named("g", 0), named("g", 2)) == ("g", "g-copie-2")
