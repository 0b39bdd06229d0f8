"""Readable text from raw page text: one line, no markup, no traces of typesetting."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

# Bullets, dashes used as bullets, and the private-use glyphs of symbol fonts.
BULLETS = "•‣◦▪▫■□●○◆◇➢➤►▶✓✔❖⁃∙·\uf000-\uf0ff"
_BULLET = re.compile(rf"^(?:[{BULLETS}]\s*|[-–—]\s+|(?:>\s*)+)+")
_LOOSE_BULLET = re.compile(rf"\s*[{BULLETS.replace('·', '')}]\s*")

_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff\x00", "")
)

# Text may be hostile: no pattern below may scan to the end from every place it could begin.
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_UNSEEN = re.compile(r"<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.I)
_INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|code|em|font|i|mark|small|span|strong|sub|sup|u)\b[^<>]*>", re.IGNORECASE
)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_AUTOLINK = re.compile(r"<((?:https?://|mailto:)[^<>\s]+|[\w.+-]+@[\w.-]+)>", re.IGNORECASE)
_QUOTED = re.compile(r"^[ \t]*>+[ \t]?", re.MULTILINE)
_REFERENCE = re.compile(r"!?\[([^\[\]]+)\]\[[^\[\]]*\]")
_LINK = re.compile(r"!?\[([^\[\]]*)\]\((?:[^()\s]|\([^()\s]*\))*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(
    r"(?<![\w*\\])(\*{1,3})(?=[^\s*])(.{1,400}?)(?<=[^\s*\\])\1(?![\w*])"
    r"|(?<![\w_])(_{1,3})(?=[^\s_])(.{1,400}?)(?<=[^\s_])\3(?![\w_])",
    re.DOTALL,
)
# In French an apostrophe or a letter may touch the stars: « l'**attractivité** ».
_STRONG = re.compile(r"\*\*(?=[^\s*])(.{1,400}?)(?<=[^\s*])\*\*", re.DOTALL)
_CODE = re.compile(r"`+([^`\n]+)`+")
_HASHES = re.compile(r"^\s{0,3}#{1,6}\s+")
_ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~])")
_SUPERSCRIPT = re.compile(r"\s*\^\s*\{?\s*([a-zèé°0-9]{1,4})\s*\}?")
_ORDINAL = re.compile(r"\b(\d+)\s+(er|ère|re|nd|nde|ème|ème|èmes|ers)\b")
# A letter O read for a zero, inside or at the end of a number.
_LETTER_O = re.compile(r"(?<=\d)[Oo](?=[\dOo]|\b)")
_SPACES = re.compile(r"\s+")
_URL_TAIL = re.compile(r"(?:https?://|www\.)\S*$", re.IGNORECASE)
_COMPOUND = re.compile(r"(?<![^\W\d_])[^\W\d_]+(?:-[^\W\d_]+)+")
_LETTERS = re.compile(r"[^\W\d_]+")
_BROKEN = re.compile(r"(?<![\w’'])([\w’']+)[-\u2010][ \t]*\n[ \t]*(\w+)")
_BRACKETED = re.compile(r"\(([A-Z]{2,7})\)")
_EXPANDED = re.compile(r"\b(([A-Z])[A-Z]{1,6})\s+\(\2[a-zé]")
_CAPITALS = re.compile(r"\b[A-Z]{2,7}\b")

# First halves that keep their hyphen before another word (rendez-vous, médico-social, …).
_HEADS_OF_COMPOUNDS = """rendez peut celui celle ceux celles ci là au sous demi mi semi non quasi
tiers sage chef chirurgien infirmier auto ex vice contre avant après grand petit haut bas bien c
vis dix vingt trente quarante cinquante soixante quatre cent savoir porte compte cas plate a t
médico socio psycho"""
# Second halves that are always joined with a hyphen (a-t-elle, celui-ci, eux-mêmes).
_TAILS_OF_COMPOUNDS = """je tu il elle on nous vous ils elles ce ci là même mêmes t y en"""
# No French word begins so: what does is the tail of a word torn apart (« sa nté »).
_TORN = re.compile(
    r"\b([^\W\d_]+) ((?:nt|nd|rt|rd|lt|ld|mp|ss|mm|nn|rr|ll|tt|nf|nc|ct|rm|rn|lm)[^\W\d_]+)\b"
)


@dataclass(frozen=True)
class Vocabulary:
    """The words a document is made of, in lower case with their counts, and its acronyms.

    They decide whether a hyphen at a line's end belongs to the word, and which scrambled small
    capitals are an acronym; `capitals` are all words seen in capitals, acronyms or not.
    """

    words: Mapping[str, int] = field(default_factory=dict)
    acronyms: frozenset[str] = frozenset()
    capitals: frozenset[str] = frozenset()


def vocabulary(texts: Iterable[str], acronyms: Collection[str] = ()) -> Vocabulary:
    """The words of `texts`; acronyms are those given, those in brackets, and those
    spelt out in brackets."""
    words: Counter[str] = Counter()
    found = {acronym.upper() for acronym in acronyms if acronym.isalpha()}
    capitals: set[str] = set()
    for text in texts:
        plain = _BROKEN.sub(" ", text.translate(_LIGATURES))
        whole = [token for token in _LETTERS.findall(plain) if not is_scrambled(token)]
        compounds = _COMPOUND.findall(plain)
        words.update(token.casefold() for token in (*whole, *compounds))
        for pattern in (_BRACKETED, _EXPANDED):
            found.update(match.group(1) for match in pattern.finditer(plain))
        capitals.update(_CAPITALS.findall(plain))
    return Vocabulary(dict(words), frozenset(found), frozenset(capitals))


_NOTHING_KNOWN = Vocabulary()


def clean(raw: str, known: Vocabulary = _NOTHING_KNOWN) -> str:
    """`raw` as one readable line; cleaning it again changes nothing."""
    text = unicodedata.normalize("NFC", raw).translate(_LIGATURES)
    text = _without_markup(text)
    text = _BROKEN.sub(lambda match: _rejoined(match, known), text)
    text = _SPACES.sub(" ", text).strip()
    text = _LOOSE_BULLET.sub(" ", _BULLET.sub("", text))
    text = _ORDINAL.sub(r"\1\2", _SUPERSCRIPT.sub(r"\1", text))
    text = _LETTER_O.sub("0", text)
    text = _mended(text, known)
    text = _unscrambled(text, known)
    return _SPACES.sub(" ", text).strip()


def _without_markup(text: str) -> str:
    if "<" in text:
        text = _AUTOLINK.sub(r"\1", text)
        text = _UNSEEN.sub(" ", _COMMENT.sub(" ", text))
        text = _TAG.sub(" ", _INLINE_TAG.sub("", text))
    if "&" in text:
        text = html.unescape(text)
    text = _REFERENCE.sub(r"\1", _LINK.sub(r"\1", _QUOTED.sub("", text)))
    text = _STRONG.sub(r"\1", text)
    text = _EMPHASIS.sub(lambda match: match.group(2) or match.group(4), text)
    text = _CODE.sub(r"\1", text)
    return _ESCAPE.sub(r"\1", _HASHES.sub("", text))


def _rejoined(match: re.Match[str], known: Vocabulary) -> str:
    """The two halves of a word broken at a line's end, with the hyphen if it is theirs."""
    first, second = match.groups()
    whole, compound = first + second, f"{first}-{second}"
    if _URL_TAIL.search(match.string, max(0, match.start() - 300), match.end(1)):
        return compound
    head, tail = re.split(r"[’']", first)[-1].casefold(), second.casefold()
    if f"{head}{tail}" in known.words:
        return whole
    if f"{head}-{tail}" in known.words or not (head.isalpha() and tail.isalpha()):
        return compound
    if second[0].isupper() or _keeps_hyphen(head, tail):
        return compound
    both = min(known.words.get(head, 0), known.words.get(tail, 0)) > 1
    return compound if both and min(len(head), len(tail)) > 3 else whole


