"""Where the sentences of a French or English text begin and end."""

from __future__ import annotations

import re
from collections.abc import Iterator

MAX_SENTENCE = 400

# A full stop after one of these, or after a single letter, ends no sentence.
_ABBREVIATIONS = """dr drs pr prof mr mrs ms mm mme mlle me art al cf ex p pp n no fig tab vol env
max min tél tel bd av st ste éd ed chap réf ref rép resp cie hab vs"""
# Blank lines, and what does as a blank line does: bullets and certain HTML tags.
_PARAGRAPH = re.compile(
    r"\n[ \t]*\n|(?<!\S)[•▪●◦‣■□➢✓\uf000-\uf0ff](?=\s)"
    r"|</?(?:ul|ol|li|p|br|div|table|tr|td|th|h[1-6])\b[^<>]*>",
    re.IGNORECASE,
)
_END = re.compile(r"(?<![.!?…])[.!?…]+(?:[ \u00a0\u202f]?[»”]|[\"’)\]])*(?=\s|\Z)")
_LONGEST_WORD = 30
_PAUSE = re.compile(r"[;:,)](?=\s)")
_LAST_WORD = re.compile(r"[\w.’'-]+$")


def sentence_spans(text: str, start: int, end: int, whole: bool = False) -> list[tuple[int, int]]:
    """The spans of the sentences of text[start:end]; blank lines always part them. With `whole`
    only they do. No span is longer than MAX_SENTENCE characters or has white space at its ends.
    """
    spans: list[tuple[int, int]] = []
    for first, last in _paragraphs(text, start, end):
        parts = [(first, last)] if whole else list(_sentences(text, first, last))
        for part in parts:
            if whole and part[1] - part[0] > MAX_SENTENCE:
                spans += [p for one in _sentences(text, *part) for p in _bounded(text, *one)]
            else:
                spans += _bounded(text, *part)
    return spans


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for blank in _PARAGRAPH.finditer(text, start, end):
        yield first, blank.start()
        first = blank.end()
    yield first, end


def _sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for stop in _END.finditer(text, start, end):
        if _is_end(text, first, stop, end):
            yield first, stop.end()
            first = stop.end()
    yield first, end


def _is_end(text: str, first: int, stop: re.Match[str], end: int) -> bool:
    following = text[stop.end() : min(end, stop.end() + 40)].lstrip()
    if not following:
        return True
    if not _may_begin(following):
        return False
    if not stop.group().startswith(".") or stop.group().startswith(".."):
        return True
    word = _LAST_WORD.search(text[max(first, stop.start() - _LONGEST_WORD) : stop.start()])
    if word is None:
        return True
    last = re.split(r"[’']", word.group().casefold())[-1]
    if last == "etc":
        return following[0].isupper()
    single = last[-2:-1] in ("", ".") and last[-1:].isalpha()
    return not single and last not in _ABBREVIATIONS.split()


def _may_begin(following: str) -> bool:
    first = next((char for char in following if char not in "«“\"'(–-•*_[ \u00a0\u202f"), "")
    return first.isupper() or first.isdigit() or not first.isalnum()


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_SENTENCE:
        cut = _cut(text, start)
        yield start, cut
        start = cut
        while start < end and text[start].isspace():
            start += 1
    if end > start:
        yield start, end


def _cut(text: str, start: int) -> int:
    """Where to cut a sentence that is too long: after a comma or the like, else at a space."""
    pauses = [pause.end() for pause in _PAUSE.finditer(text, start, start + MAX_SENTENCE)]
    if pauses and pauses[-1] > start + MAX_SENTENCE // 2:
        return pauses[-1]
    cut = max(text.rfind(space, start + 1, start + MAX_SENTENCE) for space in " \n\t")
    return cut if cut > start else start + MAX_SENTENCE
