from pathlib import Path

import pytest

from eval.cases import CaseError, read_case, read_cases, select

FACT = (
    '{"id": "a-1", "lang": "fr", "question": "Q ?", "nuggets": [{"any": ["x"]}],'
    ' "pages": [["g", 1]]}'
)


def test_an_error_names_the_file_and_the_line(tmp_path: Path) -> None:
    (tmp_path / "facts.jsonl").write_text(f"{FACT}\n\n{{oops\n", encoding="utf-8")
    with pytest.raises(CaseError, match=r"facts\.jsonl, ligne 3 : JSON illisible"):
        read_cases(tmp_path)


def test_an_error_names_the_field() -> None:
    with pytest.raises(CaseError, match=r"ici : nuggets : Field required"):
        read_case("facts", '{"id": "a-1", "lang": "fr", "question": "Q", "pages": []}', "ici")


def test_an_unknown_field_is_refused() -> None:
    with pytest.raises(CaseError, match="ici : page : Extra inputs"):
        read_case("facts", FACT.replace('"id"', '"page": 3, "id"'), "ici")


@pytest.mark.parametrize("pattern", ["é", "A", "["])
def test_a_pattern_that_folded_text_cannot_match_is_refused(pattern: str) -> None:
    with pytest.raises(CaseError, match=r"nuggets\.0\.any\.0"):
        read_case("facts", FACT.replace('"x"', f'"{pattern}"'), "ici")


def test_ids_are_unique_over_all_files(tmp_path: Path) -> None:
    (tmp_path / "facts-a.jsonl").write_text(FACT, encoding="utf-8")
    (tmp_path / "facts-b.jsonl").write_text(FACT, encoding="utf-8")
    with pytest.raises(CaseError, match=r"facts-b\.jsonl, ligne 1 : l’identifiant a-1 sert déjà"):
        read_cases(tmp_path)


def test_a_repeated_part_is_appended_to_a_hostile_question() -> None:
    line = '{"id": "h-1", "lang": "fr", "question": "?", "repeat": ["ab", 3]}'
    assert read_case("hostile", line, "ici").turns[0].question == "?ababab"


def test_a_hostile_question_may_be_empty_or_hold_a_lone_surrogate() -> None:
    for question in ("", "\\ud800"):
        line = f'{{"id": "h-1", "lang": "fr", "question": "{question}"}}'
        assert read_case("hostile", line, "ici").turns[0].status == "any"


def test_turns_take_the_language_of_their_dialogue() -> None:
    turns = '[{"question": "a"}, {"question": "b", "lang": "en"}]'
    case = read_case("dialogues", f'{{"id": "d-1", "lang": "fr", "turns": {turns}}}', "ici")
    assert [turn.lang for turn in case.turns] == ["fr", "en"]


def test_choosing_a_case_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(CaseError, match="--case b-2"):
        select([read_case("facts", FACT, "ici")], None, "b-2")


def test_the_cases_of_the_project_can_be_read() -> None:
    assert len(read_cases()) >= 300
