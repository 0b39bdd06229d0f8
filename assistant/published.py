"""What stands in the guides: their own contacts and names are nobody's secret."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.identifiers import Finding
from corpus.guide import Passage

_COUNTRY = re.compile(r"^(?:00)?330?(?=[1-9]\d{8}$)")
# Number, kind and name of a street: what follows is the town, written in many ways.
_STREET = 4


class Published:
    """Tells whether the guides print a contact or a person's name.

    Passages are asked for each time, so that a new index needs no notice.
    """

    def __init__(self, passages: Callable[[], Sequence[Passage]]) -> None:
        self._passages = passages

    def holds(self, finding: Finding) -> bool:
        """Whether a passage, its headings or its links print what was found."""
        printed = _reader(finding)
        return printed is not None and any(
            printed(text)
            for passage in self._passages()
            for text in (passage.text, passage.location, *passage.links)
        )


def _reader(finding: Finding) -> Callable[[str], object] | None:
    """Tells whether a text prints the finding; None for what no guide makes public."""
    if finding.kind == "phone":
        digits = _COUNTRY.sub("0", re.sub(r"\D", "", finding.text))
        return re.compile(r"(?<!\d)" + r"[ .\-]{0,2}".join(digits) + r"(?!\d)").search
    if finding.kind == "address":
        return _holding(" ".join(finding.text.split()[:_STREET]))
    # « Martin » alone is the name of too many: only with a first name is it one person's.
    if finding.kind == "email" or (finding.kind == "name" and " " in finding.text):
        return _holding(finding.text)
    return None


def _holding(sought: str) -> Callable[[str], object]:
    low = sought.lower()
    whole = re.compile(rf"(?<![\w.+-]){re.escape(low)}(?!\w)")
    # The plain look first: it is ten times faster than the pattern.
    return lambda text: low in (plain := text.lower()) and whole.search(plain)
