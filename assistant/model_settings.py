"""Which language model writes, and within what limits; read from ASSISTANT_MODEL and its kin."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from corpus.errors import CorpusError

PROVIDERS = ("openai", "ollama", "mistralai", "anthropic")
_NAME = "ASSISTANT_MODEL"
_KNOWN = frozenset({_NAME, *(f"{_NAME}_{part}" for part in ("URL", "KEY", "SECONDS", "TOKENS"))})
# A reader waits no longer for nicer words than the answer that is already there.
_SECONDS, _LONGEST = 30.0, 600.0
# An answer has a hundred words or so; a model that goes on is cut.
_TOKENS, _FEWEST, _MOST = 700, 50, 8_000


@dataclass(frozen=True)
class ModelSettings:
    """A provider and its model, its address and key if they are not the provider's own, the
    seconds that it may take and the tokens that it may write."""

    provider: str
    model: str
    url: str = ""
    key: str = field(default="", repr=False)
    seconds: float = _SECONDS
    tokens: int = _TOKENS

    @property
    def name(self) -> str:
        """The model as it is named in the environment."""
        return f"{self.provider}:{self.model}"


def read_model_settings(
    environment: Mapping[str, str], name: str | None = None
) -> ModelSettings | None:
    """The model to write with, None if none is named; `name` wins over ASSISTANT_MODEL.

    Raises CorpusError for what cannot be meant.
    """
    told = {key: value.strip() for key, value in environment.items() if key.startswith(_NAME)}
    strangers = sorted(told.keys() - _KNOWN)
    if strangers:
        raise CorpusError(
            f"{strangers[0]} : réglage inconnu. Réglages du modèle : {', '.join(sorted(_KNOWN))}."
        )
    named = told.get(_NAME, "") if name is None else name
    if not named:
        return None
    provider, _, model = named.partition(":")
    if provider not in PROVIDERS or not model.strip():
        forms = ", ".join(f"{one}:NOM" for one in PROVIDERS)
        raise CorpusError(f"{_NAME}={named} : modèle illisible. Formes possibles : {forms}.")
    seconds = _number(told, "SECONDS", _SECONDS, 1.0, _LONGEST)
    tokens = int(_number(told, "TOKENS", _TOKENS, _FEWEST, _MOST))
    return ModelSettings(
        provider, model.strip(), _url(told), told.get(f"{_NAME}_KEY", ""), seconds, tokens
    )


def _url(told: Mapping[str, str]) -> str:
    url = told.get(f"{_NAME}_URL", "")
    parts = urlsplit(url)
    if url and (parts.scheme not in ("http", "https") or not parts.netloc):
        raise CorpusError(
            f"{_NAME}_URL={url} : adresse illisible. Attendu par exemple http://127.0.0.1:8000/v1."
        )
    return url


def _number(told: Mapping[str, str], part: str, default: float, least: float, most: float) -> float:
    name = f"{_NAME}_{part}"
    try:
        value = float(told.get(name) or default)
    except ValueError:
        value = least - 1
    # A value that is no number at all compares false both ways.
    if not least <= value <= most:
        raise CorpusError(f"{name}={told[name]} : attendu un nombre de {least:g} à {most:g}.")
    return value
