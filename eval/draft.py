"""A user's opinion as the beginning of a case, for somebody to complete from the guides.

The draft says in `draft` what is missing; while that is there, no run takes the case.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from assistant.feedback import Opinion

_COMPLETE = {
    "facts": "nuggets : un motif par fait attendu ; pages : celles qui le disent dans les guides",
    "dialogues": "de chaque question : nuggets, pages, et forbidden s’il y a un piège",
    "unanswerable": "vérifiez qu’aucun guide ne le dit ; forbidden : ce qui serait un leurre",
}


@dataclass(frozen=True)
class Draft:
    """A case to complete, and what it is."""

    kind: str
    case: Mapping[str, Any]

    @property
    def line(self) -> str:
        """The case as a line of eval/cases."""
        return json.dumps(self.case, ensure_ascii=False)

    @property
    def told(self) -> str:
        """What to do with it."""
        return (
            f"Brouillon du genre {self.kind}, refusé par l’évaluation tant qu’il porte « draft ».\n"
            f"Ajoutez-le à eval/cases/{self.kind}-feedback.jsonl et complétez : "
            f"{_COMPLETE[self.kind]}."
        )


def draft(opinion: Opinion) -> Draft:
    """The case that an opinion is about: declining or answering, alone or after other questions."""
    kind = _kind(opinion)
    about = {
        "todo": _COMPLETE[kind],
        "verdict": opinion.verdict,
        "comment": opinion.comment,
        "answer": opinion.answer,
    }
    fields = {"id": f"{kind[:4]}-feedback-{opinion.id}", "lang": opinion.language}
    return Draft(kind, {**fields, **_asked(opinion, kind), "tags": ["feedback"], "draft": about})


def _kind(opinion: Opinion) -> str:
    declined_well = opinion.helpful and opinion.status == "abstained"
    if opinion.reason == "should-decline" or declined_well:
        return "unanswerable"
    return "dialogues" if opinion.earlier else "facts"


def _asked(opinion: Opinion, kind: str) -> dict[str, Any]:
    if kind == "unanswerable":
        return {"question": opinion.question, "forbidden": []}
    # Pages of an answer that somebody found wrong are no expectation.
    cited = opinion.citations if opinion.helpful else ()
    pages = [list(place) for place in dict.fromkeys((one.guide, one.page) for one in cited)]
    expected = {"nuggets": [], "pages": pages}
    if kind == "facts":
        return {"question": opinion.question, **expected}
    turns = [{"question": one, "nuggets": [], "pages": []} for one in opinion.earlier]
    return {"turns": [*turns, {"question": opinion.question, **expected}]}
