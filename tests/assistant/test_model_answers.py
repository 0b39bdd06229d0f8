"""The shipped assistant with a model behind a real client and a local server."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from assistant.assistant import Assistant
from assistant.model import ChatModel
from corpus.index import Index
from corpus.lexicon import Lexicon
from eval.liar import Copyist, Liar
from tests.doubles_model import ModelServer, ScriptedModel, model_at

CONTACT = "Qui contacter pour une CPTS ?"
# Refusals, personal data, silence, disagreement, comparison, politeness: ours alone.
OURS = [
    "Quelle dose d’amoxicilline pour une angine ?",
    "Ma patiente Mme Jeanne Martin, 54 ans, a un dossier : que faire ?",
    "Que penses-tu du gouvernement ?",
    "Quelle est la capitale du Pérou ?",
    "Combien y avait-il de CPTS en 1995 ?",
    "combien de médecins faut-il pour une MSP ?",
    "Quelle différence entre une MSP et un CDS ?",
    "Bonjour",
    "",
]


@contextmanager
def asking(server: ModelServer, index: Index, lexicon: Lexicon) -> Iterator[Assistant]:
    with server.running() as url:
        yield Assistant(index, lexicon, ChatModel(model_at(url)))


def test_a_server_writes_what_the_guides_say(
    index: Index, lexicon: Lexicon, assistant: Assistant
) -> None:
    plain = assistant.ask(CONTACT)
    said = plain.text.split("\n")[0].removeprefix("- ").rsplit(" [", 1)[0]
    server = ModelServer(f"{said} [1]")
    with asking(server, index, lexicon) as written:
        grown = list(written.stream(CONTACT))
    assert len(grown) == 2
    assert grown[-1].text == f"{said} [1]"
    assert grown[-1].citations[0].quote == plain.citations[0].quote
    assert grown[-1].as_dict()["usage"] == {
        "calls": 1, "prompt_tokens": 120, "completion_tokens": 30, "kept": 1, "dropped": 0,
    }  # fmt: skip
    assert json.dumps(grown[-1].as_dict())


@pytest.mark.parametrize(
    ("server", "warning"),
    [
        (ModelServer(statuses=(500, 500)), "model-unavailable"),
        (ModelServer(statuses=(429,)), "model-busy"),
        (ModelServer("Une CPTS", finish=""), "model-cut"),
        (ModelServer("Une CPTS compte 12 gendarmes [1]."), "model-off-gate"),
    ],
)
def test_whatever_the_server_does_the_answer_stands(
    index: Index, lexicon: Lexicon, assistant: Assistant, server: ModelServer, warning: str
) -> None:
    plain = assistant.ask(CONTACT)
    with asking(server, index, lexicon) as written:
        answer = written.ask(CONTACT)
    assert answer.warnings == (warning,)
    assert replace(answer, warnings=(), usage=None, elapsed_ms=0) == replace(plain, elapsed_ms=0)


def test_what_is_ours_to_say_never_reaches_the_model(index: Index, lexicon: Lexicon) -> None:
    model = ScriptedModel("Tout est gratuit [1].")
    written = Assistant(index, lexicon, model)
    answers = [written.ask(question) for question in OURS]
    assert model.asked == []
    assert all(answer.usage is None for answer in answers)


def test_what_to_ask_next_is_found_without_the_model(index: Index, lexicon: Lexicon) -> None:
    from assistant.answer import Exchange

    model = Copyist()
    written = Assistant(index, lexicon, model)
    history = [Exchange(CONTACT, written.ask(CONTACT))]
    silent = ScriptedModel("")
    assert Assistant(index, lexicon, silent).related(history)
    assert silent.asked == []


@pytest.mark.parametrize(
    "question",
    [
        CONTACT,
        "Who can be in charge of a health centre?",
        "what is a primary care team?",
        "À quoi sert un DAC ?",
    ],
)
def test_a_liar_changes_nothing(
    index: Index, lexicon: Lexicon, assistant: Assistant, question: str
) -> None:
    liar = Liar()
    answer = Assistant(index, lexicon, liar).ask(question)
    assert len(liar.told) >= 5
    assert answer.text == assistant.ask(question).text


def test_no_lie_hides_among_true_sentences(index: Index, lexicon: Lexicon) -> None:
    liar = Liar(truthful=True)
    written = Assistant(index, lexicon, liar)
    shown = [
        written.ask(question) for question in (CONTACT, "Who can be in charge of a health centre?")
    ]
    assert all(answer.usage and answer.usage["kept"] for answer in shown)
    assert liar.told
    assert not [lie for _, lie in liar.told for answer in shown if lie in answer.text]


def test_guides_without_fiches_are_written_about_in_french(
    bare_index: Index, lexicon: Lexicon
) -> None:
    written = Assistant(bare_index, lexicon, Copyist())
    answer = written.ask("Faut-il une SISA pour l’ACI ?")
    assert answer.usage
    assert answer.usage["kept"]
    # What a model made of a French passage in English could not be checked word for word.
    assert written.ask("who do I contact for a CPTS?").usage is None
