"""Fiches: validated statements in our own words, each with the guide pages it rests on.

A fiche either has `sources` that carry its statement, or `values`: what
each guide says where the guides disagree.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from typing import Annotated, ClassVar

from pydantic import ConfigDict, Field, TypeAdapter

from corpus.errors import CorpusError
from corpus.handwritten import parsed, yaml_files

_STRICT = ConfigDict(extra="forbid")
# Among the structures of a fiche: it speaks of coordinated practice as such.
ANY_STRUCTURE = "EXERCICE"
_Text = Annotated[str, Field(min_length=1)]


@dataclass(frozen=True)
class Source:
    """A guide page that carries a statement; `near` are short terms of the sentences that do.

    `start`, `end` and `quote` are filled in at ingestion when the guide's file is there.
    """

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    guide: _Text
    page: int | None
    near: tuple[_Text, ...] = ()
    page_label: str | None = None
    section: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str = ""


@dataclass(frozen=True)
class Value:
    """What one or several guides say on a point where others say something else."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    fr: _Text
    en: _Text
    sources: Annotated[tuple[Source, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Questions:
    """Typical questions that a fiche answers, as users ask them."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    fr: Annotated[tuple[_Text, ...], Field(min_length=1)]
    en: Annotated[tuple[_Text, ...], Field(min_length=1)]


@dataclass(frozen=True)
class Fiche:
    """One validated statement, in French and English."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT

    id: _Text
    structures: tuple[str, ...]
    facet: _Text
    fr: _Text
    en: _Text
    questions: Questions
    sources: tuple[Source, ...] = ()
    values: tuple[Value, ...] = ()
    year: int | None = None
    region: str | None = None

    def all_sources(self) -> tuple[Source, ...]:
        """Every place the fiche rests on, those of its values included."""
        return (*self.sources, *(source for value in self.values for source in value.sources))


_FICHES = TypeAdapter(tuple[Fiche, ...])


def parse_fiches(source: str, name: str) -> tuple[Fiche, ...]:
    """The fiches of one YAML text. Raises CorpusError naming the file and the entry."""
    fiches = parsed(source, name, _FICHES)
    for fiche in fiches:
        if bool(fiche.sources) == bool(fiche.values):
            raise CorpusError(f"{name} : {fiche.id} doit avoir « sources » ou bien « values ».")
    return fiches


def fiche_files() -> Iterator[Traversable]:
    """The YAML files of fiches that come with the program, by name."""
    return yaml_files("fiches")


def read_fiches() -> tuple[Fiche, ...]:
    """All fiches that come with the program. Raises CorpusError if an id is used twice."""
    fiches: list[Fiche] = []
    for entry in fiche_files():
        fiches.extend(parse_fiches(entry.read_text(encoding="utf-8"), entry.name))
    seen: set[str] = set()
    for fiche in fiches:
        if fiche.id in seen:
            raise CorpusError(f"Deux fiches portent l’identifiant {fiche.id} : renommez-en une.")
        seen.add(fiche.id)
    return tuple(fiches)
