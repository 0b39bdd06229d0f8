"""Passages – what can be found and quoted – from the blocks of a file's pages."""

from __future__ import annotations

from collections.abc import Callable, Collection, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count

from corpus.guide import Kind, Page, Passage, Sentence
from ingest.cleaning import Vocabulary, clean, vocabulary
from ingest.readers.blocks import MINOR_HEADING, RUN_IN_HEADING, Block, ReadPage
from ingest.sentences import sentence_spans

StructuresIn = Callable[[str], tuple[str, ...]]
Span = tuple[int, int]

# A paragraph of more than this is several passages; a list may be longer, since its items are
# only understood together.
MAX_SENTENCES, MAX_LENGTH, MAX_LIST_LENGTH = 4, 600, 900
_LEAST_WORDS = 3


def passages(
    pages: Sequence[ReadPage], structures_in: StructuresIn, acronyms: Collection[str] = ()
) -> list[Passage]:
    """The passages of a file in reading order. `structures_in` tells the lexicon keys that a
    text names; `acronyms` are put right where small capitals scrambled them."""
    known = vocabulary((page.page.text for page in pages), acronyms)
    splitter = _Splitter(known, structures_in)
    found = [passage for page in pages for passage in splitter.page(page)]
    return _with_own_ids(found)


def _with_own_ids(found: Sequence[Passage]) -> list[Passage]:
    taken: set[str] = set()
    unique: list[Passage] = []
    for passage in found:
        names = (passage.id if not n else f"{passage.id}.{n}" for n in count())
        name = next(name for name in names if name not in taken)
        taken.add(name)
        unique.append(passage if name == passage.id else replace(passage, id=name))
    return unique


@dataclass(frozen=True)
class _Heading:
    level: int
    text: str
    panel: tuple[int, ...]
    page: int


class _Splitter:
    """Keeps the trail of headings while it goes through the blocks."""

    def __init__(self, known: Vocabulary, structures_in: StructuresIn) -> None:
        self._known = known
        self._structures_in = structures_in
        self._trail: list[_Heading] = []
        self._turned = 0
        self._opened_afresh = False

    def page(self, read: ReadPage) -> Iterator[Passage]:
        self._turned += 1
        blocks, page = read.blocks, read.page
        self._opened_afresh = bool(blocks) and 0 < blocks[0].level < MINOR_HEADING
        index = 0
        while index < len(blocks):
            block = blocks[index]
            taken = 1
            if block.kind == "heading":
                self._enter(block, page)
            else:
                self._leave_boxes(block)
                if block.kind == "cell":
                    yield from self._cell(block, page)
                else:
                    taken = yield from self._text(blocks, index, page)
            index += taken

    def _text(
        self, blocks: Sequence[Block], index: int, page: Page
    ) -> Generator[Passage, None, int]:
        """The passages of the list or paragraphs that begin here; returns how many blocks."""
        lead = blocks[index] if _introduces(blocks, index, page.text) else None
        items = _items_from(blocks, index + 1 if lead else index)
        if items:
            yield from self._list(lead, items, page)
            return len(items) + (lead is not None)
        together = self._together(blocks, index, page.text)
        yield from self._paragraphs(together, page)
        return len(together)

    def _leave_boxes(self, block: Block) -> None:
        self._trail = [one for one in self._trail if one.panel == block.panel[: len(one.panel)]]

    def _enter(self, block: Block, page: Page) -> None:
        text = (
            clean(page.text[block.start : block.end], self._known)
            .rstrip(" :")
            .removesuffix("….")
            .rstrip(" …")
        )
        self._leave_boxes(block)
        self._trail = [
            one for one in self._trail if one.panel != block.panel or one.level < block.level
        ]
        self._trail.append(_Heading(block.level, text, block.panel, self._turned))

    def _headings(self) -> list[_Heading]:
        """The trail as it applies here: a heading hides those before it of its level or below."""
        shown: list[_Heading] = []
        for heading in self._trail:
            while shown and shown[-1].level >= heading.level:
                shown.pop()
            shown.append(heading)
        return [heading for heading in shown if heading.text]

    def _cell(self, block: Block, page: Page) -> Iterator[Passage]:
        parts = sentence_spans(page.text, block.start, block.end)
        heads = tuple(clean(head, self._known) for head in block.heads)
        yield from self._passages("cell", page, parts, heads, MAX_LIST_LENGTH)

    def _together(self, blocks: Sequence[Block], first: int, text: str) -> list[Block]:
        """The paragraph and those after it that are no passage without it: under a bold opening
        (« Forme juridique : … »), or too short."""
        headings = self._headings()
        labelled = bool(headings) and headings[-1].level == RUN_IN_HEADING
        last = first + 1
        while last < len(blocks) and _is_plain(blocks, last, text, blocks[first].panel):
            block = blocks[last]
            fits = block.end - blocks[first].start <= MAX_LENGTH
            if not (labelled and fits) and _words(text, block) >= _LEAST_WORDS:
                break
            last += 1
        return list(blocks[first:last])

    def _paragraphs(self, together: Sequence[Block], page: Page) -> Iterator[Passage]:
        parts = [
            span for block in together for span in sentence_spans(page.text, block.start, block.end)
        ]
        yield from self._passages("paragraph", page, parts, (), MAX_LENGTH, MAX_SENTENCES)

    def _list(self, lead: Block | None, items: Sequence[Block], page: Page) -> Iterator[Passage]:
        """Items with the sentence that introduces them; what stands before that sentence in its
        paragraph is a passage of its own."""
        before: list[Span] = []
        if lead is not None:
            before = sentence_spans(page.text, lead.start, lead.end)
        opening = before[-1:]
        yield from self._passages("paragraph", page, before[:-1], (), MAX_LENGTH, MAX_SENTENCES)
        heads = tuple(clean(page.text[slice(*span)], self._known) for span in opening)
        parts = [
            span for item in items for span in sentence_spans(page.text, item.start, item.end, True)
        ]
        yield from self._passages("list", page, [*opening, *parts], heads, MAX_LIST_LENGTH)

    def _passages(
        self,
        kind: Kind,
        page: Page,
        parts: Sequence[Span],
        heads: tuple[str, ...],
        length: int,
        sentences: int | None = None,
    ) -> Iterator[Passage]:
        said = [
            Sentence(clean(page.text[start:end], self._known), start, end) for start, end in parts
        ]
        said = [sentence for sentence in said if any(map(str.isalnum, sentence.text))]
        for group in _grouped(said, length, sentences):
            if kind == "paragraph" and not _says_enough(group):
                continue
            yield self._passage(kind, page, tuple(group), heads)

    def _passage(
        self, kind: Kind, page: Page, said: tuple[Sentence, ...], heads: tuple[str, ...]
    ) -> Passage:
        start, end = said[0].start, said[-1].end
        headings = self._headings()
        links = [link.target for link in page.links if start <= link.start and link.end <= end]
        return Passage(
            id=f"{page.guide}:{page.number or 0}:{start}-{end}",
            guide=page.guide,
            page=page.number,
            page_label=page.label,
            kind=kind,
            section=tuple(heading.text for heading in headings),
            heads=heads,
            sentences=said,
            structures=self._structures(said, heads, headings),
            links=tuple(dict.fromkeys(links)),
        )

    def _structures(
        self, said: Sequence[Sentence], heads: Sequence[str], headings: Sequence[_Heading]
    ) -> tuple[str, ...]:
        own = [
            key for text in (*heads, *(s.text for s in said)) for key in self._structures_in(text)
        ]
        if own:
            return tuple(dict.fromkeys(own))
        for heading in reversed(headings):
            # A page that opens with a heading of its own may belong to another chapter than the
            # page before it: guides are printed on facing pages and extracted out of order.
            if self._opened_afresh and heading.page != self._turned:
                continue
            named = self._structures_in(heading.text)
            if named:
                return named
        return ()


