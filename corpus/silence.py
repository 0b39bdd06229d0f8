"""Silences: topics that people ask about and no guide treats, each with typical questions.

A question that lies nearer to a silence than to any fiche is better declined: telling the two
apart by how far a question is from the fiches alone lets every second near question pass.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter

from corpus.errors import CorpusError
from corpus.handwritten import parsed, yaml_files

_Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class Silence:
    """One thing that no guide tells, and how users ask for it."""

    __pydantic_config__: ClassVar[ConfigDict] = ConfigDict(extra="forbid")

    topic: _Text
    fr: Annotated[tuple[_Text, ...], Field(min_length=1)]
    en: Annotated[tuple[_Text, ...], Field(min_length=1)]

    @property
    def questions(self) -> list[str]:
        """Its typical questions in both languages."""
        return [*self.fr, *self.en]


_SILENCES = TypeAdapter(tuple[Silence, ...])


def parse_silences(source: str, name: str) -> tuple[Silence, ...]:
    """The silences of one YAML text. Raises CorpusError naming the file and the entry."""
    return parsed(source, name, _SILENCES)


def silence_files() -> Iterator[Traversable]:
    """The YAML files of silences that come with the program, by name."""
    return yaml_files("silences")


def read_silences() -> tuple[Silence, ...]:
    """All silences that come with the program. Raises CorpusError if a topic is used twice."""
    silences: dict[str, Silence] = {}
    for entry in silence_files():
        for silence in parse_silences(entry.read_text(encoding="utf-8"), entry.name):
            if silence.topic in silences:
                raise CorpusError(f"Deux silences s’appellent {silence.topic} : renommez-en un.")
            silences[silence.topic] = silence
    return tuple(silences.values())
