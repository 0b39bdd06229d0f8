"""What users say is kept as they saw it, comes out again, and can be forgotten."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.feedback import (
    Cited,
    FeedbackBox,
    Opinion,
    as_lines,
    as_table,
    without_personal_data,
)
from assistant.privacy import Masked
from corpus.errors import CorpusError

OPINION = Opinion(
    helpful=False,
    question="Qui contacter pour une CPTS ?",
    answer="Le coordonnateur. [1]",
    status="answered",
    language="fr",
    reason="incomplete",
    comment="et le bureau ?",
    earlier=("C’est quoi une CPTS ?",),
    citations=(Cited("cratb-cpias-exercice-coordonne", 5, 10, 20), Cited("notes", None)),
    versions=(("program", "1"), ("index", "2026-01-01")),
)


@pytest.fixture
def box(tmp_path: Path) -> FeedbackBox:
    return FeedbackBox(tmp_path / "feedback")


def test_an_opinion_comes_back_as_it_was_given(box: FeedbackBox) -> None:
    kept = box.add(OPINION)
    assert box.find(kept.id) == kept
    assert replace(kept, id="", made="") == OPINION


def test_the_newest_opinion_comes_first(box: FeedbackBox) -> None:
    one, two = box.add(OPINION), box.add(replace(OPINION, helpful=True, reason=None))
    assert [opinion.id for opinion in box.all()] == [two.id, one.id]
    assert [two.verdict, one.verdict] == ["helpful", "incomplete"]


def test_reading_makes_no_file(box: FeedbackBox, tmp_path: Path) -> None:
    assert (box.all(), box.count()) == ((), 0)
    assert list(tmp_path.iterdir()) == []


def test_only_its_owner_can_read_the_file(box: FeedbackBox, tmp_path: Path) -> None:
    box.add(OPINION)
    [file] = (tmp_path / "feedback").iterdir()
    assert file.stat().st_mode & 0o077 == 0


def test_what_is_erased_is_gone_from_the_file(box: FeedbackBox, tmp_path: Path) -> None:
    one, two = box.add(OPINION), box.add(replace(OPINION, comment="à garder"))
    assert box.erase([one.id, "inconnu"]) == 1
    assert [opinion.id for opinion in box.all()] == [two.id]
    [file] = (tmp_path / "feedback").iterdir()
    assert b"et le bureau" not in file.read_bytes()
    assert box.erase() == 1
    assert box.count() == 0


def test_many_may_write_at_once(tmp_path: Path) -> None:
    boxes = [FeedbackBox(tmp_path) for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        kept = list(threads.map(lambda box: box.add(OPINION).id, boxes * 5))
    assert len(set(kept)) == boxes[0].count() == 40


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("")
    with pytest.raises(CorpusError, match="taken"):
        FeedbackBox(tmp_path / "taken").add(OPINION)


def test_an_unknown_opinion_is_told_with_the_command(box: FeedbackBox) -> None:
    with pytest.raises(CorpusError, match="feedback list"):
        box.find("abc")


def test_what_was_typed_is_masked_and_the_guides_words_are_not() -> None:
    seen = Opinion(
        False, "tél 06", "Appelez le 04.", "answered", "fr", "wrong", "06 aussi", ("et 06 ?",)
    )
    masked = without_personal_data(
        seen, lambda text: Masked(text.replace("06", "[tél]"), ("phone",) if "06" in text else ())
    )
    assert (masked.question, masked.comment, masked.earlier) == (
        "tél [tél]",
        "[tél] aussi",
        ("et [tél] ?",),
    )
    assert masked.answer == "Appelez le 04."
    assert masked.masked == ("phone",)


def test_json_lines_hold_everything() -> None:
    [line] = as_lines([OPINION]).splitlines()
    found = json.loads(line)
    assert found["citations"][0] == {
        "guide": "cratb-cpias-exercice-coordonne", "page": 5, "start": 10, "end": 20
    }  # fmt: skip
    assert found["earlier"] == ["C’est quoi une CPTS ?"]


@pytest.mark.parametrize("typed", ["=1+1", "+33", "-2", "@SUM(A1)", "\tx"])
def test_a_spreadsheet_finds_no_formula(typed: str) -> None:
    table = as_table([replace(OPINION, comment=typed, question='a "b"\nc')])
    assert table.startswith("\ufeff")
    [row] = csv.DictReader(io.StringIO(table.removeprefix("\ufeff")))
    assert row["comment"] == f"'{typed}"
    assert row["question"] == 'a "b"\nc'
    assert row["pages"] == "cratb-cpias-exercice-coordonne, p. 5 ; notes"


def run(data: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    """A finished command of the assistant."""
    command = [sys.executable, "-m", "assistant", "--data", str(data), *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1"}
    return subprocess.run(command, input=given, capture_output=True, text=True, env=environment)


def test_maintainers_list_export_and_erase_on_the_command_line(tmp_path: Path) -> None:
    data = tmp_path / "index"
    kept = FeedbackBox(tmp_path / "feedback").add(OPINION)
    listed = run(data, "feedback", "list").stdout
    assert kept.id in listed
    assert "incomplète" in listed
    assert "et le bureau ?" in run(data, "feedback", "show", kept.id).stdout
    assert json.loads(run(data, "feedback", "export").stdout)["id"] == kept.id
    assert kept.id in run(data, "feedback", "export", "--csv").stdout
    refused = run(data, "feedback", "erase")
    assert (refused.returncode, "--all" in refused.stderr) == (2, True)
    assert "1" in run(data, "feedback", "erase", kept.id).stdout
    assert "Aucun avis" in run(data, "feedback", "list").stdout


def test_a_password_is_hashed_from_what_is_piped_in(tmp_path: Path) -> None:
    done = run(tmp_path, "password", given="un mot de passe long\n")
    assert done.stdout.startswith("ADMIN_PASSWORD_HASH=scrypt:")
    assert "long" not in done.stdout
    short = run(tmp_path, "password", given="court\n")
    assert (short.returncode, "12" in short.stderr) == (2, True)
