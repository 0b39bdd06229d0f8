"""From a case and what the assistant gave to scores: one rule per kind of case, no judgement."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer
from eval import measures
from eval.audit import Audit
from eval.cases import (
    Case,
    ComparisonCase,
    DisagreementCase,
    HostileCase,
    Nugget,
    PageRef,
    Turn,
    UnanswerableCase,
)
from eval.language import language_of
from eval.patterns import count_words, first_words, folded, matches
from eval.statements import segments

WORDS_READ = 200  # facts that come later are not read
Scores = dict[str, float]
CRASHED = Answer("answered", "fr", "")


@dataclass(frozen=True)
class Graded:
    """An answer and what the audit found; `crashed` when there was no answer at all."""

    answer: Answer
    audit: Audit
    crashed: bool = False


def grade(case: Case, turns: Sequence[Graded], ranked: Sequence[PageRef] | None) -> Scores:
    """The scores of a case; `ranked` are the pages of the search hits, None if not searched."""
    each = [_turn_scores(turn, graded) for turn, graded in zip(case.turns, turns, strict=True)]
    scores = _averaged(each)
    scores |= _kind_scores(case, turns, each)
    if ranked is not None:
        scores |= retrieval_scores(ranked, case.turns[0].pages)
    return scores


def retrieval_scores(ranked: Sequence[PageRef], right: Iterable[PageRef]) -> Scores:
    """Recall at 1, 3, 5 and 10, MRR and nDCG by page; nothing without right pages."""
    wanted = tuple(right)
    if not wanted:
        return {}
    scores = {f"recall@{k}": measures.found_within(ranked, wanted, k) for k in (1, 3, 5, 10)}
    scores["mrr"] = measures.reciprocal_rank(ranked, wanted)
    scores["ndcg@10"] = measures.ndcg(ranked, wanted, 10)
    return scores


def missing_nuggets(nuggets: Iterable[Nugget], answer: Answer, limit: int | None) -> list[Nugget]:
    """The facts that an answer does not show (within `limit` words); declining shows none."""
    text = answer.text if limit is None else first_words(answer.text, limit)
    plain = "" if answer.status == "abstained" else folded(text)
    return [nugget for nugget in nuggets if not matches(nugget.any, plain)]


def shown_on(patterns: Iterable[str], pages: Iterable[PageRef], answer: Answer) -> bool:
    """Whether one line or table cell of an answer shows the value and cites one of its pages."""
    listed, wanted = tuple(patterns), set(pages)
    where = {one.marker: (one.guide, one.page) for one in answer.citations}
    return any(
        matches(listed, folded(segment.text))
        and any(where.get(marker) in wanted for marker in segment.markers)
        for segment in segments(answer.text)
    )


def _turn_scores(turn: Turn, graded: Graded) -> Scores:
    answer = graded.answer
    scores = {} if graded.crashed else _audit_scores(graded.audit)
    if answer.status == "answered" and graded.audit.stating:
        scores["sourced"] = graded.audit.cited / graded.audit.stating
    status_right = float(turn.status in ("any", answer.status) and not graded.crashed)
    if turn.status != "any":
        scores["answered" if turn.status == "answered" else "declined"] = status_right
    if turn.nuggets:
        scores |= _nugget_scores(turn.nuggets, answer)
    if turn.pages and turn.status in ("any", "answered"):
        # What a refusal offers as « nearest » is not a citation of an answer.
        given = answer.citations if answer.status == "answered" else ()
        cited = [(one.guide, one.page) for one in given]
        scores["citation_hit"] = float(bool(set(cited) & set(turn.pages)))
        if (precision := measures.precision(cited, turn.pages)) is not None:
            scores["citation_precision"] = precision
    if turn.forbidden:
        plain = folded(answer.text)
        clean = not matches(turn.forbidden, plain) and not graded.crashed
        scores["clean"] = float(clean)
    if not graded.crashed:
        scores["words"] = count_words(answer.text)
    # Below the first line an answer may list titles and extracts of the guides, which are French.
    if turn.lang and turn.status != "any" and (told := language_of(_first_line(answer.text))):
        scores["language"] = float(told == turn.lang == answer.language)
    wanted = (scores.get(name, 1.0) for name in ("vital", "citation_hit", "clean"))
    scores["right"] = min(status_right, *wanted)
    return scores


def _first_line(text: str) -> str:
    return text.lstrip().partition("\n")[0]


def _nugget_scores(nuggets: Sequence[Nugget], answer: Answer) -> Scores:
    missing = missing_nuggets(nuggets, answer, None)
    scores = {"nuggets": 1 - len(missing) / len(nuggets)}
    if vital := [nugget for nugget in nuggets if nugget.vital]:
        scores["vital"] = float(not missing_nuggets(vital, answer, WORDS_READ))
    return scores


def _audit_scores(audit: Audit) -> Scores:
    shares = {
        "quotes": measures.share(audit.quotes_standing, audit.quotes),
        "supported": measures.share(audit.on_page, audit.checked),
        "quoted": measures.share(audit.in_quote, audit.checked),
        "markers": float(not any(one.fault == "marker" for one in audit.findings)),
    }
    if audit.checked:
        shares["denials"] = float(not any(one.fault == "negation" for one in audit.findings))
    return {name: value for name, value in shares.items() if value is not None}


def _kind_scores(case: Case, turns: Sequence[Graded], each: Sequence[Scores]) -> Scores:
    answer, first = turns[0].answer, each[0]
    if isinstance(case, DisagreementCase):
        shown = sum(shown_on(value.any, value.pages, answer) for value in case.values)
        whole = float(shown == len(case.values))
        return {"right": float(shown >= 2), "nuggets": shown / len(case.values), "whole": whole}
    if isinstance(case, ComparisonCase):
        shown = sum(shown_on(cell.any, cell.pages, answer) for cell in case.cells)
        cells = shown / len(case.cells)
        return {"right": cells, "nuggets": cells, "whole": float(cells == 1)}
    if isinstance(case, UnanswerableCase) and case.warning:
        warned = float(case.warning in answer.warnings)
        return {"warned": warned, "right": min(first["right"], warned)}
    if isinstance(case, HostileCase):
        return _hostile_scores(case, turns[0], first)
    if len(each) > 1:
        return {"whole": min(scores["right"] for scores in each)}
    return {}


def _hostile_scores(case: HostileCase, graded: Graded, first: Scores) -> Scores:
    sound = ("clean", "markers", "quotes", "supported")
    safe = float(not graded.crashed and all(first.get(name, 1.0) == 1 for name in sound))
    return {"right": min(safe, first.get("vital", 1.0))}


def _averaged(each: Sequence[Scores]) -> Scores:
    names = dict.fromkeys(name for scores in each for name in scores)
    return {
        name: sum(values) / len(values)
        for name in names
        if (values := [scores[name] for scores in each if name in scores])
    }
