"""Personal data in what people type: found, and masked before anything is stored or sent."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.identifiers import Finding, Kind, identifiers
from assistant.patients import Signs, patients_data, repeated

MASKS: dict[Kind, str] = {
    "social-security": "[numéro de sécurité sociale]",
    "phone": "[téléphone]",
    "email": "[adresse électronique]",
    "birth": "[date de naissance]",
    "name": "[nom]",
    "address": "[adresse]",
}
_MASK = re.compile(r"\s*(?:" + "|".join(re.escape(mask) for mask in MASKS.values()) + ")")
# Each look-up reads the guides; a message with more contacts than this is no question on one.
_MOST_LOOKED_UP = 8
_INVISIBLE = ("Cf", "Cs", "Co", "Cn")


@dataclass(frozen=True)
class Masked:
    """A text whose personal data are masked, and the kinds that were found in it."""

    text: str
    kinds: tuple[Kind, ...] = ()

    @property
    def bare(self) -> str:
        """The text without its masks: what may be searched for."""
        return without_masks(self.text)


def without_masks(text: str) -> str:
    """A text without masks, whoever put them there."""
    return _MASK.sub("", text).strip()


class Privacy:
    """Masks personal data; what `public` knows, such as a guide's own contacts, stays."""

    def __init__(self, signs: Signs, public: Callable[[Finding], bool] = lambda _: False) -> None:
        self.signs, self._public = signs, public

    def masked(self, text: str) -> Masked:
        """The text with its personal data masked; unchanged if it holds none."""
        plain = _visible(text)
        direct = self._secret(identifiers(plain))
        others = self._secret(patients_data(plain, self.signs, bool(direct)))
        again = repeated(plain, others, self.signs)
        kept = _apart([*direct, *others, *again])
        if not kept:
            return Masked(text)
        for one in reversed(kept):
            plain = plain[: one.start] + MASKS[one.kind] + plain[one.end :]
        return Masked(plain, tuple(dict.fromkeys(one.kind for one in kept)))

    def _secret(self, found: Sequence[Finding]) -> list[Finding]:
        """The findings without those that are public; of very many, all count as secret."""
        distinct = {(one.kind, one.text): one for one in found}
        if len(distinct) > _MOST_LOOKED_UP:
            return list(found)
        public = {key for key, one in distinct.items() if self._public(one)}
        return [one for one in found if (one.kind, one.text) not in public]


def _visible(text: str) -> str:
    """The text with full-width digits and the like as usual, without invisible characters."""
    plain = unicodedata.normalize("NFKC", text)
    return "".join(char for char in plain if unicodedata.category(char) not in _INVISIBLE)


def _apart(found: Sequence[Finding]) -> list[Finding]:
    """The findings in order, the longest where several overlap."""
    kept: list[Finding] = []
    for one in sorted(found, key=lambda f: (f.start - f.end, f.start)):
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)
