"""What is learnt from typical questions brings questions to what answers them."""

import numpy as np

from corpus.projection import Vectors, unit
from ingest.learning import told_apart, turned


def _circle(*degrees: float) -> Vectors:
    angles = np.radians(degrees)
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


def test_each_question_comes_to_lie_nearest_to_its_own() -> None:
    # The middles lie at 15 and 64 degrees: the question at 38 is nearer to the wrong one.
    questions, owners = np.tile(_circle(0, 30, 38, 90), (1000, 1)), np.tile([0, 0, 1, 1], 1000)
    start = _circle(15, 64)
    rows = told_apart(questions, owners, start)
    before = (questions @ start.T).argmax(axis=1) == owners
    after = (questions @ rows.T).argmax(axis=1) == owners
    assert not before.all()
    assert after.all()
    assert np.allclose(np.linalg.norm(rows, axis=1), 1, atol=1e-5)


def test_the_same_questions_teach_the_same() -> None:
    questions, owners = _circle(0, 10, 80, 90), np.array([0, 0, 1, 1])
    start = _circle(20, 60)
    assert np.array_equal(
        told_apart(questions, owners, start), told_apart(questions, owners, start)
    )


def test_passages_turn_towards_the_questions_that_they_answer() -> None:
    questions, passages = _circle(0, 90), _circle(50, 140)
    carrying = np.array([[True, False], [False, True]])
    seen = unit(passages @ turned(questions, passages, carrying))
    assert (np.diagonal(questions @ seen.T) > np.diagonal(questions @ passages.T)).all()


def test_a_question_that_no_passage_carries_teaches_nothing() -> None:
    questions, passages = _circle(0, 90, 45), _circle(50, 140)
    carrying = np.array([[True, False], [False, True], [False, False]])
    with_it = turned(questions, passages, carrying)
    assert np.allclose(with_it, turned(questions[:2], passages, carrying[:2]))
