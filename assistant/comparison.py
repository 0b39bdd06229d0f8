"""Structures side by side: a small table whose every cell is cited, or said to be silent."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from assistant.answer import Language
from assistant.compose import Composer, length
from assistant.confidence import Confidence
from assistant.fiche_search import FicheHit
from assistant.from_fiches import FicheWriter
from assistant.from_passages import PassageWriter
from assistant.question import Question, Reader
from assistant.retrieval import Evidence, Retriever
from assistant.statement import Statement
from assistant.wording import FACETS
from corpus.lexicon import Lexicon

# What a comparison shows when it asks of nothing in particular.
USUAL = ("definition", "composition", "status", "legal_form", "territory", "funding")
_MOST_STRUCTURES = 4
_MOST_FACETS = 5
_CELL_WORDS = 60
# A second fiche joins a cell if it is at most so much less probable than the first (1 logit).
_NEARLY = 0.1
# Words that tell nothing of what is compared: « compare », “difference between”, « laquelle ».
_COMPARING = re.compile(
    r"\b(compar\w*|diff[ée]ren\w*|differ\w*|versus|vs|tableau\w*|table|c[ôo]te [àa] c[ôo]te"
    r"|side by side|entre|between|laquelle|lequel|which|contre|respective\w*|plut[ôo]t)\b",
    re.I,
)
_SILENT = {"fr": "*les guides ne le disent pas*", "en": "*the guides do not say*"}
_ANSWER = ("Réponse", "Answer")


@dataclass(frozen=True)
class _Cell:
    statements: tuple[Statement, ...] = ()
    facet: str = ""


class ComparisonWriter:
    """Writes the table of a comparison."""

    def __init__(
        self,
        retriever: Retriever,
        fiches: FicheWriter,
        passages: PassageWriter,
        confidence: Confidence,
        reader: Reader,
        lexicon: Lexicon,
    ) -> None:
        self._retriever, self._reader, self._lexicon = retriever, reader, lexicon
        self._fiches, self._passages, self._confidence = fiches, passages, confidence

    def table(self, question: Question, composer: Composer) -> str | None:
        """The Markdown table for a question that names several structures; None if the guides
        fill under two columns of it."""
        columns = question.structures[:_MOST_STRUCTURES]
        rows = self._rows(question, columns)
        filled = {key for row in rows for key, cell in zip(columns, row, strict=True) if cell}
        if len(filled) < 2:
            return None
        lines = [
            "| | " + " | ".join(self._lexicon.structures[key].acronym for key in columns) + " |",
            "|---|" + "---|" * len(columns),
        ]
        for row in rows:
            if any(cell.statements for cell in row):
                shown = [_shown(cell.statements, composer, question.language) for cell in row]
                lines.append(f"| **{_head(row, question.language)}** | " + " | ".join(shown) + " |")
        return "\n".join(lines)

    def _rows(self, question: Question, columns: Sequence[str]) -> list[list[_Cell]]:
        asked = [facet for facet in question.facets if facet in FACETS]
        if self._bare(question):
            return [self._row_of(facet, columns, question) for facet in USUAL]
        if len(asked) > 1:
            return [self._row_of(facet, columns, question) for facet in asked[:_MOST_FACETS]]
        return [[self._cell(self._alone(question, key, columns), key, columns) for key in columns]]

    def _row_of(self, facet: str, columns: Sequence[str], question: Question) -> list[_Cell]:
        """What is said of one facet of each structure."""
        cells = []
        for key in columns:
            name = self._lexicon.structures[key].acronym
            asked = self._reader.read(f"{FACETS[facet][0]} {name}", "fr")
            asked = replace(asked, structures=(key,), facets=(facet,), language=question.language)
            cells.append(self._cell(asked, key, columns, facet))
        return cells

    def _bare(self, question: Question) -> bool:
        """Whether nothing is asked but how the structures differ."""
        text = _COMPARING.sub(" ", question.text)
        for key in question.structures:
            text = self._lexicon.renamed(text, key, "")
        return not self._reader.read(text, question.language).typed

    def _alone(self, question: Question, key: str, columns: Sequence[str]) -> Question:
        """The question asked of one structure only."""
        text = question.text
        for other in columns:
            if other != key:
                text = self._lexicon.renamed(text, other, "")
        asked = self._reader.read(_COMPARING.sub(" ", text), question.language)
        return replace(asked, structures=(key,), language=question.language)

    def _cell(self, asked: Question, key: str, columns: Sequence[str], facet: str = "") -> _Cell:
        """What the guides say of it for one structure; empty if nothing passes the gate."""
        evidence = self._retriever.search(asked)
        alone = {key}
        hits = [
            hit
            for hit in evidence.fiches
            if set(hit.fiche.structures) & set(columns) == alone
            and (not facet or hit.fiche.facet == facet)
            and self._confidence.fiche(asked, hit)
        ]
        if not hits and not facet:
            hits = [hit for hit in evidence.fiches[:3] if key in hit.fiche.structures]
        if hits:
            return self._from_fiches(hits, asked.language)
        return self._from_passages(asked, evidence, key)

    def _from_fiches(self, hits: Sequence[FicheHit], language: Language) -> _Cell:
        near = [hit for hit in hits[:2] if hit.score >= hits[0].score - _NEARLY]
        told = [s for hit in near for s in self._fiches.statements(hit.fiche, language)]
        return _Cell(tuple(told), hits[0].fiche.facet)

    def _from_passages(self, asked: Question, evidence: Evidence, key: str) -> _Cell:
        cells = [
            hit
            for hit in evidence.passages[:5]
            if hit.passage.kind == "cell" and key in hit.passage.structures
        ]
        return _Cell(tuple(self._passages.statements(asked, cells)[:1]), *asked.facets[:1])


def _head(row: Sequence[_Cell], language: Language) -> str:
    """What a row is about: the facet of most of its cells."""
    facets = Counter(cell.facet for cell in row if cell.statements and cell.facet in FACETS)
    named = FACETS[facets.most_common(1)[0][0]] if facets else _ANSWER
    return named[0 if language == "fr" else 1]


def _shown(statements: Sequence[Statement], composer: Composer, language: Language) -> str:
    if not statements:
        return _SILENT[language]
    kept: list[str] = []
    room = _CELL_WORDS
    for statement in statements:
        if kept and length(statement.text) > room:
            break
        kept.append(composer.marked(statement))
        room -= length(statement.text)
    return " ; ".join(kept).replace("|", "/").replace("\n", " ")
