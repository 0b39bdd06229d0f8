"""The maintainers' pages: who comes in, what may be changed, and that nothing is lost."""

from __future__ import annotations

import io
import re
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from assistant.feedback import FeedbackBox, Opinion
from assistant.web.admin.access import Access
from assistant.web.admin.folder import clean_name
from assistant.web.admin.job import Ingestion
from assistant.web.admin.password import Password, hashed
from assistant.web.admin.routes import add_admin, open_workshop
from assistant.web.admin.sessions import Sessions
from assistant.web.client import networks
from assistant.web.headers import Guard
from assistant.web.server import create_app
from assistant.web.serving import Serving
from assistant.web.shell import Shell
from assistant.web.site import Site
from assistant.web.templates import Templates
from assistant.web.texts import read_texts
from corpus.catalogue import read_catalogue
from corpus.errors import CorpusError
from corpus.settings import Settings
from tests.doubles_web import PaperIndex, nothing

SECRET = "un mot de passe long"
PDF = b"%PDF-1.7 rien"
# Reports as `python -m ingest --json` does, at once.
REPORT = (
    'print(\'{"step": "a.pdf", "done": 0, "total": 2}\');'
    'print(\'{"report": {"published": true, "unquoted": [], "lines": ['
    '{"name": "a.pdf", "outcome": "refusé", "note": "illisible : refaites-le"}]}}\')'
)


@pytest.fixture(scope="module")
def password() -> Password:
    return Password(hashed(SECRET, (16, 1, 1)))


@pytest.fixture
def serving(tmp_path: Path, password: Password) -> Serving:
    (tmp_path / "guides").mkdir()
    settings = Settings(tmp_path / "guides", tmp_path / "index")
    return Serving(
        settings,
        settings.feedback,
        tmp_path / "results",
        networks("10.0.0.0/8", ""),
        access=Access(password, "X-User", frozenset({"zoé"})),
        upload_mb=1,
    )


# Its fiches are read once for all tests.
INDEX = PaperIndex([], read_catalogue())


def site_of(serving: Serving) -> FastAPI:
    """The maintainers' pages alone, with an ingestion that only reports."""
    folder = serving.settings.guides if serving.settings else Path("unused")
    texts = read_texts()
    index = PaperIndex([], read_catalogue())
    site = Site(Shell(texts, Templates(), 9), texts, index, read_catalogue(), folder, None)
    app = FastAPI()
    app.add_middleware(Guard, rewrite=lambda html, *_: html, larger={"/admin/guides": 3_000_000})
    if work := open_workshop(serving, site):
        add_admin(app, replace(work, ingestion=Ingestion([sys.executable, "-c", REPORT])))
    return app


