"""The figures of a run as text for a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from eval.baseline import Baseline, Fall
from eval.cases import KINDS
from eval.figures import ALL, Figure, Figures
from eval.result import Row
from eval.yardsticks import BY_NAME, YARDSTICKS, Yardstick

KIND_NAMES = {
    "facts": "Faits",
    "dialogues": "Dialogues",
    "disagreements": "Désaccords entre guides",
    "comparisons": "Comparaisons",
    "unanswerable": "Sans réponse dans les guides",
    "hostile": "Entrées hostiles",
}
FAULTS = {
    "crash": "Panne",
    "status": "Statut",
    "missing": "Attendu et absent",
    "forbidden": "Présent alors que c’est interdit",
    "page": "Page",
    "quote": "Extrait introuvable",
    "marker": "Renvoi",
    "number": "Chiffre absent de la page citée",
    "date": "Date absente de la page citée",
    "article": "Article absent de la page citée",
    "contact": "Contact absent de la page citée",
    "name": "Nom absent de la page citée",
    "negation": "Négation ajoutée ou perdue",
    "uncited": "Phrase sans citation",
}
_SHORT = ("right", "vital", "citation_precision", "supported", "answered", "language", "recall@5")
_LANGUAGES = {"fr": "français", "en": "anglais"}


def group_name(group: str) -> str:
    """A group as a maintainer calls it."""
    prefix, _, name = group.partition(":")
    if prefix == "kind":
        return KIND_NAMES.get(name, name)
    return {"all": "Ensemble", "lang": _LANGUAGES.get(name, name)}.get(prefix, name)


def shown(value: float, yardstick: Yardstick) -> str:
    """A figure as it is printed, with its unit."""
    digits = 0 if yardstick.unit == " mots" else 3
    return f"{value:.{digits}f}".replace(".", ",") + yardstick.unit


def by_kind(measured: Figures, baseline: Baseline | None) -> str:
    """Every measure of every kind, beside the floor."""
    lines: list[str] = []
    for group in (ALL, *(f"kind:{kind}" for kind in KINDS)):
        if group in measured:
            accepted = baseline.groups.get(group, {}) if baseline else {}
            cases = measured[group]["ran"].cases
            lines += ["", f"{group_name(group)} – {cases} cas", *_lines(measured[group], accepted)]
    return "\n".join(lines)


def by_group(measured: Figures, prefix: str, title: str) -> str:
    """A few measures for each language or tag, one group a line."""
    groups = sorted(group for group in measured if group.startswith(f"{prefix}:"))
    width = max([len(title), *(len(group_name(group)) for group in groups)])
    heads = [BY_NAME[name].label for name in _SHORT]
    lines = [f"{title:<{width}}  cas  " + "  ".join(heads)]
    for group in groups:
        figure = measured[group]
        cells = [
            _cell(figure.get(name), len(head)) for name, head in zip(_SHORT, heads, strict=True)
        ]
        lines.append(f"{group_name(group):<{width}} {figure['ran'].cases:>4}  " + "  ".join(cells))
    return "\n".join(lines)


def of_faults(rows: Iterable[Row]) -> str:
    """How often each sort of fault was found, the most frequent first."""
    found = Counter(fault.fault for row in rows for turn in row.turns for fault in turn.faults)
    return ", ".join(f"{FAULTS.get(one, one)} : {count}" for one, count in found.most_common())


def of_falls(fallen: Sequence[Fall]) -> str:
    """What fell below the floor, and what that says."""
    return "\n".join(
        f"  ✗ {group_name(fall.group)}, {fall.yardstick.label} : "
        f"{'–' if fall.now is None else shown(fall.now, fall.yardstick)} au lieu de "
        f"{shown(fall.before, fall.yardstick)} → {fall.reason}"
        for fall in fallen
    )


def of_row(row: Row) -> Iterable[str]:
    """Everything about one case."""
    yield f"{row.id} ({KIND_NAMES[row.kind]}, {row.lang}, {', '.join(row.tags)})"
    for turn in row.turns:
        yield f"\n  Question : {turn.question[:500]}"
        yield from (f"  attendu {name} : {value}" for name, value in turn.expected.items() if value)
        if turn.answer:
            yield f"  Réponse ({turn.answer['status']}) : {turn.answer['text']}"
            for one in turn.answer["citations"]:
                yield f"    [{one['marker']}] {one['guide']}, page {one['page']} : {one['quote']}"
        yield from (f"  ✗ {fault.fault} : {fault.detail}" for fault in turn.faults)
    if row.hits:
        yield "\n  Pages trouvées : " + ", ".join(f"{guide} {page}" for guide, page in row.hits)
    if row.error:
        yield f"\n  Erreur : {row.error}"
    yield "\n  Mesures : " + ", ".join(f"{name} {value:.3g}" for name, value in row.scores.items())


def _lines(measured: dict[str, Figure], accepted: dict[str, Figure]) -> Iterable[str]:
    for yardstick in YARDSTICKS:
        if yardstick.name not in measured:
            continue
        figure = measured[yardstick.name]
        line = f"  {yardstick.label:<32}{shown(figure.value, yardstick):>12}  ({figure.cases})"
        if before := accepted.get(yardstick.name):
            change = figure.value - before.value
            line += f"   base {shown(before.value, yardstick)}"
            line += f" ({change:+.3f})".replace(".", ",") if abs(change) >= 0.0005 else ""
        yield line


def _cell(figure: Figure | None, width: int) -> str:
    return f"{'–' if figure is None else f'{figure.value:.3f}'.replace('.', ','):>{width}}"
