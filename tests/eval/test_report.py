import re
from collections.abc import Sequence
from html.parser import HTMLParser

import pytest

from assistant.answer import Answer, Citation, Exchange
from eval.audit import Auditor
from eval.baseline import baseline_of, falls
from eval.cases import Case
from eval.figures import figures
from eval.report import html_report
from eval.result import Result
from eval.run import run_cases
from eval.subject import Hit, Subject

HTML = "<script>alert(1)</script><img src=x onerror=alert(2)>"


class Scripted:
    """Answers every question with the same text full of markup."""

    def __init__(self, sound: Subject) -> None:
        self._sound = sound

    def ask(self, question: str, history: Sequence[Exchange] = ()) -> Answer:
        """Markup, cited with markup."""
        cited = Citation(1, "alpha", 2, None, None, f"« {HTML}", None, None)
        return Answer("answered", "fr", f"{HTML} $body [1]", (cited,))

    def search(self, question: str, limit: int = 10) -> Sequence[Hit]:
        """The sound hits."""
        return self._sound.search(question, limit)


class Tags(HTMLParser):
    """Collects the tags of a page and what they load."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.loaded: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember a tag and its addresses."""
        self.names.add(tag)
        named = [value or "" for name, value in attrs if name in ("src", "href", "srcset")]
        self.loaded += [address for address in named if not address.startswith("#")]


def result_of(subject: Subject, cases: Sequence[Case], auditor: Auditor) -> Result:
    return Result("abc", "jour", 1.0, {}, {}, tuple(run_cases(cases, subject, auditor)))


@pytest.fixture(scope="module")
def page(assistant: Subject, cases: Sequence[Case], auditor: Auditor) -> str:
    floor = baseline_of(result_of(assistant, cases, auditor))
    damaged = result_of(Scripted(assistant), cases, auditor)
    fallen = falls(floor, figures(damaged.rows))
    return html_report(damaged, floor, fallen, auditor.originals)


def test_nothing_is_loaded_from_outside_and_no_markup_gets_through(page: str) -> None:
    tags = Tags()
    tags.feed(page)
    assert tags.loaded == []
    assert not tags.names & {"script", "img", "link", "iframe", "object", "b"}
    assert "&lt;script&gt;alert(1)" in page


def test_a_miss_stands_beside_the_guides_own_page(page: str) -> None:
    miss = page[page.index('id="small-fact-1"') : page.index('id="small-fact-2"')]
    assert "Combien d’euros une MSP" in miss
    assert "50000 euros" in miss
    assert "alpha p. 1 (attendue)" in miss
    assert "Une MSP reçoit 50 000 euros" in miss
    assert "alpha p. 2 (citée)" in miss
    assert "Extrait introuvable" in miss


def test_what_fell_is_said_first(page: str) -> None:
    assert re.search(r"Sous la base : \d+ mesures", page)
    assert page.index("page fausse ou texte inventé") < page.index("Les mesures</h2>")


def test_lost_cases_are_linked(page: str) -> None:
    assert 'href="#small-fact-1"' in page


def test_a_report_needs_no_baseline(
    assistant: Subject, cases: Sequence[Case], auditor: Auditor
) -> None:
    page = html_report(result_of(assistant, cases, auditor), None, [], auditor.originals)
    assert "Pas encore de base" in page
