"""Who sends a request, how often they may, and what is told of it."""

from __future__ import annotations

import asyncio
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from starlette.types import Receive, Scope, Send

from assistant.web.client import Peer, networks
from assistant.web.limiter import Limiter
from assistant.web.logs import JsonLines, configure
from assistant.web.measured import Measured
from assistant.web.metrics import Metrics
from assistant.web.rates import Buckets, Rate, read_rate
from assistant.web.server import create_app
from assistant.web.serving import Serving, read_serving
from corpus.catalogue import read_catalogue
from corpus.errors import CorpusError
from corpus.settings import Settings, guides_folder
from tests.doubles_web import PaperIndex, WordAssistant, nothing, some_guides

FOLDER = guides_folder({})
PROXY = networks("10.0.0.0/8,127.0.0.1", "TRUSTED_PROXIES")
SETTINGS = Settings(Path("guides"), Path("data/index"))


def peer(address: str, **headers: str) -> Peer:
    """A request from an address, underscores of headers being hyphens."""
    pairs = [(k.replace("_", "-").encode(), v.encode()) for k, v in headers.items()]
    return Peer({"client": (address, 1), "scheme": "http", "headers": pairs}, PROXY)


def test_a_stranger_cannot_say_who_he_is() -> None:
    found = peer("203.0.113.9", x_forwarded_for="1.2.3.4", x_forwarded_proto="https", user="root")
    assert found.address == "203.0.113.9"
    assert not found.secure
    assert found.told("user") == ""


def test_a_trusted_proxy_says_who_asks() -> None:
    found = peer("10.1.1.1", x_forwarded_for="6.6.6.6, 203.0.113.9, 10.2.2.2", user="zoé")
    assert found.address == "203.0.113.9"
    assert peer("10.1.1.1", x_forwarded_proto="https").secure
    assert peer("10.1.1.1").address == "10.1.1.1"


def test_an_ipv6_client_is_its_network() -> None:
    one, two = peer("2001:db8:1:2::1"), peer("2001:db8:1:2:ffff::9")
    assert one.household == two.household == "2001:db8:1:2::/64"
    assert peer("::ffff:203.0.113.9").household == "203.0.113.9"
    assert peer("2001:db8:1:3::1").household != one.household


def test_tokens_come_back_with_time() -> None:
    now = [0.0]
    buckets = Buckets(Rate(2, 60), lambda: now[0])
    assert [buckets.wait("a"), buckets.wait("a"), buckets.wait("a")] == [0, 0, 30]
    assert buckets.wait("b") == 0
    now[0] = 29.5
    assert buckets.wait("a") == 1
    now[0] = 30.0
    assert [buckets.wait("a"), buckets.wait("a")] == [0, 30]


def test_the_oldest_clients_are_forgotten() -> None:
    buckets = Buckets(Rate(1, 60), lambda: 0.0)
    assert buckets.wait("first") == 0
    for number in range(10_000):
        buckets.wait(str(number))
    assert buckets.wait("first") == 0
    assert buckets.wait("9999") > 0


@pytest.mark.parametrize("text", ["", "60", "0/minute", "60/day", "-1/minute", "x/minute"])
def test_an_absurd_rate_is_refused_by_name(text: str) -> None:
    with pytest.raises(CorpusError, match=r"RATE_ASKING=.*60/minute"):
        read_rate(text, "RATE_ASKING")


def test_a_rate_can_be_turned_off() -> None:
    assert read_rate("off", "RATE_ASKING") is None
    assert read_rate("5 / second", "RATE_ASKING") == Rate(5, 1)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("TRUSTED_PROXIES", "partout"),
        ("UPLOAD_MB", "0"),
        ("ADMIN_PASSWORD_HASH", "motdepasse"),
        ("ADMIN_PROXY_HEADER", "X-User"),
        ("RATE_READING", "vite"),
    ],
)
def test_an_absurd_setting_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(CorpusError, match=name):
        read_serving({name: value}, SETTINGS)


def test_nobody_maintains_unless_it_is_said() -> None:
    assert read_serving({}, SETTINGS).access is None
    assert read_serving({}, SETTINGS).feedback == Path("data/feedback")


@pytest.fixture(scope="module")
def index() -> PaperIndex:
    return PaperIndex(some_guides(FOLDER), read_catalogue())


@pytest.fixture
def client(index: PaperIndex) -> Iterator[TestClient]:
    slow = Serving(trusted=networks("127.0.0.1", ""), asking=Rate(2, 3600), reading=Rate(3, 3600))
    app = create_app(WordAssistant(index), index, read_catalogue(), FOLDER, slow)
    with TestClient(app, client=("127.0.0.1", 1)) as client:
        yield client


