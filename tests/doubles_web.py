"""Small real stand-ins for the index and the assistant, for the tests of the page."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pdfplumber

from assistant.answer import Answer, Citation, Exchange
from assistant.patients import read_signs
from assistant.privacy import Masked, Privacy
from assistant.retrieval import Hit
from corpus.catalogue import Catalogue, checksum, guide_files, read_catalogue
from corpus.fiche import Fiche, read_fiches
from corpus.guide import Box, Guide, Page, Passage, Sentence
from corpus.lexicon import read_lexicon
from corpus.manifest import FORMAT, FileEntry, Manifest

_LONG_WORD = re.compile(r"[a-zà-ÿA-ZÀ-Ÿ0-9]{4,}|\b[A-Z]{2,}\b")

# As typical questions are typed, and as the page shows them.
TYPED = ("Qui contacter pour une MSP ?", "Quelle dotation annuelle pour l'ESS ?")
NEXT = ("Qui contacter pour une MSP ?", "Quelle dotation annuelle pour l’ESS ?")
CHOICES = ("Qui contacter pour une CPTS ?", "Qui contacter pour un CDS ?")


class PaperIndex:
    """Reads guides as they lie: a line of 40 characters or more is a passage."""

    def __init__(self, paths: Sequence[Path], catalogue: Catalogue) -> None:
        self._paths = {path.stem: path for path in paths}
        self._guides = [catalogue.describe(path) for path in paths]
        pages = [page for path in paths for page in _pages(path)]
        self._pages = {(page.guide, page.number): page for page in pages}
        self._passages = [passage for page in pages for passage in _passages(page)]
        self._fiches: Sequence[Fiche] | None = None
        # As they were read; the files may change afterwards.
        self._files = tuple(
            FileEntry(
                path.name,
                checksum(path),
                sum(page.guide == path.stem for page in pages),
                sum(passage.guide == path.stem for passage in self._passages),
                guide,
                read="2026-03-01T08:00:00+00:00",
            )
            for path, guide in zip(paths, self._guides, strict=True)
        )

    def guides(self) -> Sequence[Guide]:
        return self._guides

    def page(self, guide: str, number: int | None) -> Page | None:
        return self._pages.get((guide, number))

    def boxes(self, guide: str, number: int | None) -> Sequence[Box]:
        page = self.page(guide, number)
        return page.boxes if page else ()

    def passages(self, guide: str | None = None) -> Sequence[Passage]:
        return [one for one in self._passages if guide in (None, one.guide)]

    def path(self, guide: str) -> Path | None:
        path = self._paths.get(guide)
        return path if path and path.is_file() else None

    def describe(self) -> Manifest:
        return Manifest(FORMAT, "paper", "", "one", "2026-03-02T08:00:00+00:00", self._files, {})

    def fiches(self) -> Sequence[Fiche]:
        if self._fiches is None:
            self._fiches = read_fiches()
        return self._fiches


class WordAssistant:
    """Answers with the passages that share most words with the question; records its calls.

    « panne » makes it fail, « lentement » makes it slow, « laquelle » makes it ask back, a
    question without known words is declined, and `<` or `[` of a question come back in the answer
    as a careless writer's would. What is asked for a region is told with it.
    """

    def __init__(self, index: PaperIndex) -> None:
        self._index = index
        self._privacy = Privacy(read_signs(read_lexicon()))
        self.asked: list[tuple[str, tuple[Exchange, ...]]] = []

    def related(self, history: Sequence[Exchange]) -> tuple[str, ...]:
        return TYPED if history and history[-1].answer.status == "answered" else ()

    def masked(self, text: str) -> Masked:
        return self._privacy.masked(text)

    def ask(self, question: str, history: Sequence[Exchange] = (), region: str = "") -> Answer:
        self.asked.append((question, tuple(history)))
        if "panne" in question:
            raise RuntimeError("scripted failure")
        if "lentement" in question:
            time.sleep(3)
        language = "en" if question.startswith("How") else "fr"
        if "laquelle" in question:
            return Answer("clarify", language, "De quelle structure parlez-vous ?", choices=CHOICES)
        words = set(_LONG_WORD.findall(question))
        scored = [
            (len(words & set(_LONG_WORD.findall(one.text))), one) for one in self._index.passages()
        ]
        best = [one for score, one in sorted(scored, key=lambda pair: -pair[0])[:3] if score > 0]
        if not best or "Mars" in question:
            near = self._citations(self._index.passages()[:2])
            return Answer(
                "abstained", language, f"Rien sur « {question[:200]} » dans les guides.", near
            )
        lines = [f"{one.text} [{rank}]" for rank, one in enumerate(best, 1)]
        lead = "**En bref.** " if language == "fr" else "**In short.** "
        echo = f"\n\n{question}" if "<" in question else ""
        warnings = ("personal-data",) if "Mme" in question else ()
        asked = re.sub(r"(?<=Mme )\w+", "[nom]", question) if warnings else ""
        lead += f"Pour {region} : " if region else ""
        text = lead + "\n\n".join(lines) + echo
        return Answer("answered", language, text, self._citations(best), warnings, asked=asked)

    def stream(
        self, question: str, history: Sequence[Exchange] = (), region: str = ""
    ) -> Iterator[Answer]:
        whole = self.ask(question, history, region)
        if "lignes" in question or "phrase par phrase" in question:
            yield replace(whole, text=whole.text[:20], citations=())
        yield whole

    def search(self, question: str, limit: int = 10) -> list[Hit]:
        words = set(_LONG_WORD.findall(question))
        found = [one for one in self._index.passages() if words & set(_LONG_WORD.findall(one.text))]
        return [Hit(one, 1.0) for one in found[:limit]]

    def _citations(self, passages: Sequence[Passage]) -> tuple[Citation, ...]:
        return tuple(
            Citation(
                rank,
                one.guide,
                one.page,
                one.page_label,
                None,
                self._quote(one),
                one.start,
                one.end,
            )
            for rank, one in enumerate(passages, 1)
        )

    def _quote(self, passage: Passage) -> str:
        page = self._index.page(passage.guide, passage.page)
        return page.text[passage.start : passage.end] if page else ""


def nothing() -> tuple[WordAssistant, PaperIndex]:
    """What the site is made of before any guide is read."""
    index = PaperIndex([], read_catalogue())
    return WordAssistant(index), index


def some_guides(folder: Path) -> list[Path]:
    """A short PDF, one whose printed page numbers differ from the file's, and a Markdown file."""
    wanted = ("cratb-cpias-exercice-coordonne", "urps-occitanie-esp", "urps-occitanie-dispositifs")
    return [path for path in guide_files(folder) if path.stem in wanted]


