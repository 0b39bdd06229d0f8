"""Checking a statement: the tip of a citation, and the panel that shows its source."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browsing import ask, citation, focus_by_keyboard, open_source

# gradio's queue counts with pandas, in ways that pandas has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")

Open = Callable[..., Page]
Violations = Callable[[Page], str]
Picture = Callable[[Page, str], None]

CONTACT = "Qui contacter pour une CPTS ?"


def test_pointing_at_a_citation_shows_its_quote_beside_it(chat: Page, picture: Picture) -> None:
    link = citation(ask(chat, CONTACT))
    link.hover()
    tip = chat.get_by_role("tooltip")
    expect(tip.locator(".quoted")).to_have_attribute("lang", "fr")
    expect(tip).to_contain_text("CPTS")
    expect(tip).to_contain_text(re.compile(r"p\.\s\d"))
    expect(link).to_have_attribute("aria-describedby", "tip")
    place, box = link.bounding_box(), tip.bounding_box()
    assert place
    assert box
    assert box["y"] >= place["y"] + place["height"] or box["y"] + box["height"] <= place["y"]
    picture(chat, "infobulle")


def test_the_tip_stays_while_it_is_pointed_at_and_escape_closes_it(chat: Page) -> None:
    citation(ask(chat, CONTACT)).hover()
    tip = chat.get_by_role("tooltip")
    tip.locator(".quoted").hover()
    expect(tip).to_be_visible()
    chat.keyboard.press("Escape")
    expect(tip).to_be_hidden()


def test_the_tip_goes_when_the_pointer_leaves(chat: Page) -> None:
    citation(ask(chat, CONTACT)).hover()
    tip = chat.get_by_role("tooltip")
    expect(tip).to_be_visible()
    chat.mouse.move(5, 400)
    expect(tip).to_be_hidden()


def test_a_citation_reached_by_keyboard_shows_its_quote(chat: Page) -> None:
    link = citation(ask(chat, CONTACT))
    focus_by_keyboard(chat, link)
    expect(chat.get_by_role("tooltip").locator(".quoted")).to_be_visible()
    chat.keyboard.press("Escape")
    expect(chat.get_by_role("tooltip")).to_be_hidden()
    expect(link).to_be_focused()


def test_the_panel_closed_by_escape_gives_the_focus_back_without_a_tip(chat: Page) -> None:
    link = citation(ask(chat, CONTACT))
    focus_by_keyboard(chat, link)
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("complementary").get_by_role("heading").first).to_be_focused()
    chat.keyboard.press("Escape")
    expect(link).to_be_focused()
    expect(chat.get_by_role("tooltip")).to_be_hidden()


def test_citations_are_stepped_through_by_keyboard(chat: Page, picture: Picture) -> None:
    answer = ask(chat, CONTACT)
    panel = open_source(chat, citation(answer))
    expect(panel).to_contain_text("Citation 1 sur 3")
    first = panel.locator("blockquote").inner_text()
    panel.get_by_role("button", name="Citation suivante").focus()
    chat.keyboard.press("Enter")
    expect(panel).to_contain_text("Citation 2 sur 3")
    expect(panel.get_by_role("button", name="Citation suivante")).to_be_focused()
    expect(citation(answer, 2)).to_have_attribute("aria-current", "true")
    expect(citation(answer, 1)).not_to_have_attribute("aria-current", "true")
    chat.keyboard.press("ArrowRight")
    expect(panel).to_contain_text("Citation 3 sur 3")
    chat.keyboard.press("Enter")
    expect(panel).to_contain_text("Citation 3 sur 3")
    picture(chat, "citations")
    chat.keyboard.press("ArrowLeft")
    expect(panel).to_contain_text("Citation 2 sur 3")
    chat.keyboard.press("ArrowLeft")
    expect(panel).to_contain_text("Citation 1 sur 3")
    expect(panel.locator("blockquote")).to_have_text(first)
    chat.keyboard.press("Escape")
    expect(citation(answer)).to_be_focused()


def test_another_passage_of_the_guide_is_shown_and_left_again(chat: Page) -> None:
    panel = open_source(chat, citation(ask(chat, CONTACT)))
    cited = panel.locator("blockquote").inner_text()
    others = panel.get_by_role("region", name="Autres passages de ce guide")
    expect(others.get_by_role("listitem")).to_have_count(6)
    others.get_by_role("button").first.click()
    expect(panel.locator("blockquote")).not_to_have_text(cited)
    expect(panel.locator(".mark").first).to_be_visible()
    panel.get_by_role("button", name="Revenir au passage cité").click()
    expect(panel.locator("blockquote")).to_have_text(cited)


def test_the_text_of_the_page_can_be_read_below_its_image(chat: Page) -> None:
    panel = open_source(chat, citation(ask(chat, CONTACT)))
    panel.get_by_text("Texte de cette page").click()
    expect(panel.locator(".reading")).to_have_attribute("lang", "fr")
    expect(panel.locator(".reading mark").first).to_be_visible()


def test_an_enlarged_page_becomes_sharper(chat: Page) -> None:
    panel = open_source(chat, citation(ask(chat, CONTACT)))
    image = panel.locator(".sheet img")
    expect(image).to_have_js_property("complete", True)
    before = int(image.evaluate("image => image.naturalWidth"))
    panel.get_by_role("button", name="Agrandir").click()
    panel.get_by_role("button", name="Agrandir").click()
    expect(image).to_have_attribute("src", re.compile("sharp"))
    assert int(image.evaluate("image => image.naturalWidth")) > 1.5 * before
    panel.get_by_role("button", name="Réduire").click()
    expect(panel.locator(".mark").first).to_be_visible()


def test_the_panel_names_region_and_leads_to_the_whole_guide(chat: Page) -> None:
    panel = open_source(chat, citation(ask(chat, CONTACT)))
    expect(panel.locator(".origin")).to_contain_text("France entière")
    link = panel.get_by_role("link", name="Lire le guide en entier")
    expect(link).to_have_attribute("href", re.compile(r"^guides/[\w-]+\?page=\d+&start=\d+&end="))
    assert chat.request.get(str(link.evaluate("link => link.href"))).status == 200


def test_a_citation_opened_in_a_new_tab_shows_its_panel(
    chat: Page, visit: Open, address: str
) -> None:
    fragment = citation(ask(chat, CONTACT)).get_attribute("href")
    page = visit(f"{address}/{fragment}")
    expect(page.get_by_role("complementary").locator("blockquote")).to_be_visible()


def test_the_panel_speaks_english_and_quotes_in_french(visit: Open, address: str) -> None:
    page = visit(f"{address}/langue/en", locale="fr-FR")
    page.locator("body.ready").wait_for()
    panel = open_source(page, citation(ask(page, CONTACT)))
    expect(panel.get_by_role("button", name="Next citation")).to_be_visible()
    expect(panel.get_by_role("link", name="Open the guide here")).to_be_visible()
    expect(panel.locator("blockquote")).to_have_attribute("lang", "fr")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_tip_text_and_other_passages(
    visit: Open, address: str, scheme: str, violations: Violations, picture: Picture
) -> None:
    page = visit(address, color_scheme=scheme, reduced_motion="reduce")
    page.locator("body.ready").wait_for()
    link = citation(ask(page, CONTACT))
    link.hover()
    expect(page.get_by_role("tooltip").locator(".quoted")).to_be_visible()
    assert violations(page) == ""
    panel = open_source(page, link)
    panel.get_by_text("Texte de cette page").click()
    panel.get_by_role("button", name="Agrandir").click()
    picture(page, f"panneau-texte-{scheme}")
    assert violations(page) == ""
    panel.get_by_role("region", name="Autres passages").get_by_role("button").first.click()
    expect(panel.get_by_role("button", name="Revenir au passage cité")).to_be_visible()
    assert violations(page) == ""
