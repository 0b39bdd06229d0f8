"""Dates and shares as each language writes them."""

from __future__ import annotations

from datetime import datetime

from assistant.answer import Language

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}


def day(moment: str, language: Language) -> str:
    """« 27 novembre 2026 » of an ISO date; the text as it is if it is no date."""
    try:
        date = datetime.fromisoformat(moment)
    except ValueError:
        return moment
    first = "1er" if language == "fr" and date.day == 1 else str(date.day)
    return f"{first}\u00a0{_MONTHS[language].split()[date.month - 1]} {date.year}"


def percent(share: float, language: Language) -> str:
    """« 86,9 % » of 0.8694, one decimal at most; never 100 % of what is not whole."""
    tenths = min(round(share * 1000), 1000 if share >= 1 else 999)
    digits = f"{tenths / 10:.1f}".removesuffix(".0")
    return f"{digits.replace('.', ',')}\u00a0%" if language == "fr" else f"{digits}%"
