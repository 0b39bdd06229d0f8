"""A fiche is read whole or refused with its file and entry."""

import pytest

from corpus.errors import CorpusError
from corpus.fiche import parse_fiches, read_fiches
from corpus.records import fiche_from, fiche_record

GOOD = """
- id: msp-minimum
  structures: [MSP]
  facet: composition
  fr: "Au moins deux."
  en: "At least two."
  questions: {fr: ["Combien ?"], en: ["How many?"]}
  sources: [{guide: alpha, page: 2, near: ["deux"]}]
"""
VALUES = GOOD.replace(
    'sources: [{guide: alpha, page: 2, near: ["deux"]}]',
    "values: [{fr: deux, en: two, sources: [{guide: alpha, page: 2}]},"
    " {fr: trois, en: three, sources: [{guide: beta, page: null}]}]",
)


def test_a_statement_with_sources_is_read() -> None:
    [fiche] = parse_fiches(GOOD, "msp.yaml")
    assert (fiche.id, fiche.structures, fiche.facet) == ("msp-minimum", ("MSP",), "composition")
    assert fiche.sources[0].near == ("deux",)
    assert fiche.questions.en == ("How many?",)


def test_values_carry_their_own_sources() -> None:
    [fiche] = parse_fiches(VALUES, "msp.yaml")
    assert [(s.guide, s.page) for s in fiche.all_sources()] == [("alpha", 2), ("beta", None)]


def test_a_fiche_comes_back_from_its_record() -> None:
    [fiche] = parse_fiches(VALUES, "msp.yaml")
    assert fiche_from(fiche_record(fiche)) == fiche


def test_an_empty_file_holds_no_fiche() -> None:
    assert parse_fiches("# rien\n", "vide.yaml") == ()


@pytest.mark.parametrize(
    ("source", "told"),
    [
        (GOOD.replace("facet: composition", "facett: composition"), "msp-minimum, facet"),
        (GOOD.replace('fr: "Au moins deux."', 'fr: ""'), "msp-minimum, fr"),
        (GOOD.replace("page: 2", "page: deux"), "msp-minimum, sources.0.page"),
        (GOOD.replace("near:", "next:"), "msp-minimum, sources.0.next"),
        (GOOD.replace('["Combien ?"]', "[]"), "msp-minimum, questions.fr"),
        (GOOD.replace("- id: msp-minimum\n ", "-"), "entrée 1, id"),
        (GOOD + "- autre chose\n", "entrée 2"),
        (GOOD.split("  sources")[0], "msp-minimum doit avoir « sources » ou bien « values »"),
        (VALUES + "  sources: [{guide: alpha, page: 2}]\n", "msp-minimum doit avoir"),
        ("id: msp-minimum\n", "attendu une liste"),
        ("un texte\n", "attendu une liste"),
        ("- {id: [", "YAML illisible"),
        ("- \0", "YAML illisible"),
        ("- !!python/object/apply:os.getcwd []\n", "YAML illisible"),
    ],
)
def test_an_error_names_the_file_and_the_entry(source: str, told: str) -> None:
    with pytest.raises(CorpusError) as refusal:
        parse_fiches(source, "msp.yaml")
    assert str(refusal.value).startswith("msp.yaml : ")
    assert told in str(refusal.value)
    assert "\n" not in str(refusal.value)


def test_the_fiches_of_the_program_have_unique_ids_and_questions_in_both_languages() -> None:
    fiches = read_fiches()
    assert len({fiche.id for fiche in fiches}) == len(fiches) > 300
    assert all(fiche.questions.fr and fiche.questions.en for fiche in fiches)


def test_statements_are_short() -> None:
    long = {f.id: len(f.fr.split()) for f in read_fiches() if len(f.fr.split()) > 50}
    assert long == {}
