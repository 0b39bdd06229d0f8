"""The assistant with each answer counted and logged, without a word of it."""

from __future__ import annotations

import logging
import time
from collections.abc import Sequence

from assistant.answer import Answer, Exchange
from assistant.privacy import Masked
from assistant.web.metrics import Metrics
from assistant.web.needs import AssistantLike

log = logging.getLogger(__name__)


class Measured:
    """Wraps an assistant, whoever asks: the page or another door."""

    def __init__(self, assistant: AssistantLike, metrics: Metrics) -> None:
        self._assistant, self._metrics = assistant, metrics

    def ask(self, question: str, history: Sequence[Exchange] = (), region: str = "") -> Answer:
        """The assistant's answer."""
        started = time.perf_counter()
        try:
            answer = self._assistant.ask(question, history, region)
        except Exception:
            self._metrics.failed("answer")
            raise
        seconds = time.perf_counter() - started
        self._metrics.answered(answer.status, answer.language, seconds)
        log.info(
            "answered",
            extra={
                "status": answer.status,
                "language": answer.language,
                "ms": round(seconds * 1_000, 1),
                "citations": len(answer.citations),
                "turn": len(history) + 1,
                "characters": len(question),
            },
        )
        return answer

    def related(self, history: Sequence[Exchange]) -> tuple[str, ...]:
        """The assistant's questions to ask next."""
        return self._assistant.related(history)

    def masked(self, text: str) -> Masked:
        """A text with its personal data masked."""
        return self._assistant.masked(text)
