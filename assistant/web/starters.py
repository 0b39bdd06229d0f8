"""Questions to begin with, for each of the audiences that the guides are written for."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

from assistant.answer import Language


@dataclass(frozen=True)
class Audience:
    """Who asks, and what they may begin with."""

    id: str
    names: Mapping[Language, str]
    questions: Mapping[Language, tuple[str, ...]]


def read_starters() -> tuple[Audience, ...]:
    """The audiences that come with the program."""
    source = resources.files("assistant.web").joinpath("starters.toml").read_text(encoding="utf-8")
    return tuple(
        Audience(
            one["id"],
            {"fr": one["fr"], "en": one["en"]},
            {"fr": tuple(one["questions"]["fr"]), "en": tuple(one["questions"]["en"])},
        )
        for one in tomllib.loads(source)["audience"]
    )
