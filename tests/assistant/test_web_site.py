"""The pages beside the chat, and the language of all of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.web.figures import read_figures
from assistant.web.numerals import day, percent
from assistant.web.server import create_app
from assistant.web.serving import Serving
from assistant.web.texts import read_texts
from corpus.catalogue import read_catalogue
from corpus.settings import guides_folder
from tests.doubles_web import PaperIndex, WordAssistant, nothing, some_guides

FOLDER = guides_folder({})
PAGES = ("/guides", "/a-propos", "/accessibilite")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    evaluation = tmp_path_factory.mktemp("eval") / "baseline.json"
    measures = {"right": {"value": 0.8126}, "quotes": {"value": 1.0}, "ran": {"cases": 12}}
    evaluation.write_text(json.dumps({"made": "2026-02-01", "groups": {"all": measures}}))
    index = PaperIndex(some_guides(FOLDER), read_catalogue())
    app = create_app(
        WordAssistant(index), index, read_catalogue(), FOLDER, Serving(evaluation=evaluation)
    )
    with TestClient(app) as client:
        yield client


@pytest.mark.parametrize("path", ["/", *PAGES])
def test_a_page_is_french_until_english_is_chosen(client: TestClient, path: str) -> None:
    assert '<html lang="fr"' in client.get(path).text
    english = client.get(path, headers={"Cookie": "lang=en"}).text
    assert '<html lang="en"' in english
    assert "The guides" in english
    assert "Ask a question" in english


def test_the_language_is_kept_in_a_cookie_and_leads_back(client: TestClient) -> None:
    response = client.get("/langue/en?retour=guides", follow_redirects=False)
    assert response.status_code == 303
    assert response.headers["location"] == "../guides"
    cookie = response.headers["set-cookie"]
    assert cookie.startswith("lang=en;")
    assert "samesite=lax" in cookie.lower()


@pytest.mark.parametrize(
    "retour", ["//evil.test", "https://evil.test", "/\\evil.test", "../..", "a\nb"]
)
def test_the_language_never_leads_to_another_site(client: TestClient, retour: str) -> None:
    answer = client.get("/langue/fr", params={"retour": retour}, follow_redirects=False)
    assert answer.headers["location"] == "../"


def test_a_language_that_is_not_spoken_is_refused(client: TestClient) -> None:
    assert client.get("/langue/de").status_code == 422


def test_every_word_of_these_pages_is_there_in_both_languages() -> None:
    words = read_texts().words
    assert [key for key in words["en"] if key not in words["fr"]] == []


@pytest.mark.parametrize("path", PAGES)
def test_these_pages_allow_no_style_or_script_of_their_own(client: TestClient, path: str) -> None:
    response = client.get(path)
    assert "unsafe" not in response.headers["content-security-policy"]
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "style=" not in response.text
    assert response.headers["x-frame-options"] == "DENY"


def test_the_last_evaluation_is_told_with_its_date(client: TestClient) -> None:
    page = client.get("/a-propos").text
    assert "81,3\u00a0%" in page
    assert "100\u00a0%" in page
    assert "1er\u00a0février 2026, 12 cas" in page


@pytest.mark.parametrize("content", ["", "{}", "[1]", '{"groups": {"all": {"ran": 3}}}'])
def test_figures_that_cannot_be_read_are_none(tmp_path: Path, content: str) -> None:
    path = tmp_path / "baseline.json"
    path.write_text(content)
    assert read_figures(path) is None


def test_without_an_evaluation_the_page_says_so(tmp_path: Path) -> None:
    with TestClient(create_app(*nothing(), read_catalogue(), tmp_path)) as client:
        assert "Aucune évaluation" in client.get("/a-propos").text


def test_the_figures_that_come_with_the_program_are_read() -> None:
    found = read_figures(Path("eval/baseline.json"))
    assert found
    assert 0.5 < found.shares["right"] <= 1


@pytest.mark.parametrize(
    ("share", "french", "english"),
    [(1.0, "100\u00a0%", "100%"), (0.9999, "99,9\u00a0%", "99.9%"), (0.97, "97\u00a0%", "97%")],
)
def test_shares_as_each_language_writes_them(share: float, french: str, english: str) -> None:
    assert (percent(share, "fr"), percent(share, "en")) == (french, english)


def test_a_date_that_is_none_is_told_as_it_is() -> None:
    assert day("hier", "fr") == "hier"
