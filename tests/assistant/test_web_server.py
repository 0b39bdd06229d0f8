"""The routes beside the page, and what every response carries."""

import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.web.address import listen
from assistant.web.page_image import PageImages
from assistant.web.server import create_app
from corpus.catalogue import read_catalogue
from corpus.errors import CorpusError
from corpus.settings import guides_folder
from tests.doubles_web import PaperIndex, WordAssistant, nothing, some_guides

FOLDER = guides_folder({})
PDF, MARKDOWN = "urps-occitanie-esp", "urps-occitanie-dispositifs"


@pytest.fixture(scope="module")
def index() -> PaperIndex:
    return PaperIndex(some_guides(FOLDER), read_catalogue())


@pytest.fixture(scope="module")
def client(index: PaperIndex) -> Iterator[TestClient]:
    app = create_app(WordAssistant(index), index, read_catalogue(), FOLDER)
    with TestClient(app) as client:
        yield client


@pytest.fixture(scope="module")
def empty() -> Iterator[TestClient]:
    with TestClient(create_app(*nothing(), read_catalogue(), Path("/le/dossier"))) as client:
        yield client


def test_health_counts_guides_and_passages(client: TestClient, index: PaperIndex) -> None:
    expected = {"status": "ok", "guides": 3, "passages": len(index.passages())}
    assert client.get("/healthz").json() == expected


def test_health_without_guides(empty: TestClient) -> None:
    assert empty.get("/healthz").json() == {"status": "ok", "guides": 0, "passages": None}


def test_without_guides_the_page_says_which_where_and_how(empty: TestClient) -> None:
    page = empty.get("/").text
    for told in (f"{PDF}.pdf", f"{MARKDOWN}.md", "/le/dossier", "make chat", "URPS"):
        assert told in page


def test_a_source_has_page_quote_image_and_marks(client: TestClient, index: PaperIndex) -> None:
    passage = next(one for one in index.passages(PDF) if one.page == 2)
    found = client.get(f"/sources/{PDF}/2?start={passage.start}&end={passage.end}").json()
    assert found["place"] == "p. 3 (PDF 2)"
    assert found["quote"] == passage.text
    assert found["image"]["address"] == f"pages/{PDF}/2.webp"
    assert found["marks"]
    assert found["note"] is None
    assert (found["previous"], found["next"]) == (1, 3)
    assert found["file"] == f"guides/{PDF}/file#page=2"


def test_the_last_page_has_no_next(client: TestClient, index: PaperIndex) -> None:
    last = max(one.page or 0 for one in index.passages(PDF))
    assert client.get(f"/sources/{PDF}/{last}").json()["next"] is None


def test_a_guide_without_pages_is_shown_as_text(client: TestClient, index: PaperIndex) -> None:
    passage = index.passages(MARKDOWN)[9]
    found = client.get(f"/sources/{MARKDOWN}/0?start={passage.start}&end={passage.end}").json()
    marked = [p["text"] for block in found["blocks"] for p in block["pieces"] if p["marked"]]
    assert found["image"] is None
    assert marked == [passage.text]


@pytest.mark.parametrize("span", ["start=5&end=2", "start=0&end=99999999", "start=4"])
def test_an_impossible_span_is_not_highlighted(client: TestClient, span: str) -> None:
    found = client.get(f"/sources/{PDF}/2?{span}").json()
    assert found["marks"] == []
    assert found["quote"] is None


