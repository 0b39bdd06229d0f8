"""The guides as read once for all tests, and where the awkward files are."""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.guide import Page, Passage
from ingest.readers import ReadPage, read
from ingest.splitting import passages

CRATB = "cratb-cpias-exercice-coordonne"
M14 = "m14-pharmacien-exercice-coordonne"
PACA = "urps-ml-paca-guide-exercice-coordonne"
ESP = "urps-occitanie-esp"
SCHEMES = "urps-occitanie-dispositifs"


def structures_in(text: str) -> tuple[str, ...]:
    """The four acronyms, whole and in capitals: all these tests need of a lexicon."""
    return tuple(key for key in ("ESP", "MSP", "CDS", "CPTS") if re.search(rf"\b{key}\b", text))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder beside the repository that holds the guides; GUIDES_DIR names another one."""
    named = os.environ.get("GUIDES_DIR")
    return Path(named).parent if named else Path(__file__).parents[3] / "shared"


@pytest.fixture(scope="session")
def bad(shared: Path) -> Path:
    return shared / "guides-bad"


@pytest.fixture(scope="session")
def guides(shared: Path) -> dict[str, list[ReadPage]]:
    """Every guide by its id."""
    files = sorted((shared / "guides").iterdir())
    return {path.stem: read(path, path.stem) for path in files if path.name != "README.md"}


@pytest.fixture(scope="session")
def found(guides: dict[str, list[ReadPage]]) -> dict[str, list[Passage]]:
    """The passages of every guide."""
    return {name: passages(pages, structures_in) for name, pages in guides.items()}


@pytest.fixture(scope="session")
def on(found: dict[str, list[Passage]]) -> Callable[[str, int | None], list[Passage]]:
    """The passages on one page of a guide."""
    return lambda guide, page: [one for one in found[guide] if one.page == page]


@pytest.fixture(scope="session")
def page_of(guides: dict[str, list[ReadPage]]) -> Callable[[Passage], Page]:
    """The page a passage stands on."""
    pages = {(r.page.guide, r.page.number): r.page for many in guides.values() for r in many}
    return lambda passage: pages[passage.guide, passage.page]


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, str], list[ReadPage]]:
    """Reads `text` back from a file with the given suffix."""

    def write_and_read(suffix: str, text: str) -> list[ReadPage]:
        path = tmp_path / f"essai{suffix}"
        path.write_text(text, encoding="utf-8")
        return read(path, "essai")

    return write_and_read
