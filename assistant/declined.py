"""What is said where the guides are silent: so, what was looked for, who may know, what is near."""

from __future__ import annotations

from collections.abc import Sequence

from assistant import wording
from assistant.answer import Answer
from assistant.compose import Composer
from assistant.particulars import particulars
from assistant.question import Question
from assistant.retrieval import Hit
from assistant.statement import Statement, place_of
from corpus.index import Index
from corpus.lexicon import Lexicon

_NEAREST = 2


def declined(question: Question, near: Sequence[Hit], index: Index, lexicon: Lexicon) -> Answer:
    """The refusal, with the nearest passages that hold no telephone number or address as bait."""
    language = question.language
    composer = Composer()
    lines = []
    for hit in [hit for hit in near if not _holds_contact(hit)][:_NEAREST]:
        page = index.page(hit.passage.guide, hit.passage.page)
        if page is not None:
            guide = index.guide(hit.passage.guide)
            shown = hit.passage.section[-1] if hit.passage.section else guide.title
            named = f"{shown} ({wording.named(guide, language)})"
            lines.append(composer.marked(Statement(named, (place_of(hit.passage, page),))))
    silent = wording.SILENT[language].format(about=_looked_for(question, lexicon))
    text = f"{silent} {wording.WHO_KNOWS[language]}"
    if lines:
        text += f"\n\n{wording.NEAREST[language]}\n{wording.listed(lines)}"
    return Answer("abstained", language, text, composer.citations())


def _looked_for(question: Question, lexicon: Lexicon) -> str:
    """What was looked for, in our own words: nothing of what was typed is repeated."""
    place = 0 if question.language == "fr" else 1
    named = [lexicon.structures[key].acronym for key in question.structures]
    facets = [wording.FACETS[key] for key in question.facets[:2] if key in wording.FACETS]
    terms = ", ".join([*named, *(facet[place].lower() for facet in facets)])
    return wording.ABOUT[question.language].format(terms=terms) if terms else ""


def _holds_contact(hit: Hit) -> bool:
    return bool(particulars(hit.passage.text).contacts)
