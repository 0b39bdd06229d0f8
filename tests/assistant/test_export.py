"""A conversation as a document, in Markdown and in Word."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import docx
import pytest
from markdown_it import MarkdownIt

from assistant.answer import Answer, Citation, Exchange
from assistant.export import Document, as_markdown, compose
from assistant.word import as_docx

LABELS = {"abstained": "Sans réponse", "clarify": "À préciser", "references": "Références"}
ONE = Citation(1, "a", 5, None, None, "premier   passage", 0, 9)
TWO = Citation(2, "b", 21, "22", None, "second passage", 3, 9)
TABLE = "| | MSP | CDS |\n|---|---|---|\n| **Qui** | Un. [1] | Deux. [2] |"


def document(*exchanges: Exchange, title: str = "Titre") -> Document:
    """The document of a conversation, its guides told by their ids."""

    def source(citation: Citation) -> str:
        return f"Guide {citation.guide}, p. {citation.page}"

    return compose(title, "Une note.", exchanges, "fr", LABELS.__getitem__, source)


def answered(text: str, *cited: Citation) -> Exchange:
    return Exchange("Une question ?", Answer("answered", "fr", text, cited))


def word(*exchanges: Exchange) -> Any:
    """The same conversation as Word opens it."""
    return docx.Document(BytesIO(as_docx(document(*exchanges))))


def texts(file: Any) -> list[str]:
    return [paragraph.text for paragraph in file.paragraphs]


def test_references_are_numbered_through_the_whole_conversation() -> None:
    first = answered("Un [1].", ONE)
    second = answered(
        "Deux [1], et encore un [2].", Citation(1, *_place(TWO)), Citation(2, *_place(ONE))
    )
    found = document(first, second)
    assert [entry.text for entry in found.entries] == [
        "Un \\[1\\].",
        "Deux \\[2\\], et encore un \\[1\\].",
    ]
    assert [(one.number, one.source) for one in found.references] == [
        (1, "Guide a, p. 5"),
        (2, "Guide b, p. 21"),
    ]


def _place(citation: Citation) -> tuple[Any, ...]:
    return (
        citation.guide,
        citation.page,
        citation.page_label,
        citation.section,
        citation.quote,
        citation.start,
        citation.end,
    )


def test_markdown_has_questions_answers_and_quoted_references() -> None:
    written = as_markdown(document(answered("Un [1].", ONE)))
    assert written.startswith("# Titre\n\n*Une note.*\n\n## Une question ?\n\nUn \\[1\\].\n")
    assert "## Références\n\n\\[1\\] Guide a, p. 5\n\n> premier passage" in written


def test_a_refusal_is_labelled_and_keeps_its_nearest_passages() -> None:
    refused = Exchange("Qui ?", Answer("abstained", "fr", "Rien.", (ONE,)))
    found = document(refused)
    assert found.entries[0].label == "Sans réponse"
    assert found.entries[0].text == "Rien.\n\n\\[1\\]"
    assert len(found.references) == 1


def test_a_marker_without_citation_stays_a_text() -> None:
    found = document(answered("Oui [7]."))
    assert found.entries[0].text == "Oui \\[7\\]."
    assert found.references == ()


@pytest.mark.parametrize(
    "hostile", ["<img src=x>", "![i](http://e.test/i.png)", "[c](http://e.test)"]
)
def test_markup_of_others_is_dead_in_markdown(hostile: str) -> None:
    forged = Citation(1, "g", 1, None, None, hostile, 0, 1)
    written = as_markdown(document(answered(f"{hostile} [1]", forged), title=hostile))
    assert "<img" not in written.replace("\\<img", "")
    assert "](http" not in written.replace("\\](http", "").replace("\\]\\(http", "")


@pytest.mark.parametrize("start", ["- x", "+ x", "1. x", "12) x", "# x", "> x", "=== x", "* x"])
def test_no_quotation_begins_a_list_or_a_heading(start: str) -> None:
    cited = Citation(1, "g", 1, None, None, start, 0, 1)
    quoted = as_markdown(document(answered("Oui [1]", cited))).split("\n> ")[1].strip()
    (paragraph, inline, _) = MarkdownIt().parse(quoted)
    assert paragraph.type == "paragraph_open"
    assert inline.children
    assert inline.children[0].content == start


def test_word_has_the_same_questions_answers_and_references() -> None:
    file = word(answered("**Un** [1].\n\n- premier\n- second", ONE))
    assert texts(file) == [
        "Titre",
        "Une note.",
        "Une question ?",
        "Un [1].",
        "premier",
        "second",
        "Références",
        "[1] Guide a, p. 5",
        "« premier passage »",
    ]
    assert file.paragraphs[3].runs[0].bold
    assert file.paragraphs[4].style.name == "List Bullet"
    assert file.core_properties.title == "Titre"


def test_word_has_comparisons_as_tables() -> None:
    (table,) = word(answered(f"Voici.\n\n{TABLE}", ONE, TWO)).tables
    cells = [[cell.text for cell in row.cells] for row in table.rows]
    assert cells == [["", "MSP", "CDS"], ["Qui", "Un. [1]", "Deux. [2]"]]
    assert table.cell(1, 0).paragraphs[0].runs[0].bold


def test_word_takes_what_xml_cannot_hold() -> None:
    file = word(Exchange("a\x00b\x0bc\ufffe", Answer("answered", "fr", "x\x01y < & > \ud800")))
    assert "x y < & >" in " ".join(texts(file)).replace("xy", "x y")


def test_word_tells_the_language_of_an_answer() -> None:
    english = Exchange("Who?", Answer("answered", "en", "Somebody."))
    (run,) = [
        one
        for one in word(english).element.iter()
        if one.tag.endswith("}t") and one.text == "Somebody."
    ]
    assert 'w:val="en-GB"' in run.getparent().xml
