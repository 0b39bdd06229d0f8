"""What the reader hands out: an answer with the places it rests on."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Literal

Status = Literal["answered", "abstained", "clarify"]
Language = Literal["fr", "en"]


@dataclass(frozen=True)
class Citation:
    """A place in a guide; `quote` is the text of its page from `start` to `end`."""

    marker: int
    guide: str
    page: int | None
    page_label: str | None
    section: str | None
    quote: str
    start: int | None
    end: int | None


@dataclass(frozen=True)
class Answer:
    """Markdown with `[n]` markers, and one citation for each marker."""

    status: Status
    language: Language
    text: str
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    elapsed_ms: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """The answer in the form other programs rely on (DESIGN.md, contracts)."""
        fields = asdict(self)
        fields["citations"] = list(fields["citations"])
        fields["warnings"] = list(fields["warnings"])
        return fields


@dataclass(frozen=True)
class Exchange:
    """One turn of a conversation: what was asked and what was answered."""

    question: str
    answer: Answer
