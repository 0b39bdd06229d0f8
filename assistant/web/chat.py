"""What happens when a question is sent: refused, answered step by step, or failed politely."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

from assistant.answer import Exchange, Language
from assistant.markup import plain
from assistant.web.messages import Messages
from assistant.web.needs import AssistantLike
from assistant.web.order import LONGEST_QUESTION, Order, as_kept, read_order

Turn = dict[str, str]
# The messages to show, and what the browser is told beside them: a record, as JSON.
Step = tuple[list[Turn], str]
_LONE = re.compile(r" (?=[?!:;»])")
log = logging.getLogger(__name__)


class Chat:
    """Turns what browsers send into messages and records; it remembers nothing itself."""

    def __init__(
        self,
        assistant: AssistantLike,
        messages: Messages,
        regions: Callable[[], Collection[str]],
    ) -> None:
        self._assistant = assistant
        self._messages = messages
        self._regions = regions

    def shown(self, sent: str) -> Step:
        """A conversation that the browser kept, as messages."""
        order = read_order(sent)
        if order is None:
            return [], _record(0, "unreadable")
        return self._turns(order.history()), _record(order.turn)

    def answered(self, sent: str, language: Language, wait: str = "") -> Iterator[Step]:
        """The answer to what was sent as it is composed; the record of the last step holds it.

        `language` is that of the page, for what is said when there is no answer; `wait` are the
        seconds until one may ask again, for who asks too often.
        """
        order = read_order(sent)
        if order is None:
            yield [], _record(0, "unreadable")
            return
        past = order.history()
        if refused := refusal(order.question):
            yield self._turns(past), _record(order.turn, refused)
            return
        if wait:
            asked = [*self._turns(past), _turn("user", _shown(order.question))]
            told = _turn("assistant", self._messages.trouble(language, wait))
            yield [*asked, told], _record(order.turn, "trouble")
            return
        yield from self._answered(order, past, language)

    def _answered(
        self, order: Order, past: Sequence[Exchange], language: Language
    ) -> Iterator[Step]:
        asked = [*self._turns(past), _turn("user", _shown(order.question))]
        yield asked, _record(0)
        try:
            region = order.region if order.region in self._regions() else ""
            for answer in self._assistant.stream(order.question, past, region):
                yield [*asked, _turn("assistant", self._messages.growing(answer))], _record(0)
            # From here on the question is what may be kept of it: without personal data.
            exchange = Exchange.kept(order.question, answer)
            yield self._turns([*past, exchange]), _record(order.turn, exchange=exchange)
        except Exception:
            # The page must say something in its reader's language whatever goes wrong behind it.
            log.exception("a question could not be answered")
            trouble = _turn("assistant", self._messages.trouble(language))
            yield [*asked, trouble], _record(order.turn, "trouble")

    def _turns(self, past: Sequence[Exchange]) -> list[Turn]:
        return [
            turn
            for exchange in past
            for turn in (
                _turn("user", _shown(exchange.question)),
                _turn("assistant", self._messages.whole(exchange.answer)),
            )
        ]


def _shown(question: str) -> str:
    """A question as it was typed; its question mark does not begin a line of its own."""
    return plain(_LONE.sub("\u00a0", question))


def refusal(question: str) -> str:
    """Why a question is not put to the assistant, as the key of a text; empty if nothing is."""
    if not question.strip():
        return "empty"
    return "too_long" if len(question) > LONGEST_QUESTION else ""


def _turn(role: str, content: str) -> Turn:
    return {"role": role, "content": content}


def _record(turn: int, notice: str = "", exchange: Exchange | None = None) -> str:
    """What the scripts of the page read; turn 0 is that of no question: there is more to come."""
    told: dict[str, Any] = {"turn": turn, "notice": notice}
    if exchange is not None:
        told["exchange"] = as_kept(exchange)
    return json.dumps(told, ensure_ascii=False)
