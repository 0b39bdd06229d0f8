"""Structures side by side: a small table whose every cell is cited, or said to be silent."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
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
# A fiche on the facet of the other cells may be so much less probable than the best one.
_ALIGNED = 0.25
# What speaks of one structure alone goes before what it shares with others, unless that is so much
# more probable.
_SHARED = 0.3
# Fiches looked at for a cell.
_READ = 8
# Words that tell nothing of what is compared: « compare », “difference between”, « laquelle ».
_COMPARING = re.compile(
    r"\b(compar\w*|diff[ée]ren\w*|differ\w*|versus|vs|tableau\w*|table|c[ôo]te [àa] c[ôo]te"
    r"|side by side|entre|between|laquelle|lequel|which|contre|respective\w*|plut[ôo]t"
    r"|distingu\w*|chacune?|each|en quoi|d['’]un c[ôo]t[ée]|de l['’]autre)\b",
    re.I,
)
_MARK = "XXX"
_NEIGHBOURS = re.compile(
    rf"{_MARK}s?\s*(?:,|/|\bet\b|\bou\b|\band\b|\bor\b)(?:\s+[\w'’]{{1,5}}){{0,2}}\s*['’]?{_MARK}",
    re.I,
)
# « Combien reçoit une XXX et combien reçoit une XXX ? » : what stands before both, articles aside.
_BEFORE = re.compile(
    rf"(\w+)['’ ]+(?:(?:une?|les?|la|l|d|des?|du|ces?|cette|an?|the)['’ ]+)*{_MARK}", re.I
)
_JOINED = re.compile(rf"{_MARK}.*(?:,|\bet\b|\bou\b|\band\b|\bor\b).*{_MARK}", re.I)
# The structures that are alternatives to each other; a SISA or an ACI is a part of them.
_FORMS = frozenset({"ESP", "ESP_CLAP", "MSP", "CDS", "CPTS", "ESS"})
# From here on an answer probably lies in fiches that speak of several structures at once.
_PROBABLE = 0.4
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
        covered: Collection[str] = (),
    ) -> None:
        self._covered = covered
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
        if len(asked) > 1 and question.comparing:
            return [self._row_of(facet, columns, question) for facet in asked[:_MOST_FACETS]]
        return [self._row(question, columns)]

    def _row(self, question: Question, columns: Sequence[str]) -> list[_Cell]:
        """What answers the question for each structure, on one facet if it can be."""
        asked = [self._alone(question, key, columns) for key in columns]
        found = [self._found(one, key, columns) for one, key in zip(asked, columns, strict=True)]
        chances: defaultdict[str, float] = defaultdict(float)
        for _, hits in found:
            for facet in {hit.fiche.facet for hit in hits[:_READ]}:
                chances[facet] += max(h.chance for h in hits[:_READ] if h.fiche.facet == facet)
        likely = max(chances, key=lambda facet: chances[facet], default="")
        return [
            self._cell(one, key, evidence, _preferred(hits, likely))
            for one, key, (evidence, hits) in zip(asked, columns, found, strict=True)
        ]

    def _row_of(self, facet: str, columns: Sequence[str], question: Question) -> list[_Cell]:
        """What is said of one facet of each structure."""
        cells = []
        for key in columns:
            name = self._lexicon.structures[key].acronym
            asked = self._reader.read(f"{FACETS[facet][0]} {name}", "fr")
            asked = replace(asked, structures=(key,), facets=(facet,), language=question.language)
            evidence, there = self._found(asked, key, columns, facet)
            cells.append(self._cell(asked, key, evidence, there))
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

    def _found(
        self, asked: Question, key: str, columns: Sequence[str], facet: str = ""
    ) -> tuple[Evidence, list[FicheHit]]:
        """The evidence for one structure; of its fiches, on a facet if one is given, the first
        ones that speak of it alone, else any."""
        evidence = self._retriever.search(asked)
        known: list[FicheHit] = []
        alone: list[FicheHit] = []
        for hit in evidence.fiches:
            if key not in hit.fiche.structures or (facet and hit.fiche.facet != facet):
                continue
            if not self._confidence.fiche(asked, hit):
                continue
            known.append(hit)
            if set(hit.fiche.structures) & set(columns) == {key}:
                alone.append(hit)
            if len(alone) == _READ:
                break
        if alone and alone[0].score < known[0].score - _SHARED:
            return evidence, known[:_READ]
        return evidence, alone or known[:_READ]

    def _cell(
        self, asked: Question, key: str, evidence: Evidence, hits: Sequence[FicheHit]
    ) -> _Cell:
        """What the guides say of it for one structure; empty if nothing passes the gate."""
        if not hits:
            return self._from_passages(asked, evidence, key)
        near = [hit for hit in hits[:2] if hit.score >= hits[0].score - _NEARLY]
        if hits[0].fiche.facet == "funding" and not any(map(_amounts, near)):
            # What several guides put in figures is what one compares.
            sums = [hit for hit in hits[:_READ] if _amounts(hit)]
            near += sorted(sums, key=lambda hit: not hit.fiche.values)[:1]
        told = [s for hit in near for s in self._fiches.statements(hit.fiche, asked.language)]
        return _Cell(tuple(told), hits[0].fiche.facet)

    def _from_passages(self, asked: Question, evidence: Evidence, key: str) -> _Cell:
        cells = [
            hit
            for hit in evidence.passages[:5]
            if hit.passage.kind == "cell"
            and key in hit.passage.structures
            and (hit.passage.guide not in self._covered or self._treats(hit.passage.heads, asked))
        ]
        return _Cell(tuple(self._passages.statements(asked, cells)[:1]), *asked.facets[:1])

    def _treats(self, heads: Sequence[str], asked: Question) -> bool:
        """Whether the heads of a cell of a guide's table are about what is asked, if they tell.

        Demanded where fiches cover the guide and none of them answers: the rest only resembles.
        """
        told = self._lexicon.facets_treated(" ".join(heads))
        return not told or not asked.facets or bool(set(told).intersection(asked.facets))


def side_by_side(question: Question, hits: Sequence[FicheHit], lexicon: Lexicon) -> bool:
    """Whether a question wants several structures beside each other: it compares them, asks the
    same of each, or names two on which no fiche that speaks of both is likely to answer."""
    named = set(question.structures)
    if len(named) < 2:
        return False
    together = [hit for hit in hits if len(named & set(hit.fiche.structures)) > 1]
    likely = sum(hit.chance for hit in together) >= _PROBABLE
    if question.comparing:
        # Forms want columns; an association beside a SISA may be told in one statement.
        return len(named & _FORMS) > 1 or not likely
    return _listed(question, lexicon) or (len(named & _FORMS) > 1 and not likely)


def _listed(question: Question, lexicon: Lexicon) -> bool:
    """Whether two structures stand next to each other, as « une ESP et une MSP » do, or the same
    is asked of both, one after the other."""
    text, before = question.text, []
    for key in question.structures:
        before += sorted(set(_BEFORE.findall(lexicon.renamed(question.text, key, _MARK).lower())))
        text = lexicon.renamed(text, key, _MARK)
    repeated = len(set(before)) < len(before) and _JOINED.search(text)
    return bool(_NEIGHBOURS.search(text) or repeated)


def _preferred(hits: Sequence[FicheHit], facet: str) -> list[FicheHit]:
    """The hits, those on the facet of the row first if the best of them is nearly as probable."""
    on_facet = [hit for hit in hits if hit.fiche.facet == facet]
    if on_facet and on_facet[0].score >= hits[0].score - _ALIGNED:
        return on_facet
    return list(hits)


def _amounts(hit: FicheHit) -> bool:
    """Whether a fiche tells sums: what one compares of funding first."""
    return "€" in hit.fiche.fr or any("€" in value.fr for value in hit.fiche.values)


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
