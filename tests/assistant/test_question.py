"""What a typed question is taken to ask."""

from __future__ import annotations

import pytest

from assistant.question import LONGEST, Reader, tidy


@pytest.mark.parametrize(
    ("raw", "language"),
    [
        ("Qui contacter pour une CPTS ?", "fr"),
        ("who do I contact for a CPTS?", "en"),
        ("liste des MSP", "fr"),
        ("How is an MSP funded", "en"),
        ("quelle forme juridique", "fr"),
    ],
)
def test_the_language_is_told_by_small_words(reader: Reader, raw: str, language: str) -> None:
    assert reader.read(raw).language == language


def test_a_question_that_shows_no_language_is_in_the_one_before(reader: Reader) -> None:
    assert reader.read("CPTS", "en").language == "en"
    assert reader.read("CPTS").language == "fr"


@pytest.mark.parametrize(
    ("raw", "structures"),
    [
        ("une CTPS", ("CPTS",)),
        ("la ctps ?", ("CPTS",)),
        ("des CPTS", ("CPTS",)),
        ("une M.S.P", ()),
        ("une maison de sante", ("MSP",)),
        ("une maison de santé pluriprofessionnelle", ("MSP",)),
        ("les centres de santé", ("CDS",)),
        ("a health center", ("CDS",)),
        ("MSP ou CPTS", ("MSP", "CPTS")),
        ("CPTS ou MSP", ("CPTS", "MSP")),
        ("une équipe de soins primaires", ("ESP",)),
        ("une ESP CLAP", ("ESP_CLAP",)),
        ("une équipe de soins spécialisés", ("ESS",)),
        ("l’économie sociale et solidaire (ESS)", ()),
        ("le maire", ()),
    ],
)
def test_structures_are_recognised(reader: Reader, raw: str, structures: tuple[str, ...]) -> None:
    assert reader.read(raw).structures == structures


def test_a_known_word_is_not_taken_for_a_misspelt_acronym(reader: Reader) -> None:
    assert reader.read("la liste").text == "la liste"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("financement", "financement"),
        ("remuneration", "rémunération"),
        ("MEDECINS GENERALISTES", "médecins généralistes"),
        ("finacement", "financement"),
        ("asociation", "association"),
    ],
)
def test_missing_accents_and_slips_find_the_same_words(
    reader: Reader, typed: str, meant: str
) -> None:
    assert reader.read(typed).typed == reader.read(meant).typed


@pytest.mark.parametrize(
    ("raw", "facet"),
    [
        ("Qui contacter pour une CPTS ?", "contact"),
        ("Où trouver la liste des MSP ?", "directory"),
        ("Quelle forme juridique ?", "legal_form"),
        ("how is it funded?", "funding"),
        ("c’est quoi une ESP", "definition"),
        ("combien de médecins dans une MSP", "composition"),
    ],
)
def test_facets_are_recognised(reader: Reader, raw: str, facet: str) -> None:
    assert facet in reader.read(raw).facets


@pytest.mark.parametrize(
    "raw", ["différence entre MSP et CDS", "MSP vs CDS", "compare MSP and CDS"]
)
def test_comparisons_are_recognised(reader: Reader, raw: str) -> None:
    question = reader.read(raw)
    assert question.comparing
    assert question.structures == ("MSP", "CDS")


def test_english_words_are_also_searched_in_french(reader: Reader) -> None:
    question = reader.read("how many doctors are needed?")
    assert "medecin" in question.terms
    assert "medecin" not in question.typed


def test_words_that_no_guide_holds_are_unknown(reader: Reader) -> None:
    assert reader.read("le financement du volcan").unknown == tuple(reader.terms_of("volcan"))


def test_a_question_is_bounded() -> None:
    assert tidy("a" * 1_000_000) == "a" * LONGEST


def test_a_letter_that_unfolds_into_many_is_bounded_too() -> None:
    assert len(tidy("\ufdfa" * LONGEST)) <= LONGEST


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("CP\0TS", "CP TS"),
        ("\0\0", ""),
        ("une\r\nMSP\t\x07\x1b[31m ?", "une MSP [31m ?"),
        ("une \u202eMSP\u202c ?", "une MSP ?"),
        ("C\u200bP\u200dT\ufeffS", "CPTS"),
        ("une\u2028MSP\u2029", "une MSP"),
        ("\ud800MSP", "MSP"),
        ("sante\u0301", "santé"),
        ("\uff2d\uff33\uff30", "MSP"),
        ("une\u00a0MSP\u202f?", "une MSP ?"),
        ("<b>MSP</b>", "<b>MSP</b>"),
    ],
)
def test_control_and_invisible_characters_are_dropped(raw: str, kept: str) -> None:
    assert tidy(raw) == kept


@pytest.mark.parametrize("raw", ["", "   ", "\0", "👍🏽😀", "?!…", "\u202e\u202c", "le la les"])
def test_nothing_is_left_to_search(reader: Reader, raw: str) -> None:
    assert reader.read(raw).empty


def test_emoji_beside_words_do_no_harm(reader: Reader) -> None:
    assert reader.read("😀 CPTS 👍🏽").structures == ("CPTS",)
