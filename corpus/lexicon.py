"""The words of the field: structures, acronyms spelt out, facets, English terms (lexicon.toml)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, field
from functools import partial
from importlib import resources

from corpus.folding import fold, words

_WORD = re.compile(r"[^\W_]+")
_FULL_NAME = 3


@dataclass(frozen=True)
class Structure:
    """A form of coordinated practice, or a neighbour of it, and its names."""

    key: str
    acronym: str
    fr: str
    en: str


@dataclass(frozen=True)
class Facet:
    """Something one asks of a structure: phrases of questions, phrases of headings."""

    key: str
    cues: re.Pattern[str]
    heads: re.Pattern[str]


@dataclass(frozen=True)
class Lexicon:
    """Recognises the field's terms in folded text."""

    structures: dict[str, Structure]
    facets: dict[str, Facet]
    acronyms: frozenset[str]
    stop_words: frozenset[str]
    common_names: frozenset[str]
    _names: dict[str, re.Pattern[str]] = field(repr=False)
    _excluded: dict[str, re.Pattern[str]] = field(repr=False)
    _terms: dict[str, re.Pattern[str]] = field(repr=False)
    _english: tuple[tuple[re.Pattern[str], str], ...] = field(repr=False)
    _regions: dict[str, re.Pattern[str]] = field(repr=False)
    # The keys of names and terms by the words that they begin with: a text is searched for those
    # alone whose first word it has.
    _openings: dict[str, tuple[str, ...]] = field(repr=False)

    def is_common(self, name: str) -> bool:
        """Whether a folded word with a capital names nobody and no place."""
        return name in self.common_names or name in self.stop_words

    def structures_in(self, text: str) -> tuple[str, ...]:
        """Keys of the structures that a text names, in the order of their first mention."""
        said = words(_spelt_euros(text))
        return self._named(_joined(said), self._opened(said))

    def _named(self, plain: str, opened: Set[str]) -> tuple[str, ...]:
        found: list[tuple[int, str]] = []
        for key, pattern in self._names.items():
            if key not in opened:
                continue
            if match := pattern.search(self._without_homonym(key, plain)):
                found.append((match.start(), key))
        return _without_parts(tuple(key for _, key in sorted(found)), plain)

    def _without_homonym(self, key: str, plain: str) -> str:
        """The text without a bare acronym that, by its neighbours, means something else."""
        if key not in self._excluded or not self._excluded[key].search(plain):
            return plain
        acronym = re.escape(fold(self.structures[key].acronym))
        # As long as before: the order of first mentions is told by the place.
        return re.sub(rf" {acronym}s?(?= )", lambda bare: " " * len(bare.group()), plain)

    def regions_in(self, text: str) -> tuple[str, ...]:
        """The regions that a text names, as fiches and the catalogue name them."""
        plain = spaced(text)
        return tuple(name for name, pattern in self._regions.items() if pattern.search(plain))

    def without_regions(self, text: str, regions: Iterable[str]) -> str:
        """A text without any name of these regions."""
        for region in regions:
            text = _replaced(text, self._regions[region], "")
        return text

    def renamed(self, text: str, key: str, name: str) -> str:
        """A text with every name of one structure replaced by another name."""
        return _replaced(text, self._names[key], name)

    def keyed(self, text: str) -> str:
        """The `spaced` text with each name of a structure and each spelt-out acronym replaced by
        its key in one small word: « une agence régionale de santé (ARS) » is « une ars »."""
        plain = spaced(text)
        longest_first = sorted(self._names.items(), key=lambda entry: -len(entry[0]))
        for key, pattern in longest_first:
            # A match ends before the space that the next one begins with.
            plain = pattern.sub(f" {_one_word(key)}", plain)
        for key, pattern in self._terms.items():
            plain = pattern.sub(partial(_spelt_out, key), plain)
        plain = plain.replace(" esp espclap ", " espclap ")
        # A name and its acronym side by side are said once.
        keys = "|".join(_one_word(key) for key in (*self._names, *self._terms))
        return re.sub(rf"( (?:{keys}))(?:\1)+(?= )", r"\1", plain)

    def concepts_in(self, text: str) -> tuple[str, ...]:
        """Structures and spelt-out acronyms that a text names, in either form."""
        return self.concepts_of(words(_spelt_euros(text)))

    def concepts_of(self, said: Sequence[str]) -> tuple[str, ...]:
        """The same for a text whose words are known, in their order."""
        plain, opened = _joined(said), self._opened(said)
        terms = (key for key in self._terms if key in opened and self._terms[key].search(plain))
        return (*self._named(plain, opened), *terms)

    def _opened(self, said: Iterable[str]) -> Set[str]:
        found = self._openings.keys() & set(said)
        return {key for word in found for key in self._openings[word]}

    def facets_asked(self, question: str) -> tuple[str, ...]:
        """Keys of the facets that the words of a question point at."""
        plain = spaced(question)
        return tuple(key for key, facet in self.facets.items() if facet.cues.search(plain))

    def facets_treated(self, text: str) -> tuple[str, ...]:
        """Keys of the facets that headings or the text of a passage treat of."""
        plain = spaced(text)
        return tuple(key for key, facet in self.facets.items() if facet.heads.search(plain))

    def french_for(self, question: str) -> str:
        """The French search words for the English terms of a question."""
        plain = spaced(question)
        return " ".join(french for pattern, french in self._english if pattern.search(plain))


