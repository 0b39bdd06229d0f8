"""Keeping: conversations stay in the browser, come back, go away, and are taken along."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from playwright.sync_api import Page, expect

from assistant.web.server import create_app
from corpus.catalogue import read_catalogue
from corpus.settings import guides_folder
from tests.assistant.web.acts import (
    CONTACT,
    OTHER,
    ask,
    box_of,
    conversations,
    kept,
    questions,
    ready,
)
from tests.assistant.web.conftest import served
from tests.doubles_web import PaperIndex, WordAssistant, some_guides

# gradio's queue counts with pandas, in ways that pandas has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")

Open = Callable[..., Page]
Violations = Callable[[Page], str]
Picture = Callable[[Page, str], None]


@pytest.fixture
def own(visit: Open, address: str) -> Page:
    """The page in a browser that has kept nothing yet."""
    return ready(visit(address, locale="fr-FR"))


def test_a_conversation_is_there_again_after_a_reload(own: Page) -> None:
    answer = ask(own, CONTACT)
    said = answer.inner_text()
    own.reload()
    expect(ready(own).locator(".reply.whole")).to_have_count(1)
    assert own.locator(".reply.whole").inner_text() == said
    own.locator(".reply.whole").get_by_role("link", name="[1]", exact=True).click()
    own.get_by_role("complementary").locator("blockquote").wait_for()


def test_a_conversation_goes_on_after_a_restart_of_the_server(visit: Open) -> None:
    folder, catalogue = guides_folder({}), read_catalogue()
    index = PaperIndex(some_guides(folder), catalogue)
    with served(create_app(WordAssistant(index), index, catalogue, folder)) as address:
        page = ready(visit(address, "ERR_", locale="fr-FR"))
        ask(page, CONTACT)
        port = int(address.rsplit(":", 1)[1])
    again = WordAssistant(index)
    with served(create_app(again, index, catalogue, folder), port):
        page.reload()
        expect(ready(page).locator(".reply.whole")).to_have_count(1)
        ask(page, OTHER)
        assert questions(page) == [CONTACT, OTHER]
        page.close()
    asked, history = again.asked[-1]
    assert asked == OTHER
    assert [exchange.question for exchange in history] == [CONTACT]
    assert history[0].answer.citations


def test_conversations_are_listed_and_opened(own: Page, picture: Picture) -> None:
    ask(own, CONTACT)
    own.get_by_role("button", name="Nouvelle conversation").click()
    expect(own.locator(".starter").first).to_be_visible()
    ask(own, OTHER)
    listed = conversations(own)
    expect(listed.locator(".open span")).to_have_text([OTHER, CONTACT])
    expect(listed.locator(".open").first).to_have_attribute("aria-current", "true")
    picture(own, "conversations")
    listed.locator(".open").last.click()
    expect(own.locator('[data-testid="user"]')).to_contain_text("CPTS")
    expect(own.locator("#status")).to_contain_text("Conversation rouverte")
    expect(box_of(own)).to_be_focused()
    ask(own, OTHER)
    assert questions(own) == [CONTACT, OTHER]


def test_a_conversation_is_renamed_by_keyboard(own: Page) -> None:
    ask(own, CONTACT)
    listed = conversations(own)
    listed.get_by_role("button", name="Renommer").press("Enter")
    listed.get_by_role("textbox", name="Nouveau nom").fill("\u202e<b>Mon</b>\u2066  CPTS\u200f")
    own.keyboard.press("Enter")
    expect(listed.locator(".open span")).to_have_text("<b>Mon</b> CPTS")
    expect(listed.get_by_role("button", name="Renommer")).to_be_focused()
    own.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    expect(own.locator("#open-history")).to_be_focused()
    ask(own, OTHER)
    expect(conversations(own).locator(".open span")).to_have_text("<b>Mon</b> CPTS")


def test_a_conversation_is_deleted_and_brought_back(own: Page) -> None:
    ask(own, CONTACT)
    listed = conversations(own)
    listed.get_by_role("button", name="Supprimer « ").click()
    assert CONTACT not in kept(own)
    expect(listed).to_contain_text("Aucune conversation gardée")
    expect(listed.get_by_role("button", name="Rétablir")).to_be_focused()
    own.keyboard.press("Enter")
    expect(listed.locator(".open")).to_be_focused()
    listed.locator(".open").click()
    expect(own.locator(".reply.whole")).to_have_count(1)


def test_all_conversations_are_deleted_at_once_after_a_word_of_warning(
    own: Page, picture: Picture
) -> None:
    ask(own, CONTACT)
    own.get_by_role("button", name="Nouvelle conversation").click()
    ask(own, OTHER)
    listed = conversations(own)
    listed.get_by_role("button", name="Tout supprimer").click()
    expect(listed.get_by_role("button", name="Annuler")).to_be_focused()
    picture(own, "tout-supprimer")
    assert "CPTS" in kept(own)
    listed.get_by_role("button", name="Oui, tout supprimer").click()
    expect(listed).to_contain_text("Aucune conversation gardée")
    assert not {"CPTS", "MSP"} & set(kept(own).split())
    own.keyboard.press("Escape")
    expect(own.locator(".starter").first).to_be_visible()


def test_nothing_is_kept_where_that_is_not_wanted(own: Page) -> None:
    ask(own, CONTACT)
    conversations(own).get_by_role("checkbox").uncheck()
    own.keyboard.press("Escape")
    ask(own, OTHER)
    assert "contacter" not in kept(own)


def test_a_question_about_a_person_is_not_kept(own: Page) -> None:
    ask(own, "Que faire pour Mme Dupont dans une CPTS ?")
    assert "Dupont" not in kept(own)
    ask(own, CONTACT)
    assert "Dupont" not in kept(own)
    assert CONTACT in kept(own)


FILL = """() => {
  for (let size = 2 ** 22, rank = 0; size >= 64; rank += 1) {
    try { localStorage.setItem(`x${rank}`, "x".repeat(size)); } catch { size /= 2; }
  }
}"""


def test_a_browser_without_room_says_so_and_answers_all_the_same(visit: Open, address: str) -> None:
    page = visit(address, locale="fr-FR")
    page.evaluate(FILL)
    ask(ready(page), CONTACT)
    expect(page.get_by_role("alert")).to_contain_text("n’a plus de place")


HOSTILE = "<img src=http://evil.test/a.png onerror=alert(1)>"


@pytest.mark.parametrize(
    "stored",
    [
        "{",
        '{"id": "a"}',
        json.dumps({"id": "a", "title": HOSTILE, "at": "hier", "exchanges": [{"question": 1}]}),
    ],
)
def test_damaged_conversations_are_left_out(visit: Open, address: str, stored: str) -> None:
    page = visit(address, locale="fr-FR")
    page.evaluate("stored => localStorage.setItem('la-bonne-page:conversation:a', stored)", stored)
    page.reload()
    listed = conversations(ready(page))
    expect(listed).to_contain_text("Aucune conversation gardée")


@pytest.mark.parametrize(
    ("answer", "shown"),
    [
        ({"status": "answered", "language": "fr", "text": HOSTILE, "choices": [HOSTILE]}, True),
        ({"status": "clarify", "language": "fr", "text": HOSTILE, "choices": [HOSTILE]}, True),
        ({"status": 'x" onload=', "language": "fr", "text": HOSTILE}, False),
    ],
)
def test_what_another_program_put_there_never_becomes_markup(
    visit: Open, address: str, answer: dict[str, object], shown: bool
) -> None:
    page = visit(address, locale="fr-FR")
    stored = {
        "id": "a",
        "title": HOSTILE,
        "at": "2026-01-01T00:00:00Z",
        "exchanges": [{"question": HOSTILE, "answer": answer}],
    }
    page.evaluate(
        "stored => localStorage.setItem('la-bonne-page:conversation:a', stored)", json.dumps(stored)
    )
    listed = conversations(ready(page))
    expect(listed.locator(".open span")).to_have_text(HOSTILE)
    listed.locator(".open").click()
    if shown:
        expect(page.locator(".reply.whole")).to_contain_text(HOSTILE)
    else:
        expect(page.get_by_role("alert")).to_contain_text("n’a pas pu être relue")
    expect(page.locator('img[src*="evil"], [onerror], [onload]')).to_have_count(0)


def test_a_conversation_is_taken_along_as_word_and_markdown(own: Page, tmp_path: Path) -> None:
    ask(own, CONTACT)
    for name, form in (("Word (.docx)", "docx"), ("Markdown (.md)", "md")):
        own.locator("#export summary").press("Enter")
        with own.expect_download() as download:
            own.get_by_role("button", name=name).click()
        assert download.value.suggested_filename == f"qui-contacter-pour-une-cpts.{form}"
        download.value.save_as(tmp_path / f"x.{form}")
    texts = [paragraph.text for paragraph in docx.Document(str(tmp_path / "x.docx")).paragraphs]
    assert CONTACT in texts
    assert any(text.startswith("[1] ") and "2023, p. 4" in text for text in texts)
    written = (tmp_path / "x.md").read_text(encoding="utf-8")
    assert "## Références" in written


def test_the_printed_page_has_the_conversation_and_nothing_else(
    own: Page, picture: Picture
) -> None:
    ask(own, CONTACT)
    own.emulate_media(media="print")
    picture(own, "imprime")
    expect(own.locator(".reply.whole")).to_be_visible()
    for part in ("#tools", "#composer", ".after", ".edit", "nav.site"):
        expect(own.locator(part).first).to_be_hidden()


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 320)])
def test_axe_finds_nothing_in_the_list(
    visit: Open, address: str, scheme: str, width: int, violations: Violations, picture: Picture
) -> None:
    page = visit(address, color_scheme=scheme, viewport={"width": width, "height": 900})
    conversations(ready(page))
    assert violations(page) == ""
    page.keyboard.press("Escape")
    ask(page, CONTACT)
    page.locator("#export summary").click()
    assert violations(page) == ""
    page.keyboard.press("Escape")
    listed = conversations(page)
    listed.get_by_role("button", name="Tout supprimer").click()
    assert violations(page) == ""
    listed.get_by_role("button", name="Renommer").click()
    picture(page, f"conversations-{scheme}")
    assert violations(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert listed.evaluate("dialog => dialog.scrollWidth <= dialog.clientWidth")
