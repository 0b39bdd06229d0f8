"""What a monitor counts; no question, answer or address is in it. The door to prometheus_client."""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

_SECONDS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10, 30)


class Metrics:
    """Counters of one running program."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        ProcessCollector(registry=self._registry)
        self._questions = Counter(
            "assistant_questions",
            "Questions answered, by status and language",
            ["status", "language"],
            registry=self._registry,
        )
        self._seconds = Histogram(
            "assistant_answer_seconds",
            "Time to compose an answer",
            buckets=_SECONDS,
            registry=self._registry,
        )
        self._errors = Counter(
            "assistant_errors",
            "What went wrong: an answer, a request, a refusal for its rate",
            ["kind"],
            registry=self._registry,
        )
        self._feedback = Counter(
            "assistant_feedback",
            "What users thought of answers",
            ["verdict"],
            registry=self._registry,
        )
        self._requests = Counter(
            "assistant_requests",
            "Requests answered, by class of status",
            ["status"],
            registry=self._registry,
        )

    def answered(self, status: str, language: str, seconds: float) -> None:
        """Count an answer."""
        self._questions.labels(status, language).inc()
        self._seconds.observe(seconds)

    def failed(self, kind: str) -> None:
        """Count something that went wrong."""
        self._errors.labels(kind).inc()

    def judged(self, verdict: str) -> None:
        """Count what a user thought of an answer: `helpful` or a reason."""
        self._feedback.labels(verdict).inc()

    def responded(self, status: int) -> None:
        """Count a response by the first figure of its status."""
        self._requests.labels(f"{status // 100}xx").inc()

    def watch(self, name: str, told: str, value: Callable[[], float]) -> None:
        """A figure that is looked up whenever the monitor asks."""
        Gauge(f"assistant_{name}", told, registry=self._registry).set_function(value)

    def exposition(self) -> tuple[bytes, str]:
        """The figures in Prometheus' text format, and its media type."""
        return generate_latest(self._registry), CONTENT_TYPE_LATEST
