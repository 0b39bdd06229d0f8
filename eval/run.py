"""A run: every case put to the subject, every answer audited and graded, every crash a row."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator

from assistant.answer import Answer, Exchange
from eval.audit import Audit, Auditor
from eval.cases import Case, ComparisonCase, DisagreementCase, Turn
from eval.grading import (
    CRASHED,
    WORDS_READ,
    Graded,
    grade,
    missing_nuggets,
    shown_on,
)
from eval.patterns import folded, matches
from eval.result import Fault, Place, Row, TurnRecord
from eval.subject import Subject

HITS = 10
KEPT = 4000  # characters of a question that a result keeps
_SEARCHED = ("facts", "hostile")  # one question with its own pages: the measure of search alone
_NOT_AUDITED = Audit((), 0, 0, 0, 0, 0, 0, 0)


def run_cases(
    cases: Iterable[Case],
    subject: Subject,
    auditor: Auditor,
    clock: Callable[[], float] = time.perf_counter,
) -> Iterator[Row]:
    """One row per case, in order."""
    for case in cases:
        yield run_case(case, subject, auditor, clock)


def run_case(
    case: Case, subject: Subject, auditor: Auditor, clock: Callable[[], float] = time.perf_counter
) -> Row:
    """Ask the turns of a case, search its first question, grade and keep everything."""
    history: list[Exchange] = []
    graded: list[Graded] = []
    records: list[TurnRecord] = []
    errors: list[str] = []
    for turn in case.turns:
        started = clock()
        answer, error = _ask(subject, turn, history)
        seconds = clock() - started
        errors += [error] if error else []
        audit = _NOT_AUDITED if error else auditor.audit(answer)
        graded.append(Graded(answer, audit, crashed=error is not None))
        records.append(_record(case, turn, graded[-1], seconds))
        history.append(Exchange(turn.question, answer))
    hits, error = _search(subject, case)
    errors += [error] if error else []
    scores = grade(case, graded, hits) | {"ran": float(not errors)}
    kept = (tuple(records), tuple(hits or ()), " ; ".join(errors) or None)
    return Row(case.id, case.kind, case.lang, case.tags, scores, *kept)


def _record(case: Case, turn: Turn, graded: Graded, seconds: float) -> TurnRecord:
    question = turn.question
    if len(question) > KEPT:
        question = f"{question[:KEPT]}… ({len(question)} caractères)"
    shown = None if graded.crashed else graded.answer.as_dict()
    faults = _faults(case, turn, graded)
    return TurnRecord(question, _expected(case, turn), shown, faults, seconds)


def _ask(subject: Subject, turn: Turn, history: list[Exchange]) -> tuple[Answer, str | None]:
    # Whatever a damaged subject raises is a finding about it, never the end of the run.
    try:
        return subject.ask(turn.question, tuple(history)), None
    except Exception as error:
        return CRASHED, _named(error)


def _search(subject: Subject, case: Case) -> tuple[list[Place] | None, str | None]:
    first = case.turns[0]
    if case.kind not in _SEARCHED or not first.pages:
        return None, None
    try:
        found = subject.search(first.question, HITS)
        return [(hit.passage.guide, hit.passage.page) for hit in found], None
    except Exception as error:
        return [], _named(error)


def _named(error: Exception) -> str:
    return f"{type(error).__name__} : {error}"[:500]


def _expected(case: Case, turn: Turn) -> dict[str, object]:
    """What the report shows as expected; empty fields are left out."""
    fields = turn.model_dump(mode="json", exclude={"question", "lang"}, exclude_defaults=True)
    if isinstance(case, DisagreementCase):
        fields["values"] = [value.model_dump(mode="json") for value in case.values]
    if isinstance(case, ComparisonCase):
        fields["cells"] = [cell.model_dump(mode="json") for cell in case.cells]
    return {**fields, "status": turn.status}


def _faults(case: Case, turn: Turn, graded: Graded) -> tuple[Fault, ...]:
    """Everything wrong with one answer, in words for the report."""
    answer = graded.answer
    if graded.crashed:
        return (Fault("crash", "la question a fait échouer l’assistant"),)
    found = list(graded.audit.findings)
    if turn.status not in ("any", answer.status):
        found.append(Fault("status", f"{answer.status} au lieu de {turn.status}"))
    vital = [nugget for nugget in turn.nuggets if nugget.vital]
    for nugget in missing_nuggets(vital, answer, WORDS_READ):
        found.append(Fault("missing", " | ".join(nugget.any)))
    found += [
        Fault("forbidden", pattern)
        for pattern in turn.forbidden
        if matches([pattern], folded(answer.text))
    ]
    cited = {(one.guide, one.page) for one in answer.citations}
    if turn.pages and cited and not cited & set(turn.pages):
        found.append(Fault("page", "aucune citation n’est sur une page attendue"))
    return (*found, *_unshown(case, answer))


def _unshown(case: Case, answer: Answer) -> Iterator[Fault]:
    if isinstance(case, DisagreementCase):
        for value in case.values:
            if not shown_on(value.any, value.pages, answer):
                yield Fault("missing", f"valeur non montrée sur sa page : {' | '.join(value.any)}")
    if isinstance(case, ComparisonCase):
        for cell in case.cells:
            if not shown_on(cell.any, cell.pages, answer):
                yield Fault("missing", f"{cell.structure} × {cell.facet} : {' | '.join(cell.any)}")
