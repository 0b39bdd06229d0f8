"""What a quote does not carry is not shown as fact. The guides here are ours."""

from __future__ import annotations

import pytest

from assistant.gate import Gate
from assistant.statement import Place, Statement
from corpus.guide import Page
from corpus.lexicon import Lexicon

ALPHA = (
    "Une MSP réunit au moins deux médecins généralistes. "
    "Le contrat n’est pas renouvelé automatiquement. "
    "L’équipe relève de l’article L.6323-3 du code de la santé publique. "
    "Une MSP touche jusqu’à 42 75O € pour son démarrage. "
    "La fédération tient la liste : https://www.federation.example/nous-\ncontacter/ . "
    "Le responsable écrit le projet avec les professionnels de la vallée. "
    "Seuil : 17 100 places."
)
BETA = "Pour une MSP, écrivez à accueil@beta.example ou appelez le 04 00 00 00 01."
PAGES: dict[tuple[str, int | None], Page] = {
    ("alpha", 1): Page("alpha", 1, None, ALPHA),
    ("beta", 2): Page("beta", 2, None, BETA),
}


@pytest.fixture(scope="module")
def gate(lexicon: Lexicon) -> Gate:
    return Gate(lambda guide, number: PAGES.get((guide, number)), lexicon)


def place(first: str, last: str, guide: str = "alpha", under: str = "") -> Place:
    """The span of a page from one term to the end of another."""
    number = 1 if guide == "alpha" else 2
    text = PAGES[guide, number].text
    start = text.index(first)
    end = text.index(last, start) + len(last)
    return Place(guide, number, None, None, start, end, text[start:end], under)


DOCTORS = place("Une MSP réunit", "généralistes.")
CONTRACT = place("Le contrat", "automatiquement.")
ARTICLE = place("L’équipe", "publique.")
MONEY = place("Une MSP touche", "démarrage.")
LINK = place("La fédération", "contacter/")
PROJECT = place("Le responsable", "vallée.")
SEATS = place("17 100", "places.")
MAIL = place("Pour une MSP", "01.", guide="beta")


@pytest.mark.parametrize("quoted", [DOCTORS, CONTRACT, ARTICLE, PROJECT, MAIL])
def test_a_sentence_of_the_page_passes_word_for_word(gate: Gate, quoted: Place) -> None:
    assert gate.objections(Statement(quoted.quote, (quoted,))) == []


@pytest.mark.parametrize("validated", [False, True])
@pytest.mark.parametrize(
    ("text", "quoted", "objection"),
    [
        ("Une MSP réunit au moins cinq médecins généralistes.", DOCTORS, "nombre 5"),
        ("Une MSP réunit au moins 3 médecins généralistes.", DOCTORS, "nombre 3"),
        ("Une MSP touche jusqu’à 45 750 € pour son démarrage.", MONEY, "nombre 45750"),
        (
            "Une MSP ne réunit pas deux médecins généralistes.",
            DOCTORS,
            "négation absente de la citation",
        ),
        ("Une CPTS réunit au moins deux médecins généralistes.", DOCTORS, "structure CPTS"),
        (
            "L’équipe relève de l’article L.6323-1 du code de la santé publique.",
            ARTICLE,
            "article 6323-1",
        ),
        (
            "Le responsable, Bernard, écrit le projet avec les professionnels de la vallée.",
            PROJECT,
            "nom bernard",
        ),
        (
            "La fédération tient la liste : https://www.ailleurs.example",
            LINK,
            "contact ailleurs.example",
        ),
    ],
)
def test_a_changed_particular_is_refused_even_from_a_fiche(
    gate: Gate, text: str, quoted: Place, objection: str, validated: bool
) -> None:
    assert objection in gate.objections(Statement(text, (quoted,), validated))


def test_a_dropped_negation_is_refused(gate: Gate) -> None:
    said = Statement("Le contrat est renouvelé automatiquement.", (CONTRACT,))
    assert gate.objections(said) == ["négation perdue"]


@pytest.mark.parametrize(
    "ending",
    [
        "et financent ensemble leur secrétariat",
        "qui élisent librement leur trésorier",
        "et partagent leurs locaux",
    ],
)
def test_an_invented_ending_is_refused(gate: Gate, ending: str) -> None:
    said = Statement(f"{DOCTORS.quote.rstrip('.')} {ending}.", (DOCTORS,))
    assert gate.objections(said) == ["mots absents de la citation"]


def test_a_long_quote_does_not_hide_an_invented_ending(gate: Gate) -> None:
    # 19 of its 21 telling words are carried: more than nine in ten.
    quoted = place("Une MSP réunit", "renouvelé automatiquement.")
    whole = place("L’équipe", "démarrage.")
    said = f"{quoted.quote} {whole.quote.rstrip('.')} chaque trimestre."
    assert gate.objections(Statement(said, (quoted, whole))) == ["mots absents de la citation"]


