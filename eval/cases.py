"""What is asked of the assistant, and what a right answer holds; read from eval/cases/*.jsonl."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, Any, ClassVar, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PlainValidator, ValidationError

from corpus.errors import CorpusError

PageRef = tuple[str, int | None]
Lang = Literal["fr", "en"]
Expected = Literal["answered", "abstained", "clarify", "any"]
CASES = Path(__file__).parent / "cases"


class CaseError(CorpusError):
    """A case file that cannot be used; the message names the file and the line."""


def _usable(pattern: str) -> str:
    """The pattern, if it can be searched in folded text (lower case, no accents)."""
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"motif illisible {pattern!r} : {error}") from None
    literal = re.sub(r"\\.", "", pattern)
    if literal != literal.lower() or _accented(literal):
        raise ValueError(f"motif {pattern!r} : à écrire en minuscules et sans accents")
    return pattern


def _accented(text: str) -> bool:
    return any(unicodedata.combining(char) for char in unicodedata.normalize("NFD", text))


def _any_text(value: object) -> str:
    """Text as Python holds it, empty or with a lone surrogate, as hostile input may be."""
    if not isinstance(value, str):
        raise ValueError("une question est un texte")
    return value


Pattern = Annotated[str, AfterValidator(_usable)]
Patterns = Annotated[tuple[Pattern, ...], Field(min_length=1)]


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Nugget(_Frozen):
    """One fact: any of the alternative patterns shows it; a vital one may not be missing."""

    any: Patterns
    vital: bool = True


class Value(_Frozen):
    """One of several values that guides give for the same thing, and the pages that give it."""

    any: Patterns
    pages: Annotated[tuple[PageRef, ...], Field(min_length=1)]


class Cell(_Frozen):
    """What a comparison must say of one structure on one facet."""

    structure: str
    facet: str
    any: Patterns
    pages: Annotated[tuple[PageRef, ...], Field(min_length=1)]


class Turn(_Frozen):
    """One question and what its answer must and must not hold."""

    question: Annotated[str, PlainValidator(_any_text)]
    lang: Lang | None = None
    nuggets: tuple[Nugget, ...] = ()
    pages: tuple[PageRef, ...] = ()
    forbidden: tuple[Pattern, ...] = ()
    status: Expected = "answered"


class Case(_Frozen):
    """What every kind of case has."""

    kind: ClassVar[str]
    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]+$")]
    lang: Lang
    tags: tuple[str, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The questions in the order they are asked."""
        raise NotImplementedError


class _Asked(Case):
    question: Annotated[str, Field(min_length=1)]
    forbidden: tuple[Pattern, ...] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The single question, with what the kind expects of its answer."""
        return (
            Turn(
                question=self.question,
                lang=self.lang,
                nuggets=self.nuggets_expected,
                pages=self.pages_expected,
                forbidden=self.forbidden,
                status=self.status_expected,
            ),
        )

    @property
    def nuggets_expected(self) -> tuple[Nugget, ...]:
        """The facts of a right answer."""
        return ()

    @property
    def pages_expected(self) -> tuple[PageRef, ...]:
        """The pages that a right answer may cite."""
        return ()

    @property
    def status_expected(self) -> Expected:
        """Whether the guides answer the question."""
        return "answered"


class FactCase(_Asked):
    """A question that the guides answer."""

    kind: ClassVar[str] = "facts"
    nuggets: Annotated[tuple[Nugget, ...], Field(min_length=1)]
    pages: Annotated[tuple[PageRef, ...], Field(min_length=1)]

    @property
    def nuggets_expected(self) -> tuple[Nugget, ...]:
        """The facts of the case."""
        return self.nuggets

    @property
    def pages_expected(self) -> tuple[PageRef, ...]:
        """The pages of the case."""
        return self.pages


class DialogueCase(Case):
    """A conversation of several turns."""

    kind: ClassVar[str] = "dialogues"
    dialogue: Annotated[tuple[Turn, ...], Field(min_length=2, alias="turns")]

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The turns, each with its language."""
        return tuple(
            turn if turn.lang else turn.model_copy(update={"lang": self.lang})
            for turn in self.dialogue
        )


