"""The audit of an answer against the guide files: quotations, figures, names and negations.

It shares nothing with the assistant's gate but the answer itself: pages are re-read from the files
(eval/originals) and compared by rules of their own (eval/quotes, eval/particulars).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from assistant.answer import Answer, Citation
from corpus.folding import words
from corpus.guide import Guide
from corpus.lexicon import Lexicon
from eval.denial import denial_differs
from eval.originals import Original, Originals
from eval.particulars import (
    Particulars,
    has_article,
    has_contact,
    months_in,
    numbers_in,
    of_sentence,
)
from eval.patterns import folded
from eval.quotes import around, squeezed, stands
from eval.result import Fault
from eval.statements import Statement, markers_in, statements

# A guide without pages is one long « page »: figures are looked for this many letters around the
# quotation, about what a page of the PDF guides holds.
REACH = 1500
_PAGE = re.compile(r"\b(?:pages?|p\.?)\s?(\d+)\b", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_SOURCE = re.compile(r"\b(?:guides?|fiches?|sheets?)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """A citation beside what the guide file has at its page."""

    citation: Citation
    original: Original
    near: str

    @cached_property
    def quote_stands(self) -> bool:
        """Whether the quotation is really on the page."""
        return stands(self.citation.quote, self.original.letters)

    @cached_property
    def plain(self) -> str:
        """What is near the quotation, folded."""
        return folded(self.near)


@dataclass(frozen=True)
class Audit:
    """What was checked and what was not confirmed."""

    findings: tuple[Fault, ...]
    quotes: int  # citations whose guide file could be read
    quotes_standing: int
    stating: int  # sentences that state something
    cited: int  # of these, the ones with a marker
    checked: int  # cited sentences whose pages could be read
    on_page: int  # of these, the ones with every particular on a cited page
    in_quote: int  # of these, the ones with every figure, date, article, contact in a quotation


@dataclass(frozen=True)
class Auditor:
    """What an audit needs: the files, the catalogue and the words of the field."""

    originals: Originals
    guides: Mapping[str, Guide]
    lexicon: Lexicon

    def audit(self, answer: Answer) -> Audit:
        """What of an answer is confirmed by the guide files."""
        places = {one.marker: self._place(one) for one in answer.citations}
        found = list(_marker_faults(answer))
        standing = [place for place in places.values() if place and place.quote_stands]
        found += [
            Fault("quote", f"[{place.citation.marker}] {_where(place.citation)}")
            for place in places.values()
            if place and not place.quote_stands
        ]
        stating = [one for one in statements(answer.text) if one.says_something or one.markers]
        if answer.status == "answered":
            found += [Fault("uncited", one.text) for one in stating if not one.markers]
        verdicts = [
            self._verdict(one, [place for place in beside if place])
            for one in stating
            if one.markers and all(beside := [places.get(marker) for marker in one.markers])
        ]
        return Audit(
            findings=(*found, *(fault for faults, _ in verdicts for fault in faults)),
            quotes=sum(place is not None for place in places.values()),
            quotes_standing=len(standing),
            stating=len(stating),
            cited=sum(bool(one.markers) for one in stating),
            checked=len(verdicts),
            on_page=sum(not faults for faults, _ in verdicts),
            in_quote=sum(quoted for _, quoted in verdicts),
        )

    def _place(self, citation: Citation) -> Place | None:
        """None when the guide is known but its file is not here: then nothing can be said."""
        original = self.originals.page(citation.guide, citation.page)
        if original is None:
            return None if citation.guide in self.guides else Place(citation, Original(""), "")
        near = original.text
        if citation.page is None:
            near = around(citation.quote, near, REACH)
        return Place(citation, original, near)

    def _verdict(self, statement: Statement, places: list[Place]) -> tuple[list[Fault], bool]:
        """The faults of a cited sentence, and whether its figures stand in the quotations."""
        quoted = " \n".join(place.citation.quote for place in places)
        pages = " ".join(place.plain for place in places)
        links = tuple(link for place in places for link in place.original.links)
        told = self._provenance(places)
        said, aside = _parted(statement.text, places)
        faults = [
            *_missing(said, pages, links),
            *_missing(aside, f"{pages} {folded(told)}", links),
            *(("name", name) for name in self._missing_names((*said.names, *aside.names), places)),
        ]
        if denial_differs(statement.text, quoted):
            faults.append(("negation", quoted))
        in_quote = not any(_missing(said, folded(quoted), links))
        return [Fault(fault, detail, statement.text) for fault, detail in faults], in_quote

    def _provenance(self, places: list[Place]) -> str:
        """What a sentence may say of its source: title, publisher, region, year."""
        guides = [self.guides.get(place.citation.guide) for place in places]
        return " \n".join(
            f"{guide.title} {guide.publisher} {guide.region} {guide.year or ''}"
            for guide in guides
            if guide
        )

    def _missing_names(self, names: Iterable[str], places: list[Place]) -> Iterator[str]:
        letters = (place.original.letters for place in places)
        text = " ".join((squeezed(self._provenance(places)), *letters))
        for name in names:
            if squeezed(name) not in text and not self._of_the_field(name):
                yield name

    def _of_the_field(self, name: str) -> bool:
        """Acronyms and names of structures may be spelt otherwise on the page, or in English."""
        singular = name[:-1] if name.endswith("s") else name
        if singular.upper() in self.lexicon.acronyms or self.lexicon.concepts_in(name):
            return True
        return any(
            word in words(f"{structure.fr} {structure.en}")
            for structure in self.lexicon.structures.values()
            for word in words(name)
        )


def _parted(text: str, places: list[Place]) -> tuple[Particulars, Particulars]:
    """What a sentence says, and what it says of its source: in brackets, or throughout if it
    names a guide. Only the latter may use the catalogue's years; page numbers count as neither."""
    pages = {str(place.citation.page) for place in places}
    pages |= {str(place.citation.page_label) for place in places}
    text = _PAGE.sub(lambda match: " " if match.group(1) in pages else match.group(), text)
    if _SOURCE.search(text):
        return of_sentence(""), of_sentence(text)
    return of_sentence(_ASIDE.sub(" ", text)), of_sentence(" ".join(_ASIDE.findall(text)))


def _missing(claimed: Particulars, plain: str, links: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for number in sorted(claimed.numbers - numbers_in(plain, every=True)):
        yield "number", number
    for month in sorted(claimed.months - months_in(plain)):
        yield "date", f"mois {month}"
    for article in sorted(claimed.articles):
        if not has_article(article, plain):
            yield "article", article
    for contact in claimed.contacts:
        if not has_contact(contact, plain, links):
            yield "contact", contact


def _marker_faults(answer: Answer) -> Iterator[Fault]:
    used, offered = set(markers_in(answer.text)), [one.marker for one in answer.citations]
    for marker in sorted(used - set(offered)):
        yield Fault("marker", f"[{marker}] ne renvoie à aucune citation")
    for marker in sorted(set(offered) - used):
        yield Fault("marker", f"la citation {marker} n’a pas de marque dans le texte")
    if len(offered) != len(set(offered)):
        yield Fault("marker", "deux citations ont le même numéro")


def _where(citation: Citation) -> str:
    page = f", page {citation.page}" if citation.page is not None else ""
    return f"citation introuvable dans {citation.guide}{page}"
