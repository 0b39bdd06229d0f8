"""The assistant as a Model Context Protocol server: three tools; the door to mcp."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Annotated, Any, Protocol

from mcp.server import MCPServer
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field
from starlette.applications import Starlette

from assistant.answer import Answer, Exchange
from assistant.retrieval import Hit
from assistant.shelf import shelf
from assistant.turns import exchanges
from corpus.guide import Guide

_INSTRUCTIONS = (
    "Answers on exercice coordonné in France (ESP, MSP, CDS, CPTS, ESS…) from published guides, in"
    " French or English. Every statement carries a marker [n] of a citation: guide, page, quote."
    " Keep the markers and name the guides. Status “abstained” means that the guides do not say it:"
    " do not fill the gap. Send no patient’s data."
)
_LONGEST = 2_000
_LARGEST_BODY = 256 * 1024
_READS = ToolAnnotations(read_only_hint=True, open_world_hint=False, idempotent_hint=True)

Question = Annotated[
    str, Field(min_length=1, max_length=_LONGEST, description="The question, French or English")
]
Earlier = Annotated[
    list[Annotated[str, Field(max_length=_LONGEST)]],
    Field(
        max_length=6, description="Questions asked before in the same conversation, oldest first"
    ),
]
Limit = Annotated[int, Field(ge=1, le=50, description="How many passages at most")]
Region = Annotated[
    str,
    Field(max_length=100, description="Region whose guides are preferred, as `guides` names it"),
]


class Answering(Protocol):
    """Answers questions and finds passages."""

    def ask(self, question: str, history: Sequence[Exchange] = (), region: str = "", /) -> Answer:
        """The answer to a question."""

    def search(self, question: str, limit: int = 10, /) -> list[Hit]:
        """The passages that bear on a question, best first."""


def make_server(assistant: Answering, guides: Callable[[], Sequence[Guide]]) -> MCPServer[Any]:
    """The server with its tools; they read and change nothing."""
    server: MCPServer[Any] = MCPServer(
        "exercice-coordonne", title="Exercice coordonné", instructions=_INSTRUCTIONS
    )

    @server.tool(title="Poser une question", annotations=_READS)
    def ask(
        question: Question, earlier: Earlier | None = None, region: Region = ""
    ) -> Annotated[CallToolResult, Answer]:
        """Answer a question on exercice coordonné from the guides, with citations."""
        past = exchanges(assistant, earlier or (), region)
        answer = assistant.ask(question, past, region)
        titles = {guide.id: guide.title for guide in guides()}
        return _result(_readable(answer, titles), answer.as_dict())

    @server.tool(title="Chercher des passages", annotations=_READS, structured_output=False)
    def search(question: Question, limit: Limit = 10) -> CallToolResult:
        """Find passages of the guides that bear on a question, best first, without answering."""
        hits = [hit.as_dict() for hit in assistant.search(question, limit)]
        lines = [f"{hit['guide']}, {_place(hit['page'])}: {hit['text']}" for hit in hits]
        return _result("\n\n".join(lines) or "No passage.", {"hits": hits})

    @server.tool(name="guides", title="Guides", annotations=_READS, structured_output=False)
    def listed() -> CallToolResult:
        """List the guides that answers come from: publisher, region, year, language."""
        known = shelf(guides())
        lines = [
            f"{one['id']}: {one['title']} ({one['publisher']}, {one['year']})" for one in known
        ]
        return _result("\n".join(lines), {"guides": known})

    return server


def web_app(server: MCPServer[Any], host: str) -> Starlette:
    """The server over HTTP at /mcp; it keeps no session, so that any replica serves any call."""
    return server.streamable_http_app(
        stateless_http=True, json_response=True, max_request_body_size=_LARGEST_BODY, host=host
    )


def serve_stdio(server: MCPServer[Any]) -> None:
    """Serves one client on standard input and output until it hangs up."""
    server.run("stdio")


def _result(text: str, structured: dict[str, Any]) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=structured
    )


def _readable(answer: Answer, titles: Mapping[str, str]) -> str:
    """The answer with its sources under it, for a model to read."""
    sources = [
        f"[{one.marker}] {titles.get(one.guide, one.guide)}, {_place(one.page)}:"
        f" « {' '.join(one.quote.split())} »"
        for one in answer.citations
    ]
    return "\n".join((f"({answer.status})", answer.text, *(["", *sources] if sources else [])))


def _place(page: int | None) -> str:
    return f"p. {page}" if page else "without pages"
