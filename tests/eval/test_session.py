"""One case of the project, from the command line to the files, on the small guides."""

from pathlib import Path

import pytest

from eval.__main__ import main
from eval.benchmark import ingest
from eval.result import read_result


@pytest.fixture(scope="module")
def data(guides: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("index")
    ingest(guides, folder, quiet=True)
    return folder


def run(guides: Path, data: Path, out: Path, *options: str) -> int:
    places = ["--guides", str(guides), "--data", str(data), "--out", str(out)]
    return main([*options, "--no-fiches", "--quiet", *places])


def test_one_case_is_shown_whole_and_written(
    guides: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(guides, data, tmp_path, "--case", "facts-cratb-001") == 0
    shown = capsys.readouterr().out
    assert "Question :" in shown
    assert "Mesures :" in shown
    result = read_result(tmp_path)
    assert [row.id for row in result.rows] == ["facts-cratb-001"]
    assert result.partial == "--case facts-cratb-001"
    assert set(result.manifest["files"]) == {"alpha.pdf", "beta.pdf"}
    assert "<html" in (tmp_path / "report.html").read_text(encoding="utf-8")


def test_an_unknown_case_is_refused(
    guides: Path, data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(guides, data, tmp_path, "run", "--case", "facts-none") == 2
    assert "facts-none" in capsys.readouterr().err
