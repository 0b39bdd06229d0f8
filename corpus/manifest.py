"""What an index was made of and with: the one file that says which index is the current one."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import TypeAdapter

from corpus.errors import IndexFormatError, IndexMismatchError, IndexMissingError
from corpus.guide import Guide

FORMAT = 4
_NAME = "manifest.json"
REBUILD = "python -m ingest --rebuild"


@dataclass(frozen=True)
class FileEntry:
    """One file seen at ingestion: taken (`guide` set) or refused (`problem` set).

    `read` is when it was read, empty in an index made before that was noted.
    """

    name: str
    checksum: str
    pages: int = 0
    passages: int = 0
    guide: Guide | None = None
    problem: str = ""
    read: str = ""


@dataclass(frozen=True)
class Scale:
    """Cosines of an encoder: of texts that have nothing, and of texts that have much in common."""

    unrelated: float
    alike: float


@dataclass(frozen=True)
class Retired:
    """A generation that was replaced, and when: readers may still hold it for a while."""

    generation: str
    since: str


@dataclass(frozen=True)
class Manifest:
    """`recipe` identifies the code and word lists that read the guides, `encoder` the vectors;
    `scale` is what the encoder's cosines mean, if they are not those of the default one."""

    format: int
    encoder: str
    recipe: str
    generation: str
    made: str
    files: tuple[FileEntry, ...]
    fiches: dict[str, str]
    scale: Scale | None = None
    retired: tuple[Retired, ...] = ()

    @property
    def guides(self) -> tuple[Guide, ...]:
        """The guides that the index holds."""
        return tuple(entry.guide for entry in self.files if entry.guide is not None)


_MANIFEST = TypeAdapter(Manifest)


def generation_folder(data: Path, generation: str) -> Path:
    """Where the store of one generation of the index is kept."""
    return data / "generations" / generation


def read_manifest(data: Path) -> Manifest:
    """The current manifest of a data folder.

    Raises IndexMissingError if there is none, IndexFormatError if it cannot be understood.
    """
    try:
        source = (data / _NAME).read_bytes()
    except FileNotFoundError:
        raise IndexMissingError(f"Aucun index dans {data} : lancez « python -m ingest ».") from None
    manifest = parse_manifest(source, str(data))
    if not generation_folder(data, manifest.generation).is_dir():
        raise IndexMissingError(f"L’index de {data} a été effacé : lancez « python -m ingest ».")
    return manifest


def parse_manifest(source: bytes, place: str) -> Manifest:
    """The manifest that was written at a place. Raises IndexFormatError."""
    try:
        found = json.loads(source)
        if found.get("format") != FORMAT:
            raise IndexFormatError(
                f"L’index de {place} est au format {found.get('format')}, le programme lit le"
                f" format {FORMAT} : lancez « {REBUILD} »."
            )
        return _MANIFEST.validate_python(found)
    except (ValueError, AttributeError):
        raise IndexFormatError(
            f"Le manifeste de l’index de {place} est illisible : lancez « {REBUILD} »."
        ) from None


def current_generation(data: Path) -> str | None:
    """The generation that readers find now, even if its manifest is of another format."""
    try:
        return generation_in((data / _NAME).read_bytes())
    except OSError:
        return None


def generation_in(source: bytes) -> str | None:
    """The generation that a manifest names, whatever its format."""
    try:
        found = json.loads(source)["generation"]
    except (ValueError, KeyError, TypeError):
        return None
    return found if isinstance(found, str) else None


def check_encoder(manifest: Manifest, encoder: str) -> None:
    """Refuse, by name, an index made with another encoder. Raises IndexMismatchError."""
    if manifest.encoder != encoder:
        raise IndexMismatchError(
            f"L’index a été fait avec l’encodeur {manifest.encoder}, le programme utilise"
            f" {encoder} : lancez « {REBUILD} »."
        )


def write_manifest(data: Path, manifest: Manifest) -> None:
    """Make a manifest the current one, at once or not at all."""
    draft = data / f"{_NAME}.{os.getpid()}"
    draft.write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), encoding="utf-8")
    draft.replace(data / _NAME)
