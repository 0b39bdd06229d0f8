"""A citation looked up: what the panel and the reader show of a guide, one page at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote as encoded

from assistant.answer import Citation, Language
from assistant.web import reading
from assistant.web.highlight import Mark, marks
from assistant.web.needs import IndexLike
from assistant.web.others import Other, others
from assistant.web.page_image import PageImages
from assistant.web.reading import Block
from assistant.web.texts import Texts, place
from corpus.guide import Guide, Page, Passage

# A span longer than this is no quotation but an attempt to make the server work.
_LONGEST_SPAN = 20_000


@dataclass(frozen=True)
class Image:
    """An image of a page and its size in pixels."""

    address: str
    width: int
    height: int
    description: str


@dataclass(frozen=True)
class Source:
    """Everything the panel shows; addresses are relative to the page's own."""

    title: str
    publisher: str
    year: int | None
    region: str
    place: str
    language: str
    section: str | None
    quote: str | None
    image: Image | None
    marks: tuple[Mark, ...]
    blocks: tuple[Block, ...]
    note: str | None
    previous: int | None
    next: int | None
    file: str | None
    view: str
    others: tuple[Other, ...]


class Sources:
    """Looks citations up in the index and in the guides' own files."""

    def __init__(
        self, index: IndexLike, guides: Mapping[str, Guide], images: PageImages, texts: Texts
    ) -> None:
        self._index = index
        self._guides = guides
        self._images = images
        self._texts = texts

    def find(
        self,
        guide_id: str,
        number: int | None,
        start: int | None = None,
        end: int | None = None,
        language: Language = "fr",
    ) -> Source | None:
        """What to show for text[start:end] of a page, or None if the guide is unknown."""
        guide = self._guides.get(guide_id)
        if guide is None:
            return None
        image = self._image(guide_id, number, language)
        page = self._index.page(guide_id, number) or Page(guide_id, number, None, "")
        start, end = _span(page, start, end)
        everything = self._index.passages(guide_id)
        passages = [one for one in everything if one.page == number]
        found = self._marks(page, start, end) if image else ()
        # A page is shown in full; a guide without pages would be too long for the panel.
        shown = reading.whole if number is not None and passages else reading.around
        blocks = shown(page, passages, start, end)
        return Source(
            title=guide.title,
            publisher=guide.publisher,
            year=guide.year,
            region=self._region(guide, language),
            place=place(self._texts, number, page.label, language),
            language=guide.language,
            section=_section(passages, start, end),
            quote=_quote(page, passages, start, end),
            image=image,
            marks=found,
            blocks=blocks,
            note=self._note(number, image, start, found, blocks, language),
            previous=self._neighbour(guide_id, number, -1),
            next=self._neighbour(guide_id, number, 1),
            file=self._file(guide_id, number),
            view=_view(guide_id, number, start, end),
            others=others(
                everything,
                number,
                start,
                end,
                lambda one: place(self._texts, one.page, one.page_label, language),
            ),
        )

    def _region(self, guide: Guide, language: Language) -> str:
        return self._texts("national", language) if guide.region == "France" else guide.region

    def _marks(self, page: Page, start: int | None, end: int | None) -> tuple[Mark, ...]:
        boxes = tuple(self._index.boxes(page.guide, page.number))
        return marks(replace(page, boxes=boxes), start, end)

    def _image(self, guide_id: str, number: int | None, language: Language) -> Image | None:
        path = self._index.path(guide_id)
        if number is None or path is None or path.suffix.lower() != ".pdf":
            return None
        # Drawn when the browser asks for it: the quote need not wait for the picture.
        size = self._images.size(path, number)
        if size is None:
            return None
        address = f"pages/{encoded(guide_id, safe='')}/{number}.webp"
        description = self._texts("image", language, number=number)
        return Image(address, *size, description)

    def _note(
        self,
        number: int | None,
        image: Image | None,
        start: int | None,
        found: tuple[Mark, ...],
        blocks: tuple[Block, ...],
        language: Language,
    ) -> str | None:
        if image is None and not blocks:
            return self._texts("no_page", language)
        if number is not None and image is None:
            return self._texts("no_file", language)
        marked = found or any(piece.marked for block in blocks for piece in block.pieces)
        return self._texts("no_place", language) if start is not None and not marked else None

    def _neighbour(self, guide_id: str, number: int | None, step: int) -> int | None:
        if number is None or number + step < 1:
            return None
        if self._index.page(guide_id, number + step):
            return number + step
        path = self._index.path(guide_id)
        there = path and path.suffix.lower() == ".pdf" and self._images.size(path, number + step)
        return number + step if there else None

    def _file(self, guide_id: str, number: int | None) -> str | None:
        if self._index.path(guide_id) is None:
            return None
        address = f"guides/{encoded(guide_id, safe='')}/file"
        return f"{address}#page={number}" if number else address


def origin(guide: Guide) -> str:
    """Publisher, year, and region where the publisher's name does not tell it already."""
    told = guide.region == "France" or guide.region in guide.publisher
    parts = (guide.publisher, "" if told else guide.region, str(guide.year or ""))
    return ", ".join(part for part in parts if part)


def fragment(citation: Citation) -> str:
    """The address of a citation inside the page; source.js reads it back."""
    numbers = (citation.page, citation.start, citation.end)
    tail = "-".join("x" if number is None else str(number) for number in numbers)
    return f"#src-{encoded(citation.guide, safe='')}-{tail}"


def _view(guide_id: str, number: int | None, start: int | None, end: int | None) -> str:
    """The address of the same place in the reader."""
    asked = {"page": number, "start": start, "end": end}
    query = "&".join(f"{name}={value}" for name, value in asked.items() if value is not None)
    return f"guides/{encoded(guide_id, safe='')}" + (f"?{query}" if query else "")


def _span(page: Page, start: int | None, end: int | None) -> tuple[int | None, int | None]:
    if start is None or end is None or not 0 <= start < end <= len(page.text):
        return None, None
    return (start, end) if end - start <= _LONGEST_SPAN else (None, None)


def _section(passages: Sequence[Passage], start: int | None, end: int | None) -> str | None:
    if start is None or end is None:
        return None
    for passage in passages:
        trail = reading.headings(passage)
        if passage.start < end and passage.end > start and trail:
            # The outer headings only repeat the guide's title.
            return reading.SEPARATOR.join(trail[-2:])
    return None


def _quote(
    page: Page, passages: Sequence[Passage], start: int | None, end: int | None
) -> str | None:
    if start is None or end is None:
        return None
    return reading.quote(page, passages, start, end)
