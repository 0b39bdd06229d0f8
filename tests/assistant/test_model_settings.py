"""Which model writes: read from the environment, absurd values refused by name."""

from __future__ import annotations

import pytest

from assistant.model import open_model
from assistant.model_settings import ModelSettings, read_model_settings
from corpus.errors import CorpusError


def test_without_a_name_there_is_no_model() -> None:
    assert read_model_settings({}) is None
    assert read_model_settings({"ASSISTANT_MODEL": " "}) is None
    assert open_model(None) is None


def test_the_environment_names_model_address_key_and_limits() -> None:
    told = {
        "ASSISTANT_MODEL": "openai:mistral-small",
        "ASSISTANT_MODEL_URL": "http://127.0.0.1:8000/v1",
        "ASSISTANT_MODEL_KEY": "secret",
        "ASSISTANT_MODEL_SECONDS": "12.5",
        "ASSISTANT_MODEL_TOKENS": "400",
    }
    read = read_model_settings(told)
    assert read == ModelSettings(
        "openai", "mistral-small", "http://127.0.0.1:8000/v1", "secret", 12.5, 400
    )
    assert "secret" not in repr(read)


def test_a_name_of_a_model_may_hold_colons() -> None:
    read = read_model_settings({"ASSISTANT_MODEL": "ollama:qwen3:4b"})
    assert read is not None
    assert read.name == "ollama:qwen3:4b"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ASSISTANT_MODEL", "gpt"),
        ("ASSISTANT_MODEL", "nobody:model"),
        ("ASSISTANT_MODEL", "openai:"),
        ("ASSISTANT_MODEL_URL", "127.0.0.1:8000"),
        ("ASSISTANT_MODEL_URL", "file:///etc/passwd"),
        ("ASSISTANT_MODEL_SECONDS", "0"),
        ("ASSISTANT_MODEL_SECONDS", "nan"),
        ("ASSISTANT_MODEL_SECONDS", "soon"),
        ("ASSISTANT_MODEL_TOKENS", "100000"),
        ("ASSISTANT_MODEL_TEMPERATURE", "1"),
    ],
)
def test_an_absurd_or_unknown_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(CorpusError, match=name):
        read_model_settings({"ASSISTANT_MODEL": "openai:small", name: value})


def test_a_missing_provider_is_named_with_the_command_that_installs_it() -> None:
    # Only the provider that the tests use is installed with them.
    with pytest.raises(CorpusError, match=r"langchain-anthropic.*pip install.*\[anthropic\]"):
        open_model(ModelSettings("anthropic", "small", key="key"))


def test_a_model_without_a_key_is_refused_in_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(CorpusError, match="ASSISTANT_MODEL_KEY"):
        open_model(ModelSettings("openai", "small"))
