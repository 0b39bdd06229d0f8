"""The folder of guides as maintainers change it: nothing is overwritten or lost."""

from __future__ import annotations

import os
import re
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PureWindowsPath
from typing import BinaryIO

from assistant.web.admin.file_kind import objection
from corpus.catalogue import SUFFIXES, guide_files
from corpus.settings import Settings

_TRASH = ".corbeille"
_BLOCK = 1 << 20
_LONGEST_NAME = 120
_ODD = re.compile(r"[^\w .,()’'-]+")
_KINDS = "PDF, Markdown, texte, HTML ou DOCX"


@dataclass(frozen=True)
class Put:
    """What became of an uploaded file; `exists` if it only waits for a confirmation."""

    name: str
    taken: bool
    told: str
    exists: bool = False


@dataclass(frozen=True)
class Thrown:
    """A file in the trash; `key` is its name there."""

    key: str
    name: str
    when: str


class GuideFolder:
    """Adds, replaces, removes and brings back guides."""

    def __init__(self, settings: Settings, most_mb: int) -> None:
        self._settings = settings
        self.path = settings.guides
        self.most_mb = most_mb

    def closed(self) -> str:
        """Why guides cannot be changed here and what to set; empty if they can."""
        if self._settings.shared:
            why = "est partagé en lecture seule par plusieurs programmes"
        elif not self.path.is_dir():
            why = "n’existe pas"
        elif not os.access(self.path, os.W_OK):
            why = "n’est pas modifiable par le programme"
        else:
            return ""
        return (
            f"Le dossier des guides ({self.path}) {why}. Pour ajouter ou retirer des guides ici,"
            " relancez le programme avec GUIDES_DIR=/chemin/d’un/dossier/modifiable."
        )

    def names(self) -> list[str]:
        """The files that lie there."""
        return [path.name for path in guide_files(self.path)]

    def put(self, sent_name: str, content: BinaryIO, replace: bool) -> Put:
        """Take an uploaded file, unless something speaks against it."""
        name, refused = clean_name(sent_name)
        if closed := self.closed():
            return Put(name, False, closed)
        if refused:
            return Put(name, False, refused)
        # A name that no reader of the folder looks at, on the same disk as the final one.
        draft = self.path / f".{secrets.token_hex(8)}.part"
        try:
            told = self._written(draft, content) or objection(draft, Path(name).suffix)
            if told:
                return Put(name, False, told)
            return self._placed(draft, name, replace)
        except OSError as error:
            return Put(name, False, f"le disque refuse ce fichier ({error.strerror}).")
        finally:
            draft.unlink(missing_ok=True)

    def remove(self, name: str) -> bool:
        """Put a guide into the trash; False if there is no such file."""
        if self.closed() or name not in self.names():
            return False
        self._throw(self.path / name)
        return True

    def restore(self, key: str) -> str:
        """Bring a file back from the trash; why not, or nothing."""
        found = next((one for one in self.thrown() if one.key == key), None)
        if found is None or self.closed():
            return "Ce fichier n’est plus dans la corbeille."
        if (self.path / found.name).exists():
            return f"{found.name} existe déjà : retirez-le d’abord."
        (self.path / _TRASH / key).rename(self.path / found.name)
        return ""

    def thrown(self) -> list[Thrown]:
        """What is in the trash, the newest first."""
        folder = self.path / _TRASH
        if not folder.is_dir():
            return []
        keys = sorted((path.name for path in folder.iterdir() if "_" in path.name), reverse=True)
        return [Thrown(key, key.split("_", 2)[-1], key.split("_")[0]) for key in keys]

    def _written(self, draft: Path, content: BinaryIO) -> str:
        size = 0
        with draft.open("xb") as stream:
            while block := content.read(_BLOCK):
                size += len(block)
                if size > self.most_mb * 1_000_000:
                    return f"plus de {self.most_mb} Mo\u00a0: réduisez-le, ou augmentez UPLOAD_MB."
                stream.write(block)
        return ""

    def _placed(self, draft: Path, name: str, replace: bool) -> Put:
        target = self.path / name
        twins = [one for one in self.names() if Path(one).stem == target.stem and one != name]
        if twins:
            told = f"{twins[0]} porte déjà ce nom : renommez votre fichier, ou retirez l’autre."
            return Put(name, False, told)
        if target.exists():
            if not replace:
                return Put(
                    name, False, "un guide de ce nom existe déjà\u00a0: remplacez-le\u00a0?", True
                )
            self._throw(target)
        draft.rename(target)
        return Put(name, True, "ajouté")

    def _throw(self, path: Path) -> None:
        folder = self.path / _TRASH
        folder.mkdir(exist_ok=True)
        now = datetime.now(UTC)
        # By the microsecond: two files thrown in one second keep their order.
        key = f"{now:%Y-%m-%dT%H-%M-%S}_{now:%f}{secrets.token_hex(2)}_{path.name}"
        path.rename(folder / key)


def clean_name(sent: str) -> tuple[str, str]:
    """A name that can be a file's in any folder, and why it is refused if it is."""
    base = PureWindowsPath(sent.replace("\0", "")).name
    plain = unicodedata.normalize("NFC", base.encode("utf-8", "replace").decode("utf-8"))
    plain = " ".join(_ODD.sub(" ", plain).split()).lstrip(".- ")
    stem, suffix = Path(plain).stem.strip(" ."), Path(plain).suffix.lower()
    name = f"{stem}{suffix}"
    if suffix not in SUFFIXES:
        return name or "?", f"ce format n’est pas lu\u00a0: donnez un fichier {_KINDS}."
    if not stem or stem.lower() == "readme":
        return name, "ce nom ne peut pas être celui d’un guide\u00a0: renommez le fichier."
    if len(name.encode()) > _LONGEST_NAME:
        return name[:40], f"ce nom est trop long\u00a0: {_LONGEST_NAME} caractères au plus."
    return name, ""
