"""The routes of feedback: what is kept is what was shown, within limits, from our page only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.feedback import FeedbackBox
from assistant.patients import read_signs
from assistant.privacy import Privacy
from assistant.web.malformed import add_malformed
from assistant.web.metrics import Metrics
from assistant.web.opinions import Opinions, add_opinions
from assistant.web.server import create_app
from assistant.web.texts import read_texts
from corpus.catalogue import read_catalogue
from corpus.lexicon import read_lexicon
from tests.doubles_web import nothing

SENT: dict[str, Any] = {
    "helpful": False,
    "reason": "wrong-source",
    "comment": "C’est page 6.",
    "question": "Qui contacter pour une CPTS ?",
    "answer": "Le coordonnateur. [1]",
    "status": "answered",
    "language": "fr",
    "earlier": [],
    "citations": [{"guide": "cratb", "page": 5, "start": 1, "end": 9}],
}


@pytest.fixture
def box(tmp_path: Path) -> FeedbackBox:
    return FeedbackBox(tmp_path)


@pytest.fixture
def metrics() -> Metrics:
    return Metrics()


@pytest.fixture
def client(box: FeedbackBox, metrics: Metrics) -> Iterator[TestClient]:
    app, mask = FastAPI(), Privacy(read_signs(read_lexicon())).masked
    add_malformed(app)
    add_opinions(app, Opinions(box, mask, lambda: {"program": "1"}, metrics, ()))
    with TestClient(app) as client:
        yield client


def seen(client: TestClient, **changes: Any) -> dict[str, Any]:
    """What is sent once its user has seen what will be kept."""
    sent = SENT | changes
    return sent | {"seen": client.post("/feedback/preview", json=sent).json()["digest"]}


def test_what_is_kept_is_what_was_shown(client: TestClient, box: FeedbackBox) -> None:
    shown = client.post("/feedback/preview", json=SENT).json()
    assert box.count() == 0
    assert shown["places"] == ["cratb, p. 5"]
    assert shown["opinion"]["versions"] == [["program", "1"]]
    response = client.post("/feedback", json=SENT | {"seen": shown["digest"]})
    assert response.status_code == 201
    [kept] = box.all()
    assert kept.id == response.json()["id"]
    assert (kept.reason, kept.comment, kept.citations[0].page) == (
        "wrong-source",
        "C’est page 6.",
        5,
    )


def test_nothing_unseen_is_kept(client: TestClient, box: FeedbackBox) -> None:
    sent = seen(client) | {"comment": "autre chose"}
    response = client.post("/feedback", json=sent)
    assert response.status_code == 409
    assert response.json()["opinion"]["comment"] == "autre chose"
    assert client.post("/feedback", json=SENT).status_code == 409
    assert box.count() == 0


def test_personal_data_are_masked_before_they_are_shown(
    client: TestClient, box: FeedbackBox
) -> None:
    sent = seen(client, question="Mme Jeanne Durand, née le 3/5/1950, diabétique, quelle MSP ?")
    assert client.post("/feedback", json=sent).status_code == 201
    [kept] = box.all()
    assert "Durand" not in kept.question
    assert kept.masked


def test_a_helpful_answer_has_no_reason(client: TestClient, metrics: Metrics) -> None:
    assert client.post("/feedback", json=seen(client, helpful=True)).status_code == 201
    assert 'assistant_feedback_total{verdict="helpful"} 1.0' in metrics.exposition()[0].decode()


@pytest.mark.parametrize(
    "changes",
    [
        {"question": ""},
        {"question": "a" * 2_001},
        {"answer": "a" * 20_001},
        {"comment": "a" * 2_001},
        {"reason": "boring"},
        {"status": "crashed"},
        {"earlier": ["a"] * 4},
        {"citations": [{"guide": "g", "page": -1}]},
        {"citations": [{"guide": "g"}] * 81},
        {"helpful": "maybe"},
        {"admin": True},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_is_out_of_bounds_is_refused(
    client: TestClient, box: FeedbackBox, changes: dict[str, Any]
) -> None:
    assert client.post("/feedback", json=SENT | changes).status_code == 422
    assert box.count() == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://evil.test"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://testserver"}, 201),
        ({"Sec-Fetch-Site": "same-origin"}, 201),
        ({}, 201),
    ],
)
def test_another_site_cannot_send_for_its_visitors(
    client: TestClient, headers: dict[str, str], status: int
) -> None:
    assert client.post("/feedback", json=seen(client), headers=headers).status_code == status


def test_a_form_of_another_site_cannot_send_either(client: TestClient) -> None:
    response = client.post("/feedback", content="{}", headers={"Content-Type": "text/plain"})
    assert response.status_code == 422


@pytest.mark.parametrize("question", ["a\\ud800", "\\u0000"])
def test_text_that_no_file_can_hold_is_refused_and_not_repeated(
    client: TestClient, box: FeedbackBox, question: str
) -> None:
    raw = f'{{"question": "{question}", "helpful": true, "answer": "x"}}'
    response = client.post("/feedback", content=raw, headers={"Content-Type": "application/json"})
    assert response.status_code == 422
    assert response.json()["detail"].startswith("La demande")
    assert "input" not in response.text
    assert box.count() == 0


def test_without_a_folder_there_are_no_routes() -> None:
    with TestClient(create_app(*nothing(), read_catalogue(), Path("unused"))) as client:
        assert client.post("/feedback", json=SENT).status_code == 404


def test_every_word_of_the_form_is_there_in_both_languages() -> None:
    words = read_texts().words
    french = {key for key in words["fr"] if key.startswith("opinion_")}
    assert french == {key for key in words["en"] if key.startswith("opinion_")}
    assert len(french) > 20
