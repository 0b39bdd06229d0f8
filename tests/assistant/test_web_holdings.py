"""What the page of the guides tells of each guide's file and of its fiches."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from assistant.web.holdings import Checksums, Shelf, shelf
from corpus.catalogue import read_catalogue
from corpus.settings import guides_folder
from tests.doubles_web import PaperIndex, some_guides

PDF, MARKDOWN = "urps-occitanie-esp", "urps-occitanie-dispositifs"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for path in some_guides(guides_folder({})):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture
def index(folder: Path) -> PaperIndex:
    return PaperIndex(some_guides(folder), read_catalogue())


def look(index: PaperIndex, folder: Path) -> Shelf:
    return shelf(index, read_catalogue(), folder, Checksums())


def states(found: Shelf) -> dict[str, str]:
    return {one.guide.id: one.state for one in found.holdings}


def test_files_as_they_were_read_are_found(index: PaperIndex, folder: Path) -> None:
    found = look(index, folder)
    assert set(states(found).values()) == {"found"}
    assert all(one.edition for one in found.holdings)


def test_other_bytes_are_a_changed_file(index: PaperIndex, folder: Path) -> None:
    with (folder / f"{MARKDOWN}.md").open("a") as stream:
        stream.write("\nune ligne de plus\n")
    assert states(look(index, folder))[MARKDOWN] == "changed"


def test_a_changed_file_is_seen_by_checksums_that_knew_it(index: PaperIndex, folder: Path) -> None:
    checksums = Checksums()
    shelf(index, read_catalogue(), folder, checksums)
    (folder / f"{PDF}.pdf").write_bytes(b"%PDF-1.7 autre chose")
    assert states(shelf(index, read_catalogue(), folder, checksums))[PDF] == "changed"


def test_a_file_that_is_gone_is_missing(index: PaperIndex, folder: Path) -> None:
    (folder / f"{PDF}.pdf").unlink()
    assert states(look(index, folder))[PDF] == "missing"


def test_another_edition_than_that_of_the_fiches_is_told(folder: Path) -> None:
    with (folder / f"{MARKDOWN}.md").open("a") as stream:
        stream.write("\nune ligne de plus\n")
    index = PaperIndex(some_guides(folder), read_catalogue())
    one = next(one for one in look(index, folder).holdings if one.guide.id == MARKDOWN)
    assert (one.state, one.edition) == ("found", False)


def test_pages_are_counted_and_those_without_fiche_named(index: PaperIndex, folder: Path) -> None:
    by_id = {one.guide.id: one for one in look(index, folder).holdings}
    drawn = {
        source.page
        for fiche in index.fiches()
        for source in fiche.all_sources()
        if source.guide == PDF
    }
    assert by_id[PDF].pages == 6
    assert set(by_id[PDF].bare) == set(range(1, 7)) - drawn
    assert by_id[PDF].fiches > 50
    assert by_id[MARKDOWN].pages is None
    assert by_id[MARKDOWN].bare == ()


def test_files_not_read_yet_and_guides_that_are_not_there_are_named(
    index: PaperIndex, folder: Path
) -> None:
    (folder / "nouveau.md").write_text("Une phrase.")
    found = look(index, folder)
    assert found.unread == ("nouveau.md",)
    assert {known.guide.id for known in found.absent} == {
        "m14-pharmacien-exercice-coordonne",
        "urps-ml-paca-guide-exercice-coordonne",
    }