def _pages(path: Path) -> list[Page]:
    if path.suffix != ".pdf":
        return [Page(path.stem, None, None, path.read_text(encoding="utf-8-sig"))]
    with pdfplumber.open(path) as document:
        return [_page(path.stem, sheet) for sheet in document.pages]


def _page(guide: str, sheet: pdfplumber.page.Page) -> Page:
    text, boxes, last = "", [], None
    for word in sheet.extract_words():
        if last is not None:
            text += "\n" if word["top"] > last + 3 else " "
        start, last = len(text), word["top"]
        text += word["text"]
        edges = (word["x0"], word["top"], word["x1"], word["bottom"])
        sizes = (sheet.width, sheet.height) * 2
        fractions = [float(edge) / float(size) for edge, size in zip(edges, sizes, strict=True)]
        boxes.append(Box(start, len(text), *fractions))
    number = sheet.page_number
    label = str(number + 1) if guide == "urps-occitanie-esp" else None
    return Page(guide, number, label, text, (), tuple(boxes))


def _passages(page: Page) -> list[Passage]:
    return [
        Passage(
            f"{page.guide}/{page.number}/{found.start()}",
            page.guide,
            page.number,
            page.label,
            "paragraph",
            ("Partie lue",),
            (),
            (
                Sentence(
                    " ".join(re.sub(r"<[^>]*>|\|", " ", found.group()).split()),
                    found.start(),
                    found.end(),
                ),
            ),
        )
        for found in re.finditer(r"\S.{38,}\S", page.text)
    ]
