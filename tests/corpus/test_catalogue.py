"""The catalogue describes the guides; the folder decides which are there."""

import hashlib
from pathlib import Path

from corpus.catalogue import checksum, guide_files, read_catalogue


def test_the_catalogue_knows_five_guides_with_title_publisher_and_year() -> None:
    guides = read_catalogue().guides
    assert len(guides) == 5
    assert all(guide.title and guide.publisher and guide.region for guide in guides)
    assert {guide.year for guide in guides} == {2018, 2019, 2023, 2024}


def test_a_known_guide_is_looked_for_under_a_name_that_is_its_id() -> None:
    assert all(Path(entry.file).stem == entry.guide.id for entry in read_catalogue().known)


def test_the_checksums_are_those_of_the_files(guides: Path) -> None:
    for entry in read_catalogue().known:
        assert checksum(guides / entry.file) == entry.guide.checksum


def test_a_known_file_is_described_by_the_catalogue() -> None:
    guide = read_catalogue().describe(Path("/elsewhere/urps-occitanie-esp.pdf"))
    assert guide.title == "Équipe de soins primaires"
    assert guide.year == 2018


def test_an_unknown_file_is_named_after_itself() -> None:
    guide = read_catalogue().describe(Path("guide_du-Jura.docx"))
    assert (guide.id, guide.title, guide.year) == ("guide_du-Jura", "guide du Jura", None)


def test_only_readable_kinds_of_files_are_guides(tmp_path: Path) -> None:
    for name in ("b.PDF", "a.md", "README.md", ".caché.txt", "c.exe", "d.docx", "sans-suffixe"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "dossier.pdf").mkdir()
    assert [path.name for path in guide_files(tmp_path)] == ["a.md", "b.PDF", "d.docx"]


def test_a_missing_folder_holds_no_guides(tmp_path: Path) -> None:
    assert guide_files(tmp_path / "absent") == []


def test_the_checksum_of_a_large_file_is_that_of_all_its_bytes(tmp_path: Path) -> None:
    content = bytes(range(256)) * 10_000
    (tmp_path / "grand.txt").write_bytes(content)
    assert checksum(tmp_path / "grand.txt") == hashlib.sha256(content).hexdigest()
