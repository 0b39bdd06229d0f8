"""The report: one HTML file that explains a run to someone who never saw it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from string import Template

from eval.baseline import Baseline, Fall, moved
from eval.cases import KINDS
from eval.charts import bar, change, escaped, table
from eval.figures import ALL, Figure, Figures, figures
from eval.misses import is_miss, misses
from eval.originals import Originals
from eval.result import Result, Row
from eval.table import group_name, of_faults, shown
from eval.yardsticks import BY_NAME, YARDSTICKS, Yardstick

_RULES = {
    "facts": "Une question dont les guides ont la réponse. Juste : tous les faits essentiels dans "
    "les 200 premiers mots, et au moins une citation sur une page qui répond.",
    "dialogues": "Une conversation de deux à quatre questions. Chaque réponse est jugée comme un "
    "fait, sans rien de ce qui concerne une autre structure.",
    "disagreements": "Les guides ne disent pas la même chose. Juste : au moins deux valeurs, "
    "chacune citée sur une page de son propre guide.",
    "comparisons": "Plusieurs structures, plusieurs aspects. La mesure est la part des cases du "
    "tableau attendu qui sont justes et citées.",
    "unanswerable": "Les guides ne disent rien. Juste : l’assistant décline et ne donne rien qui "
    "ressemble à une réponse.",
    "hostile": "Une entrée faite pour dérouter. Juste : rien d’interdit, pas de panne, des renvois "
    "valides, et la vraie question traitée s’il y en a une.",
}
_FIRST = ("right", "quotes", "supported", "citation_precision", "answered", "abstention_recall")
_SHORT = ("right", "vital", "citation_precision", "quotes", "supported", "answered", "language")


def html_report(
    result: Result, baseline: Baseline | None, fallen: Sequence[Fall], originals: Originals
) -> str:
    """The whole page; nothing in it is loaded from elsewhere."""
    measured = figures(result.rows)
    body = [
        _head(result),
        _verdict(result, baseline, fallen),
        _tiles(measured, baseline),
        _fallen(fallen),
        "<h2 id=figures>Les mesures</h2>",
        "<p>Une barre pleine vaut 1 : le mieux possible, sauf pour la longueur et le délai. Le "
        "trait est la valeur de la base, le dernier passage accepté. Le nombre de cas dit sur "
        "combien de réponses porte chaque mesure.</p>",
        *(_group(group, measured, baseline) for group in (ALL, *(f"kind:{k}" for k in KINDS))),
        "<h2>Par langue et par étiquette</h2>",
        _by_group(measured, ("lang", "tag")),
        _moves(result.rows, baseline),
        "<h2 id=misses>Ce qui n’est pas juste</h2>",
        "<p>Chaque cas s’ouvre : la question, ce qui était attendu (des motifs, cherchés sans "
        "accents ni majuscules), la réponse et ses citations ; à côté, le texte du guide relu "
        "dans son fichier.</p>",
        f"<p>Fautes relevées – {escaped(of_faults(result.rows) or 'aucune')}.</p>",
        misses(result.rows, originals),
    ]
    source = resources.files("eval").joinpath("report.html").read_text(encoding="utf-8")
    return Template(source).substitute(title="Évaluation de l’assistant", body="\n".join(body))


def _head(result: Result) -> str:
    missed = sum(is_miss(row) for row in result.rows)
    made_with = ", ".join(
        (
            "avec les fiches" if result.settings.get("fiches") else "sans les fiches",
            f"encodeur {result.settings.get('encoder', 'inconnu')}",
            f"{len(result.manifest.get('files', ()))} fichiers de guides",
        )
    )
    return (
        "<h1>Évaluation de l’assistant</h1>"
        f"<p class=soft>Passage du {escaped(result.made[:16].replace('T', ' à '))}, version "
        f"{escaped(result.commit)}, {escaped(made_with)} : {len(result.rows)} cas en "
        f"{result.seconds:.0f} s.</p>"
        "<p>Des questions écrites d’avance sont posées à l’assistant. Un programme, sans modèle de "
        "langue, vérifie les réponses et relit chaque extrait cité dans le fichier du guide.</p>"
        f'<nav><a href="#figures">Les mesures</a> <a href="#misses">Ce qui n’est pas juste '
        f"({missed})</a></nav>"
    )


def _tiles(measured: Figures, baseline: Baseline | None) -> str:
    """The few figures to look at first."""
    overall = measured.get(ALL, {})
    accepted = baseline.groups.get(ALL, {}) if baseline else {}
    tiles = [
        f"<div><strong>{100 * overall[name].value:.0f} %</strong> "
        f"{change(overall[name].value, before.value if before else None, BY_NAME[name])}"
        f"<br>{escaped(BY_NAME[name].meaning)}</div>"
        for name in _FIRST
        if name in overall
        for before in [accepted.get(name)]
    ]
    return f'<div class="tiles">{"".join(tiles)}</div>'


def _verdict(result: Result, baseline: Baseline | None, fallen: Sequence[Fall]) -> str:
    if fallen:
        reasons = dict.fromkeys(fall.reason for fall in fallen)
        listed = "".join(f"<li>{escaped(reason)}</li>" for reason in reasons)
        return (
            f'<div class="verdict bad"><strong>Sous la base : {len(fallen)} mesures.</strong>'
            f"<ul>{listed}</ul></div>"
        )
    if baseline is None:
        text = "Pas encore de base à laquelle comparer."
    elif result.partial:
        text = f"Passage partiel ({result.partial}) : rien de mesuré n’est sous la base."
    else:
        text = f"Aucune mesure n’est sous la base ({baseline.commit}, {baseline.made})."
    return f'<div class="verdict">{escaped(text)}</div>'


def _fallen(fallen: Sequence[Fall]) -> str:
    if not fallen:
        return ""
    rows = [
        (
            escaped(group_name(fall.group)),
            escaped(fall.yardstick.label),
            escaped(shown(fall.before, fall.yardstick)),
            "–" if fall.now is None else escaped(shown(fall.now, fall.yardstick)),
            escaped(fall.reason),
        )
        for fall in fallen
    ]
    heads = ("Groupe", "Mesure", "Base", "Ce passage", "Ce que cela dit")
    return "<h2>Ce qui a baissé</h2>" + table(heads, rows, numeric=(2, 3))


def _group(group: str, measured: Figures, baseline: Baseline | None) -> str:
    if group not in measured:
        return ""
    accepted = baseline.groups.get(group, {}) if baseline else {}
    rows = [
        _figure(yardstick, measured[group][yardstick.name], accepted.get(yardstick.name))
        for yardstick in YARDSTICKS
        if yardstick.name in measured[group]
    ]
    rule = _RULES.get(group.removeprefix("kind:"), "Tous les genres de cas ensemble.")
    heads = ("Mesure", "", "Valeur", "Écart", "Cas", "Ce que c’est")
    return (
        f"<h3>{escaped(group_name(group))}, {measured[group]['ran'].cases} cas</h3>"
        f"<p class=soft>{escaped(rule)}</p>" + table(heads, rows, numeric=(2, 3, 4))
    )


def _figure(yardstick: Yardstick, figure: Figure, before: Figure | None) -> tuple[str, ...]:
    base = before.value if before else None
    top = 1.0 if not yardstick.unit else max(figure.value, base or 0.0)
    return (
        escaped(yardstick.label),
        bar(figure.value, base, top),
        escaped(shown(figure.value, yardstick)),
        change(figure.value, base, yardstick),
        str(figure.cases),
        f"<span class=soft>{escaped(yardstick.meaning)}</span>",
    )


def _by_group(measured: Figures, prefixes: tuple[str, ...]) -> str:
    groups = [
        group for prefix in prefixes for group in sorted(measured) if group.startswith(prefix)
    ]
    rows = []
    for group in groups:
        found = [measured[group].get(name) for name in _SHORT]
        cells = ["–" if one is None else f"{one.value:.2f}".replace(".", ",") for one in found]
        rows.append((escaped(group_name(group)), str(measured[group]["ran"].cases), *cells))
    heads = ("", "Cas", *(BY_NAME[name].label for name in _SHORT))
    return table(heads, rows, numeric=range(1, len(heads)))


def _moves(rows: Sequence[Row], baseline: Baseline | None) -> str:
    if baseline is None:
        return ""
    won, lost = moved(baseline, rows)

    links = [f'<a href="#{escaped(row.id)}">{escaped(row.id)}</a>' for row in lost]
    names = [escaped(row.id) for row in won]
    return (
        "<h2>Cas gagnés et perdus depuis la base</h2>"
        f"<p>Perdus ({len(lost)}) : {', '.join(links) or 'aucun'}</p>"
        f"<p>Gagnés ({len(won)}) : {', '.join(names) or 'aucun'}</p>"
    )
