"""The writer with a model: it may choose, shorten and order the evidence, behind the gate.

What it says is taken sentence by sentence. Where it says nothing that passes, or fails, the answer
is the one that was composed without it.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib import resources

from assistant.answer import Answer, Language
from assistant.compose import Composer
from assistant.draft import Draft
from assistant.fidelity import Evidence, Fidelity
from assistant.gate import Gate
from assistant.model import Model, ModelError
from assistant.question import Question
from assistant.statement import Statement
from assistant.streamed import Part, Sentence, sentences
from assistant.wording import WITHOUT_FILE, listed

_LANGUAGE = {"fr": "français", "en": "English"}
_LONGEST_QUESTION, _LONGEST_EXTRACT = 600, 1_200
# A model of whose sentences fewer pass is not understood well enough to complete what it said.
_TRUSTED = 0.5
# Sentences without a marker that wait for the one of the next.
_WAITING = 2


class ModelWriter:
    """Writes answers from drafts."""

    def __init__(self, model: Model, gate: Gate, fidelity: Fidelity) -> None:
        self._model, self._gate, self._fidelity = model, gate, fidelity
        self._orders = resources.files("assistant").joinpath("prompts/answer.md").read_text("utf-8")

    def answers(self, draft: Draft) -> Iterator[Answer]:
        """The answer as it grows; the last one is whole, and the draft's own where the model
        gives none."""
        telling = _Telling(draft, self._gate, self._fidelity)
        reply = self._model.reply(self._orders, _asked(draft.question, telling.offered))
        try:
            for sentence in sentences(reply):
                if telling.takes(sentence):
                    yield telling.so_far()
        except ModelError as error:
            yield _without(draft, error.failure, telling.usage(reply.usage, kept=0))
            return
        telling.close()
        if not telling.trusted:
            yield _without(draft, "model-off-gate", telling.usage(reply.usage, kept=0))
            return
        telling.complete()
        whole = telling.so_far()
        if not all(citation.quote for citation in whole.citations):
            note = f"\n\n*{WITHOUT_FILE[whole.language]}*"
            whole = replace(whole, text=whole.text + note)
        yield replace(whole, usage=telling.usage(reply.usage))


class _Telling:
    """An answer in the making: the sentences that passed, and how many did not."""

    def __init__(self, draft: Draft, gate: Gate, fidelity: Fidelity) -> None:
        self._draft, self._gate, self._fidelity = draft, gate, fidelity
        self.offered = draft.offered()
        self.kept = self._dropped = 0
        self._lines: list[tuple[str, bool]] = []
        self._told: set[int] = set()
        self._composer = Composer()
        self._uncited: list[Part] = []

    @property
    def trusted(self) -> bool:
        """Whether enough of the text has passed to show it."""
        return self.kept > 0 and self.kept >= _TRUSTED * (self.kept + self._dropped)

    def takes(self, sentence: Sentence) -> bool:
        """Whether the sentence passes; then the answer has grown by it.

        A sentence without a marker waits: evidence of two sentences is cited after the second.
        """
        first, *others = sentence.parts
        if not others and not first.markers:
            self._dropped += len(self._uncited) - len(self._uncited[1 - _WAITING :])
            self._uncited = [*self._uncited[1 - _WAITING :], first]
            return False
        waiting, self._uncited = self._uncited, []
        if waiting:
            text = " ".join(part.text for part in (*waiting, first))
            if self._tells(replace(sentence, parts=(replace(first, text=text), *others))):
                return True
        self._dropped += len(waiting)
        if self._tells(sentence):
            return True
        self._dropped += 1
        return False

    def _tells(self, sentence: Sentence) -> bool:
        carried = [self._carried(part) for part in sentence.parts]
        numbers = {number for found in carried if found for number in found[1]}
        if any(found is None for found in carried) or numbers <= self._told:
            return False
        kept = [found[0] for found in carried if found]
        kept[-1] = replace(kept[-1], text=_ended(kept[-1].text))
        parts = [self._composer.marked(statement) for statement in kept]
        self._told |= numbers
        self.kept += 1
        self._lines.append((" ".join(parts), sentence.listed))
        return True

    def close(self) -> None:
        """Counts what waited for a marker that never came."""
        self._dropped += len(self._uncited)
        self._uncited = []

    def complete(self) -> None:
        """Adds what the plain answer says and the model left out, if its text cannot be trusted
        to be whole: something of it was dropped, or it passed over what fits best."""
        if not self._dropped and 1 in self._told:
            return
        for number, statement in enumerate(self.offered[: len(self._draft.shown)], start=1):
            if number not in self._told:
                self._told.add(number)
                self._lines.append((self._composer.marked(statement), True))

    def so_far(self) -> Answer:
        """The answer with what has passed until now."""
        plain = self._draft.plain
        text = ""
        for line, item in self._lines:
            apart = "\n" if item or text.rsplit("\n", 1)[-1].startswith("- ") else " "
            text += (apart if text else "") + (listed([line]) if item else line)
        return Answer("answered", plain.language, text, self._composer.citations(), plain.warnings)

    def usage(self, spent: dict[str, int], kept: int | None = None) -> dict[str, int]:
        """What the model cost, and how much of its text is shown."""
        dropped = self._dropped + (self.kept if kept == 0 else 0)
        return {**spent, "kept": self.kept if kept is None else kept, "dropped": dropped}

    def _carried(self, part: Part) -> tuple[Statement, list[int]] | None:
        """The part as a statement with the places that carry it, each piece of evidence alone."""
        question = self._draft.question
        numbers: list[int] = []
        for number in dict.fromkeys(part.markers):
            if not 1 <= number <= len(self.offered):
                return None
            evidence = _evidence(self.offered[number - 1])
            if self._fidelity.objections(
                part.text, evidence, question.language, question.structures
            ):
                continue
            numbers.append(number)
        if not numbers:
            return None
        carrying = [self.offered[number - 1] for number in numbers]
        places = tuple(place for statement in carrying for place in statement.places)
        validated = all(statement.validated for statement in carrying)
        bare = part.text
        for statement in carrying:
            bare = bare.replace(statement.note, "") if statement.note else bare
        if not self._gate.passes(Statement(bare, places, validated)):
            return None
        return Statement(part.text, places, validated), numbers


def _ended(text: str) -> str:
    """A sentence with its full stop: models put theirs behind the marker."""
    return text if text[-1] in ".!?…»”" else f"{text.rstrip(' ,;:')}."


def _evidence(statement: Statement) -> Evidence:
    structures = tuple(dict.fromkeys(key for place in statement.places for key in place.structures))
    if statement.validated:
        return Evidence(statement.text, "", structures)
    return Evidence(_quoted(statement), statement.places[0].under, structures)


def _quoted(statement: Statement) -> str:
    return " ".join(" ".join(place.quote for place in statement.places).split())


def _asked(question: Question, offered: Sequence[Statement]) -> str:
    """The prompt's data: delimited, numbered, and with nothing in it that could end a delimiter."""
    language: Language = question.language
    extracts = "\n".join(
        f'<extrait n="{number}">\n{_data(_shown(statement), _LONGEST_EXTRACT)}\n</extrait>'
        for number, statement in enumerate(offered, start=1)
    )
    return (
        f"Langue : {_LANGUAGE[language]}\n"
        f"<question>\n{_data(question.text, _LONGEST_QUESTION)}\n</question>\n"
        f"<extraits>\n{extracts}\n</extraits>"
    )


def _shown(statement: Statement) -> str:
    if statement.validated:
        return statement.text
    under = statement.places[0].under
    return f"{under} : {_quoted(statement)}" if under else _quoted(statement)


def _data(text: str, longest: int) -> str:
    return html.escape(" ".join(text.split())[:longest], quote=False)


def _without(draft: Draft, warning: str, usage: dict[str, int] | None) -> Answer:
    warnings = (*draft.plain.warnings, warning)
    return replace(draft.plain, warnings=warnings, usage=usage)
