"""Statements from passages: the sentences that answer, word for word, under what they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.compose import length
from assistant.gate import Gate, PageOf
from assistant.question import Question
from assistant.retrieval import Hit
from assistant.statement import Statement, place_of
from assistant.wording import NBSP, quoted
from corpus.guide import Passage, Sentence
from corpus.lexicon import Lexicon

_MOST_WORDS = 110
_LONGEST_LIST = 90
_PASSAGES_READ = 5
# A further passage must fit nearly as well as the first to be quoted beside it.
_NEARLY = 0.8
_FACET_CUE = 1.5


@dataclass(frozen=True)
class _Candidate:
    passage: Passage
    sentences: tuple[Sentence, ...]
    score: float


class PassageWriter:
    """Chooses sentences of the best passages and puts them under their headings."""

    def __init__(
        self,
        gate: Gate,
        page_of: PageOf,
        lexicon: Lexicon,
        terms: Callable[[str], list[str]],
        rarity: Callable[[str], float],
    ) -> None:
        self._gate, self._page_of, self._lexicon = gate, page_of, lexicon
        self._terms, self._rarity = terms, rarity

    def statements(self, question: Question, hits: Sequence[Hit]) -> list[Statement]:
        """The sentences that answer, best first, within the length of an answer."""
        if not hits:
            return []
        near = [h for h in hits[:_PASSAGES_READ] if h.score >= _NEARLY * hits[0].score]
        candidates = [c for hit in near if (c := self._candidate(question, hit))]
        kept: list[Statement] = []
        room = _MOST_WORDS
        for candidate in candidates:
            statement = self._statement(question, candidate)
            if statement and (length(statement.text) <= room or not kept):
                kept.append(statement)
                room -= length(statement.text)
        return kept

    def _candidate(self, question: Question, hit: Hit) -> _Candidate | None:
        """The run of sentences of a passage that holds most of what is asked."""
        passage = hit.passage
        if passage.kind != "paragraph" and length(passage.text) <= _LONGEST_LIST:
            return _Candidate(passage, passage.sentences, hit.score)
        scored = [
            (self._score(question, sentence.text), sentence) for sentence in passage.sentences
        ]
        best = max(score for score, _ in scored)
        if best <= 0:
            return _Candidate(passage, passage.sentences[:2], hit.score)
        first = next(i for i, (score, _) in enumerate(scored) if score == best)
        chosen = [scored[first][1]]
        following = scored[first + 1 : first + 2]
        if following and length(chosen[0].text) + length(following[0][1].text) <= _LONGEST_LIST:
            chosen.append(following[0][1])
        return _Candidate(passage, tuple(chosen), hit.score)

    def _score(self, question: Question, sentence: str) -> float:
        terms = set(self._terms(sentence))
        score = sum(self._rarity(term) for term in question.terms if term in terms)
        treated = set(self._lexicon.facets_treated(sentence))
        return score + _FACET_CUE * len(treated.intersection(question.facets))

    def _statement(self, question: Question, candidate: _Candidate) -> Statement | None:
        passage = candidate.passage
        page = self._page_of(passage.guide, passage.page)
        if page is None:
            return None
        place = place_of(passage, page, candidate.sentences)
        said = " ".join(sentence.text for sentence in candidate.sentences)
        bare = Statement(said, (place,))
        if not self._gate.passes(bare):
            return None
        return Statement(_framed(question, passage, said), (place,))


def _framed(question: Question, passage: Passage, said: str) -> str:
    trail = [*passage.section[-1:], *passage.heads]
    above = " › ".join(part.rstrip(" :") for part in trail)
    if question.language == "en":
        return f"{above}: {quoted(said)}" if above else quoted(said)
    return f"{above}{NBSP}: {said}" if above and passage.kind == "cell" else said
