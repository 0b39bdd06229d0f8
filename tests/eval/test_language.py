from eval.language import language_of


def test_french_and_english_are_told_apart() -> None:
    assert language_of("La CPTS est une communauté de professionnels.") == "fr"
    assert language_of("The CPTS is a community of professionals.") == "en"


def test_a_french_quotation_in_an_english_answer_does_not_count() -> None:
    text = "The guide says « les soins de la ville sont pour le patient » and that is all."
    assert language_of(text) == "en"


def test_acronyms_alone_have_no_language() -> None:
    assert language_of("CPTS, MSP, ESP") is None
