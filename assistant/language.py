"""Which of the two languages a text is in, told by its small words."""

from __future__ import annotations

from assistant.answer import Language
from corpus.folding import words

_FRENCH = frozenset(
    """le la les un une des du de et est sont ou qui que quoi quel quelle quels quelles pour dans
    avec sur par comment combien pourquoi je tu il elle on nous vous ils au aux ce cette ces mon ma
    mes votre notre leur c l d qu n s j y en ne pas plus faut peut doit sante liste contact cout
    bonjour merci trouver contacter difference entre chez sans sous""".split()  # noqa: SIM905
)
_ENGLISH = frozenset(
    """the a an of and is are was were who what which where when how why do does did i you he she we
    they in on at by with for from to my your our their this that these those can could should would
    will have has it its be not or if there any much many about between need get hello thanks thank
    list cost difference find reach health""".split()  # noqa: SIM905
)
_BOTH = frozenset({"a", "on", "contact", "liste", "sante"})


def language_of(text: str, otherwise: Language = "fr") -> Language:
    """French or English, by which has more of its small words; `otherwise` when neither does."""
    tokens = words(text)
    french = sum(token in _FRENCH and token not in _BOTH for token in tokens)
    english = sum(token in _ENGLISH and token not in _BOTH for token in tokens)
    # Accents are never typed by accident: they count as French.
    french += any(char in "éèêàùçôîïëœ" for char in text.lower())
    if french == english:
        return otherwise
    return "fr" if french > english else "en"
