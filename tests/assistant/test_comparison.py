"""Structures side by side, on the real guides."""

from __future__ import annotations

import re

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from corpus.folding import fold
from corpus.index import Index

SILENT = ("*les guides ne le disent pas*", "*the guides do not say*")
ASKED = [
    "Quelle différence entre une MSP et une CPTS ?",
    "MSP vs CDS : composition",
    "Compare the funding of an MSP and a CPTS",
    "différence entre ESP, MSP et CDS",
]


def rows(answer: Answer) -> list[list[str]]:
    """The cells of the table, its line of dashes left out."""
    lines = answer.text.splitlines()
    assert re.fullmatch(r"\|(---\|)+", lines[1])
    return [[cell.strip() for cell in line.split("|")[1:-1]] for line in lines[:1] + lines[2:]]


@pytest.mark.parametrize("question", ASKED)
def test_every_cell_is_cited_or_says_that_the_guides_are_silent(
    assistant: Assistant, bare_assistant: Assistant, question: str
) -> None:
    for asked in (assistant, bare_assistant):
        answer = asked.ask(question)
        if asked is assistant or answer.text.startswith("|"):
            cells = [cell for row in rows(answer)[1:] for cell in row[1:]]
            assert all(re.search(r"\[\d+\]$", cell) or cell in SILENT for cell in cells)


@pytest.mark.parametrize("question", ASKED)
def test_the_table_is_rectangular(assistant: Assistant, question: str) -> None:
    table = rows(assistant.ask(question))
    assert {len(row) for row in table} == {len(table[0])}


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("Quelle différence entre une MSP et une CPTS ?", ["MSP", "CPTS"]),
        ("Quelle différence entre une CPTS et une MSP ?", ["CPTS", "MSP"]),
        ("différence entre ESP, MSP et CDS", ["ESP", "MSP", "CDS"]),
    ],
)
def test_the_columns_are_the_structures_asked_in_their_order(
    assistant: Assistant, question: str, columns: list[str]
) -> None:
    assert rows(assistant.ask(question))[0][1:] == columns


def test_the_facet_asked_is_the_only_row(assistant: Assistant) -> None:
    table = rows(assistant.ask("Compare the funding of an MSP and a CPTS"))
    assert [row[0] for row in table[1:]] == ["**Funding**"]


def test_a_general_comparison_has_the_usual_rows(assistant: Assistant) -> None:
    table = rows(assistant.ask("Quelle différence entre une MSP et une CPTS ?"))
    assert [row[0] for row in table[1:]][:2] == ["**Définition**", "**Composition**"]


def test_a_cell_tells_of_its_own_column(assistant: Assistant) -> None:
    composition = rows(assistant.ask("MSP vs CDS : composition"))[1]
    assert "medecins generalistes" in fold(composition[1])
    assert "dentistes" in composition[2]
    assert "medecins generalistes" not in fold(composition[2])


@pytest.mark.parametrize("question", ASKED)
def test_every_quote_of_a_table_stands_at_its_place(
    assistant: Assistant, index: Index, question: str
) -> None:
    answer = assistant.ask(question)
    markers = {int(marker) for marker in re.findall(r"\[(\d+)\]", answer.text)}
    assert markers == {cited.marker for cited in answer.citations}
    for cited in answer.citations:
        page = index.page(cited.guide, cited.page)
        assert page is not None
        assert page.text[cited.start : cited.end] == cited.quote


def test_one_structure_alone_is_no_comparison(assistant: Assistant) -> None:
    assert not assistant.ask("En quoi consiste une MSP ?").text.startswith("|")


@pytest.mark.parametrize(
    "question",
    [
        "Montant du FIR pour une ESP, une MSP et une CPTS ?",
        "MSP d’un côté, centre de santé de l’autre : quelle forme juridique ?",
        "How many CPTSs and MSPs are there in France?",
        "ACI money: what does an MSP get and what does a CPTS get?",
    ],
)
def test_structures_asked_in_one_breath_stand_side_by_side(
    assistant: Assistant, question: str
) -> None:
    answer = assistant.ask(question)
    head, *body = rows(answer)
    assert len(head) - 1 >= 2
    assert all(cell not in SILENT for row in body for cell in row[1:])


def test_what_one_statement_says_of_both_needs_no_table(assistant: Assistant) -> None:
    answer = assistant.ask("Les cinq maisons de santé du Vaucluse ont-elles chacune leur SISA ?")
    assert answer.status == "answered"
    assert not answer.text.startswith("|")


def test_a_cell_tells_what_is_shared_rather_than_what_was_not_asked(assistant: Assistant) -> None:
    """The year of the ESP stands in a statement on several structures."""
    answer = assistant.ask("De quelle année date l’apparition de l’ESP et de la MSP ?")
    _, *body = rows(answer)
    assert "2016" in body[0][1]
    assert "2007" in body[0][2]