def _is_plain(blocks: Sequence[Block], index: int, text: str, panel: tuple[int, ...]) -> bool:
    """Whether a paragraph in the same box stands here that introduces no list."""
    block = blocks[index]
    return (
        block.kind == "paragraph" and block.panel == panel and not _introduces(blocks, index, text)
    )


def _words(text: str, block: Block) -> int:
    words = text[block.start : block.end].split()
    return sum(1 for word in words if any(map(str.isalnum, word)))


def _introduces(blocks: Sequence[Block], index: int, text: str) -> bool:
    """Whether the paragraph ends in a colon and a list comes next, in the same box."""
    block = blocks[index]
    return (
        block.kind == "paragraph"
        and index + 1 < len(blocks)
        and blocks[index + 1].kind == "item"
        and blocks[index + 1].panel[: len(block.panel)] == block.panel
        and text[block.start : block.end].rstrip(" *_").endswith(":")
    )


def _items_from(blocks: Sequence[Block], first: int) -> list[Block]:
    """The items of the list that begins at `first`, if one does."""
    last = first
    while last < len(blocks) and blocks[last].kind == "item":
        if last > first and not _one_list(blocks[last - 1], blocks[last]):
            break
        last += 1
    return list(blocks[first:last])


def _one_list(one: Block, other: Block) -> bool:
    # Boxes of a diagram have a panel each, side by side in the same outer panel.
    return one.panel == other.panel or (
        bool(one.panel)
        and len(one.panel) == len(other.panel)
        and one.panel[:-1] == other.panel[:-1]
    )


def _says_enough(group: Sequence[Sentence]) -> bool:
    words = [word for sentence in group for word in sentence.text.split()]
    return len(words) >= _LEAST_WORDS or any("@" in word or "/" in word for word in words)


def _grouped(
    said: Sequence[Sentence], length: int, sentences: int | None
) -> Iterator[list[Sentence]]:
    """Sentences put together up to `length` characters and `sentences` in number, as evenly as
    their lengths allow."""
    total = sum(len(sentence.text) + 1 for sentence in said)
    shares = max(-(-total // length), -(-len(said) // sentences) if sentences else 1)
    group: list[Sentence] = []
    size = before = share = 0
    for sentence in said:
        long = len(sentence.text) + 1
        full = size + long > length + 1 or (sentences and len(group) >= sentences)
        belongs = int((before + long / 2) / total * shares)
        if group and (full or belongs > share):
            yield group
            group, size = [], 0
        share = belongs
        group.append(sentence)
        size, before = size + long, before + long
    if group:
        yield group