@pytest.fixture
def stranger(serving: Serving) -> Iterator[TestClient]:
    with TestClient(site_of(serving), follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(stranger: TestClient) -> TestClient:
    """A maintainer who is logged in."""
    assert stranger.post("/admin/login", data={"password": SECRET}).status_code == 303
    return stranger


def token(client: TestClient) -> str:
    """What every form of a page carries."""
    found = re.search(r'name="csrf" value="([^"]+)"', client.get("/admin").text)
    assert found
    return found.group(1)


def send(client: TestClient, name: str, content: bytes, **fields: str) -> dict[str, object]:
    """What became of one uploaded file."""
    response = client.post(
        "/admin/guides",
        data={"csrf": token(client)} | fields,
        files={"file": (name, content)},
        headers={"Accept": "application/json"},
    )
    assert response.status_code == 200, response.text
    [put] = response.json()["files"]
    return dict(put)


ASKED: list[tuple[str, Callable[[TestClient], Response]]] = [
    ("overview", lambda c: c.get("/admin")),
    ("job", lambda c: c.get("/admin/job")),
    ("report", lambda c: c.get("/admin/report")),
    ("feedback", lambda c: c.get("/admin/feedback")),
    ("fiches", lambda c: c.get("/admin/fiches")),
    ("export", lambda c: c.get("/admin/feedback.csv")),
    ("add", lambda c: c.post("/admin/guides", files={"file": ("a.pdf", PDF)})),
    ("remove", lambda c: c.post("/admin/guides/remove", data={"name": "a.pdf", "csrf": "x"})),
    ("restore", lambda c: c.post("/admin/guides/restore", data={"key": "a", "csrf": "x"})),
    ("ingest", lambda c: c.post("/admin/ingest", data={"csrf": "x"})),
    ("erase", lambda c: c.post("/admin/feedback/erase", data={"identity": "a", "csrf": "x"})),
    ("logout", lambda c: c.post("/admin/logout", data={"csrf": "x"})),
]


@pytest.mark.parametrize(("name", "ask"), ASKED, ids=[name for name, _ in ASKED])
def test_a_stranger_gets_nowhere(
    stranger: TestClient, name: str, ask: Callable[[TestClient], Response], serving: Serving
) -> None:
    response = ask(stranger)
    assert response.status_code in (303, 403)
    assert response.headers.get("location", "/admin/login") == "/admin/login"
    assert "csrf" not in response.text
    assert serving.settings
    assert list(serving.settings.guides.iterdir()) == []


@pytest.mark.parametrize(("name", "ask"), ASKED[6:], ids=[name for name, _ in ASKED[6:]])
def test_a_change_needs_the_pages_own_token(
    client: TestClient, name: str, ask: Callable[[TestClient], Response], serving: Serving
) -> None:
    assert ask(client).status_code == 403
    assert serving.settings
    assert list(serving.settings.guides.iterdir()) == []


def test_another_site_cannot_use_the_token(client: TestClient) -> None:
    sent = {"csrf": token(client)}
    response = client.post("/admin/ingest", data=sent, headers={"Origin": "https://evil.test"})
    assert response.status_code == 403


@pytest.mark.parametrize("path", ["/admin", "/admin/login", "/admin/guides", "/admin/job"])
def test_without_a_password_or_a_proxy_there_is_nothing(path: str, tmp_path: Path) -> None:
    with TestClient(create_app(*nothing(), read_catalogue(), tmp_path)) as client:
        assert client.get(path).status_code == 404
        assert client.post(path).status_code in (404, 405)


def test_the_cookie_is_for_these_pages_and_no_script(stranger: TestClient) -> None:
    cookie = stranger.post("/admin/login", data={"password": SECRET}).headers["set-cookie"]
    for told in ("HttpOnly", "SameSite=strict", "Path=/admin"):
        assert told in cookie
    assert "Secure" not in cookie


def test_behind_an_encrypting_proxy_the_cookie_is_secure(serving: Serving) -> None:
    app = site_of(serving)
    with TestClient(app, client=("10.1.1.1", 1), follow_redirects=False) as client:
        headers = {"X-Forwarded-Proto": "https"}
        response = client.post("/admin/login", data={"password": SECRET}, headers=headers)
        assert "Secure" in response.headers["set-cookie"]


def test_wrong_passwords_are_slowed_down_for_their_sender_only(serving: Serving) -> None:
    with TestClient(site_of(serving), client=("10.1.1.1", 1), follow_redirects=False) as client:
        mine, other = {"X-Forwarded-For": "203.0.113.9"}, {"X-Forwarded-For": "203.0.113.8"}
        tries = [
            client.post("/admin/login", data={"password": "faux"}, headers=mine) for _ in range(6)
        ]
        assert [one.status_code for one in tries] == [401] * 5 + [429]
        right = {"password": SECRET}
        assert client.post("/admin/login", data=right, headers=mine).status_code == 429
        assert client.post("/admin/login", data=right, headers=other).status_code == 303


def test_a_logout_ends_the_session_on_the_server(client: TestClient) -> None:
    kept = client.cookies["maintenance"]
    assert client.post("/admin/logout", data={"csrf": token(client)}).status_code == 303
    client.cookies.set("maintenance", kept, path="/admin")
    assert client.get("/admin").status_code == 303


def test_sessions_end_by_themselves() -> None:
    now = [0.0]
    sessions = Sessions(lambda: now[0])
    one = sessions.open("a")
    for _ in range(20):
        now[0] += 25 * 60
        if sessions.find(one) is None:
            break
    assert now[0] == 20 * 25 * 60 or now[0] >= 8 * 3600
    two = sessions.open("a")
    now[0] += 31 * 60
    assert sessions.find(two) is None
    assert sessions.find("") is None


def test_a_trusted_proxy_lets_its_users_in_and_nobody_else(serving: Serving) -> None:
    app = site_of(serving)
    user = {"X-User": "zoé".encode().decode("latin-1")}
    access = replace(serving.access or Access(), users=frozenset({user["X-User"]}))
    app = site_of(replace(serving, access=access))
    headers = {"X-User": "zoé".encode()}
    with TestClient(app, client=("10.1.1.1", 1), follow_redirects=False) as client:
        page = client.get("/admin", headers=headers)
        assert page.status_code == 200
        found = re.search(r'name="csrf" value="([^"]+)"', page.text)
        assert found
        sent = {"csrf": found.group(1)}
        assert client.post("/admin/ingest", data=sent, headers=headers).status_code == 303
        assert client.get("/admin", headers={"X-User": "max"}).status_code == 303
    with TestClient(app, client=("203.0.113.9", 1), follow_redirects=False) as client:
        assert client.get("/admin", headers=headers).status_code == 303


def test_an_uploaded_guide_is_kept_and_read(client: TestClient, serving: Serving) -> None:
    put = send(client, "mon guide.pdf", PDF)
    assert (put["name"], put["taken"]) == ("mon guide.pdf", True)
    assert serving.settings
    assert (serving.settings.guides / "mon guide.pdf").read_bytes() == PDF
    job = wait_for(client)
    assert job["lines"] == [
        {"name": "a.pdf", "outcome": "refusé", "note": "illisible : refaites-le"}
    ]
    assert "illisible : refaites-le" in client.get("/admin").text


def wait_for(client: TestClient) -> dict[str, object]:
    """The ingestion's report, once it has ended."""
    for _ in range(600):
        job = dict(client.get("/admin/job").json())
        if not job["running"]:
            return job
        time.sleep(0.05)
    raise AssertionError("the ingestion does not end")


def test_a_guide_is_replaced_on_confirmation_only_and_comes_back_from_the_trash(
    client: TestClient, serving: Serving
) -> None:
    assert serving.settings
    file = serving.settings.guides / "a.pdf"
    send(client, "a.pdf", PDF)
    refused = send(client, "a.pdf", PDF + b" nouveau")
    assert (refused["taken"], refused["exists"]) == (False, True)
    assert file.read_bytes() == PDF
    assert send(client, "a.pdf", PDF + b" nouveau", replace="yes")["taken"]
    assert file.read_bytes() == PDF + b" nouveau"
    client.post("/admin/guides/remove", data={"name": "a.pdf", "csrf": token(client)})
    assert not file.exists()
    [newest, first] = re.findall(r'name="key" value="([^"]+)"', client.get("/admin").text)
    client.post("/admin/guides/restore", data={"key": first, "csrf": token(client)})
    assert file.read_bytes() == PDF
    page = client.post("/admin/guides/restore", data={"key": newest, "csrf": token(client)})
    assert "existe déjà" in page.text
    assert file.read_bytes() == PDF
    wait_for(client)


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.pdf", b"<html>", "pas un PDF"),
        ("a.pdf", b"", "vide"),
        ("a.docx", b"PK\x03\x04 rien", "pas un document Word"),
        ("a.txt", b"%PDF-1.7", "pas un fichier de texte"),
        ("a.md", b"a\0b", "pas un fichier de texte"),
        ("a.html", b"bonjour", "pas une page HTML"),
        ("a.exe", b"MZ", "pas lu"),
        ("readme.md", b"a", "renommez"),
        (".pdf", PDF, "pas lu"),
        ("a.pdf", PDF + b" " * 1_000_001, "Mo"),
        ("é" * 90 + ".pdf", PDF, "trop long"),
    ],
)
def test_what_is_refused_says_why_and_leaves_nothing(
    client: TestClient, serving: Serving, name: str, content: bytes, told: str
) -> None:
    put = send(client, name, content)
    assert not put["taken"]
    assert told in str(put["told"])
    assert serving.settings
    assert list(serving.settings.guides.iterdir()) == []


