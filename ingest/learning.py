"""What typical questions teach: where fiches lie so that questions tell them apart, and how
passages turn towards the questions they answer. Gradient descent on softmax likelihoods."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.projection import Vectors, unit

_Floats = NDArray[np.floating[Any]]
_Truth = NDArray[np.bool_]
# Cosines in units of these make likelihoods. Sharper or flatter ones tell fiches apart less.
_FICHES_SHARPNESS, _PASSAGES_SHARPNESS = 0.03, 0.05
_ROUNDS, _PACE, _HOLD = 12, 2e-3, 1e-3
# A turn learnt from so few passages soon knows them by heart: of 0.1, 0.01 and 0.001 only the
# first helps to find passages of a guide that had no part in it (right one first for 66 instead of
# 64 % of 226 questions on PACA, 78 instead of 74 % of 148 on CRAtb). 0.03 does as well there, and
# finds the right passage of our guides first for 83 instead of 76 % of 693 questions.
_TURNS, _TURN_PACE, _TURN_HOLD = 20, 1e-3, 0.03
_BATCH = 1024
# Adam (Kingma & Ba 2015).
_MEMORY, _SQUARES, _TINY = 0.9, 0.999, 1e-8


class _Descent:
    """Adam steps for one array."""

    def __init__(self, shape: tuple[int, ...]) -> None:
        self._mean, self._square, self._count = np.zeros(shape), np.zeros(shape), 0

    def step(self, gradient: _Floats) -> _Floats:
        """What to take away for a gradient, before the pace."""
        self._count += 1
        self._mean = _MEMORY * self._mean + (1 - _MEMORY) * gradient
        self._square = _SQUARES * self._square + (1 - _SQUARES) * gradient**2
        mean = self._mean / (1 - _MEMORY**self._count)
        square = self._square / (1 - _SQUARES**self._count)
        moved: _Floats = mean / (np.sqrt(square) + _TINY)
        return moved


def told_apart(questions: Vectors, owners: NDArray[np.intp], start: Vectors) -> Vectors:
    """One unit vector for each fiche, shape (m, d), so that the cosine of a question is largest
    with its own; `questions` are (n, d), `owners` the row of each one's fiche, `start` (m, d)
    the vectors to begin with and not to leave far."""
    rows, descent = start.astype(np.float64), _Descent(start.shape)
    batches = list(_batches(len(questions), _ROUNDS))
    for done, batch in enumerate(batches):
        asked = questions[batch].astype(np.float64)
        wrong = _likelihoods(asked @ rows.T / _FICHES_SHARPNESS)
        wrong[np.arange(len(batch)), owners[batch]] -= 1
        gradient = wrong.T @ asked / (_FICHES_SHARPNESS * len(batch)) + _HOLD * (rows - start)
        pace = _PACE * (1 - done / len(batches))
        rows = unit(rows - pace * descent.step(gradient)).astype(np.float64)
    return rows.astype(np.float32)


def turned(questions: Vectors, passages: Vectors, carrying: _Truth) -> Vectors:
    """A matrix, shape (d, d): passages (m, d) multiplied by it lie near the questions (n, d) that
    they answer; `carrying`, shape (n, m), tells which those are."""
    told, width = passages.astype(np.float64), passages.shape[1]
    turn, descent = np.zeros((width, width)), _Descent((width, width))
    known = np.flatnonzero(carrying.any(axis=1))
    for batch in _batches(len(known), _TURNS):
        chosen = known[batch]
        asked = questions[chosen].astype(np.float64)
        moved = told + told @ turn
        lengths = np.linalg.norm(moved, axis=1, keepdims=True)
        seen = moved / lengths
        near = _likelihoods(asked @ seen.T / _PASSAGES_SHARPNESS)
        right = near * carrying[chosen]
        right /= right.sum(axis=1, keepdims=True)
        pull = (near - right).T @ asked / (_PASSAGES_SHARPNESS * len(batch))
        pull = (pull - (pull * seen).sum(axis=1, keepdims=True) * seen) / lengths
        turn -= _TURN_PACE * descent.step(told.T @ pull + _TURN_HOLD * turn)
    return (np.eye(width) + turn).astype(np.float32)


def _likelihoods(scores: _Floats) -> _Floats:
    """The softmax of each row."""
    weights = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: _Floats = weights / weights.sum(axis=1, keepdims=True)
    return shares


def _batches(count: int, rounds: int) -> Iterator[NDArray[np.intp]]:
    """Rows in another order each round, in parts; the same ones at every run."""
    chance = np.random.default_rng(0)
    for _ in range(rounds):
        order = chance.permutation(count)
        yield from (order[first : first + _BATCH] for first in range(0, count, _BATCH))