def _replaced(text: str, pattern: re.Pattern[str], name: str) -> str:
    """A text with what a pattern of `spaced` text finds in it replaced."""
    spans = [(found.start(), found.end()) for found in _WORD.finditer(text)]
    joined = " " + " ".join(fold(text[start:end]) for start, end in spans) + " "
    for match in reversed(list(pattern.finditer(joined))):
        first = joined.count(" ", 0, match.start() + 1) - 1
        last = first + match.group(0).strip().count(" ")
        if last < len(spans):
            text = text[: spans[first][0]] + name + text[spans[last][1] :]
    return text


def _one_word(key: str) -> str:
    return "".join(words(key.replace("_", "")))


def _spelt_out(key: str, found: re.Match[str]) -> str:
    """The key for the acronym itself and its full name; near-synonyms of a search stay."""
    said = found.group().split()
    same = len(said) >= _FULL_NAME or said[0].rstrip("s") == fold(key)
    return f" {_one_word(key)}" if same else found.group()


def spaced(text: str) -> str:
    """Folded words with one space between and around them, so that phrases can be searched."""
    return _joined(words(_spelt_euros(text)))


def _joined(said: Sequence[str]) -> str:
    return " " + " ".join(said) + " "


def _spelt_euros(text: str) -> str:
    return text.replace("€", " euros ")


def read_lexicon() -> Lexicon:
    """The lexicon that comes with the program."""
    source = resources.files("corpus").joinpath("lexicon.toml").read_text(encoding="utf-8")
    table = tomllib.loads(source)
    named = table["structures"]
    names = {key: [entry["acronym"], *entry["names"]] for key, entry in named.items()}
    terms = {key: [key, *forms] for key, forms in table["terms"].items()}
    return Lexicon(
        structures={
            key: Structure(key, entry["acronym"], entry["fr"], entry["en"])
            for key, entry in named.items()
        },
        facets={
            key: Facet(key, phrases(entry["cues"]), phrases(entry["heads"]))
            for key, entry in table["facets"].items()
        },
        acronyms=frozenset(
            word
            for key, entry in named.items()
            for word in (entry["acronym"] if entry["acronym"].isupper() else "").split()
        )
        | frozenset(table["terms"]),
        stop_words=frozenset(table["stop_words"].split()),
        common_names=frozenset(table["common_names"].split()),
        _names={key: phrases(forms, plural=True) for key, forms in names.items()},
        _excluded={
            key: phrases(entry["not_with"]) for key, entry in named.items() if "not_with" in entry
        },
        _terms={key: phrases(forms, plural=True) for key, forms in terms.items()},
        _english=tuple(
            (phrases([english], plural=True), french)
            for english, french in table["english"].items()
        ),
        _regions={name: phrases([name, *others]) for name, others in table["regions"].items()},
        _openings=_first_words((*names.items(), *terms.items())),
    )


def _first_words(wanted: Iterable[tuple[str, Iterable[str]]]) -> dict[str, tuple[str, ...]]:
    """Keys by the first word of their phrases, which may be the only one and in the plural.

    Raises ValueError for a name that begins with any word or any ending: it would never be found.
    """
    found: dict[str, set[str]] = {}
    for key, forms in wanted:
        for phrase in forms:
            first = words(phrase)[0]
            if not _phrase(phrase).startswith(first) or "*" in phrase.split()[0]:
                raise ValueError(f"« {phrase} » ({key}) : le premier mot d’un nom est sans *.")
            for form in (first, f"{first}s"):
                found.setdefault(form, set()).add(key)
    return {word: tuple(keys) for word, keys in found.items()}


def phrases(wanted: Iterable[str], plural: bool = False) -> re.Pattern[str]:
    """A pattern for any of the phrases as whole words of text that was `spaced`.

    `*` at the end of a word stands for any ending, alone for any word.
    """
    ending = "s?" if plural else ""
    alternatives = sorted({_phrase(phrase) for phrase in wanted}, key=len, reverse=True)
    return re.compile(rf" (?:{'|'.join(alternatives)}){ending}(?= )")


def _phrase(phrase: str) -> str:
    parts = [part for part in re.split(r"[^\w*]+", fold(phrase)) if part]
    return " ".join(
        r"\w+" if part == "*" else re.escape(part.rstrip("*")) + (r"\w*" if "*" in part else "")
        for part in parts
    )


def _without_parts(keys: tuple[str, ...], plain: str) -> tuple[str, ...]:
    """« ESP CLAP » names one structure, not also the ESP, unless the ESP is named apart."""
    if "ESP_CLAP" in keys and "ESP" in keys:
        rest = re.sub(r" esps?(?= clap )| equipes? de soins primaires(?= coordonnees?)", " ", plain)
        if not re.search(r" esps? | equipes? de soins primaires ", rest):
            return tuple(key for key in keys if key != "ESP")
    return keys