def test_a_word_document_is_known_by_what_it_holds(client: TestClient) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert send(client, "a.docx", stream.getvalue())["taken"]
    wait_for(client)


@pytest.mark.parametrize(
    ("sent", "name"),
    [
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\temp\\Guide (2).PDF", "Guide (2).pdf"),
        ("..\\..\\a.md", "a.md"),
        ("a/../../b.txt", "b.txt"),
        ("a\0b.pdf", "ab.pdf"),
        (".caché.md", "caché.md"),
        ("<b>é\u202e</b>.txt", "b .txt"),
        ("…/…", "?"),
        ("a\ud800.txt", "a .txt"),
    ],
)
def test_a_name_stays_in_the_folder(sent: str, name: str) -> None:
    found = clean_name(sent)[0]
    assert "/" not in found
    assert "\\" not in found
    assert not found.startswith(".")
    if name.isascii() and " ." not in name:
        assert found == name


@pytest.mark.parametrize("key", ["../../a.pdf", "a", "", "..", "x_y_../../../etc/passwd"])
def test_only_the_trash_comes_back(client: TestClient, key: str) -> None:
    sent = {"key": key, "csrf": token(client)}
    response = client.post("/admin/guides/restore", data=sent)
    assert response.status_code == 422 or "plus dans la corbeille" in response.text


