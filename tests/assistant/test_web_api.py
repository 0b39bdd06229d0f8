"""The interface for programs: what it takes, what it refuses, and who may ask."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.web.keys import Keys, hashed, new_key, read_keys
from assistant.web.rates import Rate
from assistant.web.server import create_app
from assistant.web.serving import Serving
from corpus.catalogue import read_catalogue
from corpus.errors import CorpusError
from corpus.settings import guides_folder
from tests.doubles_web import PaperIndex, WordAssistant, nothing, some_guides

FOLDER = guides_folder({})
QUESTION = "Que fait une équipe de soins primaires ?"
KEY = "une-cle-longue-et-secrete"
EVENTS = {"Accept": "text/event-stream"}


@pytest.fixture(scope="module")
def index() -> PaperIndex:
    return PaperIndex(some_guides(FOLDER), read_catalogue())


@pytest.fixture
def assistant(index: PaperIndex) -> WordAssistant:
    return WordAssistant(index)


def client_of(
    assistant: WordAssistant, index: PaperIndex, serving: Serving | None = None
) -> TestClient:
    app = create_app(assistant, index, read_catalogue(), FOLDER, serving)
    return TestClient(app, raise_server_exceptions=False)


@pytest.fixture
def client(assistant: WordAssistant, index: PaperIndex) -> Iterator[TestClient]:
    with client_of(assistant, index) as client:
        yield client


def events(text: str) -> list[tuple[str, Any]]:
    """The events of a stream: their names and what they tell."""
    blocks = [block.split("\n", 1) for block in text.strip().split("\n\n")]
    return [(n.removeprefix("event: "), json.loads(d.removeprefix("data: "))) for n, d in blocks]


def test_an_answer_is_the_same_object_as_everywhere(
    client: TestClient, assistant: WordAssistant
) -> None:
    told = client.post("/api/ask", json={"question": QUESTION})
    assert told.json() == json.loads(json.dumps(assistant.ask(QUESTION).as_dict()))
    assert told.headers["cache-control"] == "no-store"


def test_an_answer_comes_as_events_when_they_are_asked_for(client: TestClient) -> None:
    question = f"{QUESTION} En plusieurs lignes."
    told = client.post("/api/ask", json={"question": question}, headers=EVENTS)
    assert told.headers["content-type"].startswith("text/event-stream")
    found = events(told.text)
    assert [name for name, _ in found] == ["partial", "partial", "answer"]
    assert len(found[0][1]["text"]) < len(found[1][1]["text"])
    assert found[-1][1] == client.post("/api/ask", json={"question": question}).json()


def test_what_breaks_off_ends_with_an_event_that_says_so(client: TestClient) -> None:
    told = client.post("/api/ask", json={"question": "en panne ?"}, headers=EVENTS)
    assert [name for name, _ in events(told.text)] == ["error"]


def test_what_fails_is_told_without_what_was_typed(client: TestClient) -> None:
    told = client.post("/api/ask", json={"question": "en panne, Exemple ?"})
    assert told.status_code == 500
    assert set(told.json()) == {"detail"}
    assert "Exemple" not in told.text


def test_the_conversation_comes_with_the_question(
    client: TestClient, assistant: WordAssistant
) -> None:
    first = client.post("/api/ask", json={"question": QUESTION}).json()
    given = {"question": "Et ailleurs ?", "history": [{"question": QUESTION, "answer": first}]}
    assert client.post("/api/ask", json=given).status_code == 200
    question, past = assistant.asked[-1]
    assert question == "Et ailleurs ?"
    assert [(one.question, one.answer.text) for one in past] == [(QUESTION, first["text"])]


def test_a_turn_without_its_answer_is_answered_again(
    client: TestClient, assistant: WordAssistant
) -> None:
    given = {"question": "Et ailleurs ?", "history": [{"question": QUESTION}]}
    assert client.post("/api/ask", json=given).status_code == 200
    _, past = assistant.asked[-1]
    assert past[0].answer.text == assistant.ask(QUESTION).text


def test_passages_are_found_by_either_verb(client: TestClient) -> None:
    given = {"question": QUESTION, "limit": 3}
    posted = client.post("/api/search", json=given).json()
    assert len(posted["hits"]) == 3
    assert set(posted["hits"][0]) == {"guide", "page", "section", "text", "score"}
    assert client.get("/api/search", params=given).json() == posted


def test_the_guides_are_listed(client: TestClient, index: PaperIndex) -> None:
    told = client.get("/api/guides").json()["guides"]
    assert [one["id"] for one in told] == [guide.id for guide in index.guides()]
    assert "checksum" not in told[0]


def test_the_document_describes_every_route_and_loads_nothing(client: TestClient) -> None:
    told = client.get("/api/openapi.json").json()
    assert set(told["paths"]) == {"/ask", "/search", "/guides"}
    assert told["servers"] == [{"url": "/api"}]
    assert "Answer" in told["components"]["schemas"]
    assert client.get("/api/docs").status_code == client.get("/api/redoc").status_code == 404


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("{}", "« question » manque"),
        ('{"question": 3}', "« question » doit être un texte"),
        ('{"question": "a", "x": 1}', "« x » n’est pas connu"),
        ("rien", "« corps » n’est pas du JSON"),
        ('{"question": "\\ud800"}', "« question » n’est pas un texte Unicode"),
        (f'{{"question": "{"a" * 2_001}"}}', "« question » a plus de 2000 caractères"),
        (
            f'{{"question": "a", "history": [{",".join(["{}"] * 21)}]}}',
            "« history » a plus de 20 éléments",
        ),
    ],
)
def test_a_wrong_request_is_told_what_is_wrong(client: TestClient, body: str, told: str) -> None:
    kind = {"Content-Type": "application/json"}
    refused = client.post("/api/ask", content=body, headers=kind)
    assert refused.status_code == 422
    assert told in refused.json()["detail"]


def test_a_form_from_another_site_is_not_read(client: TestClient) -> None:
    body = json.dumps({"question": QUESTION})
    kind = {"Content-Type": "text/plain"}
    assert client.post("/api/ask", content=body, headers=kind).status_code == 422


def test_a_body_beyond_all_measure_is_refused(client: TestClient) -> None:
    assert client.post("/api/ask", json={"question": "a" * 300_000}).status_code == 413


def test_the_rate_holds_for_programs(assistant: WordAssistant, index: PaperIndex) -> None:
    with client_of(assistant, index, Serving(asking=Rate(2, 3_600))) as client:
        ask, look = {"question": QUESTION}, {"question": QUESTION}
        statuses = [
            client.post("/api/ask", json=ask).status_code,
            client.get("/api/search", params=look).status_code,
            client.post("/api/search", json=look).status_code,
        ]
    assert statuses == [200, 200, 429]


def test_with_keys_only_a_known_one_opens(assistant: WordAssistant, index: PaperIndex) -> None:
    with client_of(assistant, index, Serving(keys=Keys([hashed(KEY)]))) as client:
        body = {"question": QUESTION}
        for headers in ({}, {"X-API-Key": "autre"}, {"Authorization": f"Basic {KEY}"}):
            refused = client.post("/api/ask", json=body, headers=headers)
            assert refused.status_code == 401
            assert refused.headers["www-authenticate"] == "Bearer"
        for headers in ({"X-API-Key": KEY}, {"Authorization": f"Bearer {KEY}"}):
            assert client.post("/api/ask", json=body, headers=headers).status_code == 200
        assert client.get("/api/guides").status_code == 401
        assert client.get("/api/openapi.json").status_code == client.get("/").status_code == 200


def test_guessing_keys_is_limited_as_asking_is(assistant: WordAssistant, index: PaperIndex) -> None:
    serving = Serving(asking=Rate(1, 3_600), keys=Keys([hashed(KEY)]))
    with client_of(assistant, index, serving) as client:
        tries = [client.post("/api/ask", json={}).status_code for _ in range(2)]
    assert tries == [401, 429]


def test_without_guides_programs_are_told_so() -> None:
    with TestClient(create_app(*nothing(), read_catalogue(), Path("/le/dossier"))) as client:
        told = client.post("/api/ask", json={"question": QUESTION})
    assert told.status_code == 503
    assert "python -m ingest" in told.json()["detail"]


def test_keys_come_from_the_environment_and_from_a_file(tmp_path: Path) -> None:
    other = new_key()
    path = tmp_path / "cles.txt"
    path.write_text(f"# qui a quoi\n\ncabinet {hashed(other)}\n", encoding="utf-8")
    keys = read_keys({"API_KEYS": f" {KEY}, ", "API_KEYS_FILE": str(path)})
    assert keys is not None
    assert keys.holds(KEY)
    assert keys.holds(other)
    assert not keys.holds("")
    assert not keys.holds(hashed(KEY))
    assert read_keys({}) is None


@pytest.mark.parametrize(
    ("environment", "content", "told"),
    [
        ({"API_KEYS": "courte"}, "", "moins de 20 caractères"),
        ({"API_KEYS": " , "}, "", "aucune clé"),
        ({"API_KEYS_FILE": "FICHIER"}, "cabinet pas-une-empreinte", "ligne 1"),
        ({"API_KEYS_FILE": "nulle/part"}, "", "ne se lit pas"),
    ],
)
def test_wrong_keys_are_refused_without_being_repeated(
    tmp_path: Path, environment: dict[str, str], content: str, told: str
) -> None:
    path = tmp_path / "cles.txt"
    path.write_text(content, encoding="utf-8")
    given = {name: value.replace("FICHIER", str(path)) for name, value in environment.items()}
    with pytest.raises(CorpusError, match=told) as error:
        read_keys(given)
    assert "courte" not in str(error.value)
    assert "pas-une-empreinte" not in str(error.value)
