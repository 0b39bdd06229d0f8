"""The one page of a text or Markdown file, with its blocks and links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from corpus.guide import Link, Page
from ingest.cleaning import Vocabulary, clean, vocabulary
from ingest.readers.blocks import MINOR_HEADING, RUN_IN_HEADING, Block, ReadPage
from ingest.readers.links import safe_target
from ingest.readers.text_lines import Part, parts, shown
from ingest.readers.text_outline import outlined

_INLINE = re.compile(
    r"(?<!!)\[(?P<words>[^\[\]]+)\]\(\s*<?(?P<target>[^\s()<>]*(?:\([^()]*\)[^\s()<>]*)*)>?"
)
_REFERRED = re.compile(r"(?<!!)\[(?P<words>[^\[\]]+)\]\[(?P<name>[^\[\]]*)\]")
_DEFINED = re.compile(r"^ {0,3}\[(?P<name>[^\]]+)\]:[ \t]*<?(?P<target>[^\s<>]+)>?", re.MULTILINE)
_ANCHOR = re.compile(
    r"<a\b[^<>]*?\bhref\s*=\s*[\"']?(?P<target>[^\"'\s<>]+)[^<>]*>(?P<words>.{0,400}?)</a>",
    re.DOTALL | re.IGNORECASE,
)
_BARE = re.compile(r"(?P<words>https?://[^\s<>()\[\]\"»]+[^\s<>()\[\]\"».,;:!?])", re.IGNORECASE)
_MAILBOX = re.compile(r"(?<![\w.+-])(?P<words>[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+)")
_BOLD_LINE = re.compile(r"^(\*\*|__)(?P<words>[^*_]+)\1\s*:?$")
_BOLD_OPENING = re.compile(
    r"^(\*\*|__)(?P<words>[^*_]{1,80})\1(?P<colon>[ \u00a0\u202f]*[:?])?(?=\s)"
)


def text_page(text: str, guide: str, markup: bool) -> list[ReadPage]:
    """`text` as one page without number, its blocks found by blank lines, bullets and, with
    `markup`, Markdown."""
    known = vocabulary([text])
    blocks = tuple(_blocks(text, outlined(text, parts(text, markup)), known))
    page = Page(guide, None, None, text, tuple(_links(text, markup)))
    return [ReadPage(page, blocks)]


def _blocks(text: str, found: Sequence[Part], known: Vocabulary) -> Iterator[Block]:
    column_heads: tuple[str, ...] = ()
    for part in found:
        if part.kind == "row":
            if part.level:
                column_heads = tuple(clean(text[slice(*cell)], known) for cell in part.cells)
            else:
                yield from _cells(text, part, column_heads, known)
        elif part.kind == "heading":
            yield Block("heading", part.start, part.end, level=part.level)
        elif part.kind == "item":
            yield Block("item", part.start, part.end)
        else:
            yield from _paragraph(text, part)


def _cells(text: str, row: Part, column_heads: Sequence[str], known: Vocabulary) -> Iterator[Block]:
    """The cells of a row; the first one names the row, unless it is the only one."""
    alone = len(row.cells) < 2
    row_head = "" if alone else clean(text[slice(*row.cells[0])], known)
    for index, (start, end) in enumerate(row.cells):
        if (index == 0 and not alone) or end <= start:
            continue
        column_head = column_heads[index] if index < len(column_heads) else ""
        heads = tuple(head for head in (row_head, column_head) if head)
        yield Block("cell", start, end, heads=heads)


def _paragraph(text: str, part: Part) -> Iterator[Block]:
    raw = text[part.start : part.end]
    line = _BOLD_LINE.match(raw)
    opening = _BOLD_OPENING.match(raw)
    if line and part.alone and not line.group("words").rstrip().endswith((".", ",", ";", ":")):
        yield Block("heading", part.start, part.end, level=MINOR_HEADING)
        return
    if line or (opening and _is_label(opening)):
        end = part.start + (opening.end() if opening and not line else len(raw))
        yield Block("heading", part.start, end, level=RUN_IN_HEADING)
    yield Block("paragraph", part.start, part.end)


def _is_label(opening: re.Match[str]) -> bool:
    return bool(opening.group("colon")) or opening.group("words").rstrip().endswith((":", "?"))


def _links(text: str, markup: bool) -> list[Link]:
    """The links of the page in order, none inside another."""
    found: list[Link] = []
    candidates = _candidates(shown(text, markup), markup)
    for link in sorted(candidates, key=lambda one: (one.start, -one.end)):
        if not found or link.start >= found[-1].end:
            found.append(link)
    return found


def _candidates(text: str, markup: bool) -> Iterator[Link]:
    if markup:
        targets = {m.group("name").casefold(): m.group("target") for m in _DEFINED.finditer(text)}
        for match in _INLINE.finditer(text):
            yield from _link(match, match.group("target"), 1)
        for match in _REFERRED.finditer(text):
            name = (match.group("name") or match.group("words")).casefold()
            yield from _link(match, targets.get(name, ""))
        for match in _ANCHOR.finditer(text):
            yield from _link(match, match.group("target"))
        text = _DEFINED.sub(lambda match: " " * len(match.group()), text)
    for match in _BARE.finditer(text):
        yield from _link(match, match.group("words"))
    for match in _MAILBOX.finditer(text):
        yield from _link(match, f"mailto:{match.group('words')}")


def _link(match: re.Match[str], target: str, after: int = 0) -> Iterator[Link]:
    safe = safe_target(target)
    if safe:
        # The whole notation is covered, so that the address is not taken for a second link.
        yield Link(match.start(), match.end() + after, safe)
