"""What a run leaves: every case with its scores and answers, and what it was run with."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from corpus.errors import CorpusError

Place = tuple[str, int | None]


@dataclass(frozen=True)
class Fault:
    """One thing wrong with an answer, and the sentence it is about."""

    fault: str
    detail: str
    statement: str = ""


@dataclass(frozen=True)
class TurnRecord:
    """One question, what was expected, what came back and what was wrong with it."""

    question: str
    expected: dict[str, Any]
    answer: dict[str, Any] | None
    faults: tuple[Fault, ...] = ()
    seconds: float = 0.0


@dataclass(frozen=True)
class Row:
    """One case: its scores (a measure that does not apply is absent) and its turns."""

    id: str
    kind: str
    lang: str
    tags: tuple[str, ...]
    scores: dict[str, float]
    turns: tuple[TurnRecord, ...]
    hits: tuple[Place, ...] = ()
    error: str | None = None


@dataclass(frozen=True)
class Result:
    """All rows of a run; `partial` says why a run is not the whole evaluation."""

    commit: str
    made: str
    seconds: float
    settings: dict[str, Any]
    manifest: dict[str, Any]
    rows: tuple[Row, ...]
    partial: str | None = None
    format: int = field(default=1)

    def write(self, path: Path) -> None:
        """Write the result as JSON, one row per line so that two results can be diffed."""
        head = {name: value for name, value in asdict(self).items() if name != "rows"}
        rows = ",\n".join(json.dumps(asdict(row), ensure_ascii=False) for row in self.rows)
        start = json.dumps(head, ensure_ascii=False, indent=1).removesuffix("\n}")
        path.parent.mkdir(parents=True, exist_ok=True)
        # Hostile questions hold lone surrogates, which no file can.
        text = f'{start},\n "rows": [\n{rows}\n]}}\n'
        path.write_bytes(text.encode("utf-8", "replace"))


_RESULT = TypeAdapter(Result)


def read_result(path: Path) -> Result:
    """The result in a file (or in the folder of a run). Raises CorpusError."""
    if path.is_dir():
        path = path / "result.json"
    try:
        return _RESULT.validate_json(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise CorpusError(f"{path} ne peut pas être lu : {error.strerror}.") from None
    except ValidationError:
        raise CorpusError(
            f"{path} n’est pas un résultat d’évaluation : refaites-le avec « python -m eval »."
        ) from None
