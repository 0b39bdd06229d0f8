"""What the chat is given to show."""

from typing import get_args

import pytest

from assistant.answer import Answer, Citation
from assistant.markup import plain
from assistant.model import Failure
from assistant.web.messages import Messages
from assistant.web.texts import place, read_texts
from corpus.guide import Guide

GUIDE = Guide("un guide", 'Titre "à" | guillemets', "Éditeur", "Région", 2023)
CITED = Citation(1, "un guide", 21, "22", None, "mot", 3, 9)


def messages() -> Messages:
    return Messages({GUIDE.id: GUIDE}, read_texts())


def answered(text: str, *citations: Citation) -> str:
    return messages().whole(Answer("answered", "fr", text, citations))


def test_a_marker_leads_to_its_citation() -> None:
    assert "[\\[1\\]](#src-un%20guide-21-3-9 " in answered("Oui [1].", CITED)


def test_a_place_that_is_not_known_is_written_x() -> None:
    unknown = Citation(1, "un guide", None, None, None, "mot", None, None)
    assert "(#src-un%20guide-x-x-x " in answered("Oui [1].", unknown)


@pytest.mark.parametrize("failure", [*get_args(Failure), "model-off-gate"])
def test_an_answer_that_had_to_do_without_the_model_says_so(failure: str) -> None:
    for language, named in (("fr", "modèle de langue"), ("en", "language model")):
        answer = Answer("answered", language, "Oui [1].", (CITED,), (failure,))  # type: ignore[arg-type]
        assert named in messages().whole(answer)


def test_a_marker_without_citation_is_no_link() -> None:
    assert "](" not in answered("Oui [7].")


def test_the_sources_name_publisher_year_and_printed_page() -> None:
    shown = answered("Oui [1].", CITED)
    assert "(Éditeur\\, Région\\, 2023)" in shown
    assert "p\\. 22 \\(PDF 21\\)" in shown


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=x>",
        "![i](http://e.test/i.png)",
        "[c](http://e.test)",
        "<form>",
        "`<b>`",
        "&lt;b&gt;",
    ],
)
def test_markup_in_an_answer_is_dead(hostile: str) -> None:
    body = answered(hostile).split("\n\n")[1]
    assert "<" not in body
    assert "](" not in body.replace("\\](", "")
    assert "&lt;b&gt;" not in body


@pytest.mark.parametrize("heading", ["# titre", "  ## titre", "titre\n===", "titre\n---"])
def test_no_line_of_an_answer_becomes_a_heading(heading: str) -> None:
    lines = answered(heading).split("\n")
    assert any(line.lstrip().startswith(("\\#", "\\=", "\\-")) for line in lines)


def test_a_title_cannot_leave_its_quotation_marks() -> None:
    assert answered("Oui [1].", CITED).count('"') % 2 == 0
    assert "&#34;à&#34; &#124;" in answered("Oui [1].", CITED)


def test_a_question_is_shown_as_typed() -> None:
    assert plain("<b>*a*</b>") == "\\<b\\>\\*a\\*\\<\\/b\\>"


def test_characters_that_turn_text_around_are_dropped() -> None:
    assert plain("a\u202eb\x00c") == "abc"


def test_an_answer_grows_without_its_sources() -> None:
    growing = messages().growing(Answer("answered", "fr", "Un. Deux [1].", (CITED,)))
    assert "reply answered growing" in growing
    assert "#src-" in growing
    assert "sources" not in growing


def test_a_warning_is_told_in_a_sentence() -> None:
    warned = Answer("answered", "fr", "Oui.", (), ("model-unavailable",))
    assert '<p class="warning">Le modèle de langue' in messages().whole(warned)


@pytest.mark.parametrize("code", ["inconnu", "<b>", "", "personal-data\n\n# x"])
def test_a_warning_without_a_sentence_says_nothing(code: str) -> None:
    assert "warning" not in messages().whole(Answer("answered", "fr", "Oui.", (), (code,)))


def test_a_refusal_is_labelled_and_lists_what_its_text_leaves_out() -> None:
    refused = messages().whole(Answer("abstained", "fr", "Rien.", (CITED,)))
    assert "reply abstained" in refused
    assert "Sans réponse dans les guides" in refused
    assert "Passages les plus proches" in refused


def test_a_refusal_lists_no_passage_twice() -> None:
    refused = messages().whole(Answer("abstained", "fr", "Rien, sauf [1].", (CITED,)))
    assert "sources" not in refused


def test_an_english_answer_has_english_words_around_it() -> None:
    refused = messages().whole(Answer("abstained", "en", "Nothing."))
    assert "Not answered by the guides" in refused
    assert 'lang="en"' in refused


def test_the_printed_page_is_named_only_where_it_differs() -> None:
    texts = read_texts()
    assert place(texts, 21, "22") == "p. 22 (PDF 21)"
    assert place(texts, 21, "21") == place(texts, 21, None) == "p. 21"


TABLE = "| | MSP | CDS |\n|---|---|---|\n| **Qui** | Un. (A, 2019) [1] ; Deux. (B) [1] | Trois. |"


def test_a_table_stands_in_a_box_of_its_own() -> None:
    box = answered(f"Voici :\n\n{TABLE}\n\nFin.", CITED)
    assert '<div class="wide">\n\n| | MSP | CDS |' in box
    assert "| Trois. |\n\n</div>" in box


def test_the_values_of_one_cell_stand_apart() -> None:
    assert ")<br><br>Deux." in answered(TABLE, CITED)
    assert "<br>" not in answered("Un. (A) [1] ; Deux.", CITED)
