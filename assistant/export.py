"""A conversation as a document: its questions and answers, with one list of numbered references."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation, Exchange, Language
from assistant.markup import MARKER, flat, inert, light

# A place that is cited: guide, page, and the span on it.
_Place = tuple[str, int | None, int | None, int | None]


@dataclass(frozen=True)
class Reference:
    """Where a statement comes from: guide and page in words, and what is written there."""

    number: int
    source: str
    quote: str


@dataclass(frozen=True)
class Entry:
    """A question with its answer; `text` is Markdown in which nothing but ours is markup.

    `label` tells what sort of answer it is where that is not plain: a refusal, for example.
    """

    question: str
    label: str
    text: str
    language: Language


@dataclass(frozen=True)
class Document:
    """A conversation ready to be written, its references numbered in the order they are met."""

    title: str
    note: str
    entries: tuple[Entry, ...]
    heading: str
    references: tuple[Reference, ...]
    language: Language


def compose(
    title: str,
    note: str,
    exchanges: Sequence[Exchange],
    language: Language,
    words: Callable[[str], str],
    source: Callable[[Citation], str],
) -> Document:
    """The document of a conversation.

    `words` gives a text of the page by its key, `source` tells guide and page of a citation.
    """
    numbers: dict[_Place, int] = {}
    cited: list[Citation] = []

    def number(citation: Citation) -> int:
        place = (citation.guide, citation.page, citation.start, citation.end)
        if place not in numbers:
            numbers[place] = len(numbers) + 1
            cited.append(citation)
        return numbers[place]

    labels = {"abstained": words("abstained"), "clarify": words("clarify"), "answered": ""}
    entries = tuple(
        Entry(
            flat(one.question),
            labels[one.answer.status],
            _renumbered(one.answer, number),
            one.answer.language,
        )
        for one in exchanges
    )
    references = tuple(
        Reference(rank, flat(source(citation)), flat(citation.quote))
        for rank, citation in enumerate(cited, 1)
    )
    return Document(flat(title), note, entries, words("references"), references, language)


def as_markdown(document: Document) -> str:
    """The document as Markdown (CommonMark with tables)."""
    parts = [f"# {light(document.title)}", f"*{light(document.note)}*"]
    for entry in document.entries:
        parts.append(f"## {light(entry.question)}")
        if entry.label:
            parts.append(f"**{light(entry.label)}**")
        parts.append(entry.text)
    if document.references:
        parts.append(f"## {light(document.heading)}")
        parts += [_line(reference) for reference in document.references]
    return "\n\n".join(parts) + "\n"


def _line(reference: Reference) -> str:
    quoted = f"\n\n> {light(reference.quote)}" if reference.quote else ""
    return f"\\[{reference.number}\\] {light(reference.source)}{quoted}"


def _renumbered(answer: Answer, number: Callable[[Citation], int]) -> str:
    """The answer's text with the numbers that its citations have in the whole document."""
    by_marker = {citation.marker: citation for citation in answer.citations}
    told = set[int]()

    def marker(found: str) -> str:
        citation = by_marker.get(int(found))
        if citation is None:
            return f"\\[{found}\\]"
        told.add(citation.marker)
        return f"\\[{number(citation)}\\]"

    text = MARKER.sub(lambda found: marker(found.group(1)), inert(answer.text).strip())
    # A refusal may leave its nearest passages out of its text.
    left = [f"\\[{number(one)}\\]" for one in answer.citations if one.marker not in told]
    return f"{text}\n\n{' '.join(left)}" if left else text
