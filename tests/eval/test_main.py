from pathlib import Path

import pytest

from eval.__main__ import main


def test_an_unknown_kind_is_refused_by_name(
    capsys: pytest.CaptureFixture[str], guides: Path, tmp_path: Path
) -> None:
    assert main(["--only", "jokes", "--guides", str(guides), "--data", str(tmp_path)]) == 2
    assert "--only jokes : genres possibles : facts" in capsys.readouterr().err


def test_a_missing_index_is_told_with_the_command(
    capsys: pytest.CaptureFixture[str], guides: Path, tmp_path: Path
) -> None:
    assert main(["--guides", str(guides), "--data", str(tmp_path), "--out", str(tmp_path)]) == 2
    assert "python -m ingest" in capsys.readouterr().err


@pytest.mark.parametrize("part", [["--only", "facts"], ["--no-fiches", "--only", "facts"]])
def test_a_partial_run_is_refused_as_a_baseline(
    part: list[str], capsys: pytest.CaptureFixture[str], guides: Path, tmp_path: Path
) -> None:
    command = [*part, "--update-baseline", "--guides", str(guides), "--data", str(tmp_path)]
    assert main(command) == 2
    assert "ne peut pas devenir la base" in capsys.readouterr().err


def test_help_names_the_commands(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--help"])
    shown = capsys.readouterr().out
    assert all(name in shown for name in ("compare", "check", "--update-baseline"))
