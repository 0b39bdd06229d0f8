"""What the site holds of each guide: its file's state, and how far fiches cover it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from assistant.web.needs import IndexLike
from corpus.catalogue import Catalogue, Known, checksum, guide_files
from corpus.fiche import Fiche
from corpus.guide import Guide
from corpus.manifest import FileEntry

State = Literal["found", "changed", "missing"]


@dataclass(frozen=True)
class Holding:
    """A guide that was read. `pages` is None for a format without pages; `bare` are the pages
    that no fiche draws on; `edition` is false where the fiches were written from other bytes."""

    guide: Guide
    file: str
    state: State
    read: str
    pages: int | None
    passages: int
    fiches: int
    bare: tuple[int, ...]
    edition: bool


@dataclass(frozen=True)
class Shelf:
    """Guides that were read, files that were refused, files not read yet, guides not there."""

    made: str
    fiches: int
    holdings: tuple[Holding, ...]
    refused: tuple[FileEntry, ...]
    unread: tuple[str, ...]
    absent: tuple[Known, ...]


class Checksums:
    """Checksums of files, computed again only when a file's date or size changes."""

    def __init__(self) -> None:
        self._known: dict[Path, tuple[int, int, str]] = {}

    def of(self, path: Path) -> str | None:
        """The checksum of a file, None if the disk does not give it."""
        try:
            stat = path.stat()
            seen = self._known.get(path)
            if seen is None or seen[:2] != (stat.st_mtime_ns, stat.st_size):
                seen = (stat.st_mtime_ns, stat.st_size, checksum(path))
                self._known[path] = seen
            return seen[2]
        except OSError:
            return None


def shelf(index: IndexLike, catalogue: Catalogue, folder: Path, checksums: Checksums) -> Shelf:
    """Everything that the page of the guides tells."""
    manifest = index.describe()
    fiches = index.fiches()
    read = [entry for entry in manifest.files if entry.guide]
    edition = {known.guide.id: known.guide.checksum for known in catalogue.known}
    holdings = tuple(
        _holding(index, entry, entry.guide, fiches, edition, checksums, manifest.made)
        for entry in read
        if entry.guide
    )
    seen = {entry.name for entry in manifest.files}
    held = {one.guide.id for one in holdings}
    unread = tuple(path.name for path in guide_files(folder) if path.name not in seen)
    waiting = {Path(name).stem for name in unread}
    return Shelf(
        manifest.made,
        len(fiches),
        holdings,
        tuple(entry for entry in manifest.files if entry.problem),
        unread,
        tuple(known for known in catalogue.known if known.guide.id not in held | waiting),
    )


def _holding(
    index: IndexLike,
    entry: FileEntry,
    guide: Guide,
    fiches: Sequence[Fiche],
    edition: dict[str, str],
    checksums: Checksums,
    made: str,
) -> Holding:
    # A guide without pages is kept as one page without a number.
    pages = None if index.page(guide.id, None) else entry.pages
    resting = [fiche for fiche in fiches if any(s.guide == guide.id for s in fiche.all_sources())]
    drawn = {s.page for fiche in resting for s in fiche.all_sources() if s.guide == guide.id}
    return Holding(
        guide,
        entry.name,
        _state(checksums, index.path(guide.id), entry.checksum),
        entry.read or made,
        pages,
        entry.passages,
        len(resting),
        tuple(number for number in range(1, (pages or 0) + 1) if number not in drawn),
        edition.get(guide.id) in (None, "", entry.checksum),
    )


def _state(checksums: Checksums, path: Path | None, expected: str) -> State:
    found = checksums.of(path) if path else None
    if found is None:
        return "missing"
    return "found" if found == expected else "changed"
