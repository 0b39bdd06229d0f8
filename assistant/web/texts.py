"""The words of the page in French and English: one TOML file for each part."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from assistant.answer import Language


@dataclass(frozen=True)
class Texts:
    """The strings of texts.toml: `texts("send")` is the French word for sending."""

    words: Mapping[Language, Mapping[str, str]]

    def __call__(self, key: str, language: Language = "fr", **values: object) -> str:
        """The string `key` with its values filled in; in French where English lacks it."""
        template = self.words[language].get(key) or self.words["fr"][key]
        return template.format(**values) if values else template

    def find(self, key: str, language: Language) -> str | None:
        """The string `key` if there is one."""
        return self.words[language].get(key) or self.words["fr"].get(key)


def read_texts() -> Texts:
    """The strings that come with the program."""
    tables = [_tables(name) for name in ("texts.toml", "pages.toml", "feedback.toml")]
    french = {key: word for table in tables for key, word in table["fr"].items()}
    english = {key: word for table in tables for key, word in table["en"].items()}
    return Texts({"fr": french, "en": english})


def _tables(name: str) -> dict[str, dict[str, Any]]:
    source = resources.files("assistant.web").joinpath(name).read_text(encoding="utf-8")
    return tomllib.loads(source)


def place(texts: Texts, number: int | None, label: str | None, language: Language = "fr") -> str:
    """« p. 22 (PDF 21) » where the printed number differs from that of the file, else « p. 21 »."""
    if number is None:
        return texts("whole", language)
    if label and label != str(number):
        return texts("page_file", language, label=label, number=number)
    return texts("page", language, label=number)
