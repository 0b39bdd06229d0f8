"""What users say of answers, kept on this machine until it is exported or erased."""

from __future__ import annotations

import csv
import io
import json
import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter

from assistant.answer import Language, Status
from assistant.privacy import Masked
from corpus.errors import CorpusError

Reason = Literal["wrong", "incomplete", "wrong-source", "unclear", "should-decline"]
# Each verdict in a few words.
REASONS = {
    "helpful": "utile",
    "unhelpful": "pas utile",
    "wrong": "fausse",
    "incomplete": "incomplète",
    "wrong-source": "mauvaise source",
    "unclear": "pas claire",
    "should-decline": "ne pas répondre",
}
Mask = Callable[[str], Masked]
_FILE = "feedback.sqlite3"
# Ten thousand opinions of at most 30 kB each: a crowd cannot fill the disk.
_MOST = 10_000
_COLUMNS = ("id", "made", "helpful", "reason", "status", "language", "question", "answer",
            "comment", "pages", "index", "masked")  # fmt: skip


class FeedbackFullError(CorpusError):
    """There is no room until somebody exports and erases."""


@dataclass(frozen=True)
class Cited:
    """A place that the answer cites; `page` is None in a guide without pages."""

    guide: str
    page: int | None
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True)
class Opinion:
    """What a user says of one answer, with what was asked and answered.

    `earlier` are the questions before it in the conversation, `versions` say which program, index
    and encoder answered, `masked` which kinds of personal data were taken out. `id` and `made`
    are given when it is kept.
    """

    helpful: bool
    question: str
    answer: str
    status: Status
    language: Language
    reason: Reason | None = None
    comment: str = ""
    earlier: tuple[str, ...] = ()
    citations: tuple[Cited, ...] = ()
    versions: tuple[tuple[str, str], ...] = ()
    masked: tuple[str, ...] = ()
    id: str = ""
    made: str = ""

    @property
    def verdict(self) -> str:
        """« helpful », or the reason why not."""
        return "helpful" if self.helpful else self.reason or "unhelpful"


_OPINION = TypeAdapter(Opinion)


def without_personal_data(opinion: Opinion, mask: Mask) -> Opinion:
    """The opinion with what its user typed masked; the answer comes from the guides."""
    question, comment = mask(opinion.question), mask(opinion.comment)
    earlier = [mask(one) for one in opinion.earlier]
    return replace(
        opinion,
        question=question.text,
        comment=comment.text,
        earlier=tuple(one.text for one in earlier),
        masked=tuple(sorted({k for one in (question, comment, *earlier) for k in one.kinds})),
    )


