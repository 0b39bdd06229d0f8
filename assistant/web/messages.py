"""Questions and answers as the chat shows them: text of others never becomes markup."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answer import Answer, Citation, Language
from assistant.markup import MARKER, entities, escaped, inert
from assistant.web.reading import SEPARATOR
from assistant.web.sources import fragment, origin
from assistant.web.texts import Texts, place
from corpus.guide import Guide

_TABLE = re.compile(r"(?:^\|.*(?:\n|$))+", re.MULTILINE)
# Between two values of one cell.
_BETWEEN = re.compile(r"(?<=\))\s;\s")
_LONGEST_SECTION = 70


class Messages:
    """Writes answers for the chat, with links from their markers to the cited places."""

    def __init__(self, guides: Mapping[str, Guide], texts: Texts) -> None:
        self._guides = guides
        self._texts = texts

    def growing(self, answer: Answer) -> str:
        """An answer of which there is more to come, without its sources."""
        return self._framed(answer, self._body(answer, answer.text), "growing")

    def whole(self, answer: Answer) -> str:
        """The finished answer with its sources."""
        body = self._body(answer, answer.text) + self._sources(answer)
        return self._framed(answer, body, "whole")

    def trouble(self, language: Language, wait: str = "") -> str:
        """What is shown when no answer could be prepared, in the page's language.

        `wait` are the seconds until one may ask again, for who asks too often.
        """
        told = self._texts("too_often" if wait else "trouble", language)
        words = escaped(told.format(seconds=wait) if wait else told)
        return f'<div class="reply trouble whole" lang="{language}">\n\n{words}\n\n</div>'

    def _framed(self, answer: Answer, body: str, state: str) -> str:
        labels = {"abstained": "abstained", "clarify": "clarify"}
        label = labels.get(answer.status)
        words = self._texts(label, answer.language) if label else ""
        head = f'<p class="label">{escaped(words)}</p>\n\n' if label else ""
        head += self._warnings(answer)
        kind = f"reply {answer.status} {state}"
        return f'<div class="{kind}" lang="{answer.language}">\n\n{head}{body}\n\n</div>'

    def _warnings(self, answer: Answer) -> str:
        """A sentence for each warning that has one; a code alone would say nothing to anybody."""
        told = [self._texts.find(f"warning_{code}", answer.language) for code in answer.warnings]
        return "".join(f'<p class="warning">{escaped(one)}</p>\n\n' for one in told if one)

    def _body(self, answer: Answer, text: str) -> str:
        cited = {citation.marker: citation for citation in answer.citations}

        def link(found: re.Match[str]) -> str:
            citation = cited.get(int(found.group(1)))
            return self._link(citation, answer.language) if citation else found.group(0)

        return _TABLE.sub(_boxed, MARKER.sub(link, inert(text)))

    def _link(self, citation: Citation, language: Language, words: str = "") -> str:
        shown = f"\\[{citation.marker}\\]" + (f" {escaped(words)}" if words else "")
        guide = self._guides.get(citation.guide)
        title = guide.title if guide else citation.guide
        where = place(self._texts, citation.page, citation.page_label, language)
        return f'[{shown}]({fragment(citation)} "{entities(f"{title}, {where}")}")'

    def _sources(self, answer: Answer) -> str:
        told = {int(found.group(1)) for found in MARKER.finditer(inert(answer.text))}
        abstained = answer.status == "abstained"
        # A refusal names the nearest passages itself; what it leaves out is listed here.
        listed = [one for one in answer.citations if not (abstained and one.marker in told)]
        if not listed:
            return ""
        key = "nearest" if abstained else "sources"
        head = escaped(self._texts(key, answer.language))
        guides = dict.fromkeys(one.guide for one in listed)
        lines = [self._line(guide, listed, answer.language) for guide in guides]
        return f'\n\n<div class="sources">\n\n{head}\n\n' + "\n".join(lines) + "\n\n</div>"

    def _line(self, guide_id: str, listed: Sequence[Citation], language: Language) -> str:
        guide = self._guides.get(guide_id, Guide(guide_id, guide_id))
        links = [
            self._link(one, language, self._place(one, language))
            for one in listed
            if one.guide == guide_id
        ]
        about = f" ({escaped(origin(guide))})" if origin(guide) else ""
        return f"- {escaped(guide.title)}{about}\u00a0: {', '.join(links)}"

    def _place(self, citation: Citation, language: Language) -> str:
        if citation.page is None and citation.section:
            return citation.section.split(SEPARATOR)[-1][:_LONGEST_SECTION]
        return place(self._texts, citation.page, citation.page_label, language)


def _boxed(table: re.Match[str]) -> str:
    """A table in a box of its own, in which it scrolls where it is wider than the screen."""
    rows = _BETWEEN.sub("<br><br>", table.group().rstrip())
    return f'<div class="wide">\n\n{rows}\n\n</div>\n'
