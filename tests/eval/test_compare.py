from pathlib import Path

import pytest

from corpus.errors import CorpusError
from eval.compare import as_text, compare, only_in_one
from eval.result import Fault, Result, Row, TurnRecord, read_result


def result(**rights: float) -> Result:
    rows = tuple(
        Row(name, "facts", "fr", (), {"right": right, "ran": 1.0}, ())
        for name, right in rights.items()
    )
    return Result("abc", "jour", 1.0, {}, {}, rows)


def test_wins_and_losses_are_counted_case_by_case() -> None:
    right, ran = compare(result(a=0, b=1, c=1, x=1), result(a=1, b=0, c=1, y=0))
    assert [change.case for change in right.wins] == ["a"]
    assert [change.case for change in right.losses] == ["b"]
    assert (right.cases, right.p_sign, right.verdict) == (3, 1.0, "peut être du hasard")
    assert ran.verdict == "identique"


def test_six_wins_to_none_are_more_than_noise() -> None:
    before = result(**{f"c{number}": 0 for number in range(6)})
    after = result(**{f"c{number}": 1 for number in range(6)})
    right = compare(before, after)[0]
    assert right.p_randomised == pytest.approx(2 / 64)
    assert right.verdict == "mieux"
    assert compare(after, before)[0].verdict == "moins bien"


def test_cases_that_only_one_result_has_are_named() -> None:
    assert only_in_one(result(a=1, b=1), result(b=1, c=1)) == (["a"], ["c"])


def test_the_text_names_each_changed_case() -> None:
    text = as_text(compare(result(alpha=0, beta=1), result(alpha=1, beta=1)))
    assert "gagné  alpha" in text
    assert "beta" not in text


def test_a_result_is_read_back_as_written(tmp_path: Path) -> None:
    turn = TurnRecord("Q ?", {"status": "answered"}, None, (Fault("crash", "x"),), 0.5)
    row = Row("a", "facts", "fr", ("t",), {"ran": 0.0}, (turn,), (("g", 1), ("m", None)), "E : x")
    written = Result("abc", "jour", 1.0, {"fiches": True}, {"files": {}}, (row,), "--only facts")
    written.write(tmp_path / "result.json")
    assert read_result(tmp_path) == written


def test_a_result_can_hold_what_hostile_questions_hold(tmp_path: Path) -> None:
    turn = TurnRecord("\ud800 </script>", {"status": "any"}, None)
    Result("a", "b", 1.0, {}, {}, (Row("a", "hostile", "fr", (), {}, (turn,)),)).write(
        tmp_path / "result.json"
    )
    assert read_result(tmp_path).rows[0].turns[0].question == "? </script>"


def test_another_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text("[]", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"x\.json n’est pas un résultat"):
        read_result(tmp_path / "x.json")
    with pytest.raises(CorpusError, match="ne peut pas être lu"):
        read_result(tmp_path / "none.json")
