"""Signs that a message holds a patient's data."""

from __future__ import annotations

import re

from corpus.folding import fold

_SOCIAL_SECURITY = re.compile(
    r"\b[12] ?\d\d ?(0[1-9]|1[0-2]) ?(\d\d|2[ab]) ?\d{3} ?\d{3}( ?\d\d)?\b"
)
_BIRTH = re.compile(
    r"\b(nee?|born|dob|ddn|date de naissance)\b[^.?!]{0,25}?"
    r"\d{1,2}[/. -](\d{1,2}|\w{3,9})[/. -](19|20)?\d\d"
)
_PHONE = re.compile(r"(?<!\d)(?:\+33 ?|0)[1-9](?:[ .-]?\d\d){4}(?!\d)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PATIENT = re.compile(
    r"\b(?:[Pp]atiente?|[Mm]adame|[Mm]onsieur|Mme|Mr|Mrs|M\.) (?:Mme |M\. |Mr )?"
    r"[A-ZÀ-Ý][\wÀ-ÿ'-]+ [A-ZÀ-Ý][\wÀ-ÿ'-]+"
)
_CARE = re.compile(
    r"\b(patiente?|ans|years old|diabet\w*|vih|hiv|cancer|hospitalise\w*|dossier|traite\w*|souffre"
    r"|diagnosed|suffers|medical record)\b"
)


def holds_personal_data(text: str) -> bool:
    """Whether a message seems to hold data that identify a person, a patient above all."""
    plain = fold(text)
    joined = text.replace("\u00a0", " ")
    if _SOCIAL_SECURITY.search(joined.lower()) or _BIRTH.search(plain):
        return True
    if _PHONE.search(joined) or _MAIL.search(joined):
        return bool(_CARE.search(plain) or _named(joined))
    return _named(joined) and bool(_CARE.search(plain))


def _named(text: str) -> bool:
    return bool(_PATIENT.search(text))
