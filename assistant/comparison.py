"""Structures side by side: a small table whose every cell is cited, or said to be silent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Language
from assistant.compose import Composer, length
from assistant.fiche_search import FicheHit
from assistant.from_fiches import FicheWriter
from assistant.from_passages import PassageWriter
from assistant.question import Question, Reader
from assistant.retrieval import Retriever
from assistant.statement import Statement
from assistant.wording import FACETS
from corpus.lexicon import Lexicon

# What a comparison shows when it names no facet.
USUAL = ("definition", "composition", "legal_form", "territory", "funding")
_MOST_STRUCTURES = 4
_MOST_FACETS = 5
_CELL_WORDS = 60
_SILENT = {"fr": "*les guides ne le disent pas*", "en": "*the guides do not say*"}


class ComparisonWriter:
    """Writes the table of a comparison."""

    def __init__(
        self,
        retriever: Retriever,
        fiches: FicheWriter,
        passages: PassageWriter,
        reader: Reader,
        lexicon: Lexicon,
    ) -> None:
        self._retriever, self._reader, self._lexicon = retriever, reader, lexicon
        self._fiches, self._passages = fiches, passages

    def table(self, question: Question, composer: Composer) -> str | None:
        """The Markdown table for a comparing question; None if the guides fill under two cells."""
        columns = question.structures[:_MOST_STRUCTURES]
        asked = [facet for facet in question.facets if facet in FACETS]
        rows = asked[:_MOST_FACETS] or list(USUAL)
        cells = {(f, s): self._cell(f, s, question) for f in rows for s in columns}
        filled = [cell for cell in cells.values() if cell]
        if len(filled) < 2:
            return None
        place = 0 if question.language == "fr" else 1
        lines = [
            "| | " + " | ".join(self._lexicon.structures[key].acronym for key in columns) + " |",
            "|---|" + "---|" * len(columns),
        ]
        for facet in rows:
            shown = [_shown(cells[facet, key], composer, question.language) for key in columns]
            if any(cells[facet, key] for key in columns):
                lines.append(f"| **{FACETS[facet][place]}** | " + " | ".join(shown) + " |")
        return "\n".join(lines)

    def _cell(self, facet: str, structure: str, question: Question) -> list[Statement]:
        """What the guides say of one facet of one structure; empty if nothing passes the gate."""
        entry = self._lexicon.structures[structure]
        asked = self._reader.read(f"{FACETS[facet][0]} {entry.acronym} {question.text}", "fr")
        asked = replace(asked, structures=(structure,), facets=(facet,), language=question.language)
        evidence = self._retriever.search(asked)
        best = next((h for h in evidence.fiches if _treats(h, facet, structure)), None)
        if best:
            return self._fiches.statements(best.fiche, question.language)
        cells = [
            hit
            for hit in evidence.passages[:5]
            if hit.passage.kind == "cell" and structure in hit.passage.structures
        ]
        return self._passages.statements(asked, cells)[:1]


def _treats(hit: FicheHit, facet: str, structure: str) -> bool:
    return hit.fiche.facet == facet and structure in hit.fiche.structures


def _shown(statements: Sequence[Statement], composer: Composer, language: Language) -> str:
    if not statements:
        return _SILENT[language]
    kept: list[str] = []
    room = _CELL_WORDS
    for statement in statements:
        if kept and length(statement.text) > room:
            break
        kept.append(composer.marked(statement, most=1))
        room -= length(statement.text)
    return " ; ".join(kept).replace("|", "/").replace("\n", " ")