class FeedbackBox:
    """The opinions in one SQLite file; each call opens it, so threads and processes may share."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def add(self, opinion: Opinion) -> Opinion:
        """Keep an opinion; the one returned has its id. Raises FeedbackFullError."""
        made = datetime.now(UTC).isoformat(timespec="seconds")
        kept = replace(opinion, id=secrets.token_hex(4), made=made)
        with self._opened(create=True) as base, base:
            # The count and the insertion are one: nobody else writes between them.
            base.execute("BEGIN IMMEDIATE")
            if base.execute("SELECT count(*) FROM opinions").fetchone()[0] >= _MOST:
                raise FeedbackFullError(
                    f"La boîte des avis est pleine ({_MOST}) : exportez-les avec « python -m"
                    " assistant feedback export », puis videz-la avec « feedback erase --all »."
                )
            text = json.dumps(asdict(kept), ensure_ascii=False)
            base.execute("INSERT INTO opinions (id, opinion) VALUES (?, ?)", (kept.id, text))
        return kept

    def all(self, limit: int = _MOST) -> tuple[Opinion, ...]:
        """The opinions, newest first."""
        with self._opened() as base:
            wanted = "SELECT opinion FROM opinions ORDER BY number DESC LIMIT ?"
            return tuple(_OPINION.validate_json(row[0]) for row in base.execute(wanted, (limit,)))

    def find(self, identity: str) -> Opinion:
        """One opinion by its id. Raises CorpusError."""
        with self._opened() as base:
            wanted = "SELECT opinion FROM opinions WHERE id = ?"
            row = base.execute(wanted, (identity,)).fetchone()
        if row is None:
            raise CorpusError(
                f"Aucun avis {identity} : « python -m assistant feedback list » les montre tous."
            )
        return _OPINION.validate_json(row[0])

    def count(self) -> int:
        """How many opinions there are."""
        with self._opened() as base:
            return int(base.execute("SELECT count(*) FROM opinions").fetchone()[0])

    def erase(self, identities: Sequence[str] | None = None) -> int:
        """Forget some opinions, or all of them; how many there were."""
        with self._opened() as base:
            with base:
                if identities is None:
                    gone = base.execute("DELETE FROM opinions").rowcount
                else:
                    one = "DELETE FROM opinions WHERE id = ?"
                    gone = base.executemany(one, [(i,) for i in identities]).rowcount
            # The text of erased rows would stay in the file.
            base.execute("VACUUM")
        return int(gone)

    @contextmanager
    def _opened(self, create: bool = False) -> Iterator[sqlite3.Connection]:
        path = self.folder / _FILE
        try:
            if create:
                self.folder.mkdir(parents=True, exist_ok=True)
                path.touch(mode=0o600)
            there = create or path.is_file()
            with closing(sqlite3.connect(path if there else ":memory:", timeout=10)) as base:
                base.execute(
                    "CREATE TABLE IF NOT EXISTS opinions"
                    " (number INTEGER PRIMARY KEY, id TEXT UNIQUE, opinion TEXT)"
                )
                yield base
        except (sqlite3.Error, OSError) as error:
            raise CorpusError(
                f"Les avis ne peuvent être ni lus ni gardés dans {path} ({error}) : vérifiez la"
                " place et les droits du dossier."
            ) from None


def as_lines(opinions: Sequence[Opinion]) -> str:
    """JSON, one opinion a line."""
    return "".join(json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in opinions)


def as_table(opinions: Sequence[Opinion]) -> str:
    """CSV for a spreadsheet, in which no cell is taken for a formula."""
    stream = io.StringIO()
    table = csv.writer(stream)
    table.writerow(_COLUMNS)
    for one in opinions:
        fields = asdict(one) | {
            "pages": " ; ".join(place_of(cited) for cited in one.citations),
            "index": dict(one.versions).get("index", ""),
            "masked": ", ".join(one.masked),
        }
        table.writerow([_cell(fields[name]) for name in _COLUMNS])
    # Excel takes a file without this mark for one in its own encoding.
    return "\ufeff" + stream.getvalue()


def in_short(opinions: Sequence[Opinion]) -> str:
    """One line for each opinion."""
    lines = [
        f"{one.id}  {one.made[:16].replace('T', ' ')}  {REASONS[one.verdict]:<18}  "
        f"{' '.join(one.question.split())[:80]}"
        for one in opinions
    ]
    return "\n".join(lines) or "Aucun avis."


def in_full(opinion: Opinion) -> str:
    """Everything that is kept of an opinion."""
    told = {
        "avis": f"{opinion.id}, {opinion.made}",
        "jugement": REASONS[opinion.verdict],
        "commentaire": opinion.comment or "–",
        "auparavant": " / ".join(opinion.earlier) or "–",
        "question": opinion.question,
        "réponse": f"({opinion.status}, {opinion.language}) {opinion.answer}",
        "cité": " ; ".join(dict.fromkeys(place_of(cited) for cited in opinion.citations)) or "–",
        "versions": ", ".join(f"{name} {value}" for name, value in opinion.versions),
        "masqué": ", ".join(opinion.masked) or "–",
    }
    return "\n".join(f"{name} : {value}" for name, value in told.items())


def place_of(cited: Cited) -> str:
    """« guide, p. 5 »."""
    return f"{cited.guide}, p. {cited.page}" if cited.page else cited.guide


def _cell(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
