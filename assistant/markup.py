"""Text of others inside our Markdown: it stays text, whatever it holds."""

from __future__ import annotations

import re

# What is not seen, turns text around, or cannot be written to a file.
_CONTROL = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_ACTIVE = re.compile(r"([\\`*_\[\]<>#|~&])")
_BEGINS = re.compile(r"^(\d*)([-+=.)])")
_HEADING = re.compile(r"^([ \t]*)(?=#|=+[ \t]*$|-+[ \t]*$)", re.MULTILINE)
# A marker `[n]` of an answer, once `inert` has been over it.
MARKER = re.compile(r"\\\[(\d{1,3})\\\]")


def plain(text: str) -> str:
    """Markdown that shows a text exactly as it was typed."""
    lines = _CONTROL.sub("", text.replace("\r\n", "\n")).strip().split("\n")
    return "  \n".join(_PUNCTUATION.sub(r"\\\1", line.strip()) for line in lines)


def escaped(text: str) -> str:
    """Text of a guide or of ours inside a line of Markdown: shown as it is."""
    return plain(text).replace("  \n", " ")


def light(text: str) -> str:
    """Text on a line of its own in a file that is also read as it stands: few backslashes."""
    return _BEGINS.sub(r"\1\\\2", _ACTIVE.sub(r"\\\1", flat(text)))


def entities(text: str) -> str:
    """Text for the title of a link: no character of it can end the title or the link."""
    return _PUNCTUATION.sub(lambda found: f"&#{ord(found.group())};", flat(text))


def flat(text: str) -> str:
    """A text on one line, without characters that are not seen."""
    return " ".join(_CONTROL.sub("", text).split())


def inert(text: str) -> str:
    """Our own Markdown with everything dead that only a guide or a question can have put there.

    Emphasis, lists and tables are ours; tags, entities, links, images and code are not.
    """
    quiet = _CONTROL.sub("", text).replace("\\", "\\\\").replace("&", "&amp;")
    quiet = _HEADING.sub(r"\1\\", quiet).replace("<", "&lt;").replace("`", "\\`")
    return quiet.replace("[", "\\[").replace("]", "\\]")
