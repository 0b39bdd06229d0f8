"""Retrieval on a foreign set of passages and questions, through our own ingestion and index."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tqdm import tqdm

from assistant.assistant import Assistant
from corpus.encoder import make_encoder
from corpus.errors import CorpusError
from corpus.index import Index
from corpus.lexicon import read_lexicon
from corpus.settings import Settings
from eval import measures

DEPTH = 10
# Several passages of ours may come from one passage of the set: look further than ten of them.
_REACH = 4 * DEPTH
Search = Callable[[str], Sequence[str]]


@dataclass(frozen=True)
class Question:
    """A question and the ids of the passages that answer it."""

    text: str
    passages: frozenset[str]


@dataclass(frozen=True)
class ForeignSet:
    """Passages by id, and questions about them."""

    passages: dict[str, str]
    questions: tuple[Question, ...]


def read_set(folder: Path) -> ForeignSet:
    """The set in a folder's passages.jsonl and questions.jsonl. Raises CorpusError."""
    passages = {str(one["id"]): str(one["text"]) for one in _lines(folder / "passages.jsonl")}
    questions = tuple(
        Question(str(one["question"]), frozenset(map(str, one["passage_ids"])))
        for one in _lines(folder / "questions.jsonl")
    )
    return ForeignSet(passages, questions)


def benchmark(foreign: ForeignSet, work: Path, quiet: bool = False) -> str:
    """Ingest the set under `work` and print recall and MRR of three ways of searching it."""
    guides, data = work / "guides", work / "index"
    names = write_guides(foreign, guides)
    ingest(guides, data, quiet)
    settings = Settings(guides, data, fiches=False)
    lexicon = read_lexicon()
    index = Index.open(data, make_encoder(settings.encoder, settings.models), lexicon, guides)
    try:
        figures = {
            name: measured(foreign.questions, search, name, quiet)
            for name, search in searches(index, Assistant(index, lexicon), names).items()
        }
    finally:
        index.close()
    return as_text(figures, foreign)


def write_guides(foreign: ForeignSet, folder: Path) -> dict[str, str]:
    """One text file per passage; the id of the passage that each guide id stands for."""
    folder.mkdir(parents=True, exist_ok=True)
    names = {f"passage-{place:06d}": one for place, one in enumerate(foreign.passages)}
    for name, identity in names.items():
        path = folder / f"{name}.txt"
        text = foreign.passages[identity]
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
    for path in folder.glob("passage-*.txt"):
        if path.stem not in names:
            path.unlink()
    return names


def ingest(guides: Path, data: Path, quiet: bool = False, *options: str) -> None:
    """Run our ingestion as a user would, without fiches. Raises CorpusError if it fails."""
    command = [sys.executable, "-m", "ingest", "--guides", str(guides), "--data", str(data)]
    shown = ["--quiet"] if quiet else []
    done = subprocess.run(
        [*command, "--no-fiches", *shown, *options], stdout=subprocess.DEVNULL, check=False
    )
    if done.returncode:
        raise CorpusError(f"L’ingestion de {guides} a échoué : {' '.join(command)}")


def searches(index: Index, assistant: Assistant, names: dict[str, str]) -> dict[str, Search]:
    """BM25 alone, dense alone, and ours: each from a question to the ids of passages."""
    guide_of = {passage.id: passage.guide for passage in index.passages()}

    def by_words(question: str) -> list[str]:
        found = index.words.search(index.words.terms(question), _REACH)
        return [guide_of[identity] for identity, _ in found]

    def by_meaning(question: str) -> list[str]:
        found = index.nearest_passages(index.vector(question), _REACH)
        return [guide_of[identity] for identity, _ in found]

    def ours(question: str) -> list[str]:
        return [hit.passage.guide for hit in assistant.search(question, _REACH)]

    def named(search: Callable[[str], list[str]]) -> Search:
        return lambda question: [names[guide] for guide in dict.fromkeys(search(question))]

    return {"BM25 seul": named(by_words), "Dense seul": named(by_meaning), "Le nôtre": named(ours)}


def measured(
    questions: Sequence[Question], search: Search, name: str = "", quiet: bool = True
) -> dict[str, float]:
    """Recall at 1, 5 and 10 and MRR (first ten) of one way of searching."""
    ranked = [
        (search(one.text)[:DEPTH], one.passages)
        for one in tqdm(questions, desc=name, unit="question", leave=False, disable=quiet or None)
    ]
    found = {
        f"recall@{k}": measures.mean(
            measures.found_within(hits, right, k) for hits, right in ranked
        )
        for k in (1, 5, 10)
    }
    found["mrr"] = measures.mean(measures.reciprocal_rank(hits, right) for hits, right in ranked)
    return {measure: value or 0.0 for measure, value in found.items()}


def as_text(figures: dict[str, dict[str, float]], foreign: ForeignSet) -> str:
    """The ways of searching side by side."""
    lines = [f"{len(foreign.passages)} passages, {len(foreign.questions)} questions", ""]
    heads = list(next(iter(figures.values())))
    lines.append(f"{'':<12}" + "".join(f"{head:>11}" for head in heads))
    for name, found in figures.items():
        cells = "".join(f"{found[head]:>11.3f}" for head in heads)
        lines.append(f"{name:<12}{cells}".replace(".", ","))
    return "\n".join(lines)


def _lines(path: Path) -> list[dict[str, Any]]:
    try:
        text = path.read_text(encoding="utf-8")
        return [json.loads(line) for line in text.split("\n") if line.strip()]
    except OSError as error:
        raise CorpusError(f"{path} ne peut pas être lu : {error.strerror}.") from None
    except json.JSONDecodeError as error:
        raise CorpusError(f"{path} : JSON illisible ({error.msg}).") from None
