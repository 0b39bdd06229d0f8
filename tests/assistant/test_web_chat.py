"""What browsers send, and what they are told: the server itself remembers nothing."""

from __future__ import annotations

import json
from typing import Any

import pytest

from assistant.answer import Answer, Citation, Exchange
from assistant.web.chat import Chat, refusal
from assistant.web.messages import Messages
from assistant.web.order import LONGEST_QUESTION, as_kept, read_order
from assistant.web.texts import read_texts
from corpus.catalogue import read_catalogue
from corpus.settings import guides_folder
from tests.doubles_web import PaperIndex, WordAssistant, some_guides

CITED = Citation(1, "un guide", 21, "22", "Titre", "mot", 3, 9)
EXCHANGE = Exchange("Une question ?", Answer("answered", "fr", "Oui [1].", (CITED,)))
CONTACT = "Qui contacter pour une CPTS ?"


@pytest.fixture(scope="module")
def index() -> PaperIndex:
    return PaperIndex(some_guides(guides_folder({})), read_catalogue())


@pytest.fixture
def assistant(index: PaperIndex) -> WordAssistant:
    return WordAssistant(index)


@pytest.fixture
def chat(assistant: WordAssistant) -> Chat:
    return Chat(assistant, Messages({}, read_texts()), lambda: ("Occitanie",))


def sent(question: str = "", *exchanges: Exchange, **other: object) -> str:
    """What the page's scripts send."""
    kept = [as_kept(exchange) for exchange in exchanges]
    return json.dumps({"turn": 7, "question": question, "exchanges": kept} | other)


def last(chat: Chat, order: str) -> tuple[list[dict[str, str]], dict[str, Any]]:
    """The last messages and the last record of an answer."""
    *_, (turns, record) = chat.answered(order, "fr")
    return turns, json.loads(record)


def test_what_the_browser_keeps_comes_back_as_it_was() -> None:
    order = read_order(sent("Et là ?", EXCHANGE))
    assert order
    assert order.history() == (EXCHANGE,)


def test_an_answer_comes_with_the_exchange_to_keep(chat: Chat) -> None:
    turns, record = last(chat, sent(CONTACT))
    assert [turn["role"] for turn in turns] == ["user", "assistant"]
    assert record["turn"] == 7
    assert record["exchange"]["question"] == CONTACT
    assert record["exchange"]["answer"]["citations"]


def test_personal_data_are_neither_shown_again_nor_kept(chat: Chat) -> None:
    turns, record = last(chat, sent(f"Mme Exemple demande. {CONTACT}"))
    assert record["exchange"]["question"] == f"Mme [nom] demande. {CONTACT}"
    assert "Exemple" not in turns[0]["content"]


def test_only_the_last_step_is_the_turns_record(chat: Chat) -> None:
    *growing, _ = chat.answered(sent(CONTACT), "fr")
    assert growing
    assert {json.loads(record)["turn"] for _, record in growing} == {0}


def test_an_answer_is_shown_as_it_is_composed(chat: Chat) -> None:
    steps = [turns[-1] for turns, _ in chat.answered(sent("CPTS phrase par phrase"), "fr")]
    assert ["growing" in step["content"] for step in steps] == [False, True, True, False]
    assert len(steps[1]["content"]) < len(steps[2]["content"])


def test_earlier_turns_are_shown_and_handed_on(chat: Chat, assistant: WordAssistant) -> None:
    turns, _ = last(chat, sent(CONTACT, EXCHANGE))
    assert len(turns) == 4
    assert assistant.asked[0][1] == (EXCHANGE,)


def test_a_conversation_is_shown_again(chat: Chat) -> None:
    turns, record = chat.shown(sent("", EXCHANGE))
    assert "Une question" in turns[0]["content"]
    assert "#src-un%20guide-21-3-9" in turns[1]["content"]
    assert json.loads(record) == {"turn": 7, "notice": ""}


def test_a_region_of_the_guides_is_handed_on(chat: Chat) -> None:
    turns, _ = last(chat, sent(CONTACT, region="Occitanie"))
    assert "Pour Occitanie" in turns[-1]["content"]


def test_any_other_region_is_not(chat: Chat) -> None:
    turns, _ = last(chat, sent(CONTACT, region="Atlantide"))
    assert "Atlantide" not in turns[-1]["content"]


def test_a_failure_is_told_in_the_pages_language_and_not_kept(chat: Chat) -> None:
    *_, (turns, record) = chat.answered(sent("une panne"), "en")
    assert "could not be prepared" in turns[-1]["content"]
    assert json.loads(record) == {"turn": 7, "notice": "trouble"}


def test_a_long_question_is_refused(chat: Chat, assistant: WordAssistant) -> None:
    assert refusal("a" * LONGEST_QUESTION) == ""
    _, record = last(chat, sent("a" * (LONGEST_QUESTION + 1)))
    assert record["notice"] == "too_long"
    assert assistant.asked == []


def test_an_empty_question_is_refused(chat: Chat) -> None:
    _, record = last(chat, sent(" \n"))
    assert record["notice"] == "empty"


def test_every_notice_is_a_text_of_the_page() -> None:
    texts = read_texts()
    for notice in ("empty", "too_long", "trouble", "unreadable"):
        assert texts(notice, "fr") != texts(notice, "en")


@pytest.mark.parametrize(
    "hostile",
    [
        "",
        "pas du JSON",
        "[]",
        "{" * 2000,
        '{"question": 1}',
        '{"exchanges": [{"question": "q", "answer": {"status": "answered"}}]}',
        sent("q" * 10 * LONGEST_QUESTION + "q"),
        json.dumps({"question": "q", "exchanges": [as_kept(EXCHANGE)] * 61}),
        sent("q", Exchange("q", Answer("answered", "fr", "x" * 30_001))),
        sent("q", Exchange("q", Answer("answered", "de", "x"))),  # type: ignore[arg-type]
        sent("q", Exchange("q", Answer("answered", "fr", "x", (CITED,) * 101))),
        '{"question": "q", "turn": 1e400}',
        '{"question": "\\ud800"}',
    ],
)
def test_what_no_page_sends_is_refused(chat: Chat, hostile: str) -> None:
    assert chat.shown(hostile) == ([], '{"turn": 0, "notice": "unreadable"}')
    assert list(chat.answered(hostile, "fr")) == [([], '{"turn": 0, "notice": "unreadable"}')]


def test_markup_in_what_the_browser_kept_is_dead(chat: Chat) -> None:
    evil = '<img src=x onerror=alert(1)> ![i](http://e.test/i.png) <form action="//e.test">'
    cited = Citation(1, 'g"><img src=x>', 1, "<b>", "<i>", evil, 0, 1)
    forged = Exchange(
        evil, Answer("answered", "fr", f"{evil} [1]", (cited,), ("<b>",), 0.0, (evil,))
    )
    turns, _ = chat.shown(sent("", forged))
    for turn in turns:
        shown = turn["content"].replace("\\<", "").replace("\\]", "")
        for tag in ("<img", "<form", "<b>", "<i>", "](http"):
            assert tag not in shown


def test_the_question_mark_of_a_question_stays_on_its_line(chat: Chat) -> None:
    turns, _ = chat.shown(sent("", Exchange("Qui ?", EXCHANGE.answer)))
    assert turns[0]["content"] == "Qui\u00a0\\?"
