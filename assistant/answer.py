"""What the reader hands out: an answer with the places it rests on."""

from __future__ import annotations

from collections.abc import Mapping
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
    """Markdown with `[n]` markers, and one citation for each marker.

    `choices` are whole questions to pick from when the status is "clarify". `usage` counts what a
    language model cost (calls, tokens, sentences dropped), None where none was asked. `asked` is
    the question with its personal data masked, empty where it held none: keep it, not what was
    typed.
    """

    status: Status
    language: Language
    text: str
    citations: tuple[Citation, ...] = ()
    warnings: tuple[str, ...] = ()
    elapsed_ms: float = 0.0
    choices: tuple[str, ...] = ()
    usage: Mapping[str, int] | None = None
    asked: str = ""

    def as_dict(self) -> dict[str, Any]:
        """The answer in the form other programs rely on (DESIGN.md, contracts).

        `choices`, `usage` and `asked` are there only where they say something.
        """
        fields = asdict(self)
        for name in ("citations", "warnings", "choices"):
            fields[name] = list(fields[name])
        return {k: v for k, v in fields.items() if v or k not in ("choices", "usage", "asked")}


@dataclass(frozen=True)
class Exchange:
    """One turn of a conversation: what was asked and what was answered."""

    question: str
    answer: Answer

    @classmethod
    def kept(cls, typed: str, answer: Answer) -> Exchange:
        """The turn as it may be kept: personal data in what was typed are masked."""
        return cls(answer.asked or typed, answer)
