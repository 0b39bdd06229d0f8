"""The only door to LangChain's chat models: a prompt goes in, pieces of text come out.

Retrieval, quotes and markers are ours; nothing that comes through here is shown before the gate.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any, Literal, Protocol

from assistant.model_settings import ModelSettings
from corpus.errors import CorpusError

Failure = Literal["model-unavailable", "model-slow", "model-busy", "model-cut"]
# Words with which providers say that a text has come to its end by itself. « length » is not one.
_ENDED = frozenset({"stop", "end_turn", "stop_sequence", "eos"})
_REASONS = ("finish_reason", "stop_reason", "done_reason")
_BUSY = 429
# A connection that was kept open and has gone, a server that stumbles: one more try, at once.
# More would make the reader wait for what the answer without a model gives already.
_TRIES = 2
# After a failure the model is left alone for so long: nobody should wait for a server that hangs.
_REST = 30.0
_SERVER_FAULT = 500


class ModelError(Exception):
    """The model gave no whole answer; `failure` is the warning's code."""

    def __init__(self, failure: Failure, reason: str) -> None:
        super().__init__(reason)
        self.failure: Failure = failure


class Reply(Protocol):
    """A text as it comes, and what it cost."""

    usage: dict[str, int]

    def __iter__(self) -> Iterator[str]:
        """Pieces of the text. Raises ModelError if it does not come to its end."""


class Model(Protocol):
    """Writes a text for a prompt."""

    def reply(self, system: str, asked: str) -> Reply:
        """The text for what is asked, under the standing orders of `system`."""


class ChatModel:
    """A chat model of one of the providers."""

    def __init__(
        self,
        settings: ModelSettings,
        rest: float = _REST,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings, self._rest, self._clock = settings, rest, clock
        self._chat = _opened(settings)
        self._awake_at = clock()

    def reply(self, system: str, asked: str) -> Reply:
        """The model's text, as it comes."""
        calls = _TRIES if self._clock() >= self._awake_at else 0
        return _Stream(
            self._chat, (system, asked), self._settings.seconds, calls, self._clock, self._failed
        )

    def _failed(self) -> None:
        self._awake_at = self._clock() + self._rest


def open_model(settings: ModelSettings | None, rest: float = _REST) -> Model | None:
    """The model of these settings; None without any. Raises CorpusError where a library lacks.

    After a failure the model is left alone for `rest` seconds.
    """
    return ChatModel(settings, rest) if settings else None


class _Stream:
    def __init__(
        self,
        chat: Any,
        prompt: tuple[str, str],
        seconds: float,
        calls: int,
        clock: Callable[[], float],
        failed: Callable[[], None],
    ) -> None:
        self.usage = {"calls": 0, "prompt_tokens": 0, "completion_tokens": 0}
        self._chat, self._messages = chat, [("system", prompt[0]), ("human", prompt[1])]
        self._seconds, self._calls, self._clock, self._failed = seconds, calls, clock, failed

    def __iter__(self) -> Iterator[str]:
        until = self._clock() + self._seconds
        while self.usage["calls"] < self._calls:
            self.usage["calls"] += 1
            said = False
            try:
                for piece in self._pieces(until):
                    said = True
                    yield piece
                return
            except ModelError as error:
                self._left_alone(error)
                raise
            # Each provider has errors of its own, and none of them may reach the reader.
            except Exception as error:
                wrong = ModelError(_failure_of(error), f"{type(error).__name__}: {error}"[:300])
                again = self.usage["calls"] < self._calls and not said
                if not again or wrong.failure != "model-unavailable" or _refused(error):
                    self._left_alone(wrong, refused=_refused(error))
                    raise wrong from error
        raise ModelError("model-unavailable", "le modèle vient d’échouer")

    def _left_alone(self, error: ModelError, refused: bool = False) -> None:
        """A server that hangs or is down is not asked again at once; one that answers may be."""
        if error.failure != "model-cut" and not (refused and error.failure != "model-busy"):
            self._failed()

    def _pieces(self, until: float) -> Iterator[str]:
        ended = False
        for chunk in self._chat.stream(self._messages):
            if self._clock() > until:
                raise ModelError("model-slow", f"plus de {self._seconds:g} s")
            self._count(chunk)
            ended = ended or any(chunk.response_metadata.get(r) in _ENDED for r in _REASONS)
            text = chunk.text
            if text:
                yield str(text)
        # A stream that the server cuts raises nothing: only a reason tells that it is whole.
        if not ended:
            raise ModelError("model-cut", "réponse interrompue")

    def _count(self, chunk: Any) -> None:
        counted = chunk.usage_metadata
        if counted:
            self.usage["prompt_tokens"] += counted["input_tokens"]
            self.usage["completion_tokens"] += counted["output_tokens"]


def _opened(settings: ModelSettings) -> Any:
    # These take seconds to load: only somebody who configured a model waits for them.
    try:
        from langchain.chat_models import init_chat_model

        return init_chat_model(settings.name, **_options(settings))
    except ImportError:
        raise CorpusError(
            f"ASSISTANT_MODEL={settings.name} : il manque langchain ou "
            f"langchain-{settings.provider}. Installez-les : .venv/bin/uv pip install "
            f"--python .venv/bin/python -e '.[{settings.provider}]'"
        ) from None
    # Providers refuse a missing key or an odd name each in their own way.
    except Exception as error:
        raise CorpusError(
            f"ASSISTANT_MODEL={settings.name} : {type(error).__name__}, {_first_line(error)}. "
            "Corrigez ASSISTANT_MODEL, ASSISTANT_MODEL_URL ou ASSISTANT_MODEL_KEY."
        ) from None


def _options(settings: ModelSettings) -> dict[str, Any]:
    """What the provider's class calls the same few things."""
    shared: dict[str, Any] = {"temperature": 0}
    if settings.url:
        shared["base_url"] = settings.url
    if settings.provider == "ollama":
        client: dict[str, Any] = {"timeout": settings.seconds}
        if settings.key:
            client["headers"] = {"Authorization": f"Bearer {settings.key}"}
        return shared | {"num_predict": settings.tokens, "client_kwargs": client}
    if settings.key or settings.url:
        # A server of one's own asks for no key, the client's class does.
        shared["api_key"] = settings.key or "-"
    # Retries of the client's own would wait as long as a busy server tells them to.
    shared |= {"max_retries": 0, "max_tokens": settings.tokens, "timeout": settings.seconds}
    if settings.provider == "mistralai":
        shared["timeout"] = round(settings.seconds)
    if settings.provider == "openai":
        shared["stream_usage"] = True
    return shared


def _failure_of(error: Exception) -> Failure:
    if _status(error) == _BUSY:
        return "model-busy"
    # httpx, openai, anthropic and ollama each have a class for it; all of them say so in its name.
    if isinstance(error, TimeoutError) or "Timeout" in type(error).__name__:
        return "model-slow"
    return "model-unavailable"


def _refused(error: Exception) -> bool:
    """Whether the server understood and will say no again: a prompt too long, a wrong key."""
    status = _status(error)
    return status is not None and status < _SERVER_FAULT


def _status(error: Exception) -> int | None:
    for holder in (error, getattr(error, "response", None)):
        status = getattr(holder, "status_code", None)
        if isinstance(status, int):
            return status
    return None


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or ["?"])[0][:200]