@pytest.mark.parametrize(
    "path",
    [
        "/sources/inconnu/1",
        "/pages/inconnu/1.webp",
        f"/pages/{PDF}/999.webp",
        f"/pages/{PDF}/0.webp",
        f"/pages/{MARKDOWN}/1.webp",
        "/guides/..%2F..%2Fpyproject/file",
        "/guides/inconnu/file",
        "/docs",
        "/openapi.json",
        "/gradio_api/upload",
        "/gradio_api/file=pyproject.toml",
    ],
)
def test_what_is_not_there_is_not_found(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_an_image_is_webp_and_may_be_kept(client: TestClient) -> None:
    response = client.get(f"/pages/{PDF}/2.webp")
    assert response.headers["content-type"] == "image/webp"
    assert response.content[8:12] == b"WEBP"
    assert "max-age" in response.headers["cache-control"]


def test_a_file_that_is_no_pdf_has_no_image(tmp_path: Path) -> None:
    broken = tmp_path / "casse.pdf"
    broken.write_bytes(b"%PDF-1.7 rien")
    assert PageImages().sheet(broken, 1) is None


def test_the_guides_own_file_opens_in_the_browser(client: TestClient) -> None:
    response = client.get(f"/guides/{PDF}/file")
    assert response.content.startswith(b"%PDF")
    assert response.headers["content-disposition"].startswith("inline")


def test_a_guide_in_html_is_downloaded_and_its_scripts_are_dead(tmp_path: Path) -> None:
    page = tmp_path / "guide.html"
    page.write_text("<script>1</script><p>Une phrase qui est assez longue pour compter.</p>")
    index = PaperIndex([page], read_catalogue())
    app = create_app(WordAssistant(index), index, read_catalogue(), tmp_path)
    with TestClient(app) as client:
        response = client.get("/guides/guide/file")
    assert response.headers["content-disposition"].startswith("attachment")
    assert response.headers["content-security-policy"].startswith("sandbox")


@pytest.mark.parametrize("path", ["/", "/healthz", "/ui/style.css", "/nulle-part", "/config"])
def test_every_response_is_guarded(client: TestClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["content-security-policy"]
    assert "'unsafe-eval'" not in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["permissions-policy"]


def test_each_script_of_the_page_has_this_responses_nonce(client: TestClient) -> None:
    one, two = client.get("/"), client.get("/")
    nonce = one.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    assert one.text.count("<script") == one.text.count(f'<script nonce="{nonce}"')
    assert nonce not in two.text


def test_the_page_is_french_and_names_nobody_else(client: TestClient) -> None:
    page = client.get("/", headers={"Accept-Language": "en", "Accept-Encoding": "br"}).text
    assert '<html lang="fr"' in page
    assert "<title>La bonne page" in page
    assert "githubusercontent" not in page


def test_a_request_that_is_too_large_is_refused(client: TestClient) -> None:
    assert client.post("/gradio_api/queue/join", content=b"x" * 300_000).status_code == 413


def test_guides_that_lie_there_unread_are_named_with_the_command(tmp_path: Path) -> None:
    (tmp_path / "un-guide.pdf").write_bytes(b"%PDF")
    with TestClient(create_app(*nothing(), read_catalogue(), tmp_path)) as client:
        page = client.get("/").text
    for told in ("pas encore lus", "un-guide.pdf", "make chat", "python -m ingest", "Ctrl+C"):
        assert told in page


def test_a_port_that_is_taken_is_told_with_the_option() -> None:
    with listen("127.0.0.1", 0) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(CorpusError, match=f"{port} est déjà pris.*--port {port + 1}"):
            listen("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("127.0.0.1", 70_000), ("192.0.2.1", 0)])
def test_an_address_that_cannot_be_is_told_with_the_option(host: str, port: int) -> None:
    with pytest.raises(CorpusError, match=r"--(host|port) "):
        listen(host, port)


def test_gradio_is_imported_and_nothing_stays_patched(client: TestClient) -> None:
    assert client.get("/config").status_code == 200
    assert inspect.getfile.__module__ == "inspect"
    assert inspect.getfile.__qualname__ == "getfile"


def test_gradio_is_imported_without_what_makes_a_start_slow() -> None:
    program = """
import sys
stubs = []
def note(event, given):
    if event == "open" and str(given[0]).endswith(".pyi"):
        stubs.append(given[0])
sys.addaudithook(note)
from assistant.web.page import _gradio
print(_gradio().__name__, "mcp" in sys.modules, len(stubs))
"""
    told = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    # Where a new gradio fails this, see what assistant.web.page keeps it from doing.
    assert told.stdout.split() == ["gradio", "False", "0"]
