"""Statements from passages: the sentences that answer, word for word, under what they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.compose import length
from assistant.gate import Gate, PageOf
from assistant.question import Question
from assistant.retrieval import Hit
from assistant.statement import Statement, place_of
from assistant.wording import NBSP, quoted
from corpus.guide import Passage, Sentence
from corpus.keywords import Keywords, Weights
from corpus.lexicon import Lexicon

_MOST_WORDS = 120
# A passage of so many words is quoted whole, of a longer one so many words at most.
_WHOLE = 90
_PASSAGES_READ = 8
# A further passage must be nearly as probable as the first to be quoted beside it.
_NEARLY = 0.35
# The best passage of another guide, which may say otherwise, need be so much of it only.
_ELSEWHERE = 0.12
# What makes a sentence the one that answers: its meaning, what it holds of the question, and
# whether it treats of the facet that is asked for.
_MEANING, _HELD, _FACET = 2.0, 1.0, 0.15


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
        words: Keywords,
    ) -> None:
        self._gate, self._page_of, self._lexicon = gate, page_of, lexicon
        self._words = words

    def statements(self, question: Question, hits: Sequence[Hit]) -> list[Statement]:
        """The sentences that answer, best first, within the length of an answer."""
        if not hits:
            return []
        near = _near(hits)
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
        if length(passage.text) <= _WHOLE:
            return _Candidate(passage, passage.sentences, hit.score)
        asked = self._words.weights(question.terms)
        scored = [
            (self._score(question, asked, sentence.text, hit.sentences.get(place, 0.0)), sentence)
            for place, sentence in enumerate(passage.sentences)
        ]
        best = max(score for score, _ in scored)
        if best <= 0:
            return _Candidate(passage, passage.sentences[:2], hit.score)
        first = next(i for i, (score, _) in enumerate(scored) if score == best)
        chosen = [scored[first][1]]
        following = scored[first + 1 : first + 2]
        if following and length(chosen[0].text) + length(following[0][1].text) <= _WHOLE:
            chosen.append(following[0][1])
        return _Candidate(passage, tuple(chosen), hit.score)

    def _score(self, question: Question, asked: Weights, sentence: str, cosine: float) -> float:
        treated = set(self._lexicon.facets_treated(sentence))
        return (
            _MEANING * cosine
            + _HELD * asked.share(self._words.terms(sentence))
            + _FACET * len(treated.intersection(question.facets))
        )

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
        if question.language == "fr" and passage.kind == "paragraph":
            return Statement(said, (place,), sentences=tuple(s.text for s in candidate.sentences))
        return Statement(_framed(question, passage, said), (place,))


def _near(hits: Sequence[Hit]) -> list[Hit]:
    """The passages to quote, best first: nearly as probable as the first, or the best of their
    guide and not much less."""
    kept: list[Hit] = []
    for hit in hits[:_PASSAGES_READ]:
        guides = {other.passage.guide for other in kept}
        least = _NEARLY if hit.passage.guide in guides else _ELSEWHERE
        if hit.chance >= least * hits[0].chance:
            kept.append(hit)
    return kept


def _framed(question: Question, passage: Passage, said: str) -> str:
    """What is said, under its headings: English readers are told that it is a quote."""
    trail = [*passage.section[-1:], *passage.heads]
    above = " › ".join(part.rstrip(" :") for part in trail)
    if question.language == "en":
        return f"{above}: {quoted(said)}" if above else quoted(said)
    return f"{above}{NBSP}: {said}" if above and passage.kind == "cell" else said
