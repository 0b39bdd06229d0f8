"""French sentences end where a reader sees them end."""

from __future__ import annotations

import pytest

from ingest.sentences import MAX_SENTENCE, sentence_spans


def split(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, 0, len(text))]


@pytest.mark.parametrize(
    "text",
    [
        "Le Dr. Martin préside.",
        "Voir l’art. L. 6323-3 du code.",
        "Le décret n° 2018-17 vaut 3.5 points.",
        "Des aides (cf. Annexe 2, p. 12).",
        "Des soins, des visites, etc. selon le lieu.",
        "Des fonds (N.B. La taxe est rendue) propres.",
        "Le site https://a.fr/b.c?d=e! compte.",
        "M. Durand et Mme. Petit signent.",
    ],
)
def test_an_abbreviation_a_number_or_an_address_ends_no_sentence(text: str) -> None:
    assert split(text) == [text]


def test_full_stops_questions_and_ellipses_end_sentences() -> None:
    assert split("Qui ? Le maire. Bien sûr… Oui !") == ["Qui ?", "Le maire.", "Bien sûr…", "Oui !"]


def test_a_question_followed_by_small_letters_goes_on() -> None:
    assert split("Qui contacter ? le bureau.") == ["Qui contacter ? le bureau."]


def test_closing_marks_stay_with_their_sentence() -> None:
    assert split("« Un essai. » Puis (deux.) Trois.") == ["« Un essai. »", "Puis (deux.)", "Trois."]


def test_blank_lines_bullets_and_html_blocks_part_sentences() -> None:
    assert split("un\n\ndeux") == ["un", "deux"]
    assert split("<ul> • un • deux</ul>") == ["un", "deux"]
    assert split("<p>un :</p><ul><li>deux</li></ul>") == ["un :", "deux"]


def test_a_sentence_without_end_is_cut_at_white_space() -> None:
    text = "mot " * 300
    parts = split(text)
    assert max(map(len, parts)) <= MAX_SENTENCE
    assert " ".join(parts) == text.strip()


def test_a_long_sentence_is_cut_after_a_comma_if_there_is_one() -> None:
    text = "a" * 250 + ", " + "mot " * 60
    assert split(text)[0].endswith(",")


def test_a_word_longer_than_a_sentence_is_cut_too() -> None:
    assert [len(part) for part in split("x" * 1000)] == [400, 400, 200]
