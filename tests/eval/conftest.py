"""A small world for the judge: two guides of two or three pages, and an assistant that reads them.

The guides are ours, written as real PDF files; the assistant finds sentences by shared words.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from assistant.answer import Answer, Citation, Exchange
from corpus.encoder import Vectors
from corpus.folding import words
from corpus.guide import Guide, Passage, Sentence
from corpus.lexicon import read_lexicon
from eval.audit import Auditor
from eval.cases import Case, read_cases
from eval.originals import Originals

GUIDES = {
    "alpha": (
        ("Une MSP réunit au moins deux médecins généralistes.",
         "Une MSP reçoit 50 000 euros pour son démarrage."),
        ("Une CPTS couvre un territoire de 80 000 habitants.",
         "Le secrétariat de la CPTS répond au 04 00 00 00 01."),
        ("Un centre de santé emploie des soignants salariés.",),
    ),
    "beta": (
        ("Une MSP réunit au moins trois médecins généralistes.",),
        ("Une CPTS signe un contrat de cinq ans avec la caisse.",),
    ),
}  # fmt: skip
CASES = Path(__file__).parent / "cases"
SILENCE = "Les guides ne le disent pas."
_EMPTY = "une un de la le les des pour par est que qui quel quelle combien dans et"


@dataclass(frozen=True)
class Found:
    """A passage of one sentence and how many words it shares with the question."""

    passage: Passage
    score: float


class SmallAssistant:
    """Answers with the sentences that share most words with the question, if they share two."""

    def __init__(self) -> None:
        self.passages = tuple(
            _passage(guide, number, text)
            for guide, pages in GUIDES.items()
            for number, sentences in enumerate(pages, start=1)
            for text in sentences
        )

    def ask(self, question: str, history: Sequence[Exchange] = ()) -> Answer:
        """The best sentences, or silence; « Et … » is about the acronyms of the last question."""
        if question.startswith("Et ") and history:
            acronyms = [word for word in history[-1].question.split() if word.isupper()]
            question = " ".join((question, *acronyms))
        found = self.search(question)
        best = [hit.passage for hit in found if hit.score == found[0].score]
        if found[0].score < 2:
            return Answer("abstained", "fr", SILENCE)
        return answer_of(best)

    def search(self, question: str, limit: int = 10) -> Sequence[Found]:
        """All sentences, those with most shared words first."""
        asked = _content(question)
        found = [Found(one, len(asked & _content(one.text))) for one in self.passages]
        return sorted(found, key=lambda hit: -hit.score)[:limit]


def answer_of(passages: Sequence[Passage]) -> Answer:
    """An answer that says each passage on a line of its own, cited."""
    lines = [f"- {one.text} [{number}]" for number, one in enumerate(passages, start=1)]
    cited = tuple(
        Citation(number, one.guide, one.page, None, None, one.text, 0, len(one.text))
        for number, one in enumerate(passages, start=1)
    )
    return Answer("answered", "fr", "\n".join(lines), cited)


def _content(text: str) -> frozenset[str]:
    return frozenset(word for word in words(text) if len(word) > 1) - set(_EMPTY.split())


def _passage(guide: str, page: int, text: str) -> Passage:
    name = f"{guide}-{page}-{len(text)}"
    sentence = Sentence(text, 0, len(text))
    return Passage(name, guide, page, None, "paragraph", (), (), (sentence,))


def write_pdf(path: Path, pages: Sequence[Sequence[str]]) -> None:
    """A PDF with one line of text for each sentence, written by hand (PDF 1.4, WinAnsi)."""
    kids = " ".join(f"{4 + 2 * place} 0 R" for place in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for place, lines in enumerate(pages):
        shown = " T* ".join(f"({line}) Tj" for line in lines)
        stream = f"BT /F1 12 Tf 14 TL 40 800 Td {shown} ET".encode("cp1252")
        font = "/Resources << /Font << /F1 3 0 R >> >>"
        box = f"/MediaBox [0 0 595 842] {font} /Contents {5 + 2 * place} 0 R"
        objects.append(f"<< /Type /Page /Parent 2 0 R {box} >>".encode())
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    body, places = b"%PDF-1.4\n", []
    for number, entry in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, entry)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    end = b"trailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    path.write_bytes(body + head + table + end % (len(objects) + 1, len(body)))


class WordCounts:
    """An encoder one can work out by hand: how often four words stand in a text, length one."""

    name = "counts"
    counted = ("msp", "cpts", "euros", "contrat")

    def queries(self, texts: Sequence[str]) -> Vectors:
        """One row of four counts (and a fifth that is never zero) for each text."""
        rows = np.array(
            [[*(words(text).count(one) for one in self.counted), 0.1] for text in texts],
            dtype=np.float32,
        )
        lengths: Vectors = np.linalg.norm(rows, axis=1, keepdims=True)
        return rows / lengths

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The same as for questions."""
        return self.queries(texts)


@pytest.fixture(scope="session")
def encoder() -> WordCounts:
    """An encoder whose vectors can be worked out by hand."""
    return WordCounts()


@pytest.fixture(scope="session")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the two guides as PDF files."""
    folder = tmp_path_factory.mktemp("guides")
    for name, pages in GUIDES.items():
        write_pdf(folder / f"{name}.pdf", pages)
    return folder


@pytest.fixture(scope="session")
def auditor(guides: Path) -> Auditor:
    """The judge of citations, on the small guides."""
    known = {name: Guide(name, f"Guide {name}", year=2020) for name in GUIDES}
    return Auditor(Originals.of(guides), known, read_lexicon())


@pytest.fixture(scope="session")
def assistant() -> SmallAssistant:
    """The small assistant, undamaged."""
    return SmallAssistant()


@pytest.fixture(scope="session")
def cases() -> tuple[Case, ...]:
    """The cases about the small guides."""
    return read_cases(CASES)