def test_who_asks_too_often_is_told_when_to_come_back(client: TestClient) -> None:
    mine, other = {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-For": "203.0.113.8"}
    asked = "/gradio_api/call/none"
    seen = [client.post(asked, json={}, headers=mine) for _ in range(3)]
    assert [one.status_code for one in seen][2] == 429
    assert 429 not in [one.status_code for one in seen[:2]]
    # Half an hour, less what the machine took so far.
    wait = seen[2].headers["retry-after"]
    assert 0 < int(wait) <= 1800
    assert f"Réessayez dans {wait} s" in seen[2].json()["detail"]
    assert seen[2].headers["content-security-policy"]
    assert client.post(asked, json={}, headers=other).status_code != 429
    assert 'assistant_errors_total{kind="rate-asking"} 1.0' in client.get("/metrics").text


def test_nobody_else_says_that_the_chat_is_asked_too_often() -> None:
    seen: list[Scope] = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        seen.append(scope)

    async def unused(*_: object) -> Any:
        raise AssertionError

    limiter = Limiter(app, (), {"asking": Rate(1, 60)}, str)
    scope = {"type": "http", "method": "POST", "path": "/gradio_api/queue/join",
             "client": ("203.0.113.9", 1), "headers": [(b"x-too-often", b"7")]}  # fmt: skip
    for _ in range(2):
        asyncio.run(limiter(scope, unused, unused))
    assert seen[0]["headers"] == []
    [(name, wait)] = seen[1]["headers"]
    assert name == b"x-too-often"
    assert 0 < int(wait) <= 60


def test_files_of_the_page_are_not_counted(client: TestClient) -> None:
    assert {client.get("/ui/style.css").status_code for _ in range(9)} == {200}


def test_metrics_count_without_a_word_of_the_question(index: PaperIndex) -> None:
    metrics = Metrics()
    measured = Measured(WordAssistant(index), metrics)
    measured.ask("Qui contacter pour une CPTS ?")
    with pytest.raises(RuntimeError):
        measured.ask("une panne")
    told = metrics.exposition()[0].decode()
    assert 'assistant_questions_total{language="fr",status="answered"} 1.0' in told
    assert "assistant_answer_seconds_count 1.0" in told
    assert 'assistant_errors_total{kind="answer"} 1.0' in told
    assert "contacter" not in told


@pytest.fixture
def journal() -> Iterator[io.StringIO]:
    """What the program logs at the finest level."""
    root, stream = logging.getLogger(), io.StringIO()
    kept = root.handlers[:], root.level
    configure({"LOG_LEVEL": "debug"}, stream)
    yield stream
    root.handlers[:], level = kept
    root.setLevel(level)
    for name in ("assistant", "corpus"):
        logging.getLogger(name).setLevel(logging.NOTSET)


def test_the_log_is_json_and_holds_no_question(client: TestClient, journal: io.StringIO) -> None:
    index = PaperIndex(some_guides(FOLDER), read_catalogue())
    Measured(WordAssistant(index), Metrics()).ask("Qui contacter pour une CPTS ?")
    client.get("/nulle-part?question=secret")
    lines = [json.loads(line) for line in journal.getvalue().splitlines()]
    [answered] = [one for one in lines if one["event"] == "answered"]
    assert (answered["status"], answered["language"], answered["turn"]) == ("answered", "fr", 1)
    [request] = [one for one in lines if one["event"] == "request"]
    assert (request["path"], request["status"]) == ("/nulle-part", 404)
    assert "secret" not in journal.getvalue()
    assert "contacter" not in journal.getvalue()


def test_an_exception_is_logged_without_what_it_quotes() -> None:
    try:
        raise ValueError("Mme Durand, née le 3 mai")
    except ValueError as error:
        caught = (ValueError, error, error.__traceback__)
        record = logging.makeLogRecord({"name": "assistant.web", "msg": "x", "exc_info": caught})
    line = json.loads(JsonLines().format(record))
    assert line["error"] == "ValueError"
    assert "test_web_rates.py" in line["where"][0]
    assert "Durand" not in json.dumps(line)


def test_what_a_library_logs_keeps_its_values_to_itself() -> None:
    record = logging.makeLogRecord({"name": "lib", "msg": "asked %s", "args": ("Mme Durand",)})
    assert json.loads(JsonLines().format(record))["event"] == "asked %s"


def test_an_unknown_level_is_refused_by_name() -> None:
    with pytest.raises(CorpusError, match="LOG_LEVEL=bavard"):
        configure({"LOG_LEVEL": "bavard"})


def test_a_failing_route_still_has_the_headers(index: PaperIndex) -> None:
    app = create_app(*nothing(), read_catalogue(), FOLDER)

    @app.get("/broken")
    def broken() -> None:
        raise RuntimeError("no")

    app.router.routes.insert(0, app.router.routes.pop())

    with TestClient(app, raise_server_exceptions=False) as client:
        response = client.get("/broken")
    assert response.status_code == 500
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"]


def test_a_request_without_a_length_is_cut_off_too() -> None:
    app = create_app(*nothing(), read_catalogue(), FOLDER)

    @app.post("/echo")
    async def echo(body: dict[str, str]) -> str:
        return "read"

    app.router.routes.insert(0, app.router.routes.pop())

    with TestClient(app) as client:
        parts = (b"x" * 1_000 for _ in range(1_000))
        assert client.post("/echo", content=parts).status_code in (400, 413)