def test_a_contact_of_another_guide_is_refused(gate: Gate) -> None:
    said = Statement("La fédération tient la liste : accueil@beta.example", (LINK,))
    assert "contact accueil@beta.example" in gate.objections(said)


def test_a_contact_passes_with_the_guide_that_gives_it(gate: Gate) -> None:
    said = "Une MSP écrit à accueil@beta.example ou appelle le 04.00.00.00.01."
    assert gate.passes(Statement(said, (MAIL,), validated=True))


def test_a_quote_that_stands_elsewhere_on_its_page_is_refused(gate: Gate) -> None:
    moved = Place("alpha", 1, None, None, 3, 3 + len(DOCTORS.quote), DOCTORS.quote)
    said = Statement(DOCTORS.quote, (moved,))
    assert gate.objections(said) == ["citation introuvable dans alpha"]


@pytest.mark.parametrize("guide", ["beta", "gamma"])
def test_a_quote_of_another_guide_is_refused(gate: Gate, guide: str) -> None:
    moved = Place(guide, 2, None, None, DOCTORS.start, DOCTORS.end, DOCTORS.quote)
    said = Statement(DOCTORS.quote, (DOCTORS, moved))
    assert gate.objections(said) == [f"citation introuvable dans {guide}"]


def test_an_empty_quote_is_refused(gate: Gate) -> None:
    nothing = Place("alpha", 1, None, None, 5, 5, "")
    said = Statement("Une équipe.", (nothing,))
    assert gate.objections(said) == ["citation introuvable dans alpha"]


@pytest.mark.parametrize("validated", [False, True])
def test_a_statement_without_a_place_is_refused(gate: Gate, validated: bool) -> None:
    assert gate.objections(Statement(DOCTORS.quote, (), validated)) == ["aucune source"]


def test_a_place_without_a_quote_is_refused_where_the_page_is_known(gate: Gate) -> None:
    bare = Place("alpha", 1, None, None, None, None, "")
    said = Statement(DOCTORS.quote, (bare,), validated=True)
    assert gate.objections(said) == ["citation introuvable dans alpha"]


def test_a_fiche_passes_without_a_quote_where_the_guide_is_not_installed(gate: Gate) -> None:
    bare = Place("absent", 4, None, None, None, None, "")
    assert gate.passes(Statement("Une MSP réunit deux médecins.", (bare,), validated=True))
    assert not gate.passes(Statement("Une MSP réunit deux médecins.", (bare,)))


def test_a_frame_around_the_quote_passes(gate: Gate) -> None:
    framed = place("Une MSP réunit", "généralistes.", under="Pour une maison de santé")
    said = Statement("Pour une MSP : au moins deux médecins généralistes.", (framed,))
    assert gate.passes(said)


def test_a_figure_of_the_table_head_passes(gate: Gate) -> None:
    headed = place("17 100", "places.", under="En 2022")
    assert gate.passes(Statement("En 2022 : 17 100 places.", (headed,)))
    assert gate.objections(Statement("En 2022 : 17 100 places.", (SEATS,))) == ["nombre 2022"]


def test_the_structure_may_stand_above_the_quote(gate: Gate) -> None:
    headed = place("17 100", "places.", under="Communauté professionnelle territoriale de santé")
    said = "Une CPTS compte 17 100 places."
    assert gate.passes(Statement(said, (headed,), validated=True))
    assert "structure CPTS" in gate.objections(Statement(said, (SEATS,), validated=True))


def test_an_english_fiche_passes_on_a_french_quote(gate: Gate) -> None:
    said = Statement("A health house has at least two GPs.", (DOCTORS,), validated=True)
    assert gate.passes(said)


def test_an_english_fiche_with_another_number_is_refused(gate: Gate) -> None:
    said = Statement("A health house has at least four GPs.", (DOCTORS,), validated=True)
    assert gate.objections(said) == ["nombre 4"]


def test_an_english_fiche_with_a_negation_of_its_own_is_refused(gate: Gate) -> None:
    said = Statement("A health house doesn’t need two GPs.", (DOCTORS,), validated=True)
    assert gate.objections(said) == ["négation absente de la citation"]


def test_a_letter_printed_for_a_nought_is_read_as_nought(gate: Gate) -> None:
    assert gate.passes(Statement("Une MSP touche jusqu’à 42 750 € pour son démarrage.", (MONEY,)))


def test_a_link_broken_over_two_lines_is_one_link(gate: Gate) -> None:
    said = "La fédération tient la liste : https://www.federation.example/nous-contacter/"
    assert gate.passes(Statement(said, (LINK,)))


def test_several_quotes_carry_a_statement_together(gate: Gate) -> None:
    said = "Une MSP réunit deux médecins et touche 42 750 €."
    assert gate.passes(Statement(said, (DOCTORS, MONEY), validated=True))
    assert not gate.passes(Statement(said, (DOCTORS,), validated=True))
