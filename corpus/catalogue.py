"""The catalogue of known guides (guides.toml) and the files that stand in the guides' folder."""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from corpus.guide import Guide

SUFFIXES = frozenset({".pdf", ".md", ".markdown", ".txt", ".html", ".htm", ".docx"})
_BLOCK = 1 << 20


@dataclass(frozen=True)
class Known:
    """A guide of the catalogue and the name under which its file is looked for."""

    guide: Guide
    file: str


@dataclass(frozen=True)
class Catalogue:
    """What guides.toml says of the guides."""

    known: tuple[Known, ...]

    @property
    def guides(self) -> tuple[Guide, ...]:
        """The known guides, in the order of the file."""
        return tuple(entry.guide for entry in self.known)

    def describe(self, path: Path) -> Guide:
        """The guide that a file holds: as catalogued, or named after the file if unknown."""
        for entry in self.known:
            if entry.guide.id == path.stem:
                return entry.guide
        return Guide(id=path.stem, title=path.stem.replace("-", " ").replace("_", " "))


def read_catalogue() -> Catalogue:
    """The catalogue that comes with the program."""
    source = resources.files("corpus").joinpath("guides.toml").read_text(encoding="utf-8")
    return Catalogue(
        tuple(
            Known(_guide(identity, entry), entry["file"])
            for identity, entry in tomllib.loads(source).items()
        )
    )


def guide_files(folder: Path) -> list[Path]:
    """The files of a folder that can be guides, by name; a README is about the folder."""
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file()
        and path.suffix.lower() in SUFFIXES
        and path.stem.lower() != "readme"
        and not path.name.startswith(".")
    )


def checksum(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def _guide(identity: str, entry: dict[str, str | int]) -> Guide:
    year = entry.get("year")
    return Guide(
        id=identity,
        title=str(entry["title"]),
        publisher=str(entry.get("publisher", "")),
        region=str(entry.get("region", "")),
        year=int(year) if year is not None else None,
        language=str(entry.get("language", "fr")),
        audience=str(entry.get("audience", "")),
        checksum=str(entry.get("sha256", "")),
    )
