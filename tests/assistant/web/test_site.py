"""The pages beside the chat, as their readers meet them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.web.server import create_app
from corpus.catalogue import read_catalogue
from tests.assistant.web.conftest import served
from tests.browsing import is_as_wide_as_the_window
from tests.doubles_web import PaperIndex, WordAssistant

# gradio's queue counts with pandas, in ways that pandas has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")

Open = Callable[..., Page]
Violations = Callable[[Page], str]
Picture = Callable[[Page, str], None]

PDF = "guides/urps-occitanie-esp?page=2"
MARKDOWN = "guides/urps-occitanie-dispositifs"
PAGES = {
    "guides": "guides",
    "lecture": PDF,
    "lecture-texte": MARKDOWN,
    "apropos": "a-propos",
    "accessibilite": "accessibilite",
    "introuvable": "guides/rien",
}
CONTRAST = """
({ selector, part }) => {
  const luminance = (colour) => {
    const linear = colour.match(/[\\d.]+/g).slice(0, 3).map((value) => {
      const share = value / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const element = document.querySelector(selector);
  const front = luminance(getComputedStyle(element, part).color);
  const back = luminance(getComputedStyle(element).backgroundColor);
  return (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05);
}
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(
    visit: Open, address: str, scheme: str, violations: Violations, picture: Picture
) -> None:
    page = visit(address, "404 (Not Found)", color_scheme=scheme, reduced_motion="reduce")
    for name, path in PAGES.items():
        page.goto(f"{address}/{path}")
        for summary in page.locator("summary").all():
            summary.click()
        picture(page, f"site-{name}-{scheme}")
        assert violations(page) == "", path


@pytest.mark.parametrize(
    ("width", "height"), [(320, 640), (640, 400)], ids=["320 px", "1280 px at 200 %"]
)
def test_no_page_needs_sideways_scrolling(
    visit: Open, address: str, width: int, height: int, picture: Picture
) -> None:
    page = visit(address, "404 (Not Found)", viewport={"width": width, "height": height})
    for name, path in PAGES.items():
        page.goto(f"{address}/{path}")
        picture(page, f"site-{name}-{width}")
        assert is_as_wide_as_the_window(page), path


def test_every_stop_of_the_keyboard_can_be_seen_and_the_first_skips(
    visit: Open, address: str
) -> None:
    page = visit(f"{address}/guides")
    stops = []
    for _ in range(12):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
              const it = document.activeElement, style = getComputedStyle(it);
              const box = it.getBoundingClientRect();
              const seen = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
              return [it.textContent.trim(), seen && box.width > 0 && box.left >= 0, box.top];
            }"""
        )
        stops.append(stop)
    names = [name for name, _, _ in stops]
    assert names[0] == "Aller au contenu"
    assert names[1:6] == [
        "La bonne page",
        "Poser une question",
        "Les guides",
        "À propos",
        "English",
    ]
    assert all(seen for _, seen, _ in stops), stops
    page.goto(f"{address}/guides")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("main .card a").first).to_be_focused()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_placeholder_can_be_read(visit: Open, address: str, scheme: str) -> None:
    page = visit(address, color_scheme=scheme)
    page.locator("body.ready").wait_for()
    asked = {"selector": "#question textarea", "part": "::placeholder"}
    assert page.evaluate(CONTRAST, asked) >= 4.5


def test_the_navigation_leads_from_page_to_page(visit: Open, address: str) -> None:
    page = visit(address)
    page.locator("body.ready").wait_for()
    nav = page.get_by_role("navigation", name="Pages du site")
    expect(nav.get_by_role("link", name="Poser une question")).to_have_attribute(
        "aria-current", "page"
    )
    nav.get_by_role("link", name="Les guides").click()
    expect(page.get_by_role("heading", level=1, name="Les guides")).to_be_visible()
    nav.get_by_role("link", name="À propos").click()
    expect(page.get_by_role("heading", level=1, name="À propos")).to_be_visible()
    page.get_by_role("contentinfo").get_by_role("link", name="Accessibilité").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("accessibilité")
    nav.get_by_role("link", name="Poser une question").click()
    page.locator("body.ready").wait_for()


def test_the_language_is_switched_where_one_is_and_kept(visit: Open, address: str) -> None:
    page = visit(f"{address}/{PDF}", locale="fr-FR")
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page).to_have_url(re.compile(r"/guides/urps-occitanie-esp\?page=2$"))
    expect(page.get_by_role("link", name="Next")).to_be_visible()
    page.goto(address)
    page.locator("body.ready").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="The guides")).to_be_visible()
    page.get_by_role("link", name="Français").click()
    page.locator("body.ready").wait_for()
    expect(page.locator("html")).to_have_attribute("lang", "fr")


def press(page: Page, key: str, place: str) -> None:
    """Turns to another leaf by keyboard, once the page listens to it."""
    expect(page.locator(".keys")).to_be_visible()
    page.keyboard.press(key)
    expect(page.locator(".place")).to_have_text(place)


def test_a_guide_is_read_whole_by_keyboard(visit: Open, address: str) -> None:
    page = visit(f"{address}/guides")
    page.get_by_role("link", name="Lire ce guide : Équipe de soins primaires").press("Enter")
    expect(page.locator(".place")).to_have_text("p. 2 (PDF 1)")
    for number in range(2, 7):
        press(page, "ArrowRight", f"p. {number + 1} (PDF {number})")
    press(page, "ArrowRight", "p. 7 (PDF 6)")
    press(page, "ArrowLeft", "p. 6 (PDF 5)")
    page.get_by_label("Page", exact=True).fill("3")
    page.keyboard.press("Enter")
    expect(page.locator(".place")).to_have_text("p. 4 (PDF 3)")
    expect(page.locator(".sheet img")).to_have_js_property("complete", True)
    page.get_by_text("Texte de cette page").click()
    expect(page.locator(".reading")).to_have_attribute("lang", "fr")


def test_the_size_of_the_pages_is_kept_from_page_to_page(visit: Open, address: str) -> None:
    page = visit(f"{address}/{PDF}", locale="fr-FR")
    page.get_by_role("button", name="Agrandir").click()
    page.get_by_role("link", name="Suivante").click()
    expect(page.get_by_role("group", name="Taille de la page")).to_contain_text("160")


def test_a_guide_without_pages_is_read_part_by_part(visit: Open, address: str) -> None:
    page = visit(f"{address}/{MARKDOWN}")
    expect(page.locator(".place")).to_have_text("Partie 1")
    first = page.locator(".reading").inner_text()
    press(page, "ArrowRight", "Partie 2")
    assert page.locator(".reading").inner_text() != first


def test_a_cited_passage_is_marked_when_the_guide_is_read(visit: Open, address: str) -> None:
    page = visit(f"{address}/{PDF}&start=0&end=60")
    expect(page.locator(".sheet rect").first).to_be_in_viewport()


def test_the_guides_are_read_without_javascript(visit: Open, address: str) -> None:
    page = visit(f"{address}/guides", java_script_enabled=False)
    page.get_by_role("link", name="Lire ce guide").last.click()
    page.get_by_role("link", name="Suivante").click()
    expect(page.locator(".sheet img")).to_be_visible()
    expect(page.get_by_role("group", name="Taille de la page")).to_be_hidden()


def test_text_and_name_of_a_guide_never_become_markup(
    visit: Open, tmp_path: Path, violations: Violations
) -> None:
    sign = "<img src=http://evil.test/a onerror=alert(1) "
    name = 'un "guide" <img src=x onerror=alert(1)> &lt;b&gt;.md'
    (tmp_path / name).write_text(f"Une phrase qui est assez longue pour compter, puis {sign}\n" * 3)
    index = PaperIndex([tmp_path / name], read_catalogue())
    with served(create_app(WordAssistant(index), index, read_catalogue(), tmp_path)) as address:
        page = visit(f"{address}/guides")
        expect(page.locator("main img")).to_have_count(0)
        page.get_by_role("link", name="Lire ce guide").click()
        expect(page.locator(".reading p").first).to_contain_text(sign.strip())
        expect(page.get_by_role("heading", level=1)).to_contain_text("<img src=x onerror=alert(1)>")
        expect(page.locator("main img")).to_have_count(0)
        assert violations(page) == ""


def test_the_pages_stand_without_any_guide(
    visit: Open, empty_address: str, violations: Violations
) -> None:
    page = visit(empty_address, "404 (Not Found)")
    for path in ("guides", "a-propos", "accessibilite"):
        page.goto(f"{empty_address}/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert violations(page) == "", path
