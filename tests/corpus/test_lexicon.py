"""The words of the field are recognised as users and guides write them."""

import pytest

from corpus.fiche import read_fiches
from corpus.lexicon import Lexicon, read_lexicon, spaced


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return read_lexicon()


@pytest.mark.parametrize(
    ("text", "structures"),
    [
        ("Qui contacter pour une CPTS ?", ("CPTS",)),
        ("les cpts et les MSP", ("CPTS", "MSP")),
        ("Communautés Professionnelles Territoriales de Santé", ("CPTS",)),
        ("deux maisons de santé", ("MSP",)),
        ("un centre de sante municipal", ("CDS",)),
        ("who do I contact for a health centre?", ("CDS",)),
        ("health houses and primary care teams", ("MSP", "ESP")),
        ("What is a territorial professional health community?", ("CPTS",)),
        ("une équipe de soins primaires", ("ESP",)),
        ("L’ESP CLAP de Toulouse", ("ESP_CLAP",)),
        ("les ESP CLAP", ("ESP_CLAP",)),
        ("différence entre ESP et ESP CLAP", ("ESP", "ESP_CLAP")),
        ("équipe de soins primaires coordonnée localement autour du patient", ("ESP_CLAP",)),
        ("une équipe de soins coordonnée autour du patient", ("ESCAP",)),
        ("une équipe de soins spécialisés", ("ESS",)),
        ("les ESS d’Occitanie", ("ESS",)),
        ("l’ESS, ou économie sociale et solidaire", ()),
        ("une équipe de soins spécialisés de l’économie sociale (ESS)", ("ESS",)),
        ("une ESS et une MSP de l’économie sociale", ("MSP",)),
        ("les espaces, l’espoir, un processus", ()),
        ("expérimentation de l’article 51", ("ARTICLE_51",)),
        ("l’article 512", ()),
        ("", ()),
    ],
)
def test_structures_named(lexicon: Lexicon, text: str, structures: tuple[str, ...]) -> None:
    assert set(lexicon.structures_in(text)) == set(structures)


def test_structures_come_in_the_order_of_their_first_mention(lexicon: Lexicon) -> None:
    assert lexicon.structures_in("MSP, CPTS, MSP, ESP") == ("MSP", "CPTS", "ESP")


def test_every_structure_is_known_by_its_acronym_and_its_names(lexicon: Lexicon) -> None:
    for key, structure in lexicon.structures.items():
        for name in (structure.acronym, structure.fr, structure.en):
            assert key in lexicon.structures_in(f"Et {name} ?"), (key, name)


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("agence régionale de santé", "ARS"),
        ("les agences régionales de santé", "ARS"),
        ("the regional health agency", "ARS"),
        ("l’ARS", "ARS"),
        ("accord conventionnel interprofessionnel", "ACI"),
        ("éducation thérapeutique du patient", "ETP"),
        ("antibiotic stewardship", "BUA"),
        ("caisse primaire d’assurance maladie", "CPAM"),
    ],
)
def test_an_acronym_and_its_long_form_are_one_concept(
    lexicon: Lexicon, text: str, concept: str
) -> None:
    assert concept in lexicon.concepts_in(text)


def test_an_acronym_inside_a_word_is_none(lexicon: Lexicon) -> None:
    assert lexicon.concepts_in("arsenal, macis, fleurs") == ()


@pytest.mark.parametrize(
    ("question", "facet"),
    [
        ("Qui contacter pour une MSP ?", "contact"),
        ("Who do I contact for a CPTS?", "contact"),
        ("Où trouver la liste des MSP ?", "directory"),
        ("Combien d’euros vaut un point ACI ?", "funding"),
        ("How much money does a CPTS get?", "funding"),
        ("Combien de médecins au minimum ?", "composition"),
        ("Quelle forme juridique choisir ?", "legal_form"),
        ("C’est quoi une ESP ?", "definition"),
        ("What does CPTS stand for?", "definition"),
        ("Quels sont les freins ?", "obstacles"),
    ],
)
def test_facet_asked(lexicon: Lexicon, question: str, facet: str) -> None:
    assert facet in lexicon.facets_asked(question)


def test_the_facet_of_a_heading(lexicon: Lexicon) -> None:
    assert "contact" in lexicon.facets_treated("Qui contacter ?")


def test_a_star_stands_for_any_ending(lexicon: Lexicon) -> None:
    assert "obstacles" in lexicon.facets_asked("nos difficultés")


def test_english_words_have_french_search_words(lexicon: Lexicon) -> None:
    french = lexicon.french_for("funding barriers for allied health")
    assert {"freins", "paramédical"} <= set(french.split())
    assert lexicon.french_for("rien d’anglais ici") == ""


def test_spaced_words_can_be_searched_as_phrases() -> None:
    assert spaced("L’été : 30 000 €") == " l ete 30000 euros "


def test_the_structures_of_all_fiches_that_are_forms_of_practice_are_known(
    lexicon: Lexicon,
) -> None:
    wide = {"EXERCICE", "URPS", "ARS"}
    used = {key for fiche in read_fiches() for key in fiche.structures}
    assert used - set(lexicon.structures) - set(lexicon.acronyms) - wide == set()


def test_names_and_terms_are_found_singly_and_among_others(lexicon: Lexicon) -> None:
    said = "Des CDS, deux maisons de santé et l’agence régionale de santé : 100 €, des CPTSs."
    assert lexicon.structures_in(said) == ("CDS", "MSP", "CPTS")
    assert lexicon.concepts_in(said) == ("CDS", "MSP", "CPTS", "ARS")
    for key in lexicon.structures:
        assert key in lexicon.structures_in(lexicon.structures[key].acronym)


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("tel urps paca", ("Provence-Alpes-Côte d’Azur",)),
        ("En Auvergne-Rhône-Alpes", ("Auvergne-Rhône-Alpes",)),
        ("les Hauts-de-France et la Brittany", ("Bretagne", "Hauts-de-France")),
        ("la réunion de l’équipe", ()),
    ],
)
def test_regions_are_known_by_their_usual_names(
    lexicon: Lexicon, text: str, regions: tuple[str, ...]
) -> None:
    assert lexicon.regions_in(text) == regions


def test_a_region_is_taken_out_by_any_of_its_names(lexicon: Lexicon) -> None:
    text = "Combien à Gap, en PACA ?"
    assert lexicon.without_regions(text, lexicon.regions_in(text)) == "Combien à Gap, en  ?"
