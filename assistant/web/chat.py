"""What happens when a question is sent: refused, answered step by step, or failed in French."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence

from assistant.answer import Exchange
from assistant.web.messages import Messages, plain
from assistant.web.needs import AssistantLike
from assistant.web.texts import Texts

LONGEST_QUESTION = 2_000
# Older turns help no follow-up; they would only make each update of the page heavier.
_TURNS_KEPT = 40

Turn = dict[str, str]
log = logging.getLogger(__name__)


class Chat:
    """Turns questions into messages for the page."""

    def __init__(self, assistant: AssistantLike, messages: Messages, texts: Texts) -> None:
        self._assistant = assistant
        self._messages = messages
        self._texts = texts

    def refusal(self, question: str) -> str:
        """Why a question is not put to the assistant; empty if nothing is wrong with it."""
        if not question.strip():
            return self._texts("empty")
        if len(question) > LONGEST_QUESTION:
            return self._texts("too_long", length=len(question), limit=LONGEST_QUESTION)
        return ""

    def turns(self, past: Sequence[Exchange], question: str = "", answer: str = "") -> list[Turn]:
        """The conversation as messages, with the question being answered if there is one."""
        shown = [
            turn
            for exchange in past
            for turn in (
                _turn("user", plain(exchange.question)),
                _turn("assistant", self._messages.whole(exchange.answer)),
            )
        ]
        if question:
            shown.append(_turn("user", plain(question)))
        if answer:
            shown.append(_turn("assistant", answer))
        return shown

    def answer(
        self, question: str, past: Sequence[Exchange]
    ) -> Iterator[tuple[str, list[Exchange]]]:
        """The answer as it grows, each time with the exchanges to remember from then on."""
        try:
            answer = self._assistant.ask(question, tuple(past))
            kept = [*past, Exchange.kept(question, answer)][-_TURNS_KEPT:]
            for step in self._messages.steps(answer):
                yield step, kept
        except Exception:
            # The page must say something in French whatever goes wrong behind it.
            log.exception("a question could not be answered")
            yield self._messages.trouble(), list(past)


def _turn(role: str, content: str) -> Turn:
    return {"role": role, "content": content}
