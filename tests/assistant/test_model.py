"""The real client of LangChain, against a server that does what servers do."""

from __future__ import annotations

import pytest

from assistant.model import ChatModel, ModelError
from tests.doubles_model import ModelServer, model_at


class Clock:
    """Moves on by so many seconds each time it is read."""

    def __init__(self, step: float) -> None:
        self.now, self.step = 0.0, step

    def __call__(self) -> float:
        self.now += self.step
        return self.now


def said(model: ChatModel) -> tuple[str, dict[str, int]]:
    reply = model.reply("orders", "question")
    return "".join(reply), dict(reply.usage)


def failure(model: ChatModel) -> str:
    with pytest.raises(ModelError) as raised:
        said(model)
    return raised.value.failure


def test_a_text_comes_in_pieces_and_its_tokens_are_counted() -> None:
    with (server := ModelServer("Une MSP réunit deux médecins [1].")).running() as url:
        reply = ChatModel(model_at(url)).reply("orders", "question")
        pieces = list(reply)
    assert len(pieces) > 2
    assert "".join(pieces) == "Une MSP réunit deux médecins [1]."
    assert reply.usage == {"calls": 1, "prompt_tokens": 120, "completion_tokens": 30}
    (request,) = server.requests
    assert request["temperature"] == 0
    assert [message["content"] for message in request["messages"]] == ["orders", "question"]
    assert request["max_completion_tokens"] == 700


def test_a_cut_stream_is_no_answer() -> None:
    # The client raises nothing then: there is only no reason for the end.
    with ModelServer("Une MSP réunit", finish="").running() as url:
        assert failure(ChatModel(model_at(url))) == "model-cut"


def test_an_answer_cut_at_its_limit_of_tokens_is_no_answer() -> None:
    with ModelServer("Une MSP réunit", finish="length").running() as url:
        assert failure(ChatModel(model_at(url))) == "model-cut"


def test_a_server_that_stumbles_once_is_asked_again() -> None:
    with (server := ModelServer("Oui.", statuses=(500,))).running() as url:
        text, usage = said(ChatModel(model_at(url)))
    assert (text, usage["calls"], len(server.requests)) == ("Oui.", 2, 2)


def test_a_server_that_is_broken_is_asked_twice() -> None:
    with (server := ModelServer("Oui.", statuses=(500, 503, 500))).running() as url:
        assert failure(ChatModel(model_at(url))) == "model-unavailable"
    assert len(server.requests) == 2


def test_a_busy_server_is_asked_once_whatever_it_says_of_waiting() -> None:
    with (server := ModelServer("Oui.", statuses=(429, 429))).running() as url:
        assert failure(ChatModel(model_at(url))) == "model-busy"
    assert len(server.requests) == 1


def test_a_prompt_that_is_too_long_is_sent_once() -> None:
    broken = ModelServer(statuses=(400,), error="context_length_exceeded")
    with broken.running() as url:
        assert failure(ChatModel(model_at(url))) == "model-unavailable"
    assert len(broken.requests) == 1


def test_a_server_that_is_not_there_is_told_as_such() -> None:
    with ModelServer().running() as url:
        pass
    assert failure(ChatModel(model_at(url))) == "model-unavailable"


def test_a_server_that_hangs_is_given_up() -> None:
    with ModelServer(hangs=True).running() as url:
        assert failure(ChatModel(model_at(url, seconds=0.2))) == "model-slow"


def test_a_text_that_trickles_is_given_up_after_its_time() -> None:
    with ModelServer("Une MSP réunit au moins deux médecins généralistes.").running() as url:
        model = ChatModel(model_at(url, seconds=30), clock=Clock(step=9))
        assert failure(model) == "model-slow"


def test_a_server_that_failed_is_left_alone_for_a_while() -> None:
    clock = Clock(step=0)
    with (server := ModelServer("Oui.", statuses=(500, 500))).running() as url:
        model = ChatModel(model_at(url), rest=30, clock=clock)
        assert failure(model) == "model-unavailable"
        assert failure(model) == "model-unavailable"
        assert len(server.requests) == 2
        clock.now = 31
        assert said(model)[0] == "Oui."
