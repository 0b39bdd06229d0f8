from eval.audit import Auditor
from eval.cases import Case, read_case
from eval.check import check_cases, coverage

FACT = """{{"id": "a-1", "lang": "fr", "question": "Q ?", "nuggets": [{{"any": ["{pattern}"]}}],
 "pages": [["alpha", {page}]]}}"""


def fact(pattern: str, page: int) -> Case:
    return read_case("facts", FACT.format(pattern=pattern, page=page), "ici")


def test_the_small_cases_are_proven(auditor: Auditor, cases: tuple[Case, ...]) -> None:
    assert check_cases(cases, auditor.originals) == []


def test_a_fact_on_another_page_is_an_error(auditor: Auditor) -> None:
    (doubt,) = check_cases([fact("80000", 1)], auditor.originals)
    assert doubt.error
    assert "sur aucune page citée (80000)" in doubt.text


def test_a_page_that_does_not_exist_is_an_error(auditor: Auditor) -> None:
    doubts = check_cases([fact("80000", 4)], auditor.originals)
    assert "alpha n’a pas de page 4" in doubts[0].text


def test_a_value_of_a_disagreement_is_proven_too(auditor: Auditor) -> None:
    line = """{"id": "d-1", "lang": "fr", "question": "Q ?", "values": [
     {"any": ["deux"], "pages": [["alpha", 1]]}, {"any": ["deux"], "pages": [["beta", 1]]}]}"""
    (doubt,) = check_cases([read_case("disagreements", line, "ici")], auditor.originals)
    assert doubt.text.startswith("valeur 2 :")


def test_pages_that_no_case_expects_are_listed(auditor: Auditor) -> None:
    missing = coverage([fact("50000", 1)], auditor.originals)
    assert missing == [("alpha", 2), ("alpha", 3), ("beta", 1), ("beta", 2)]
