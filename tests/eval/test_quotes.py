from eval.quotes import around, readable, squeezed, stands

PAGE = squeezed(
    "L’équipe de soins pri-\nmaires afﬁche ses horaires.\r\n"
    "Le conseil reçoit 30 000 € au plus en trois fois.\r\nFin de la page."
)


def test_line_ends_hyphens_ligatures_and_case_do_not_matter() -> None:
    assert stands("l'EQUIPE de soins primaires affiche\u00a0ses horaires", PAGE)


def test_soft_hyphens_do_not_matter() -> None:
    assert stands("équipe de soins pri\u00admaires", PAGE)


def test_markdown_and_html_markup_do_not_matter() -> None:
    page = squeezed(readable("<ul><li>• Un **médecin** du 1 ^{er} recours</li></ul>"))
    assert stands("Un médecin du 1er recours", page)
    assert stands("<li>• Un **médecin** du 1 ^{er} recours</li>", page)


def test_a_changed_figure_does_not_stand() -> None:
    assert not stands("Le conseil reçoit 40 000 € au plus en trois fois.", PAGE)


def test_an_added_word_does_not_stand() -> None:
    assert not stands("Le conseil reçoit rarement 30 000 € au plus en trois fois.", PAGE)


def test_long_lines_in_another_order_stand() -> None:
    quote = "Le conseil reçoit 30 000 € au plus en trois fois. L’équipe de soins primaires"
    assert stands(quote, PAGE)


def test_an_empty_quotation_stands_nowhere() -> None:
    assert not stands("", PAGE)
    assert not stands(" … ", PAGE)


def test_only_letters_and_digits_are_squeezed() -> None:
    assert squeezed("Cœur – à l’œuvre : 1,5 €") == "coeuraloeuvre15"


def test_a_long_page_is_cut_around_the_quotation() -> None:
    text = "a" * 50 + " ici le milieu " + "b" * 50
    assert around("le milieu", text, 5) == "aa ici le milieu bbbbb"
