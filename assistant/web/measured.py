"""The assistant with each answer counted and logged, without a word of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Sequence

from assistant.answer import Answer, Exchange
from assistant.privacy import Masked
from assistant.retrieval import Hit
from assistant.web.metrics import Metrics
from assistant.web.needs import AssistantLike

log = logging.getLogger(__name__)


class Measured:
    """Wraps an assistant, whoever asks: the page or another door."""

    def __init__(self, assistant: AssistantLike, metrics: Metrics) -> None:
        self._assistant, self._metrics = assistant, metrics

    def ask(self, question: str, history: Sequence[Exchange] = (), region: str = "") -> Answer:
        """The assistant's answer."""
        *_, whole = self.stream(question, history, region)
        return whole

    def stream(
        self, question: str, history: Sequence[Exchange] = (), region: str = ""
    ) -> Iterator[Answer]:
        """The assistant's answer as it grows; counted when it is whole."""
        started = time.perf_counter()
        answer: Answer | None = None
        try:
            for answer in self._assistant.stream(question, history, region):
                yield answer
        except Exception:
            self._metrics.failed("answer")
            raise
        if answer is not None:
            self._count(answer, question, len(history) + 1, time.perf_counter() - started)

    def search(self, question: str, limit: int = 10) -> list[Hit]:
        """The assistant's passages."""
        return self._assistant.search(question, limit)

    def _count(self, answer: Answer, question: str, turn: int, seconds: float) -> None:
        self._metrics.answered(answer.status, answer.language, seconds)
        log.info(
            "answered",
            extra={
                "status": answer.status,
                "language": answer.language,
                "ms": round(seconds * 1_000, 1),
                "citations": len(answer.citations),
                "turn": turn,
                "characters": len(question),
                **{f"model_{name}": count for name, count in (answer.usage or {}).items()},
            },
        )

    def related(self, history: Sequence[Exchange]) -> tuple[str, ...]:
        """The assistant's questions to ask next."""
        return self._assistant.related(history)

    def masked(self, text: str) -> Masked:
        """A text with its personal data masked."""
        return self._assistant.masked(text)
