"""The guides that questions name as their source."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.attribution import Attributions
from corpus.catalogue import read_catalogue
from corpus.lexicon import Lexicon

CRATB, M14 = "cratb-cpias-exercice-coordonne", "m14-pharmacien-exercice-coordonne"
PACA, ESP = "urps-ml-paca-guide-exercice-coordonne", "urps-occitanie-esp"
OCCITANIE = ("urps-occitanie-dispositifs", ESP)


@pytest.fixture(scope="module")
def attributions(lexicon: Lexicon) -> Attributions:
    return Attributions(read_catalogue().guides, lexicon)


@pytest.mark.parametrize(
    ("question", "left", "guides"),
    [
        ("D’après l’URPS PACA, qui signe ?", "qui signe ?", (PACA,)),
        ("Selon la fiche ESP de l’URPS Occitanie, combien ?", "combien ?", (ESP,)),
        ("Que faut-il, selon le guide Occitanie ?", "Que faut-il ?", OCCITANIE),
        ("Who signs, according to the CRAtb/CPias leaflet?", "Who signs ?", (CRATB,)),
        ("In the PACA guide, who signs?", "who signs?", (PACA,)),
        ("According to the pharmacists’ sheet, who signs?", "who signs?", (M14,)),
        ("article msp fiche pharmacien", "article msp", (M14,)),
        ("Qui sont les partenaires du guide PACA ?", "Qui sont les partenaires ?", (PACA,)),
    ],
)
def test_a_named_guide_is_known_and_its_name_not_searched(
    attributions: Attributions, question: str, left: str, guides: tuple[str, ...]
) -> None:
    found = attributions.read(question)
    assert (" ".join(found.text.split()), set(found.guides)) == (left, set(guides))


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le téléphone de l’URPS PACA ?",
        "Quelles personnes de l’ARS PACA ont participé au guide ?",
        "D’après le médecin du Champsaur, que faut-il ?",
        "D’après l’ARS, quelle aide en PACA ?",
        "Existe-t-il un guide pour créer une ESP ?",
        "Selon vous, faut-il une MSP en PACA ?",
        "Qui contacter pour une CPTS en Occitanie ?",
        "",
    ],
)
def test_a_question_that_names_no_guide_as_its_source_stays_whole(
    attributions: Attributions, question: str
) -> None:
    found = attributions.read(question)
    assert (found.text, found.guides) == (question, ())


def test_without_guides_nothing_is_named(lexicon: Lexicon) -> None:
    assert Attributions((), lexicon).read("d’après l’URPS PACA").guides == ()


@pytest.mark.parametrize(
    ("question", "guide"),
    [
        ("D’après la fiche M14, combien de médecins dans une MSP ?", "m14-pharmacien"),
        ("According to the CRAtb leaflet, how many GPs are in an MSP?", "cratb-cpias"),
    ],
)
def test_a_guide_that_is_named_is_told_alone_where_guides_disagree(
    assistant: Assistant, question: str, guide: str
) -> None:
    answer = assistant.ask(question)
    intro, *values = answer.text.splitlines()
    assert intro.endswith(("celui que vous nommez\N{NO-BREAK SPACE}:", "the one you name:"))
    of_the_guide = {f"[{c.marker}]" for c in answer.citations if c.guide.startswith(guide)}
    assert values
    assert all(any(marker in value for marker in of_the_guide) for value in values)
