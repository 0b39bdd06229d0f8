"""The maintainers' pages in a real browser, with a real ingestion behind them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from assistant.assistant import Assistant
from assistant.current import open_current
from assistant.feedback import Cited, FeedbackBox, Opinion
from assistant.web.admin.access import Access
from assistant.web.admin.password import Password, hashed
from assistant.web.server import create_app
from assistant.web.serving import Serving
from corpus.catalogue import read_catalogue
from corpus.lexicon import read_lexicon
from corpus.settings import Settings
from tests.assistant.web.conftest import served
from tests.browsing import ask

Open = Callable[..., Page]
Violations = Callable[[Page], str]
Picture = Callable[[Page, str], None]
SECRET = "un mot de passe long"
GUIDE = b"# Un guide\n\n## La MSP\n\nUne MSP compte au moins deux professionnels de sant\xc3\xa9.\n"
# Reading a guide is a program of its own, and the machine may be busy.
READ = 180_000


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("admin")


@pytest.fixture(scope="module")
def admin(folder: Path) -> Iterator[str]:
    """The site without an index yet, with a folder of guides that can be changed."""
    (folder / "guides").mkdir()
    settings = Settings(folder / "guides", folder / "index", fiches=False)
    FeedbackBox(settings.feedback).add(
        Opinion(False, "Et <b>la</b> MSP ?", "Deux. [1]", "answered", "fr", "wrong", "Non, trois.",
                citations=(Cited("un-guide", 3),), versions=(("program", "1"),))
    )  # fmt: skip
    access = Access(Password(hashed(SECRET, (16, 1, 1))))
    serving = Serving(settings, settings.feedback, folder / "results", access=access, upload_mb=1)
    current = open_current(settings, read_lexicon(), Assistant, wait=True)
    app = create_app(current, current.index, read_catalogue(), settings.guides, serving)
    with current.watching(0.2), served(app) as address:
        yield address
    current.close()


def enter(page: Page) -> None:
    """Logs in."""
    page.get_by_label("Mot de passe").fill(SECRET)
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Guides", exact=True).wait_for()


def test_a_guide_is_added_read_replaced_removed_and_brought_back(
    visit: Open, admin: str, folder: Path, picture: Picture
) -> None:
    page = visit(admin)
    expect(page.get_by_role("heading", level=1)).to_have_text("Il manque les guides")
    page.goto(f"{admin}/admin")
    enter(page)
    bad = {"name": "faux.pdf", "mimeType": "application/pdf", "buffer": b"<html>"}
    good = {"name": "un-guide.md", "mimeType": "text/markdown", "buffer": GUIDE}
    page.get_by_label("Fichiers", exact=True).set_input_files([bad, good])
    page.get_by_role("button", name="Envoyer").click()
    expect(page.locator("#puts li")).to_have_text(
        [re.compile(r"^faux.pdf\s: ce n’est pas un PDF\s: enregistrez"),
         re.compile(r"^un-guide.md\s: ajouté$")]
    )  # fmt: skip
    expect(page.locator("#job-state")).to_contain_text("Lecture terminée", timeout=READ)
    expect(page.locator("#job-lines")).to_contain_text(re.compile(r"un-guide.md\s: lu"))
    expect(page.locator("#holdings .files")).to_contain_text("un-guide.md")
    picture(page, "admin-envoi")
    # The first guide opens the chat, without a restart and with the maintainer still logged in.
    expect(page.locator("#job-use")).to_contain_text("l’index le plus récent")
    page.goto(admin)
    page.locator("body.ready").wait_for()
    answer = ask(page, "Combien de professionnels compte une MSP ?")
    expect(answer).to_contain_text("au moins deux professionnels de santé")
    page.goto(f"{admin}/admin")
    page.get_by_label("Fichiers", exact=True).set_input_files([good])
    page.get_by_role("button", name="Envoyer").click()
    again = page.get_by_role("button", name="Remplacer un-guide.md")
    expect(again).to_be_focused()
    again.click()
    expect(page.locator("#puts")).to_contain_text(re.compile(r"un-guide.md\s: ajouté"))
    expect(page.locator("#job-state")).to_contain_text("Lecture terminée", timeout=READ)
    page.goto(f"{admin}/admin")
    page.locator("summary", has_text="Retirer").click()
    page.get_by_role("button", name="Retirer ce guide").click()
    expect(page.locator(".files")).to_have_count(0)
    assert not (folder / "guides" / "un-guide.md").exists()
    page.get_by_role("button", name="Remettre").first.click()
    expect(page.locator(".files")).to_contain_text("un-guide.md")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(
    visit: Open, admin: str, scheme: str, violations: Violations, picture: Picture
) -> None:
    size = {"width": 360, "height": 740}
    page = visit(
        f"{admin}/admin",
        tolerated="401",
        color_scheme=scheme,
        reduced_motion="reduce",
        viewport=size,
    )
    page.get_by_label("Mot de passe").fill("faux")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text("Mot de passe inexact.")
    assert violations(page) == ""
    picture(page, f"admin-entree-{scheme}")
    enter(page)
    for path in ("admin", "admin/feedback", "admin/fiches"):
        page.goto(f"{admin}/{path}")
        for summary in page.locator("summary").all():
            summary.click()
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path
        assert violations(page) == "", path
        picture(page, f"{path.replace('/', '-')}-360-{scheme}")


def test_an_opinion_is_read_and_erased(visit: Open, admin: str, picture: Picture) -> None:
    page = visit(f"{admin}/admin/feedback")
    # Logins are rationed: whoever is in from another test stays in.
    if page.get_by_label("Mot de passe").is_visible():
        enter(page)
    page.get_by_role("link", name="Avis", exact=True).click()
    expect(page.get_by_role("heading", name="Et <b>la</b> MSP ?")).to_be_visible()
    page.locator("summary").click()
    expect(page.locator(".files")).to_contain_text("un-guide, p. 3")
    picture(page, "admin-avis")
    page.get_by_role("button", name="Effacer cet avis").click()
    expect(page.get_by_role("heading", name="Avis (0)")).to_be_visible()
    page.get_by_role("button", name="Se déconnecter").click()
    expect(page.get_by_label("Mot de passe")).to_be_visible()
    page.goto(f"{admin}/admin")
    expect(page.get_by_label("Mot de passe")).to_be_visible()
