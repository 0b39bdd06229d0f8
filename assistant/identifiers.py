"""Numbers and addresses that lead to a person: social security, telephone, e-mail."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import phonenumbers
from stdnum.fr import nir

Kind = Literal["social-security", "phone", "email", "birth", "name", "address"]

# 1 85 05 78 006 084 36: sex, year, month, department, town, order, and the key, often left out.
_SOCIAL_SECURITY = re.compile(
    r"(?<!\d)(?<!\d[.,])[1-478](?P<a>[ .-]?)\d{2}(?P<b>[ .-]?)(?:0[1-9]|[1-9]\d)[ .-]?"
    r"(?:\d{2}|2[ABab])[ .-]?\d{3}[ .-]?\d{3}(?P<key>[ .-]{0,3}\d{2})?(?!\d|[.,]\d)"
)
_SPOKEN_OF = re.compile(
    r"\b(nir|nss|ssn|s[ée]cu(rit[ée] sociale)?|vitale|social security|immatriculation|patient\w*"
    r"|dossier|assur[ée]e?)\b",
    re.I,
)
# However it is grouped. 08 and four digits are services, nobody's own number.
_PHONE = re.compile(
    r"(?<![\d+])(?<!\d[.,])(?:(?:\+|00) ?33[ .-]{0,2}(?:\(0\)[ .-]{0,2})?|\(?0)[1-79]\)?"
    r"(?:[ ._-]{0,2}\d{2}){4}(?!\d|[.,]\d)"
)
_MOBILE_WITH_SLASHES = re.compile(r"(?<![\d/])0[67](?:/\d{2}){4}(?![\d/])")
# « les départements 04 05 06 13 83 » are those of a region.
_LIST_OF = re.compile(r"\b(d[ée]partements?|codes?|pages?|p\.|articles?)\W{0,3}$", re.I)
_MAIL = re.compile(
    r"[\w.+'-]{1,64}(?:@| ?[\[(](?:at|arobase)[\])] ?)[\w-]{1,63}"
    r"(?:(?:\.| ?[\[(](?:dot|point)[\])] ?)[\w-]{1,63})+"
)
_ABROAD = re.compile(r"\+|00")


@dataclass(frozen=True)
class Finding:
    """The characters `start` to `end` of a text, and what they seem to be."""

    start: int
    end: int
    kind: Kind
    text: str


def identifiers(text: str) -> list[Finding]:
    """Social security numbers, telephone numbers and e-mail addresses."""
    return [*_social_security(text), *_phones(text), *_mails(text)]


def finding(match: re.Match[str], kind: Kind, group: str | int = 0) -> Finding:
    """What a pattern found, as a finding of that kind."""
    return Finding(match.start(group), match.end(group), kind, match[group])


def _social_security(text: str) -> Iterator[Finding]:
    spoken_of = bool(_SPOKEN_OF.search(text))
    for match in _SOCIAL_SECURITY.finditer(text):
        # A slip in the key does not make it nobody's: its grouping and its name tell it as well.
        grouped = bool(match["a"] and match["b"] and match["key"])
        if spoken_of or grouped or nir.is_valid(match.group()):
            yield finding(match, "social-security")


def _phones(text: str) -> Iterator[Finding]:
    for pattern in (_PHONE, _MOBILE_WITH_SLASHES):
        for match in pattern.finditer(text):
            if not _LIST_OF.search(text, max(0, match.start() - 16), match.start()):
                yield finding(match, "phone")
    # Numbers of other countries have as many forms as there are countries.
    if _ABROAD.search(text):
        for found in phonenumbers.PhoneNumberMatcher(text, "FR"):
            if _ABROAD.match(found.raw_string):
                yield Finding(found.start, found.end, "phone", found.raw_string)


def _mails(text: str) -> Iterator[Finding]:
    for match in _MAIL.finditer(text):
        yield finding(match, "email")
