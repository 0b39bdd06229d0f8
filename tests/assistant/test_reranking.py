"""A reranker reorders the first hits; how far apart the places are stays as it was."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.retrieval import Hit, reranked
from tests.doubles import passage


class LengthReranker:
    """Prefers the longest text; records what it read."""

    def __init__(self) -> None:
        self.read: list[tuple[str, str]] = []

    def scores(self, question: str, texts: Sequence[str]) -> list[float]:
        self.read += [(question, text) for text in texts]
        return [float(len(text)) for text in texts]


def hits(*texts: str) -> list[Hit]:
    return [Hit(passage(text, "alpha", text), 1 - place / 100) for place, text in enumerate(texts)]


def text(hit: Hit) -> str:
    return hit.passage.text


def test_the_best_read_comes_first_with_the_score_of_the_first_place() -> None:
    found = reranked("q", hits("a", "ccc", "bb"), text, LengthReranker())
    assert [(hit.passage.id, hit.score) for hit in found] == [
        ("ccc", 1.0),
        ("bb", 0.99),
        ("a", 0.98),
    ]


def test_equal_scores_keep_the_order_of_the_search() -> None:
    found = reranked("q", hits("b", "a", "c"), text, LengthReranker())
    assert [hit.passage.id for hit in found] == ["b", "a", "c"]


def test_only_the_first_hits_are_read() -> None:
    reranker = LengthReranker()
    listed = hits(*(str(number) for number in range(40)))
    assert len(reranked("q", listed, text, reranker)) == 40
    assert reranker.read == [("q", str(number)) for number in range(16)]


def test_without_a_reranker_nothing_changes() -> None:
    listed = hits("a", "ccc")
    assert reranked("q", listed, text, None) == listed
