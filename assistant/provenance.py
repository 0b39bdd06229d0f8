"""Where an answer comes from, spelt out."""

from __future__ import annotations

from assistant import wording
from assistant.answer import Answer, Citation, Language
from corpus.index import Index


def sources_of(last: Answer, language: Language, index: Index) -> Answer:
    """Where the previous answer comes from, spelt out."""
    if not last.citations:
        return Answer("abstained", language, wording.EMPTY[language])
    lines = [_reference(citation, language, index) for citation in last.citations]
    return Answer("answered", language, wording.listed(lines), last.citations)


def _reference(citation: Citation, language: Language, index: Index) -> str:
    guide = index.guide(citation.guide)
    page = f", p. {citation.page}" if citation.page else ""
    return f"{guide.title} ({wording.named(guide, language)}){page} [{citation.marker}]"
