"""The recipe: the files of a folder become the next generation of the index."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from corpus.catalogue import Catalogue, checksum, guide_files
from corpus.draft import Draft
from corpus.encoder import Encoder, encoder_name, same_model
from corpus.errors import CorpusError, IndexFormatError, IndexMissingError
from corpus.fiche import Fiche, fiche_files, parse_fiches
from corpus.guide import Page, Passage
from corpus.lexicon import Lexicon
from corpus.manifest import FORMAT, FileEntry, Manifest, check_encoder
from corpus.settings import Settings
from corpus.shelf import shelf_at
from corpus.silence import parse_silences, silence_files
from corpus.vectors import Place
from ingest.quotes import with_quotes
from ingest.readers import UnreadableFile, read
from ingest.report import Line, Outcome, Report
from ingest.splitting import passages as split

Progress = Callable[[str], None]
# Problems that a file has only beside another one.
_TWIN, _NAMESAKE = "mêmes octets que", "son nom le confond avec"
# What of `corpus` shapes the records and vectors that ingestion keeps.
_RECIPE = (
    "draft.py",
    "folding.py",
    "guides.toml",
    "index.py",
    "keywords.py",
    "lexicon.py",
    "lexicon.toml",
    "records.py",
    "scale.py",
    "traits.py",
    "vectors.py",
)


@dataclass(frozen=True)
class Kitchen:
    """What every step of the recipe needs."""

    settings: Settings
    catalogue: Catalogue
    lexicon: Lexicon
    encoder: Callable[[], Encoder]
    progress: Progress = lambda _: None


def build(kitchen: Kitchen, rebuild: bool = False) -> Report:
    """Bring the index up to date with the folder of guides; the report has a line per file.

    Nothing is read or encoded twice: files whose checksum is known are taken over. `rebuild`
    starts from nothing. Raises CorpusError (IndexMismatchError when the present index was made
    with another encoder: to change it costs time, so it is asked for).
    """
    place = kitchen.settings.place
    encoder = encoder_name(kitchen.settings.encoder, kitchen.settings.models)
    previous = None if rebuild else _previous(place, encoder)
    recipe = fingerprint()
    files = [(path, _checksum(path)) for path in guide_files(kitchen.settings.guides)]
    fiches = _sources(fiche_files()) if kitchen.settings.fiches else {}
    silences = _sources(silence_files(), "silences/") if kitchen.settings.fiches else {}
    sums = {name: _digest([source]) for name, source in (fiches | silences).items()}
    if previous and _unchanged(previous, recipe, files, sums):
        lines = [_line(entry, "inchangé") for entry in previous.files]
        return Report(tuple(lines), _count_fiches(fiches), (), published=False)
    reusable = previous if previous and previous.recipe == recipe else None
    with Draft(place, kitchen.encoder(), previous, kitchen.lexicon) as draft:
        entries, lines = _take_files(kitchen, draft, files, reusable)
        lines += _removed(previous, entries)
        parsed = _take_fiches(draft, fiches, sums, reusable, kitchen.progress)
        _take_silences(draft, silences, sums, reusable, kitchen.progress)
        unquoted = _quote(draft, parsed, {e.guide.id for e in entries if e.guide})
        unlearnt = draft.unlearnt(parsed.values())
        generation, now = draft.generation, _now()
        draft.publish(Manifest(FORMAT, encoder, recipe, generation, now, tuple(entries), sums))
    return Report(tuple(lines), len(parsed), tuple(unquoted), published=True, unlearnt=unlearnt)


def fingerprint() -> str:
    """Identifies the code, word lists and catalogue that turn a file into records and vectors.

    An index made by other code is made anew, so nobody has to remember to bump a number.
    """
    tree = [resources.files("ingest"), resources.files("ingest.readers")]
    sources = [entry for folder in tree for entry in folder.iterdir() if entry.name[-3:] == ".py"]
    sources += [resources.files("corpus").joinpath(name) for name in _RECIPE]
    ordered: Iterable[Traversable] = sorted(sources, key=lambda entry: entry.name)
    # Learnt anew, the vectors of fiches change although their files do not.
    learnt = resources.files("corpus").joinpath("fiches", "vectors.npz")
    kept = hashlib.sha256(learnt.read_bytes()).hexdigest() if learnt.is_file() else ""
    return _digest([kept, *(entry.read_text(encoding="utf-8") for entry in ordered)])


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def _checksum(path: Path) -> str:
    """The checksum of a file, nothing if the disk does not give it."""
    try:
        return checksum(path)
    except OSError:
        return ""


def _name(path: Path) -> str:
    """The name of a file as it can be shown and stored, whatever its bytes are."""
    return path.name.encode("utf-8", "replace").decode("utf-8")


def _previous(place: Place, encoder: str) -> Manifest | None:
    try:
        manifest = shelf_at(place).manifest()
    except (IndexMissingError, IndexFormatError):
        # Written by another version of the program, or damaged: nothing of it can be taken over.
        return None
    if manifest.encoder != encoder and same_model(manifest.encoder, encoder):
        # The program’s own projection was fitted anew: nobody chose another encoder.
        return None
    check_encoder(manifest, encoder)
    return manifest


def _unchanged(
    previous: Manifest, recipe: str, files: Sequence[tuple[Path, str]], fiches: dict[str, str]
) -> bool:
    seen = sorted((entry.name, entry.checksum) for entry in previous.files)
    now = sorted((_name(path), digest) for path, digest in files)
    return previous.recipe == recipe and seen == now and previous.fiches == fiches


def _take_files(
    kitchen: Kitchen, draft: Draft, files: Sequence[tuple[Path, str]], reusable: Manifest | None
) -> tuple[list[FileEntry], list[Line]]:
    known = {(e.name, e.checksum): e for e in reusable.files} if reusable else {}
    entries: list[FileEntry] = []
    lines: list[Line] = []
    for path, digest in _catalogued_first(files, kitchen.catalogue):
        kitchen.progress(_name(path))
        entry = _set_aside(path, digest, entries)
        before = known.get((_name(path), digest))
        outcome: Outcome = "inchangé"
        if entry is None and before and not before.problem.startswith((_TWIN, _NAMESAKE)):
            if before.guide:
                draft.copy(before.guide.id)
            entry = before
        elif entry is None:
            entry, outcome = _read_file(kitchen, draft, path, digest), "lu"
        lines.append(_line(entry, outcome))
        entries.append(entry)
    return sorted(entries, key=lambda e: e.name), lines


def _set_aside(path: Path, digest: str, taken: Sequence[FileEntry]) -> FileEntry | None:
    """Why a file is not even read: unreadable, or a twin of one that was taken."""
    if not digest:
        problem = "illisible sur le disque : vérifiez qu’il existe et que vous pouvez le lire."
        return FileEntry(_name(path), digest, problem=problem)
    if _name(path) != path.name:
        return FileEntry(_name(path), digest, problem="nom de fichier illisible : renommez-le.")
    for other in taken:
        if other.guide and other.checksum == digest:
            return FileEntry(path.name, digest, problem=f"{_TWIN} {other.name}")
        if other.guide and other.guide.id == path.stem:
            problem = f"{_NAMESAKE} {other.name} : renommez l’un des deux."
            return FileEntry(path.name, digest, problem=problem)
    return None


def _catalogued_first(
    files: Sequence[tuple[Path, str]], catalogue: Catalogue
) -> list[tuple[Path, str]]:
    """Of two files with the same bytes, the one that has a catalogued name is the guide."""
    known = {entry.file for entry in catalogue.known}
    return sorted(files, key=lambda pair: (pair[0].name not in known, pair[0].name))


def _read_file(kitchen: Kitchen, draft: Draft, path: Path, digest: str) -> FileEntry:
    guide = replace(kitchen.catalogue.describe(path), checksum=digest)
    try:
        read_pages = read(path, guide.id)
        passages = split(read_pages, kitchen.lexicon.structures_in)
        if not passages:
            raise UnreadableFile("aucun texte à citer : vérifiez que le fichier n’est pas vide.")
    except UnreadableFile as problem:
        return FileEntry(path.name, digest, problem=str(problem))
    except OSError as problem:
        # Without a checksum, so that the next run tries again.
        return FileEntry(path.name, "", problem=f"illisible sur le disque ({problem.strerror}).")
    draft.add_guide(guide.id, [read_page.page for read_page in read_pages], passages)
    return FileEntry(path.name, digest, len(read_pages), len(passages), guide, read=_now())


def _line(entry: FileEntry, outcome: Outcome) -> Line:
    if entry.problem.startswith(_TWIN):
        return Line(entry.name, "doublon", note=f"{entry.problem}, pris une seule fois")
    if entry.problem:
        outcome = "refusé"
    return Line(entry.name, outcome, entry.pages, entry.passages, entry.problem)


def _removed(previous: Manifest | None, entries: Sequence[FileEntry]) -> list[Line]:
    present = {entry.name for entry in entries}
    gone = [e for e in previous.files if e.name not in present] if previous else []
    return [Line(e.name, "retiré", note="le fichier n’est plus dans le dossier") for e in gone]


def _sources(files: Iterable[Traversable], folder: str = "") -> dict[str, str]:
    return {folder + entry.name: entry.read_text(encoding="utf-8") for entry in files}


def _count_fiches(sources: dict[str, str]) -> int:
    return sum(len(parse_fiches(source, name)) for name, source in sources.items())


def _take_fiches(
    draft: Draft,
    sources: dict[str, str],
    sums: dict[str, str],
    reusable: Manifest | None,
    progress: Progress,
) -> dict[str, Fiche]:
    parsed: dict[str, Fiche] = {}
    for name, source in sources.items():
        progress(name)
        fiches = parse_fiches(source, name)
        if twice := [fiche.id for fiche in fiches if fiche.id in parsed]:
            raise CorpusError(f"{name} : la fiche {twice[0]} existe déjà, renommez-la.")
        if not _taken_over(draft, name, sums, reusable):
            draft.add_questions(name, fiches)
        parsed |= {fiche.id: fiche for fiche in fiches}
    return parsed


def _take_silences(
    draft: Draft,
    sources: dict[str, str],
    sums: dict[str, str],
    reusable: Manifest | None,
    progress: Progress,
) -> None:
    topics: set[str] = set()
    for name, source in sources.items():
        progress(name)
        silences = parse_silences(source, name)
        if twice := [one.topic for one in silences if one.topic in topics]:
            raise CorpusError(f"{name} : le silence {twice[0]} existe déjà, renommez-le.")
        topics.update(one.topic for one in silences)
        if not _taken_over(draft, name, sums, reusable):
            draft.add_silences(name, silences)


def _taken_over(draft: Draft, name: str, sums: dict[str, str], reusable: Manifest | None) -> bool:
    """Whether a file is the same as before, so that the draft keeps what was made of it."""
    if same := reusable is not None and reusable.fiches.get(name) == sums[name]:
        draft.copy(name)
    return same


def _quote(draft: Draft, fiches: dict[str, Fiche], present: set[str]) -> list[str]:
    """Store the fiches with their quotes; the ids of those whose guide is there but not found."""
    passages: dict[str, list[Passage]] = draft.passages()
    pages: dict[tuple[str, int | None], Page] = draft.pages()
    quoted = {
        key: with_quotes(fiche, passages, lambda guide, number: pages.get((guide, number)))
        for key, fiche in fiches.items()
    }
    draft.add_fiches(quoted)
    return [
        key
        for key, fiche in quoted.items()
        if any(s.guide in present and not s.quote for s in fiche.all_sources())
    ]


def _digest(texts: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode("utf-8"))
    return digest.hexdigest()[:16]
