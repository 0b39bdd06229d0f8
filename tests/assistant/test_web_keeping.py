"""The routes for what the browser keeps and what can be chosen."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO

import docx
import pytest
from fastapi.testclient import TestClient

from assistant.answer import Answer, Citation, Exchange
from assistant.web.choices import regions
from assistant.web.order import as_kept
from assistant.web.server import create_app
from assistant.web.starters import read_starters
from corpus.catalogue import read_catalogue
from corpus.guide import Guide
from corpus.settings import guides_folder
from tests.doubles_web import NEXT, PaperIndex, WordAssistant, some_guides

CITED = Citation(1, "urps-occitanie-esp", 21, "22", None, "mot", 3, 9)
EXCHANGE = Exchange("Une question ?", Answer("answered", "fr", "Oui [1].", (CITED,)))
KEPT = {"title": "Titre", "exchanges": [as_kept(EXCHANGE)]}
JSON = {"Content-Type": "application/json"}
REFUSED = Exchange("Et ?", Answer("abstained", "fr", "Rien."))


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    folder, catalogue = guides_folder({}), read_catalogue()
    index = PaperIndex(some_guides(folder), catalogue)
    with TestClient(create_app(WordAssistant(index), index, catalogue, folder)) as client:
        yield client


def test_a_conversation_is_given_as_markdown(client: TestClient) -> None:
    response = client.post("/conversation/md", json=KEPT)
    assert response.headers["content-type"].startswith("text/markdown")
    assert response.headers["content-disposition"] == "attachment"
    assert response.text.startswith("# Titre\n")
    assert "URPS Médecins Libéraux Occitanie" in response.text
    assert "p. 22 (PDF 21)" in response.text


def test_a_conversation_is_given_as_a_word_file(client: TestClient) -> None:
    response = client.post("/conversation/docx", json=KEPT)
    texts = [paragraph.text for paragraph in docx.Document(BytesIO(response.content)).paragraphs]
    assert "Oui [1]." in texts
    assert any(text.startswith("[1] ") and "p. 22 (PDF 21)" in text for text in texts)


def test_a_long_conversation_is_given_whole(client: TestClient) -> None:
    long = Exchange("Une question ?", Answer("answered", "fr", "Oui [1]. " * 700, (CITED,)))
    body = json.dumps({"title": "Titre", "exchanges": [as_kept(long)] * 100})
    assert len(body) > 600_000
    response = client.post("/conversation/md", content=body, headers=JSON)
    assert response.text.count("## Une question") == 100


def test_a_document_speaks_the_language_of_the_page(client: TestClient) -> None:
    response = client.post("/conversation/md", json=KEPT, headers={"Cookie": "lang=en"})
    assert "## References" in response.text


@pytest.mark.parametrize("form", ["pdf", "..%2Fx", ""])
def test_other_forms_are_not_there(client: TestClient, form: str) -> None:
    assert client.post(f"/conversation/{form}", json=KEPT).status_code in (404, 405, 422)


@pytest.mark.parametrize(
    "hostile",
    [{}, {"title": "t", "exchanges": []}, {"title": "t" * 301, "exchanges": [as_kept(EXCHANGE)]}],
)
@pytest.mark.parametrize("what", ["md", "docx", "next"])
def test_what_no_page_sends_is_refused(client: TestClient, what: str, hostile: object) -> None:
    assert client.post(f"/conversation/{what}", json=hostile).status_code == 422


def test_questions_to_go_on_with_follow_an_answer(client: TestClient) -> None:
    assert client.post("/conversation/next", json=KEPT).json() == {"questions": list(NEXT)}


def test_nothing_follows_a_refusal(client: TestClient) -> None:
    kept = {"title": "Titre", "exchanges": [as_kept(EXCHANGE), as_kept(REFUSED)]}
    assert client.post("/conversation/next", json=kept).json() == {"questions": []}


def test_regions_and_audiences_can_be_chosen(client: TestClient) -> None:
    told = client.get("/conversation/choices").json()
    assert told["regions"] == ["Occitanie"]
    assert [one["name"] for one in told["audiences"]] == [
        "Professionnel de santé",
        "CRAtb ou CPias",
        "Porteur de projet",
    ]
    english = client.get("/conversation/choices", headers={"Cookie": "lang=en"}).json()
    assert english["audiences"][0]["questions"][2] == "How is a CPTS funded?"


def test_guides_for_everywhere_make_no_region() -> None:
    guides = [Guide("a", "A", region="France"), Guide("b", "B"), Guide("c", "C", region="Bretagne")]
    assert regions(guides) == ("Bretagne",)


def test_every_audience_has_four_questions_in_both_languages() -> None:
    for audience in read_starters():
        assert len(audience.questions["fr"]) == len(audience.questions["en"]) == 4


def test_kept_exchanges_are_plain_json() -> None:
    assert json.loads(json.dumps(as_kept(EXCHANGE)))["answer"]["citations"][0]["page"] == 21
