from eval.particulars import has_article, has_contact, months_in, numbers_in, of_sentence
from eval.patterns import folded


def test_figures_in_words_and_digits_are_the_same() -> None:
    assert numbers_in(folded("Deux médecins")) == numbers_in(folded("2 GPs")) == {"2"}
    assert of_sentence("two GPs and 30,000 euros").numbers == {"2", "30000"}


def test_scaled_amounts_are_compared_in_full() -> None:
    assert of_sentence("1,2 million d’euros").numbers == {"1200000"}
    assert of_sentence("72 k€ par an").numbers == {"72000"}


def test_articles_and_contacts_are_not_figures() -> None:
    found = of_sentence("L’article L. 6323-3 : tél. 04 96 20 60 80, www.exemple.fr/2020, a@b.fr.")
    assert found.numbers == frozenset()
    assert found.articles == {"l6323-3"}
    assert len(found.contacts) == 3


def test_a_month_counts_beside_a_figure_only() -> None:
    assert months_in(folded("le 26 janvier 2016")) == {1}
    assert months_in(folded("on 26 January 2016")) == {1}
    assert months_in(folded("it may be so")) == frozenset()


def test_an_article_is_found_however_it_is_spaced() -> None:
    assert has_article("l1411-11-1", folded("Article L1411-11-1 du CSP"))
    assert has_article("l1411-11-1", folded("CSP L. 1411-11-1"))
    assert has_article("l1435-4", folded("Article 1435-4"))
    assert not has_article("l1411-11-1", folded("CSP L. 1411-11"))
    assert not has_article("r1435-4", folded("Article L1435-4"))


def test_an_address_may_be_a_link_or_be_broken_over_lines() -> None:
    assert has_contact("https://www.exemple.fr/contact/", "voir exemple.fr/con-\ntact", ())
    assert has_contact("a@b.fr", "le secrétariat", ("mailto:a@b.fr",))
    assert not has_contact("c@b.fr", "le secrétariat", ("mailto:a@b.fr",))


def test_the_number_of_a_sheet_is_part_of_its_name() -> None:
    assert of_sentence("la fiche M14 du 26 mars").numbers == {"26"}


def test_months_and_gps_are_nobodys_name() -> None:
    assert of_sentence("The act of 26 January lets GPs join a CPTS.").names == ("CPTS",)


def test_names_are_capitalised_words_inside_a_sentence() -> None:
    assert of_sentence("Le contact est Jeanne Martin, à Nice.").names == (
        "Jeanne",
        "Martin",
        "Nice",
    )
    assert of_sentence("CPTS et communes").names == ("CPTS",)
