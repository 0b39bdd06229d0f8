"""The page on the real guides: real encoder, real index, real answers, real browser."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from playwright.sync_api import Locator, Page, expect

# gradio's queue counts with pandas, in ways that pandas has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")

Open = Callable[..., Page]
Violations = Callable[[Page], str]
Picture = Callable[[Page, str], None]

CONTACT = "Qui contacter pour une CPTS ?"
CONTACT_GUIDE, CONTACT_PAGE = "cratb-cpias-exercice-coordonne.pdf", 5
COMPARISON = "Quelle est la différence entre une MSP et un CDS ?"
UNKNOWN = "Quelle est la capitale du Pérou ?"
IN_MARKDOWN = "Quel est le montant de la dotation annuelle d’une ESS ?"


@pytest.fixture
def chat(visit: Open, real_address: str) -> Page:
    """The page on the real guides, ready for a question."""
    page = visit(real_address)
    page.locator("body.ready").wait_for()
    return page


def ask(page: Page, question: str) -> Locator:
    """Types a question, presses Enter and waits for the whole answer."""
    before = page.locator(".reply.whole").count()
    page.get_by_role("textbox", name="Votre question").fill(question)
    page.keyboard.press("Enter")
    answer = page.locator(".reply.whole").nth(before)
    answer.wait_for()
    expect(page.get_by_role("button", name="Envoyer")).to_be_visible()
    return answer


def citation(answer: Locator, number: int = 1) -> Locator:
    """The first link of a marker in an answer."""
    return answer.get_by_role("link", name=f"[{number}]", exact=True).first


def tab_back_to(page: Page, link: Locator) -> None:
    """Goes back with the keyboard until the link has the focus."""
    for _ in range(30):
        if link.evaluate("link => link === document.activeElement"):
            return
        page.keyboard.press("Shift+Tab")
    raise AssertionError("the keyboard does not reach the citation")


def open_source(page: Page, link: Locator) -> Locator:
    """Opens a citation and waits for what its panel quotes."""
    link.click()
    panel = page.get_by_role("complementary")
    panel.locator("blockquote").wait_for()
    return panel


def letters(text: str) -> str:
    """What a text spells: letters and digits, without accents, case, spaces and hyphens."""
    flat = unicodedata.normalize("NFKD", text)
    return "".join(sign for sign in flat if sign.isalnum()).lower()


def words_under(marks: Locator, file: Path, number: int) -> str:
    """The text that PDFium finds in a PDF file under the highlighted boxes."""
    styles = marks.evaluate_all(
        "all => all.map(({style: s}) => [s.left, s.top, s.width, s.height].map(parseFloat))"
    )
    with pypdfium2.PdfDocument(file) as document:
        page = document[number - 1]
        wide, high = (side / 100 for side in page.get_size())
        text = page.get_textpage()
        return " ".join(
            text.get_text_bounded(
                left=left * wide,
                right=(left + width) * wide,
                top=(100 - top) * high,
                bottom=(100 - top - height) * high,
            )
            for left, top, width, height in styles
        )


def test_a_question_is_answered_and_its_citation_shown_by_keyboard(
    chat: Page, guides: Path, picture: Picture
) -> None:
    answer = ask(chat, CONTACT)
    expect(answer).to_contain_text("coordonnateur")
    picture(chat, "vrai-reponse")
    tab_back_to(chat, citation(answer))
    chat.keyboard.press("Enter")
    panel = chat.get_by_role("complementary")
    expect(panel.get_by_role("heading").first).to_be_focused()
    for told in ("CRAtb", "2023", "p. 5"):
        expect(panel).to_contain_text(told)
    expect(panel.locator(".sheet img")).to_have_js_property("complete", True)
    under = words_under(panel.locator(".mark"), guides / CONTACT_GUIDE, CONTACT_PAGE)
    assert letters(under) == letters(panel.locator("blockquote").inner_text())
    picture(chat, "vrai-panneau-clair")
    chat.keyboard.press("Escape")
    expect(chat.locator("#panel")).to_be_hidden()
    expect(citation(answer)).to_be_focused()


def test_the_highlight_lies_inside_the_image_of_the_page(chat: Page) -> None:
    panel = open_source(chat, citation(ask(chat, CONTACT)))
    sheet = panel.locator(".sheet img").bounding_box()
    assert sheet
    for mark in panel.locator(".mark").all():
        box = mark.bounding_box()
        assert box
        assert sheet["x"] <= box["x"] < box["x"] + box["width"] <= sheet["x"] + sheet["width"]
        assert sheet["y"] <= box["y"] < box["y"] + box["height"] <= sheet["y"] + sheet["height"]


def test_what_the_guides_do_not_answer_is_declined(chat: Page, picture: Picture) -> None:
    refusal = ask(chat, UNKNOWN)
    expect(refusal).to_have_class(re.compile(r"\babstained\b"))
    expect(refusal).to_contain_text("Sans réponse dans les guides")
    picture(chat, "vrai-refus")


def test_an_english_question_is_answered_in_english(chat: Page, picture: Picture) -> None:
    answer = ask(chat, "How is a CPTS funded?")
    expect(answer).to_have_attribute("lang", "en")
    expect(answer).to_contain_text("fund")
    expect(citation(answer)).to_be_visible()
    picture(chat, "vrai-anglais")


def test_a_passage_of_the_markdown_guide_is_marked_in_its_text(
    chat: Page, picture: Picture
) -> None:
    panel = open_source(chat, citation(ask(chat, IN_MARKDOWN)))
    mark = panel.locator("mark")
    expect(mark.first).to_be_in_viewport()
    assert letters(" ".join(mark.all_inner_texts())) == letters(
        panel.locator("blockquote").inner_text()
    )
    expect(panel.locator("img")).to_have_count(0)
    picture(chat, "vrai-markdown")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_real_answers(
    visit: Open, real_address: str, scheme: str, violations: Violations, picture: Picture
) -> None:
    page = visit(real_address, color_scheme=scheme, reduced_motion="reduce")
    page.locator("body.ready").wait_for()
    ask(page, UNKNOWN)
    compared = ask(page, COMPARISON)
    assert violations(page) == ""
    picture(page, f"vrai-comparaison-{scheme}")
    open_source(page, citation(compared))
    picture(page, f"vrai-panneau-{scheme}")
    assert violations(page) == ""


def test_a_comparison_is_a_list_on_a_telephone(
    visit: Open, real_address: str, violations: Violations, picture: Picture
) -> None:
    page = visit(real_address, viewport={"width": 320, "height": 740})
    page.locator("body.ready").wait_for()
    answer = ask(page, COMPARISON)
    assert answer.evaluate("reply => reply.scrollWidth <= reply.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    cell = answer.locator("td").nth(1)
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"MSP"'
    expect(answer.get_by_role("columnheader", name="MSP")).to_be_attached()
    picture(page, "vrai-320-comparaison")
    assert violations(page) == ""
    open_source(page, citation(ask(page, CONTACT)))
    picture(page, "vrai-320-panneau")
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
