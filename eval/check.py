"""The check of the cases themselves: every expected fact stands on a page that the case names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from eval.cases import Case, ComparisonCase, DisagreementCase, PageRef
from eval.originals import LINE_HYPHEN, Original, Originals
from eval.patterns import folded, matches

# A pattern found on more pages than this of the whole corpus proves little by being in an answer.
TOO_MANY = 15


@dataclass(frozen=True)
class Doubt:
    """Something to put right in a case (`error`), or to look at."""

    case: str
    text: str
    error: bool


def check_cases(cases: Iterable[Case], originals: Originals) -> list[Doubt]:
    """What the guide files say against the cases; errors first."""
    texts = {(guide, page): _searched(original) for guide, page, original in originals.pages()}
    found = [doubt for case in cases for doubt in _doubts(case, texts)]
    return sorted(found, key=lambda doubt: not doubt.error)


def coverage(cases: Iterable[Case], originals: Originals) -> list[PageRef]:
    """The pages of the guides that no case expects."""
    asked = {page for case in cases for turn in case.turns for page in turn.pages}
    return [(guide, page) for guide, page, _ in originals.pages() if (guide, page) not in asked]


def _doubts(case: Case, texts: dict[PageRef, str]) -> Iterator[Doubt]:
    for what, patterns, pages in _expectations(case):
        unknown = [page for page in pages if page not in texts]
        for guide, page in unknown:
            yield Doubt(case.id, f"{what} : {guide} n’a pas de page {page}", error=True)
        if not any(matches(patterns, texts[page]) for page in pages if page in texts):
            yield Doubt(case.id, f"{what} : sur aucune page citée ({_short(patterns)})", error=True)
        everywhere = sum(matches(patterns, text) for text in texts.values())
        if everywhere > TOO_MANY:
            yield Doubt(
                case.id,
                f"{what} : sur {everywhere} pages des guides, trop peu précis ({_short(patterns)})",
                error=False,
            )


def _expectations(case: Case) -> Iterator[tuple[str, Sequence[str], Sequence[PageRef]]]:
    if isinstance(case, DisagreementCase):
        for number, value in enumerate(case.values, start=1):
            yield f"valeur {number}", value.any, value.pages
    if isinstance(case, ComparisonCase):
        for cell in case.cells:
            yield f"{cell.structure} × {cell.facet}", cell.any, cell.pages
    for turn_number, turn in enumerate(case.turns, start=1):
        for number, nugget in enumerate(turn.nuggets, start=1):
            if nugget.vital and turn.pages:
                yield f"question {turn_number}, fait {number}", nugget.any, turn.pages


def _searched(original: Original) -> str:
    """The page and its link targets, folded; a hyphen at a line's end is tried both ways."""
    text = "\n".join((original.text, *original.links))
    return "\n".join(folded(text.replace(LINE_HYPHEN, hyphen)) for hyphen in ("", "-"))


def _short(patterns: Sequence[str]) -> str:
    text = " | ".join(patterns)
    return text if len(text) <= 120 else text[:117] + "…"
