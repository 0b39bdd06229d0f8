"""Writers side by side, and the liars they are tried with."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.settings import Settings, guides_folder
from eval.__main__ import main
from eval.cases import read_cases, select
from eval.liar import LIES, Copyist, Liar
from eval.result import read_result
from eval.writers import WITHOUT, compare_writers

ASKED = (
    "Langue : français\n<question>\nQui ?\n</question>\n<extraits>\n"
    '<extrait n="1">\nUne MSP doit réunir au moins 2 médecins et 1 infirmier en 2019.\n</extrait>\n'
    '<extrait n="2">\nL’ARS n’est pas loin.\n</extrait>\n</extraits>'
)


def test_a_liar_tells_many_kinds_of_lies_about_each_piece_of_evidence() -> None:
    liar = Liar()
    text = "".join(liar.reply("", ASKED))
    about_doctors = [sort for sort, lie in liar.told if "MSP" in lie or "CPTS" in lie]
    assert len(set(about_doctors)) >= 10
    assert "au moins 6 médecins" in text
    assert "en 2021" in text
    assert "[99]" in text
    assert {sort for sort, _ in liar.told} <= set(LIES)


def test_a_half_liar_says_the_truth_beside_each_lie() -> None:
    liar = Liar(truthful=True)
    text = "".join(liar.reply("", ASKED))
    assert "au moins 2 médecins et 1 infirmier en 2019 [1]." in text
    assert len(liar.told) == 1


def test_a_copyist_says_all_and_nothing_else() -> None:
    text = "".join(Copyist().reply("", ASKED))
    assert text.splitlines()[1] == "L’ARS n’est pas loin [2]."


def test_two_writers_are_compared_on_the_same_cases(
    real_index_folder: Path, guides: Path, tmp_path: Path
) -> None:
    settings = Settings(guides, real_index_folder)
    cases = select(read_cases(), "facts", None)[::40]
    told = compare_writers(settings, cases, "demi-menteur", Liar(truthful=True), tmp_path, True)
    plain, written = read_result(tmp_path / WITHOUT), read_result(tmp_path)
    assert [row.id for row in plain.rows] == [row.id for row in written.rows]
    assert plain.settings["model"] == ""
    assert written.settings["model"] == "demi-menteur"
    assert "0 passés." in told
    assert "Phrases du modèle montrées" in (tmp_path / "comparison.txt").read_text("utf-8")
    assert (tmp_path / "report.html").is_file()


@pytest.mark.parametrize(
    "options",
    [["--model", "nobody:x"], ["--model", ""], ["--model", "menteur", "--update-baseline"]],
)
def test_a_model_that_cannot_be_meant_is_refused(
    options: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--guides", str(guides_folder({})), *options]) == 2
    assert capsys.readouterr().err.count("\n") == 1
