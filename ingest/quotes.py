"""Finds, for each source of a fiche, the guide's own sentences that carry the statement."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from corpus.fiche import Fiche, Source, Value
from corpus.folding import fold
from corpus.guide import Page, Passage, Sentence

# A quote that runs longer than this no longer points at anything.
_LONGEST_QUOTE = 700
PageOf = Callable[[str, int | None], Page | None]
_Place = tuple[Passage, Sequence[Sentence]]


def with_quotes(fiche: Fiche, passages: Mapping[str, Sequence[Passage]], page_of: PageOf) -> Fiche:
    """The fiche with every source that was found in the guides at hand carrying its quote."""

    def found(sources: tuple[Source, ...]) -> tuple[Source, ...]:
        return tuple(_with_quote(s, passages.get(s.guide, ()), page_of) for s in sources)

    values = tuple(Value(v.fr, v.en, found(v.sources)) for v in fiche.values)
    return replace(fiche, sources=found(fiche.sources), values=values)


def _with_quote(source: Source, passages: Sequence[Passage], page_of: PageOf) -> Source:
    place = _place([p for p in passages if p.page == source.page], source.near)
    page = page_of(source.guide, source.page)
    if place is None or page is None:
        return source
    passage, sentences = place
    start, end = min(s.start for s in sentences), max(s.end for s in sentences)
    return replace(
        source,
        page_label=page.label,
        section=passage.location or None,
        start=start,
        end=end,
        quote=page.text[start:end],
    )


def _place(passages: Sequence[Passage], near: Sequence[str]) -> _Place | None:
    """The fewest neighbouring sentences that hold all the terms, in one passage if possible."""
    terms = [fold(term) for term in near]
    whole = [place for passage in passages if (place := _window(passage, terms))]
    if whole:
        return min(whole, key=lambda place: _length(place[1]))
    # The terms may stand in a table's heads, or in a heading above: then most of them must do.
    ranked = [(_held(passage, terms), passage) for passage in passages]
    count, best = max(ranked, key=lambda pair: pair[0], default=(0, None))
    if best is None or not terms or count * 2 < len(terms):
        return None
    inside = [term for term in terms if term in fold(best.text)]
    return _window(best, inside) if inside else (best, best.sentences)


def _window(passage: Passage, terms: Sequence[str]) -> _Place | None:
    if not terms:
        return None
    best: Sequence[Sentence] | None = None
    sentences = passage.sentences
    for first in range(len(sentences)):
        for last in range(first + 1, len(sentences) + 1):
            window = sentences[first:last]
            text = fold(" ".join(sentence.text for sentence in window))
            if all(term in text for term in terms):
                if best is None or _length(window) < _length(best):
                    best = window
                break
    if best is None or _length(best) > _LONGEST_QUOTE:
        return None
    return passage, best


def _held(passage: Passage, terms: Sequence[str]) -> int:
    text = fold(f"{passage.location} {passage.text}")
    return sum(term in text for term in terms)


def _length(sentences: Sequence[Sentence]) -> int:
    return sentences[-1].end - sentences[0].start
