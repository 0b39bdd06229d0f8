from eval.patterns import count_words, first_words, folded, matches


def test_digit_groups_are_joined_in_french_and_in_english() -> None:
    assert folded("30 000 €, 30 000 euros, 30,000 EUR") == "30000 €, 30000 euros, 30000 eur"


def test_telephone_numbers_and_years_stay_apart() -> None:
    assert folded("04 96 20 60 80 en 2018") == "04 96 20 60 80 en 2018"


def test_a_decimal_comma_is_not_a_group() -> None:
    assert folded("1,5 et 14,25") == "1,5 et 14,25"


def test_markers_emphasis_and_accents_do_not_hide_a_fact() -> None:
    assert folded("**Deux** médecins [1]\ngénéralistes [12].") == "deux medecins generalistes."


def test_a_star_inside_a_form_number_stays() -> None:
    assert folded("n° 12156*05") == "n° 12156*05"


def test_the_letter_o_after_digits_is_a_zero() -> None:
    assert folded("42 75O €") == "42750 €"


def test_superscripts_of_markdown_are_read_on() -> None:
    assert folded("1^{er} recours") == "1er recours"


def test_typographic_apostrophes_are_straight() -> None:
    assert matches(["l'ars"], folded("L’ARS"))


def test_only_words_are_counted() -> None:
    text = "Une [1] CPTS : « deux » ans – | fin"
    assert count_words(text) == 5
    assert first_words(text, 2) == "Une CPTS : «"
