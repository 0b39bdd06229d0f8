"""Plain tutorial retrieval, to compare with: 1,000-character chunks, the nearest two pasted.

The only door to LangChain's text splitter; encoder and store are the ones that we use.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant.answer import Answer, Citation, Exchange
from corpus.encoder import Encoder
from corpus.errors import CorpusError
from corpus.guide import Passage, Sentence
from corpus.vectors import VectorStore
from eval.originals import Originals

CHUNK, OVERLAP, PASTED = 1000, 200, 2
CHUNKS = "chunks"


@dataclass(frozen=True)
class Chunk:
    """A piece of a page."""

    guide: str
    page: int | None
    text: str


@dataclass(frozen=True)
class ChunkHit:
    """A chunk as a passage of one sentence, and its cosine."""

    passage: Passage
    score: float


class Tutorial:
    """Answers with the two chunks nearest to the question, whatever it is."""

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self._encoder = encoder
        self._store = VectorStore(folder)
        self._chunks = {name: Chunk(**record) for name, record in self._store.read(CHUNKS)}

    def ask(self, question: str, history: Sequence[Exchange] = ()) -> Answer:
        """The two nearest chunks, each with its citation."""
        hits = self.search(question, PASTED)
        cited = tuple(
            Citation(number, one.guide, one.page, None, None, one.text, None, None)
            for number, one in enumerate((hit.passage for hit in hits), start=1)
        )
        text = "\n\n".join(f"{one.quote} [{one.marker}]" for one in cited)
        return Answer("answered", "fr", text, cited)

    def search(self, question: str, limit: int = 10) -> Sequence[ChunkHit]:
        """The nearest chunks, best first."""
        (vector,) = self._encoder.queries([question])
        found = self._store.nearest(CHUNKS, vector, limit)
        return [ChunkHit(_passage(name, self._chunks[name]), cosine) for name, cosine in found]


def chunks_of(originals: Originals) -> Iterator[Chunk]:
    """The chunks of all guides, page by page. Raises CorpusError without LangChain's splitter."""
    try:
        from langchain_text_splitters import RecursiveCharacterTextSplitter
    except ImportError:
        raise CorpusError(
            "Il manque langchain-text-splitters : installez l’extra « dev » du projet."
        ) from None
    splitter = RecursiveCharacterTextSplitter(chunk_size=CHUNK, chunk_overlap=OVERLAP)
    for guide, page, original in originals.pages():
        for text in splitter.split_text(original.text):
            yield Chunk(guide, page, text)


def _passage(name: str, chunk: Chunk) -> Passage:
    sentence = Sentence(chunk.text, 0, len(chunk.text))
    return Passage(name, chunk.guide, chunk.page, None, "paragraph", (), (), (sentence,))
