"""What is left to answer of a message once its personal data are masked."""

from __future__ import annotations

import re

from assistant.patients import Signs
from assistant.privacy import Masked, without_masks
from assistant.refusal import sort_of
from corpus.folding import fold
from corpus.lexicon import Lexicon

# Kinds that tell of a person, not only how to reach somebody.
_PERSON = {"name", "birth", "social-security", "address"}
_PARTS = re.compile(r"(?<=[.!?;:\n])(?<!\b[A-Z]\.)(?<!\bM[rs]\.)(?<!\b[DP]r\.)(?<!\bMrs\.)\s+")
# A question about somebody spoken of before is not one for the guides.
_POINTING = re.compile(
    r"\b(?:lui|elle|(?<!faut-)(?<!\by a-t-)(?<!existe-t-)(?<!agit-)il|sa|son|ses|leur|eux|him|her"
    r"|his|hers|he|she|they|them|their)\b"
    r"|\b(?:le|la|les|l') ?(?:suivre|prendre|recevoir|accueillir|voir|traiter|aider|orienter"
    r"|adresser|soigner|joindre|inscrire|envoyer|heberger|appeler|contacter|hospitaliser|operer)\b"
)
_ASKING = re.compile(
    r"\?|^\W*(?:qui|que|quoi|quel(?:le)?s?|comment|combien|pourquoi|ou|quand|est-ce|faut-il|peut-on"
    r"|y a-t-il|who|what|which|how|where|when|why|is|are|can|do|does|must)\b"
)


def question_left(message: Masked, lexicon: Lexicon, signs: Signs) -> str | None:
    """The question that stands without the data; None if the message is about a patient."""
    if not message.kinds:
        return message.bare
    parts = [part for part in _PARTS.split(message.text) if without_masks(part) == part.strip()]
    standing = [part for part in parts if _stands(part, lexicon, signs)]
    if standing:
        return " ".join(standing)
    if _PERSON & set(message.kinds) or signs.care.search(message.text):
        return None
    return message.bare


def _stands(part: str, lexicon: Lexicon, signs: Signs) -> bool:
    plain = fold(part)
    return bool(
        _ASKING.search(plain)
        and (lexicon.structures_in(part) or lexicon.facets_asked(part))
        and not _POINTING.search(plain)
        and not signs.illness.search(part)
        and sort_of(part) is None
    )
