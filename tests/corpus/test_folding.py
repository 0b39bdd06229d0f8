"""Case, accents and typography do not matter in comparisons."""

import pytest

from corpus.folding import fold, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Équipe ÉCLATÉE", "equipe eclatee"),
        ("l’équipe, l‘équipe", "l'equipe, l'equipe"),
        ("Œuvre et cœur", "oeuvre et coeur"),
        ("fiﬂ", "fifl"),
        ("  deux \u00a0 espaces\n\tet une ligne ", "deux espaces et une ligne"),
        ("30 000 €", "30000 €"),
        ("1 200 000 habitants", "1200000 habitants"),
        ("2\u202f251", "2251"),
        ("12 345 6", "12345 6"),
        ("1ᵉʳ", "1er"),
        ("", ""),
    ],
)
def test_folding(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_numbers_that_stand_side_by_side_stay_apart() -> None:
    assert fold("article 51 2019") == "article 51 2019"


def test_words_are_folded_and_without_punctuation() -> None:
    assert words("L’ACI : 8 200 € (pré-projet)") == ["l", "aci", "8200", "pre", "projet"]


def test_folding_twice_is_folding_once() -> None:
    once = fold("Œdème, L’ÉTÉ 30 000")
    assert fold(once) == once
