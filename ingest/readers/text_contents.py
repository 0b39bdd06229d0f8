"""The table of contents of a text: lines and lists that announce what stands further down."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from ingest.cleaning import clean
from ingest.readers.text_lines import Part

PART_LINE = re.compile(r"^(?:partie|chapitre|titre|annexe|section)\s+(?:[ivxlc]+|\d+)\b", re.I)
NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,4})\s*[-–—.)]\s+")
_CONTENTS = re.compile(r"^(?:sommaire|table des mati[eè]res|contents|table of contents)$", re.I)
_LINK_INSIDE = re.compile(r"(?:\d+[.)]\s*)?\[[^\]]*\]\(#[^)]*\)")


def readable(text: str, part: Part) -> str:
    """The part on one clean line."""
    return clean(text[part.start : part.end])


def name_of(line: str) -> str:
    """What a heading and its line in a table of contents have in common: its letters, without
    numbering and accents."""
    words = PART_LINE.sub("", NUMBER.sub("", line.casefold())).strip(" -–—:.")
    plain = unicodedata.normalize("NFKD", words)
    return re.sub(r"[\W_]", "", "".join(c for c in plain if not unicodedata.combining(c)))


def without_contents(text: str, parts: Sequence[Part]) -> tuple[list[Part], set[str]]:
    """The parts without tables of contents, and the names those announced."""
    announced = _announced(text, parts)
    kept: list[Part] = []
    names: set[str] = set()
    index = 0
    while index < len(parts):
        end = _end_of_list(parts, index)
        if end == index:
            end += 1
            left_out = _is_contents_line(text, parts[index], announced[index])
            kept += [] if left_out else [parts[index]]
        else:
            left_out = _is_contents_list(text, parts[index:end], announced[index:end])
            kept += _last_heading(parts, announced, index, end) if left_out else parts[index:end]
        if left_out:
            names |= {name_of(readable(text, part)) for part in parts[index:end]}
        index = end
    return kept, names


def _announced(text: str, parts: Sequence[Part]) -> list[bool]:
    """Which parts announce a later one: a numbered item another of that name, any item a line
    standing alone."""
    lines = [readable(text, part) for part in parts]
    names = [name_of(line) for line in lines]
    alone = {n: i for i, n in enumerate(names) if parts[i].kind == "heading" or parts[i].alone}
    heads = {n: i for n, i in alone.items() if parts[i].kind in ("heading", "paragraph")}
    numbered = {n: i for i, n in enumerate(names) if parts[i].numbered}
    return [
        bool(name)
        and (part.kind == "item" or bool(PART_LINE.match(line)))
        and max(heads.get(name, -1), numbered.get(name, -1) if part.numbered else -1) > index
        for index, (part, line, name) in enumerate(zip(parts, lines, names, strict=True))
    ]


def _end_of_list(parts: Sequence[Part], index: int) -> int:
    while index < len(parts) and parts[index].kind == "item":
        index += 1
    return index


def _is_contents_line(text: str, part: Part, announced: bool) -> bool:
    if part.kind == "row":
        return False
    return (part.alone and announced) or bool(_CONTENTS.match(readable(text, part)))


def _is_contents_list(text: str, items: Sequence[Part], announced: Sequence[bool]) -> bool:
    inside = [bool(_LINK_INSIDE.fullmatch(text[item.start : item.end].strip())) for item in items]
    listed = sum(one or other for one, other in zip(announced, inside, strict=True))
    return 2 * listed >= len(items)


def _last_heading(
    parts: Sequence[Part], announced: Sequence[bool], index: int, end: int
) -> list[Part]:
    """The line of the list that announces nothing is the heading of a table right below it."""
    own = [parts[i] for i in range(index, end) if not announced[i]]
    table_follows = end < len(parts) and parts[end].kind == "row"
    return [replace(own[0], kind="paragraph", alone=True)] if own and table_follows else []
