"""The part of the report that shows every miss beside what the guides say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from eval.charts import escaped
from eval.originals import Originals
from eval.quotes import around
from eval.result import Fault, Row, TurnRecord
from eval.table import FAULTS, KIND_NAMES

_STATUS = {
    "answered": "répondre",
    "abstained": "décliner",
    "clarify": "demander une précision",
    "any": "rien de précis",
}
_GIVEN = {"answered": "répond", "abstained": "décline", "clarify": "demande une précision"}
PAGES_SHOWN = 4
REACH = 1500


def is_miss(row: Row) -> bool:
    """Whether a case deserves a look: not entirely right, or with a fault of the audit."""
    small = ("quotes", "supported", "markers", "language", "whole")
    return row.error is not None or any(row.scores.get(name, 1.0) < 1 for name in ("right", *small))


def misses(rows: Sequence[Row], originals: Originals) -> str:
    """All misses, kind by kind, each one folded away until it is opened."""
    parts: list[str] = []
    for kind, name in KIND_NAMES.items():
        missed = [row for row in rows if row.kind == kind and is_miss(row)]
        if missed:
            parts.append(f'<h3 id="{kind}">{escaped(name)} : {len(missed)} cas</h3>')
            parts += [_case(row, originals) for row in missed]
    return "\n".join(parts) or "<p>Aucun.</p>"


def _case(row: Row, originals: Originals) -> str:
    first = row.turns[0].question.replace("\n", " ")
    title = first if len(first) <= 110 else first[:109] + "…"
    tags = " ".join(f'<span class="tag">{escaped(tag)}</span>' for tag in (row.lang, *row.tags))
    error = f'<p class="down">Erreur : {escaped(row.error)}</p>' if row.error else ""
    turns = "".join(_turn(turn, originals) for turn in row.turns)
    found = ", ".join(escaped(_place(guide, page)) for guide, page in row.hits[:5])
    hits = f'<p class="soft">Pages trouvées par la recherche : {found}</p>' if found else ""
    return (
        f'<details id="{escaped(row.id)}"><summary><strong>{escaped(row.id)}</strong> '
        f"{escaped(title)}</summary><p>{tags}</p>{error}{turns}{hits}</details>"
    )


def _turn(turn: TurnRecord, originals: Originals) -> str:
    answer = turn.answer
    left = f"<h4>Question</h4><div class=answer>{escaped(turn.question[:1500])}</div>"
    left += f"<h4>Attendu</h4><ul>{''.join(_expected(turn.expected))}</ul>"
    if answer:
        status = _GIVEN.get(answer["status"], answer["status"])
        left += f"<h4>Réponse ({escaped(status)})</h4>"
        left += f"<div class=answer>{escaped(answer['text'])}</div>{_citations(answer)}"
    if turn.faults:
        left += f"<h4>Ce qui ne va pas</h4><ul>{''.join(map(_fault, turn.faults))}</ul>"
    right = "".join(_pages(turn, originals)) or "<p class=soft>Aucune page à montrer.</p>"
    return f"<div class=two><div>{left}</div><div><h4>Dans les guides</h4>{right}</div></div>"


def _expected(expected: dict[str, Any]) -> Iterator[str]:
    yield f"<li>statut : {escaped(_STATUS.get(expected['status'], ''))}</li>"
    for nugget in expected.get("nuggets", ()):
        weight = "" if nugget.get("vital", True) else " (souhaitable)"
        yield f"<li>fait{weight} : {_patterns(nugget['any'])}</li>"
    for value in expected.get("values", ()):
        yield f"<li>valeur : {_patterns(value['any'])}, {_places(value['pages'])}</li>"
    for cell in expected.get("cells", ()):
        name = escaped(f"{cell['structure']} × {cell['facet']}")
        yield f"<li>{name} : {_patterns(cell['any'])}, {_places(cell['pages'])}</li>"
    if expected.get("forbidden"):
        yield f"<li>interdit : {_patterns(expected['forbidden'])}</li>"
    if expected.get("pages"):
        yield f"<li>pages qui répondent : {_places(expected['pages'])}</li>"


def _citations(answer: dict[str, Any]) -> str:
    return "".join(
        f"<blockquote>[{escaped(one['marker'])}] {escaped(_place(one['guide'], one['page']))}<br>"
        f"« {escaped(one['quote'])} »</blockquote>"
        for one in answer["citations"]
    )


def _fault(fault: Fault) -> str:
    about = f"<br><span class=soft>{escaped(fault.statement)}</span>" if fault.statement else ""
    label = FAULTS.get(fault.fault, fault.fault)
    return (
        f"<li><strong>{escaped(label)}</strong> : <code>{escaped(fault.detail)}</code>{about}</li>"
    )


def _pages(turn: TurnRecord, originals: Originals) -> Iterator[str]:
    """The expected pages first, then the cited ones, as the guide files have them."""
    expected = [(guide, page) for guide, page in turn.expected.get("pages", ())]
    citations = turn.answer["citations"] if turn.answer else []
    cited = {(one["guide"], one["page"]): one["quote"] for one in citations}
    for place in list(dict.fromkeys((*expected[:2], *cited)))[:PAGES_SHOWN]:
        original = originals.page(*place)
        if original is None:
            continue
        quote = cited.get(place, "")
        text = around(quote, original.text, REACH) if quote and place[1] is None else original.text
        role = "attendue" if place in expected else "citée"
        label = "attendue et citée" if place in expected and quote else role
        text = "\n".join(line.rstrip() for line in text.splitlines() if line.strip())
        yield f"<p>{escaped(_place(*place))} ({label})</p>"
        yield f'<div class="page" tabindex="0">{escaped(text)}</div>'


def _patterns(patterns: Iterable[str]) -> str:
    return " ou ".join(f"<code>{escaped(pattern)}</code>" for pattern in patterns)


def _places(places: Iterable[Sequence[Any]]) -> str:
    return ", ".join(escaped(_place(guide, page)) for guide, page in places)


def _place(guide: str, page: int | None) -> str:
    return guide if page is None else f"{guide} p. {page}"
