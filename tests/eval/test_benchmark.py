from pathlib import Path

import pytest

from corpus.errors import CorpusError
from eval.benchmark import ForeignSet, Question, as_text, measured, read_set, write_guides

PASSAGES = '{"id": "p/1", "text": "Un chat."}\n{"id": "p/2", "title": "x", "text": "Un chien."}\n'
QUESTIONS = '{"id": "q", "question": "Quel chat ?", "passage_ids": ["p/1"], "answers": ["chat"]}\n'


@pytest.fixture
def foreign(tmp_path: Path) -> ForeignSet:
    (tmp_path / "passages.jsonl").write_text(PASSAGES, encoding="utf-8")
    (tmp_path / "questions.jsonl").write_text(QUESTIONS, encoding="utf-8")
    return read_set(tmp_path)


def test_a_set_is_read_from_its_two_files(foreign: ForeignSet) -> None:
    assert foreign.passages == {"p/1": "Un chat.", "p/2": "Un chien."}
    assert foreign.questions == (Question("Quel chat ?", frozenset({"p/1"})),)


def test_each_passage_becomes_a_file_whatever_its_id(foreign: ForeignSet, tmp_path: Path) -> None:
    names = write_guides(foreign, tmp_path / "guides")
    written = {path.stem: path.read_text("utf-8") for path in (tmp_path / "guides").iterdir()}
    assert {names[stem]: text for stem, text in written.items()} == foreign.passages


def test_files_of_an_earlier_set_are_removed(foreign: ForeignSet, tmp_path: Path) -> None:
    write_guides(foreign, tmp_path / "guides")
    write_guides(ForeignSet({"a": "b"}, ()), tmp_path / "guides")
    assert [path.name for path in (tmp_path / "guides").iterdir()] == ["passage-000000.txt"]


def test_a_right_passage_in_second_place_counts_from_five_on(foreign: ForeignSet) -> None:
    found = measured(foreign.questions, lambda question: ["p/2", "p/1"])
    assert found == {"recall@1": 0, "recall@5": 1, "recall@10": 1, "mrr": 0.5}


def test_the_ways_of_searching_stand_side_by_side(foreign: ForeignSet) -> None:
    text = as_text({"BM25 seul": {"mrr": 0.5}, "Le nôtre": {"mrr": 1.0}}, foreign)
    assert "BM25 seul         0,500" in text
    assert "Le nôtre          1,000" in text


def test_a_folder_without_a_set_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"passages\.jsonl ne peut pas être lu"):
        read_set(tmp_path)
