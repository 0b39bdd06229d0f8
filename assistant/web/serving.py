"""How the page is served: how often one may ask, which proxies are trusted, who maintains it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from assistant.web.admin.access import Access, read_access
from assistant.web.client import Network, networks
from assistant.web.keys import Keys, read_keys
from assistant.web.rates import Rate, read_rate
from corpus.errors import CorpusError
from corpus.settings import Settings

_ASKING, _READING, _SENDING = "60/minute", "600/minute", "20/minute"
# Tracked beside the program; « À propos » does without where it is not.
_EVALUATION = Path(__file__).resolve().parents[2] / "eval" / "baseline.json"
_UPLOAD_MB = 60
_MOST_MB = 2_000


@dataclass(frozen=True)
class Serving:
    """What surrounds the page; as it stands, a page without feedback and without maintainers.

    `asking`, `reading` and `sending` are rates for each client: of questions, of sources and page
    images, of feedback. `upload_mb` is the size of the largest guide that may be uploaded.
    """

    settings: Settings | None = None
    feedback: Path | None = None
    results: Path | None = None
    trusted: tuple[Network, ...] = ()
    asking: Rate | None = None
    reading: Rate | None = None
    sending: Rate | None = None
    access: Access | None = None
    upload_mb: int = _UPLOAD_MB
    evaluation: Path | None = None
    keys: Keys | None = None


def read_serving(environment: Mapping[str, str], settings: Settings) -> Serving:
    """What the environment says. Raises CorpusError naming what is wrong."""
    trusted = networks(environment.get("TRUSTED_PROXIES", ""), "TRUSTED_PROXIES")
    return Serving(
        settings,
        settings.feedback,
        Path(environment.get("RESULTS_DIR", "results")),
        trusted,
        read_rate(environment.get("RATE_ASKING", _ASKING), "RATE_ASKING"),
        read_rate(environment.get("RATE_READING", _READING), "RATE_READING"),
        read_rate(environment.get("RATE_SENDING", _SENDING), "RATE_SENDING"),
        read_access(environment, bool(trusted)),
        _megabytes(environment.get("UPLOAD_MB", str(_UPLOAD_MB))),
        _EVALUATION,
        read_keys(environment),
    )


def _megabytes(text: str) -> int:
    if not text.isdecimal() or not 0 < int(text) <= _MOST_MB:
        raise CorpusError(f"UPLOAD_MB={text} : donnez un nombre de 1 à {_MOST_MB}.")
    return int(text)
