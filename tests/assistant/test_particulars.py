"""Figures, articles, contacts, names and negations, in a form that can be compared."""

from __future__ import annotations

import pytest

from assistant.particulars import particulars


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("deux médecins", {"2"}),
        ("two doctors", {"2"}),
        ("30 000 €", {"30000"}),
        ("30\u202f000\u00a0€", {"30000"}),
        ("30.000 €", {"30000"}),
        ("€30,000", {"30000"}),
        ("1.250.000 habitants", {"1250000"}),
        ("42 75O €", {"42750"}),
        ("12O patients", {"120"}),
        ("7,50 €", {"7.5"}),
        ("7.5 €", {"7.5"}),
        ("0,125 point", {"0.125"}),
        ("du 1er et du 2ème recours", {"1", "2"}),
        ("3/4 des centres, 17 %", {"3", "4", "17"}),
        ("le 12 janvier 2018", {"12", "2018"}),
        ("un médecin", set()),
    ],
)
def test_numbers_are_compared_by_value(text: str, numbers: set[str]) -> None:
    assert particulars(text).numbers == numbers


@pytest.mark.parametrize(
    ("text", "articles"),
    [
        ("l’article L.6323-1", {"6323-1"}),
        ("articles L6323-1 et R. 1434-12 du code", {"6323-1", "1434-12"}),
        ("D 162-1", {"162-1"}),
        ("l’article 51", set()),
    ],
)
def test_articles_are_no_numbers(text: str, articles: set[str]) -> None:
    assert particulars(text).articles == articles
    assert particulars(text).numbers == ({"51"} if "51" in text else set())


@pytest.mark.parametrize(
    ("text", "contacts"),
    [
        ("https://www.exemple.fr/nous-contacter/", {"exemple.fr/nous-contacter"}),
        ("https://www.exemple.fr/nous-\ncontacter/", {"exemple.fr/nous-contacter"}),
        ("Voir (www.Exemple.fr).", {"exemple.fr"}),
        ("écrire à prenom.nom@exemple.fr.", {"prenom.nom@exemple.fr"}),
        ("04 00 00 00 01 ou 04.00.00.00.02", {"0400000001", "0400000002"}),
        ("La page web.", set()),
    ],
)
def test_contacts_are_compared_without_their_dress(text: str, contacts: set[str]) -> None:
    assert particulars(text).contacts == contacts


def test_a_telephone_number_is_no_amount() -> None:
    assert particulars("Appelez le 04 00 00 00 01.").numbers == frozenset()


def test_a_link_that_ends_its_line_with_a_slash_may_be_whole_or_go_on() -> None:
    held = particulars("https://exemple.fr/aide/\nou ailleurs").contacts
    assert {"exemple.fr/aide", "exemple.fr/aide/ou"} <= held


def test_names_are_words_with_a_capital_inside_a_sentence() -> None:
    assert particulars("Écrivez à Mme Durand. Elle vous répond.").names == {"mme", "durand"}


@pytest.mark.parametrize(
    "text",
    ["Ce n’est pas prévu", "sans hébergement", "aucun statut", "It isn't needed", "No team", "n'a"],
)
def test_negations_are_seen(text: str) -> None:
    assert particulars(text).negated


@pytest.mark.parametrize("text", ["Une équipe", "nº 12 de la revue", "une note", "Nice"])
def test_other_words_are_no_negations(text: str) -> None:
    assert not particulars(text).negated


def test_what_is_missing_is_named() -> None:
    said, held = particulars("3 MSP, L.6323-1, a@b.fr"), particulars("2 MSP")
    assert said.missing_from(held) == ["nombre 3", "article 6323-1", "contact a@b.fr"]
    assert held.missing_from(held) == []