@pytest.mark.parametrize("name", ["../index", "b.pdf", ".corbeille", "/etc/passwd"])
def test_only_a_guide_of_the_folder_is_removed(
    client: TestClient, serving: Serving, name: str
) -> None:
    assert serving.settings
    (serving.settings.guides / "a.pdf").write_bytes(PDF)
    client.post("/admin/guides/remove", data={"name": name, "csrf": token(client)})
    assert [path.name for path in serving.settings.guides.iterdir()] == ["a.pdf"]


def test_a_folder_that_is_not_ours_says_what_to_set(serving: Serving, tmp_path: Path) -> None:
    settings = Settings(tmp_path / "nulle-part", tmp_path / "index")
    with TestClient(site_of(replace(serving, settings=settings))) as client:
        client.post("/admin/login", data={"password": SECRET})
        page = client.get("/admin").text
        assert "GUIDES_DIR" in page
        assert 'type="file"' not in page


def test_an_ingestion_that_fails_is_told(client: TestClient) -> None:
    failing = Ingestion([sys.executable, "-c", "import sys; sys.exit('GUIDES : à corriger.')"])
    failing.start()
    while failing.progress.running:
        time.sleep(0.02)
    assert "python -m ingest" in failing.progress.error
    told = Ingestion(
        [sys.executable, "-c", "import sys; print('à corriger', file=sys.stderr); sys.exit(2)"]
    )
    told.start()
    while told.progress.running:
        time.sleep(0.02)
    assert told.progress.error == "à corriger"
    absent = Ingestion(["/nulle/part"])
    absent.start()
    while absent.progress.running:
        time.sleep(0.02)
    assert "n’a pas pu être lancée" in absent.progress.error


def test_opinions_are_shown_as_text_exported_and_erased(
    client: TestClient, serving: Serving
) -> None:
    assert serving.feedback
    box = FeedbackBox(serving.feedback)
    hostile = "<script>alert(1)</script>"
    kept = box.add(Opinion(False, hostile, hostile, "answered", "fr", "wrong", hostile))
    page = client.get("/admin/feedback").text
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") >= 3
    assert kept.id in client.get("/admin/feedback.csv").text
    assert kept.id in client.get("/admin/feedback.jsonl").text
    assert client.get("/admin/feedback.exe").status_code == 404
    client.post("/admin/feedback/erase", data={"identity": kept.id, "csrf": token(client)})
    assert box.count() == 0


def test_the_evaluation_report_can_run_nothing(client: TestClient, serving: Serving) -> None:
    assert client.get("/admin/report").status_code == 404
    assert serving.results
    serving.results.mkdir()
    (serving.results / "report.html").write_text("<script>1</script>")
    response = client.get("/admin/report")
    assert response.headers["content-security-policy"].startswith("sandbox; default-src 'none'")
    assert "admin/report" in client.get("/admin").text


def test_fiches_that_the_guides_no_longer_carry_are_listed(client: TestClient) -> None:
    # No guide is there: nothing contradicts a fiche.
    assert "Toutes les fiches sont portées" in client.get("/admin/fiches").text


def test_pages_are_kept_by_no_cache(client: TestClient) -> None:
    for path in ("/admin", "/admin/feedback", "/admin/job", "/admin/login"):
        assert client.get(path).headers["cache-control"] == "no-store"


def test_a_hash_that_is_none_is_told_with_the_command() -> None:
    for line in ("", "secret", "scrypt:1:2:3:a:b", "scrypt:32768:8:3:AAAA:AAAA"):
        with pytest.raises(CorpusError, match="python -m assistant password"):
            Password(line)


def test_the_same_password_is_hashed_with_another_salt() -> None:
    one, two = hashed(SECRET), hashed(SECRET)
    assert one != two
    assert one.startswith("scrypt:32768:8:3:")
    assert Password(one).matches(SECRET)
    assert not Password(one).matches(SECRET + " ")
