"""The guides as a LangChain retriever and the assistant as a runnable; the door to LangChain."""

from __future__ import annotations

import os
from collections.abc import Mapping
from functools import partial
from typing import Any, Protocol

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from assistant.assistant import Assistant
from assistant.current import open_current
from assistant.model import open_model
from assistant.model_settings import read_model_settings
from assistant.retrieval import Hit
from assistant.turns import Asking, exchanges
from corpus.lexicon import read_lexicon
from corpus.settings import read_settings

# A question, or a question with those asked before it, oldest first.
Asked = str | dict[str, Any]


class Searching(Protocol):
    """Finds passages."""

    def search(self, question: str, limit: int = 10, /) -> list[Hit]:
        """The passages that bear on a question, best first."""


class GuidesRetriever(BaseRetriever):
    """Gives passages of the guides as documents, best first.

    Their metadata tell the guide, page, printed page label, section, place on the page (`start`,
    `end`) and score.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    guides: Any
    limit: int = 10

    def _get_relevant_documents(
        self, query: str, *, run_manager: CallbackManagerForRetrieverRun
    ) -> list[Document]:
        return [_document(hit) for hit in self.guides.search(query, self.limit)]


def retriever(guides: Searching | None = None, limit: int = 10) -> GuidesRetriever:
    """A retriever of passages; without an assistant given, on the index of the environment."""
    return GuidesRetriever(guides=guides or _opened(), limit=limit)


def answers(assistant: Asking | None = None) -> Runnable[Asked, dict[str, Any]]:
    """A runnable from a question to the answer as a dictionary.

    It takes a text, or {"question": text, "earlier": [text, …], "region": text}; without an
    assistant given, it answers from the index of the environment.
    """
    chosen = assistant or _opened()

    def answer(asked: Asked) -> dict[str, Any]:
        told: Mapping[str, Any] = {"question": asked} if isinstance(asked, str) else asked
        region = str(told.get("region", ""))
        past = exchanges(chosen, [str(one) for one in told.get("earlier", ())], region)
        return chosen.ask(str(told["question"]), past, region).as_dict()

    return RunnableLambda(answer, name="assistant")


def _opened() -> Any:
    """The assistant that the environment describes. Raises CorpusError."""
    model = open_model(read_model_settings(os.environ))
    assistant = partial(Assistant, model=model)
    return open_current(read_settings(os.environ), read_lexicon(), assistant)


def _document(hit: Hit) -> Document:
    passage = hit.passage
    return Document(
        page_content=passage.text,
        id=passage.id,
        metadata={
            "guide": passage.guide,
            "page": passage.page,
            "page_label": passage.page_label,
            "section": passage.location or None,
            "start": passage.start,
            "end": passage.end,
            "score": round(hit.score, 4),
        },
    )
