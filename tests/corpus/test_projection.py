"""The projection makes little of how a question is put, and comes with the program."""

from pathlib import Path

import numpy as np

from corpus.projection import Vectors, fit, read_projection, write_projection


def _groups() -> list[Vectors]:
    """Two meanings, one at (1, 0) and one at (-1, 0); how they are put varies along y alone."""
    ways = (-3.0, -1.0, 1.0, 3.0)
    return [np.array([[x, y] for y in ways], dtype=np.float32) for x in (1.0, -1.0)]


def test_what_varies_between_questions_of_one_meaning_counts_less() -> None:
    seen = fit("letters", _groups(), np.zeros((1, 2), dtype=np.float32))
    same, other = np.array([[1.0, 3.0]]), np.array([[-1.0, -3.0]])
    asked = seen.of_queries(np.array([[1.0, -3.0]], dtype=np.float32))[0]
    assert asked @ seen.of_queries(same.astype(np.float32))[0] > 0.9
    assert asked @ seen.of_queries(other.astype(np.float32))[0] < -0.9
    # In the space as it is, the other meaning in the same manner is the nearer one.
    assert np.array([1.0, -3.0]) @ other[0] > np.array([1.0, -3.0]) @ same[0]


def test_a_projection_is_read_back_as_it_was_written(tmp_path: Path) -> None:
    seen = fit("letters", _groups(), np.ones((3, 2), dtype=np.float32))
    write_projection(seen, tmp_path)
    kept = read_projection("letters", tmp_path)
    assert kept is not None
    assert kept.digest == seen.digest
    assert read_projection("another encoder", tmp_path) is None
