"""Who asks too often, as the page tells it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from assistant.web.rates import Rate
from assistant.web.server import create_app
from assistant.web.serving import Serving
from corpus.catalogue import read_catalogue
from corpus.settings import guides_folder
from tests.assistant.web.conftest import served
from tests.doubles_web import PaperIndex, WordAssistant, some_guides

pytestmark = pytest.mark.filterwarnings("ignore::pandas.errors.Pandas4Warning")


@pytest.fixture(scope="module")
def patient() -> Iterator[str]:
    """A page that answers one question an hour."""
    folder, catalogue = guides_folder({}), read_catalogue()
    index = PaperIndex(some_guides(folder), catalogue)
    serving = Serving(asking=Rate(1, 3600))
    with served(create_app(WordAssistant(index), index, catalogue, folder, serving)) as address:
        yield address


def test_the_page_says_when_to_ask_again_and_can_be_used_on(
    visit: Callable[..., Page], patient: str, picture: Callable[[Page, str], None]
) -> None:
    page = visit(patient)
    page.locator("body.ready").wait_for()
    for number in range(2):
        page.get_by_role("textbox", name="Votre question").fill("Qui contacter pour une CPTS ?")
        page.keyboard.press("Enter")
        page.locator(".reply.whole").nth(number).wait_for()
        expect(page.get_by_role("button", name="Envoyer", exact=True)).to_be_visible()
    expect(page.locator(".reply.trouble")).to_contain_text(
        re.compile(r"adresse\. Réessayez dans \d+ s\.")
    )
    picture(page, "trop-souvent")