def _keeps_hyphen(head: str, tail: str) -> bool:
    return head in _HEADS_OF_COMPOUNDS.split() or tail in _TAILS_OF_COMPOUNDS.split()


def _mended(text: str, known: Vocabulary) -> str:
    """Words torn in two by the typesetting, put together if the whole is a known word."""
    if not known.words:
        return text
    return _TORN.sub(lambda match: _whole(match, known), text)


def _whole(match: re.Match[str], known: Vocabulary) -> str:
    whole = match.group(1) + match.group(2)
    return whole if known.words.get(whole.casefold(), 0) > 1 else match.group()


def _unscrambled(text: str, known: Vocabulary) -> str:
    tokens = _LETTERS.findall(text)
    # A line of small capitals throughout (« naTURE DE L’aIDE ») reads best in small letters.
    small = all(token.isupper() or is_scrambled(token) for token in tokens)
    if len(tokens) > 1 and small and any(map(is_scrambled, tokens)):
        text = _LETTERS.sub(lambda match: _small(match.group(), known), text)
        return text[:1].upper() + text[1:]
    return _LETTERS.sub(lambda match: _capitals(match.group(), known), text)


def _small(token: str, known: Vocabulary) -> str:
    return token.upper() if token.upper() in known.acronyms else token.casefold()


def _capitals(token: str, known: Vocabulary) -> str:
    """A word or acronym set in scrambled small capitals (`CpTs`, `naTURE`), put right."""
    upper, lower = token.upper(), token.casefold()
    if token in (upper, lower) and upper not in known.acronyms:
        return token
    scrambled = is_scrambled(token)
    if upper in known.acronyms:
        # `Msp`, `esp`: only where no French word is spelt so.
        return upper if scrambled or _only_an_acronym(token) else token
    if not scrambled:
        return token
    if upper in known.capitals:
        return upper
    if lower in known.words or len(token) > _LONGEST_ACRONYM:
        return lower.capitalize() if token[0].isupper() else lower
    return upper


def is_scrambled(token: str) -> bool:
    """Whether small and large letters alternate as in no word or trade name."""
    return bool(_RISING.search(token)) and not _CAMEL.match(token)


def _only_an_acronym(token: str) -> bool:
    rest = token[1:]
    mixed = rest != rest.lower()
    lower = token.casefold()
    return mixed or (3 <= len(token) <= 5 and lower not in _ACRONYMS_THAT_ARE_WORDS.split())


_LONGEST_ACRONYM = 7
_RISING = re.compile(r"[^\W\d_A-ZÀ-Þ][A-ZÀ-Þ]")
# InterProfessionnel, InfectiOlogie, eSanté.
_CAMEL = re.compile(r"^(?:[A-ZÀ-Þ]?[a-zß-ÿœ]{2,}[A-ZÀ-Þ][a-zß-ÿœ]{2,}|[a-z][A-ZÀ-Þ][a-zß-ÿœ]{3,})$")
# Acronyms of the field that spelt small are French words, or parts of names.
_ACRONYMS_THAT_ARE_WORDS = """dac ess clap sas pta cas sol est mais ars aide soin ville"""