class DisagreementCase(_Asked):
    """A question to which guides give different answers."""

    kind: ClassVar[str] = "disagreements"
    values: Annotated[tuple[Value, ...], Field(min_length=2)]

    @property
    def pages_expected(self) -> tuple[PageRef, ...]:
        """The pages of all values."""
        return _joined(value.pages for value in self.values)


class ComparisonCase(_Asked):
    """A question about several structures, facet by facet."""

    kind: ClassVar[str] = "comparisons"
    cells: Annotated[tuple[Cell, ...], Field(min_length=2)]

    @property
    def pages_expected(self) -> tuple[PageRef, ...]:
        """The pages of all cells."""
        return _joined(cell.pages for cell in self.cells)


class UnanswerableCase(_Asked):
    """A question that the guides do not answer; `forbidden` is the bait they hold."""

    kind: ClassVar[str] = "unanswerable"
    warning: str | None = None

    @property
    def status_expected(self) -> Expected:
        """Such a question is to be declined."""
        return "abstained"


class HostileCase(FactCase):
    """Input meant to derail; a real question may hide inside."""

    kind: ClassVar[str] = "hostile"
    question: Annotated[str, PlainValidator(_any_text)]
    nuggets: tuple[Nugget, ...] = ()
    pages: tuple[PageRef, ...] = ()
    repeat: tuple[str, int] | None = None

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The question with its repeated part appended."""
        text, times = self.repeat or ("", 0)
        return (super().turns[0].model_copy(update={"question": self.question + text * times}),)

    @property
    def status_expected(self) -> Expected:
        """Declining is as good as answering, unless a real question hides inside."""
        return "answered" if self.nuggets else "any"


KINDS: dict[str, type[Case]] = {
    kind.kind: kind
    for kind in (
        FactCase,
        DialogueCase,
        DisagreementCase,
        ComparisonCase,
        UnanswerableCase,
        HostileCase,
    )
}


def read_cases(folder: Path = CASES) -> tuple[Case, ...]:
    """The cases of a folder's <kind>.jsonl (or <kind>-*.jsonl) files. Raises CaseError."""
    cases: list[Case] = []
    places: dict[str, str] = {}
    for kind in KINDS:
        for place, line in _lines(folder, kind):
            case = read_case(kind, line, place)
            if case.id in places:
                raise CaseError(f"{place} : l’identifiant {case.id} sert déjà ({places[case.id]}).")
            places[case.id] = place
            cases.append(case)
    if not cases:
        raise CaseError(f"Aucun cas dans {folder} : il y faut des fichiers <genre>.jsonl.")
    return tuple(cases)


def read_case(kind: str, line: str, place: str) -> Case:
    """The case that a line of JSON describes; `place` is named in errors. Raises CaseError."""
    try:
        fields: dict[str, Any] = json.loads(line)
        if isinstance(fields, dict) and "draft" in fields:
            raise CaseError(
                f"{place} : {fields.get('id')} est un brouillon : complétez-le comme le dit"
                " « draft », puis retirez « draft »."
            )
        return KINDS[kind].model_validate(fields)
    except json.JSONDecodeError as error:
        raise CaseError(f"{place} : JSON illisible ({error.msg}, colonne {error.colno}).") from None
    except ValidationError as error:
        raise CaseError(f"{place} : {_first_fault(error)}") from None


def select(cases: Iterable[Case], kind: str | None, case_id: str | None) -> tuple[Case, ...]:
    """The cases of one kind, or the one with an id. Raises CaseError if there is none."""
    chosen = tuple(
        case for case in cases if kind in (None, case.kind) and case_id in (None, case.id)
    )
    if not chosen:
        raise CaseError(f"Aucun cas ne correspond à --only {kind} --case {case_id}.")
    return chosen


def _lines(folder: Path, kind: str) -> Iterator[tuple[str, str]]:
    for path in sorted((*folder.glob(f"{kind}.jsonl"), *folder.glob(f"{kind}-*.jsonl"))):
        lines = path.read_text(encoding="utf-8").split("\n")
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield f"{path.name}, ligne {number}", line


def _joined(groups: Iterable[tuple[PageRef, ...]]) -> tuple[PageRef, ...]:
    return tuple(dict.fromkeys(page for group in groups for page in group))


def _first_fault(error: ValidationError) -> str:
    fault = error.errors(include_url=False, include_context=False)[0]
    field = ".".join(str(part) for part in fault["loc"]) or "la ligne"
    return f"{field} : {fault['msg']}"
