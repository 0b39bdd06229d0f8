"""What became of each file, one line each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

# Ids told at most.
_NAMED = 5
Outcome = Literal["lu", "inchangé", "refusé", "doublon", "retiré"]


@dataclass(frozen=True)
class Line:
    """What happened to one file; `note` says why, and what to do about it."""

    name: str
    outcome: Outcome
    pages: int = 0
    passages: int = 0
    note: str = ""

    def __str__(self) -> str:
        counted = f"{_count(self.pages, 'page')}, {_count(self.passages, 'passage')}"
        told = self.note or counted
        return f"{self.outcome:<9} {self.name} : {told}"


@dataclass(frozen=True)
class Report:
    """All lines of one ingestion, and whether a new index was published; `unquoted` are ids of
    fiches without a quote, `unlearnt` of those changed since their vectors were learnt."""

    lines: tuple[Line, ...]
    fiches: int
    unquoted: tuple[str, ...]
    published: bool
    unlearnt: tuple[str, ...] = ()

    @property
    def refused(self) -> Sequence[Line]:
        """The files that could not be read."""
        return [line for line in self.lines if line.outcome == "refusé"]

    def __str__(self) -> str:
        rows = [str(line) for line in self.lines]
        passages = sum(line.passages for line in self.lines)
        guides = sum(line.outcome in ("lu", "inchangé") for line in self.lines)
        rows.append(
            f"{_count(guides, 'guide')}, {_count(passages, 'passage')},"
            f" {_count(self.fiches, 'fiche')}." + ("" if self.published else " Rien n’a changé.")
        )
        if self.unquoted:
            rows.append(
                f"{_count(len(self.unquoted), 'fiche')} sans citation retrouvée :"
                f" {', '.join(self.unquoted)}"
            )
        if self.unlearnt:
            told = ", ".join(self.unlearnt[:_NAMED]) + ("…" if len(self.unlearnt) > _NAMED else "")
            rows.append(
                f"{_count(len(self.unlearnt), 'fiche')} à réapprendre, par"
                " « python -m ingest --fit » puis « python -m ingest »"
                f" (la recherche s’y perd d’ici là) : {told}"
            )
        return "\n".join(rows)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'s' if number > 1 else ''}"
