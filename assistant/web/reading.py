"""The text of a guide as it is shown around a cited span."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from corpus.guide import Page, Passage, Sentence

# Characters of the page shown before and after the span.
_AROUND = 1200
# Characters of a part: two screens.
_PART = 2500
SEPARATOR = " › "
_TAG = re.compile(r"<[^<>]{0,200}>")
_RULE = re.compile(r"^\s*\|?[\s:|-]{3,}\|?\s*$", re.MULTILINE)
_SYMBOLS = re.compile(r"\*\*|__|\^\{([^{}]*)\}|^\s{0,3}(?:#{1,6}|>)\s+", re.MULTILINE)


@dataclass(frozen=True)
class Piece:
    """A run of text; `marked` if it is what the citation quotes."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class Block:
    """A paragraph, list item or table cell; `heading` is shown above it where it changes."""

    kind: str
    heading: str
    pieces: tuple[Piece, ...]


def readable(raw: str) -> str:
    """Raw text of a page without markup and on one line, for display."""
    text = _TAG.sub(" ", _RULE.sub(" ", raw)).replace("|", " ")
    return " ".join(_SYMBOLS.sub(lambda found: found.group(1) or " ", text).split())


def quote(page: Page, passages: Sequence[Passage], start: int, end: int) -> str:
    """What text[start:end] says, in the clean words of its sentences where they fit the span."""
    sentences = {
        (sentence.start, sentence.end): sentence.text
        for passage in passages
        for sentence in passage.sentences
        if start <= sentence.start and sentence.end <= end
    }
    covered = sum(last - first for first, last in sentences)
    # Sentences that leave more than a few separators of the span out do not tell all of it.
    if sentences and covered + 3 * len(sentences) >= len(page.text[start:end].strip()):
        return " ".join(sentences[span] for span in sorted(sentences))
    return readable(page.text[start:end])


def around(
    page: Page, passages: Sequence[Passage], start: int | None, end: int | None
) -> tuple[Block, ...]:
    """The passages of the page near the span, in reading order, with the span marked."""
    first, last = (start or 0) - _AROUND, (end or 0) + _AROUND
    near = [passage for passage in passages if passage.end > first and passage.start < last]
    return whole(page, near, start, end) if near else _raw(page, start, end)


def whole(
    page: Page, passages: Sequence[Passage], start: int | None = None, end: int | None = None
) -> tuple[Block, ...]:
    """Passages of a page in reading order, each heading told once, with the span marked."""
    ordered = sorted(passages, key=lambda passage: passage.start)
    blocks = [_block(page, passage, start, end) for passage in ordered]
    trails = [(), *(headings(passage) for passage in ordered)]
    return tuple(
        replace(block, heading=_heading(before, trail))
        for block, (before, trail) in zip(blocks, pairwise(trails), strict=True)
    )


def parts(passages: Sequence[Passage]) -> list[list[Passage]]:
    """Passages of a guide without pages in parts to be read one after the other.

    A part ends where the outermost heading changes after it has become long, and in any case
    when it is twice as long.
    """
    found: list[list[Passage]] = []
    length = 0
    for passage in sorted(passages, key=lambda passage: passage.start):
        new = found and passage.section[:1] != found[-1][-1].section[:1]
        if not found or length > (_PART if new else 2 * _PART):
            found.append([])
            length = 0
        found[-1].append(passage)
        length += len(passage.text)
    return found


def headings(passage: Passage) -> tuple[str, ...]:
    """The headings and heads above a passage, outermost first, each told once."""
    told: list[str] = []
    for head in passage.section:
        if not told or _bare(told[-1]) != _bare(head):
            told.append(head)
    # A list is often told again by the sentence that introduces it, a cell by its heading.
    for head in passage.heads:
        again = passage.text.startswith(_bare(head)) or (told and _bare(told[-1]) == _bare(head))
        if not again:
            told.append(head)
    return tuple(told)


def _bare(head: str) -> str:
    return head.rstrip(" :\u00a0")


def _heading(before: tuple[str, ...], trail: tuple[str, ...]) -> str:
    """What a heading trail adds to the one before it, at most its two innermost parts."""
    shared = 0
    for one, two in zip(before, trail, strict=False):
        if one != two:
            break
        shared += 1
    return SEPARATOR.join(trail[shared:][-2:])


def _block(page: Page, passage: Passage, start: int | None, end: int | None) -> Block:
    pieces: list[Piece] = []
    for sentence in passage.sentences:
        pieces.extend(_pieces(page, sentence, start, end))
    return Block(passage.kind, "", tuple(pieces))


def _pieces(page: Page, sentence: Sentence, start: int | None, end: int | None) -> list[Piece]:
    if start is None or end is None or sentence.end <= start or sentence.start >= end:
        return [Piece(sentence.text)]
    if start <= sentence.start and sentence.end <= end:
        return [Piece(sentence.text, marked=True)]
    wanted = readable(page.text[max(start, sentence.start) : min(end, sentence.end)])
    before, found, after = sentence.text.partition(wanted)
    if not wanted or not found:
        return [Piece(sentence.text)]
    parts = (Piece(before.strip()), Piece(found, marked=True), Piece(after.strip()))
    return [piece for piece in parts if piece.text]


def _raw(page: Page, start: int | None, end: int | None) -> tuple[Block, ...]:
    first, last = (start, end) if start is not None and end is not None else (0, 0)
    parts = (
        Piece(readable(page.text[max(0, first - _AROUND) : first])),
        Piece(readable(page.text[first:last]), marked=True),
        Piece(readable(page.text[last : last + _AROUND])),
    )
    pieces = tuple(piece for piece in parts if piece.text)
    return (Block("paragraph", "", pieces),) if pieces else ()
