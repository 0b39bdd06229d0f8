"""The real guides, and one index made from them by the real ingestion for all tests that ask."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.catalogue import guide_files, read_catalogue
from ingest.__main__ import main as ingest

_SHARED = Path(__file__).resolve().parents[2] / "shared"


def pytest_configure() -> None:
    """The encoder's threads sleep while they wait: on a busy machine spinning costs minutes."""
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")


def guides_folder() -> Path:
    """The folder with the five guides; tests fail, and say what to do, when it is not there."""
    named = os.environ.get("GUIDES_DIR")
    folder = Path(named) if named else _SHARED / "guides"
    there = {path.name for path in guide_files(folder)}
    missing = [known.file for known in read_catalogue().known if known.file not in there]
    if missing:
        pytest.fail(
            f"the tests read the real guides, and {folder} lacks {', '.join(missing)}: put them"
            " there, or name their folder with GUIDES_DIR",
            pytrace=False,
        )
    return folder


@pytest.fixture(scope="session")
def guides() -> Path:
    """The folder of the real guides."""
    return guides_folder()


@pytest.fixture(scope="session")
def bad_guides() -> Path:
    """The folder of awkward files, beside that of the guides."""
    folder = guides_folder().parent / "guides-bad"
    if not folder.is_dir():
        pytest.fail(f"the tests read awkward files, and {folder} is missing", pytrace=False)
    return folder


@pytest.fixture(scope="session")
def real_index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the real guides and fiches, made once with the real encoder; do not change it.

    It does not ask for `guides`: tests below may give that name to other guides.
    """
    data = tmp_path_factory.mktemp("index")
    assert ingest(["--guides", str(guides_folder()), "--data", str(data), "--quiet"]) == 0
    return data
