"""What the last accepted evaluation measured, for the page that says how far to trust answers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

# The shares that a reader of the page can make sense of, in the order in which they are told.
SHOWN = ("right", "citation_hit", "quotes", "supported", "answered", "declined")


@dataclass(frozen=True)
class Figures:
    """Shares from 0 to 1 by measure, over `cases` questions, of the evaluation of a date."""

    made: str
    cases: int
    shares: Mapping[str, float]


def read_figures(path: Path | None) -> Figures | None:
    """The figures in the evaluation's file; None where there is none, or it cannot be read.

    The judge's package is not imported: its file is data like any other.
    """
    if path is None:
        return None
    try:
        found = json.loads(path.read_bytes())
        measures = found["groups"]["all"]
        shares = {name: float(measures[name]["value"]) for name in SHOWN if name in measures}
        return Figures(str(found["made"]), int(measures["ran"]["cases"]), shares)
    except (OSError, ValueError, KeyError, TypeError):
        return None
