"""The doors as strangers use them: processes of their own, asked with their own clients."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client, StdioServerParameters

from assistant.assistant import Assistant
from assistant.langchain import answers, retriever
from assistant.web.keys import hashed

ROOT = Path(__file__).resolve().parents[2]
QUESTION, FOLLOW_UP = "Qui contacter pour une CPTS ?", "Et pour une MSP ?"
KEY = "une-cle-longue-et-secrete"


def command(data: Path, guides: Path, *arguments: str) -> list[str]:
    placed = ["--data", str(data), "--guides", str(guides)]
    return [sys.executable, "-m", "assistant", *arguments, *placed]


@contextmanager
def running(command: list[str], told_on: str, **environment: str) -> Iterator[str]:
    """The address that a server tells when it answers; the server ends with the block."""
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE if told_on == "stdout" else subprocess.DEVNULL,
        stderr=subprocess.PIPE if told_on == "stderr" else subprocess.DEVNULL,
        text=True,
    )
    stream = process.stdout or process.stderr
    assert stream is not None
    try:
        yield next(line.split()[0] for line in stream if line.startswith("http"))
    finally:
        process.terminate()
        process.wait(timeout=30)
        stream.close()


def plain(answer: dict[str, Any]) -> dict[str, Any]:
    """An answer without the time that it took."""
    return {key: value for key, value in answer.items() if key != "elapsed_ms"}


@pytest.fixture(scope="module")
def expected(assistant: Assistant) -> list[dict[str, Any]]:
    """The answers to a question and its follow-up, asked without any door."""
    from assistant.turns import exchanges

    return [plain(one.answer.as_dict()) for one in exchanges(assistant, [QUESTION, FOLLOW_UP])]


def test_a_program_asks_over_http(
    real_index_folder: Path, guides: Path, tmp_path: Path, expected: list[dict[str, Any]]
) -> None:
    keys = tmp_path / "cles.txt"
    keys.write_text(f"cabinet {hashed(KEY)}\n", encoding="utf-8")
    page = command(real_index_folder, guides, "--port", "0")
    with (
        running(page, "stdout", API_KEYS_FILE=str(keys)) as address,
        httpx.Client(base_url=address, timeout=60) as client,
    ):
        assert client.get("api/guides").status_code == 401
        client.headers["Authorization"] = f"Bearer {KEY}"
        assert len(client.get("api/guides").json()["guides"]) == 5
        first = client.post("api/ask", json={"question": QUESTION}).json()
        said = [{"question": QUESTION, "answer": first}]
        body = {"question": FOLLOW_UP, "history": said}
        with client.stream(
            "POST", "api/ask", json=body, headers={"Accept": "text/event-stream"}
        ) as stream:
            lines = [line for line in stream.iter_lines() if line]
        assert lines[-2] == "event: answer"
        second = httpx.Response(200, text=lines[-1].removeprefix("data: ")).json()
        assert [plain(first), plain(second)] == expected


async def _asked(server: StdioServerParameters | str) -> list[dict[str, Any]]:
    async with Client(server) as client:
        tools = await client.list_tools()
        assert [tool.name for tool in tools.tools] == ["ask", "search", "guides"]
        first = await client.call_tool("ask", {"question": QUESTION})
        second = await client.call_tool("ask", {"question": FOLLOW_UP, "earlier": [QUESTION]})
        found = await client.call_tool("search", {"question": QUESTION, "limit": 2})
        shelf = await client.call_tool("guides", {})
        refused = await client.call_tool("ask", {"question": "a" * 2_001})
    assert "[1]" in first.content[0].text
    assert len(found.structured_content["hits"]) == 2
    assert len(shelf.structured_content["guides"]) == 5
    assert refused.is_error
    return [plain(first.structured_content), plain(second.structured_content)]


def test_a_desktop_client_asks_over_standard_input(
    real_index_folder: Path, guides: Path, expected: list[dict[str, Any]]
) -> None:
    asked = command(real_index_folder, guides, "mcp")
    server = StdioServerParameters(command=asked[0], args=asked[1:], cwd=str(ROOT))
    assert asyncio.run(_asked(server)) == expected


def test_an_mcp_client_asks_over_http(
    real_index_folder: Path, guides: Path, expected: list[dict[str, Any]]
) -> None:
    asked = command(real_index_folder, guides, "mcp", "--http", "--port", "0")
    with running(asked, "stderr") as address:
        assert asyncio.run(_asked(address)) == expected


def test_mcp_over_http_asks_for_the_key_and_holds_the_rate(
    real_index_folder: Path, guides: Path
) -> None:
    asked = command(real_index_folder, guides, "mcp", "--http", "--port", "0")
    with running(asked, "stderr", API_KEYS=KEY, RATE_ASKING="2/hour") as address:
        tries = [httpx.post(address, json={}, timeout=60).status_code for _ in range(3)]
    assert tries == [401, 401, 429]


def test_langchain_finds_passages_with_their_places(assistant: Assistant) -> None:
    found = retriever(assistant, limit=3).invoke(QUESTION)
    hits = assistant.search(QUESTION, 3)
    assert [one.page_content for one in found] == [hit.passage.text for hit in hits]
    first = hits[0].passage
    told = {key: found[0].metadata[key] for key in ("guide", "page", "start", "end")}
    assert told == {
        "guide": first.guide,
        "page": first.page,
        "start": first.start,
        "end": first.end,
    }


def test_langchain_asks_and_follows_up(
    assistant: Assistant, expected: list[dict[str, Any]]
) -> None:
    runnable = answers(assistant)
    asked = [QUESTION, {"question": FOLLOW_UP, "earlier": [QUESTION]}]
    assert [plain(one) for one in runnable.batch(asked)] == expected


def test_the_three_lines_of_the_readme_run_as_written(
    real_index_folder: Path, guides: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATA_DIR", str(real_index_folder))
    monkeypatch.setenv("GUIDES_DIR", str(guides))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = next(part for part in readme.split("```python\n")[1:] if "langchain" in part)
    lines = block.split("```")[0].strip()
    assert len([line for line in lines.splitlines() if line]) == 3
    told: dict[str, Any] = {}
    exec(lines, told)
    assert told["passages"][0].metadata["guide"]
    assert told["answer"]["status"] == "answered"
