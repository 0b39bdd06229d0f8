"""The page as its users meet it, in a real browser."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

# gradio's queue counts with pandas, in ways that pandas has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")

Open = Callable[..., Page]
Violations = Callable[[Page], str]
Picture = Callable[[Page, str], None]

CONTACT = "Qui contacter pour une CPTS ?"
UNKNOWN = "Combien de fusées sur Mars ?"


def box_of(page: Page) -> Locator:
    """Where questions are typed."""
    return page.get_by_role("textbox", name="Votre question")


def ask(page: Page, question: str) -> Locator:
    """Types a question, presses Enter and waits for the whole answer."""
    before = page.locator(".reply.whole").count()
    box_of(page).fill(question)
    page.keyboard.press("Enter")
    answer = page.locator(".reply.whole").nth(before)
    answer.wait_for()
    expect(page.get_by_role("button", name="Envoyer")).to_be_visible()
    return answer


def open_source(page: Page, answer: Locator, marker: str = "[2]") -> Locator:
    """Clicks on a citation and waits for its panel."""
    answer.get_by_role("link", name=marker, exact=True).click()
    panel = page.get_by_role("complementary")
    panel.locator("blockquote").wait_for()
    return panel


def test_a_starter_question_is_answered(chat: Page, picture: Picture) -> None:
    picture(chat, "accueil")
    chat.get_by_role("button", name=re.compile("Comment est financée")).click()
    expect(chat.locator(".reply.whole")).to_contain_text("CPTS")
    expect(chat.get_by_role("button", name=re.compile("Comment est financée"))).to_be_hidden()
    expect(box_of(chat)).to_be_focused()
    picture(chat, "reponse")


def test_a_typed_question_is_answered_and_leaves_the_box(chat: Page) -> None:
    answer = ask(chat, CONTACT)
    expect(answer.get_by_role("link", name="[1]", exact=True)).to_be_visible()
    expect(box_of(chat)).to_have_value("")
    expect(box_of(chat)).to_be_focused()


def test_the_whole_answer_is_announced_once(chat: Page) -> None:
    ask(chat, CONTACT)
    expect(chat.locator("#status")).to_contain_text("coordonnateur")
    expect(chat.locator("#status")).not_to_contain_text("Sources")
    expect(chat.get_by_role("log")).to_have_attribute("aria-live", "off")


def test_the_highlight_lies_on_the_page_image(chat: Page, picture: Picture) -> None:
    panel = open_source(chat, ask(chat, CONTACT))
    image = panel.locator(".sheet img")
    expect(image).to_have_js_property("complete", True)
    sheet, mark = image.bounding_box(), panel.locator(".mark").first.bounding_box()
    assert sheet
    assert mark
    assert image.evaluate("image => image.naturalWidth") > 500
    assert mark["width"] > 20
    assert mark["height"] > 3
    assert sheet["x"] <= mark["x"]
    assert mark["x"] + mark["width"] <= sheet["x"] + sheet["width"] + 1
    assert sheet["y"] <= mark["y"] <= sheet["y"] + sheet["height"]
    picture(chat, "source")


def test_the_panel_names_guide_publisher_year_and_page(chat: Page) -> None:
    panel = open_source(chat, ask(chat, CONTACT))
    for told in ("collaborer pour la PCI", "CRAtb et CPias", "2023", "p. 5"):
        expect(panel).to_contain_text(told)
    expect(panel.locator("blockquote")).to_have_attribute("lang", "fr")


def test_the_printed_page_is_told_beside_the_files(chat: Page) -> None:
    answer = ask(
        chat, "Quelle dispensation, quelle administration des médicaments, quels conseils ?"
    )
    answer.get_by_role("link", name=re.compile("PDF")).first.click()
    expect(chat.get_by_role("complementary")).to_contain_text(re.compile(r"p\. \d+ \(PDF \d+\)"))


def test_the_next_page_and_back_to_the_passage(chat: Page) -> None:
    panel = open_source(chat, ask(chat, CONTACT))
    panel.get_by_role("button", name="Suivante ›").click()
    expect(panel).to_contain_text("p. 6")
    expect(panel.locator(".mark")).to_have_count(0)
    expect(panel.get_by_role("button", name="Suivante ›")).to_be_focused()
    panel.get_by_role("button", name="Revenir au passage cité").click()
    expect(panel.locator(".mark").first).to_be_visible()


def test_the_page_image_can_be_enlarged(chat: Page) -> None:
    panel = open_source(chat, ask(chat, CONTACT))
    before = panel.locator(".sheet").bounding_box()
    panel.get_by_role("button", name="Agrandir").click()
    after = panel.locator(".sheet").bounding_box()
    assert before
    assert after
    assert after["width"] > 1.5 * before["width"]


def test_the_guides_own_file_is_linked_at_its_page(chat: Page) -> None:
    panel = open_source(chat, ask(chat, CONTACT))
    link = panel.get_by_role("link", name="Ouvrir le guide")
    expect(link).to_have_attribute("href", re.compile(r"/file#page=5$"))
    assert chat.request.get(str(link.evaluate("link => link.href"))).status == 200


def test_a_guide_without_pages_shows_its_section(chat: Page, picture: Picture) -> None:
    answer = ask(chat, "Quelle dotation annuelle pour une ESS, patientèle, territoire ?")
    answer.locator(".sources a").last.click()
    panel = chat.get_by_role("complementary")
    expect(panel.locator("mark").first).to_be_visible()
    expect(panel.locator("img")).to_have_count(0)
    picture(chat, "source-texte")


def test_a_source_is_opened_and_closed_by_keyboard(chat: Page) -> None:
    answer = ask(chat, CONTACT)
    link = answer.get_by_role("link", name="[2]", exact=True)
    for _ in range(20):
        chat.keyboard.press("Shift+Tab")
        if link.evaluate("link => link === document.activeElement"):
            break
    chat.keyboard.press("Enter")
    expect(chat.get_by_role("complementary").get_by_role("heading").first).to_be_focused()
    chat.keyboard.press("Escape")
    expect(chat.locator("#panel")).to_be_hidden()
    expect(link).to_be_focused()


def test_a_refusal_looks_like_one(chat: Page, picture: Picture) -> None:
    refusal = ask(chat, UNKNOWN)
    expect(refusal).to_have_class(re.compile(r"\babstained\b"))
    expect(refusal).to_contain_text("Sans réponse dans les guides")
    expect(refusal).to_contain_text("Passages les plus proches")
    picture(chat, "refus")


@pytest.mark.parametrize(
    "hostile",
    [
        "<img src=http://evil.test/a.png onerror=alert(1)> CPTS",
        "<form action=http://evil.test><input type=image src=http://evil.test/b> CPTS",
        "![x](http://evil.test/c.png) [lien](http://evil.test) <b>CPTS</b>",
        "<div style='position:fixed;inset:0;background:url(http://evil.test/d)'>CPTS</div>",
        "`<script>alert(1)</script>` $$x$$ CPTS\n# titre\n- liste",
    ],
)
def test_hostile_text_is_shown_as_text(chat: Page, hostile: str) -> None:
    box = box_of(chat)
    box.fill(hostile)
    chat.get_by_role("button", name="Envoyer").click()
    chat.locator(".reply.whole").wait_for()
    shown = chat.locator('[data-testid="user"]')
    assert " ".join(shown.inner_text().split()) == " ".join(hostile.split())
    expect(
        chat.locator("#chat .message-content :is(img, form, input, script, style, iframe, h1, b)")
    ).to_have_count(0)
    expect(
        chat.locator('#chat a:not([href^="#src-"])[href*="evil"]:not([rel*="noopener"])')
    ).to_have_count(0)


def test_a_long_question_is_refused_kindly_and_kept(chat: Page, picture: Picture) -> None:
    box = box_of(chat)
    box.fill("a" * 2001)
    expect(chat.locator("#count")).to_have_text("2 001 / 2 000")
    box.press("Enter")
    expect(chat.get_by_role("alert")).to_contain_text("Votre question est trop longue")
    expect(box).to_have_value("a" * 2001)
    expect(chat.locator('[data-testid="user"]')).to_have_count(0)
    picture(chat, "trop-longue")


def test_an_empty_question_is_asked_for(chat: Page) -> None:
    chat.get_by_role("button", name="Envoyer").click()
    expect(chat.get_by_role("alert")).to_contain_text("Écrivez d’abord une question.")


def test_a_failure_is_told_in_french(chat: Page, picture: Picture) -> None:
    trouble = ask(chat, "Une panne ?")
    expect(trouble).to_contain_text("La réponse n’a pas pu être préparée")
    picture(chat, "panne")


def test_a_server_that_is_gone_is_told_in_french(visit: Open, address: str) -> None:
    page = visit(address, tolerated="Failed to load resource")
    page.locator("body.ready").wait_for()
    answer = ask(page, CONTACT)
    page.route("**/*", lambda route: route.abort())
    box_of(page).fill("Qui contacter pour une MSP ?")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Le programme ne répond plus.")
    expect(page.locator(".toast-wrap")).to_be_hidden()
    answer.get_by_role("link", name="[1]", exact=True).click()
    expect(page.get_by_role("complementary")).to_contain_text("Le programme ne répond plus.")


def test_an_answer_can_be_stopped_and_its_question_comes_back(chat: Page) -> None:
    box = box_of(chat)
    box.fill("Réponds lentement, CPTS ?")
    box.press("Enter")
    chat.get_by_role("button", name="Arrêter").click()
    expect(chat.get_by_role("button", name="Envoyer")).to_be_visible()
    expect(chat.locator("#status")).to_contain_text("Réponse arrêtée.")
    expect(box).to_have_value("Réponds lentement, CPTS ?")


def test_a_new_conversation_starts_empty(chat: Page) -> None:
    open_source(chat, ask(chat, CONTACT))
    chat.get_by_role("button", name="Nouvelle conversation").click()
    expect(chat.locator('[data-testid="user"]')).to_have_count(0)
    expect(chat.locator("#panel")).to_be_hidden()
    expect(chat.locator(".starter").first).to_be_visible()


def test_an_answer_is_copied_as_it_reads(chat: Page) -> None:
    chat.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(chat, CONTACT)
    chat.get_by_role("button", name="Copier").click()
    expect(chat.get_by_role("button", name="Copié")).to_be_visible()
    copied = chat.evaluate("navigator.clipboard.readText()")
    assert "[2]" in copied
    assert "Sources" in copied
    assert "#src-" not in copied


def test_the_page_is_french_in_an_english_browser(chat: Page) -> None:
    ask(chat, CONTACT)
    expect(chat.locator("html")).to_have_attribute("lang", "fr")
    assert chat.title().startswith("La bonne page")
    labels = chat.locator("[aria-label]").evaluate_all("all => all.map((one) => one.ariaLabel)")
    english = [
        label for label in labels if re.search(r"\b(message|clear|chatbot|copy|the)\b", label)
    ]
    assert english == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    visit: Open, address: str, scheme: str, violations: Violations, picture: Picture
) -> None:
    page = visit(address, color_scheme=scheme, reduced_motion="reduce")
    page.locator("body.ready").wait_for()
    assert violations(page) == ""
    ask(page, UNKNOWN)
    answer = ask(page, CONTACT)
    assert violations(page) == ""
    open_source(page, answer)
    picture(page, f"panneau-{scheme}")
    assert violations(page) == ""


@pytest.mark.parametrize("width", [320, 360])
def test_a_narrow_screen_needs_no_sideways_scrolling(
    visit: Open, address: str, width: int, violations: Violations, picture: Picture
) -> None:
    page = visit(address, viewport={"width": width, "height": 740})
    page.locator("body.ready").wait_for()
    picture(page, f"etroit-{width}-accueil")
    answer = ask(page, CONTACT)
    picture(page, f"etroit-{width}-reponse")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    panel = open_source(page, answer)
    picture(page, f"etroit-{width}-source")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert panel.evaluate("panel => panel.scrollWidth") <= width
    assert violations(page) == ""
    page.keyboard.press("Escape")
    expect(answer.get_by_role("link", name="[2]", exact=True)).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_without_guides_the_page_says_what_to_do(
    visit: Open, empty_address: str, scheme: str, violations: Violations, picture: Picture
) -> None:
    page = visit(empty_address, color_scheme=scheme)
    expect(page.get_by_role("heading", name="Il manque les guides")).to_be_visible()
    for told in ("urps-occitanie-esp.pdf", "corpus/guides", "make chat"):
        expect(page.locator("main")).to_contain_text(told)
    picture(page, f"sans-guides-{scheme}")
    assert violations(page) == ""
