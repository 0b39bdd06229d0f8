"""Answers that come back from outside, in whose citations only our own records are believed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from assistant.answer import Answer, Citation
from corpus.guide import Page

Pages = Callable[[str, int | None], Page | None]


def recorded(answer: Answer, page: Pages) -> Answer:
    """The answer with the citations that stand in the guides, each quoted from its page."""
    cited = (_recorded(citation, page) for citation in answer.citations)
    return replace(answer, citations=tuple(one for one in cited if one is not None))


def _recorded(citation: Citation, page: Pages) -> Citation | None:
    start, end = citation.start, citation.end
    if start is None or end is None:
        # The page of a guide whose file is not installed: there is nothing to quote.
        return replace(citation, quote="")
    found = page(citation.guide, citation.page)
    if found is None or not 0 <= start < end <= len(found.text):
        return None
    return replace(citation, page_label=found.label, quote=found.text[start:end])
