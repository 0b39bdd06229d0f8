"""Lists that people write in YAML and that come with the program. The only door to YAML."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any, TypeVar

import yaml
from pydantic import TypeAdapter, ValidationError

from corpus.errors import CorpusError

_Entries = TypeVar("_Entries")


def parsed(source: str, name: str, kind: TypeAdapter[_Entries]) -> _Entries:
    """The entries of one YAML text. Raises CorpusError naming the file and the entry."""
    raw: Any = ()
    try:
        raw = yaml.safe_load(source) or ()
        return kind.validate_python(raw)
    except yaml.YAMLError as error:
        problem = str(error).splitlines()[0]
        raise CorpusError(f"{name} : YAML illisible ({problem}). Corrigez-le.") from None
    except ValidationError as error:
        raise CorpusError(f"{name} : {_first_problem(error, raw)}") from None


def yaml_files(folder: str) -> Iterator[Traversable]:
    """The YAML files of a folder of the `corpus` package, by name."""
    found = resources.files("corpus").joinpath(folder)
    if found.is_dir():
        yield from sorted(
            (entry for entry in found.iterdir() if entry.name.endswith(".yaml")),
            key=lambda entry: entry.name,
        )


def _first_problem(error: ValidationError, raw: Any) -> str:
    first = error.errors()[0]
    where = first["loc"]
    if not isinstance(raw, list) or not where or not isinstance(where[0], int):
        return "attendu une liste d’entrées, chacune après un tiret."
    entry = raw[where[0]]
    name = (entry.get("id") or entry.get("topic")) if isinstance(entry, dict) else None
    place = ".".join(str(part) for part in where[1:])
    return f"{name or f'entrée {where[0] + 1}'}{f', {place}' if place else ''} : {first['msg']}"
