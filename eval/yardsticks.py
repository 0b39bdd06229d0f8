"""The measures the judge reports: what each one means, how far it may fall, what a fall says."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Yardstick:
    """A measure in the maintainer's words; `tolerance` is the fall that is still accepted, and
    None means that the measure is shown but guards nothing."""

    name: str
    label: str
    meaning: str
    alarm: str
    tolerance: float | None = 0.02
    higher: bool = True
    unit: str = ""


YARDSTICKS: tuple[Yardstick, ...] = (
    Yardstick(
        "right",
        "Juste",
        "Part des cas entièrement justes, selon la règle de leur genre.",
        "moins de réponses entièrement justes",
    ),
    Yardstick(
        "vital",
        "Faits essentiels",
        "Tous les faits essentiels sont dans les 200 premiers mots de la réponse.",
        "des faits essentiels manquent ou ont changé",
    ),
    Yardstick(
        "nuggets",
        "Faits, tous",
        "Part des faits attendus (essentiels ou non) présents dans la réponse.",
        "des faits attendus manquent",
    ),
    Yardstick(
        "citation_hit",
        "Une bonne page citée",
        "Au moins une citation est sur une page qui répond vraiment.",
        "les réponses ne citent plus de page qui répond",
    ),
    Yardstick(
        "citation_precision",
        "Citations sur une bonne page",
        "Part des citations qui sont sur une page qui répond vraiment.",
        "des citations pointent sur une page qui ne répond pas",
    ),
    Yardstick(
        "quotes",
        "Extraits retrouvés",
        "Part des citations dont l’extrait, relu dans le fichier du guide, est à la page dite.",
        "des extraits ne sont pas à la page citée : page fausse ou texte inventé",
        0.005,
    ),
    Yardstick(
        "supported",
        "Phrases soutenues",
        "Part des phrases citées dont chaque chiffre, date, article, contact et nom est sur la "
        "page citée, sans négation ajoutée ou perdue.",
        "des phrases disent un chiffre, un nom ou une négation que la page citée n’a pas",
        0.005,
    ),
    Yardstick(
        "denials",
        "Négations fidèles",
        "Part des réponses citées où aucune négation n’est ajoutée ni perdue.",
        "des réponses nient ce que la page affirme, ou affirment ce qu’elle nie",
        0.0,
    ),
    Yardstick(
        "quoted",
        "Chiffres dans l’extrait",
        "Part des phrases citées dont chaque chiffre, date, article et contact est dans l’extrait.",
        "des chiffres ne sont pas dans l’extrait qui devrait les montrer",
    ),
    Yardstick(
        "sourced",
        "Phrases sourcées",
        "Part des phrases d’une réponse qui portent une citation.",
        "des phrases sont affirmées sans citation",
    ),
    Yardstick(
        "markers",
        "Renvois valides",
        "Les renvois [n] du texte et les citations se correspondent un à un.",
        "des renvois [n] ne mènent à rien",
        0.0,
    ),
    Yardstick(
        "answered",
        "Répond quand il faut",
        "Part des questions dont les guides ont la réponse et qui n’ont pas été déclinées.",
        "l’assistant décline des questions auxquelles les guides répondent",
    ),
    Yardstick(
        "declined",
        "Décline quand il faut",
        "Part des questions sans réponse dans les guides qui ont été déclinées.",
        "l’assistant répond à des questions auxquelles les guides ne répondent pas",
    ),
    Yardstick(
        "abstention_precision",
        "Abstentions fondées",
        "Parmi les questions déclinées, part de celles que les guides laissent sans réponse.",
        "l’assistant s’abstient à tort",
    ),
    Yardstick(
        "abstention_recall",
        "Abstentions obtenues",
        "Parmi les questions sans réponse dans les guides, part de celles qui sont déclinées.",
        "l’assistant ne s’abstient pas assez",
    ),
    Yardstick(
        "clean",
        "Rien d’interdit",
        "La réponse n’a rien de ce qui ne doit pas y être (appât, fait d’une autre structure).",
        "des réponses contiennent ce qu’elles ne doivent pas dire",
        0.01,
    ),
    Yardstick(
        "warned",
        "Avertissement donné",
        "L’avertissement attendu (données personnelles) accompagne la réponse.",
        "des données personnelles ne déclenchent plus d’avertissement",
    ),
    Yardstick(
        "whole",
        "Entier",
        "Part des dialogues, comparaisons et désaccords justes jusqu’au dernier élément.",
        "moins de dialogues, comparaisons ou désaccords justes d’un bout à l’autre",
        0.05,
    ),
    Yardstick(
        "language",
        "Langue",
        "La réponse est dans la langue de la question.",
        "des réponses ne sont pas dans la langue de la question",
    ),
    Yardstick(
        "ran",
        "Sans panne",
        "Part des cas qui se sont exécutés sans erreur.",
        "l’assistant tombe en panne",
        0.0,
    ),
    Yardstick(
        "recall@1",
        "Page trouvée en 1er",
        "Le premier passage trouvé est sur une page qui répond.",
        "la recherche classe moins bien les passages",
    ),
    Yardstick(
        "recall@3",
        "Page trouvée dans les 3",
        "Un des 3 premiers passages est sur une page qui répond.",
        "la recherche classe moins bien les passages",
    ),
    Yardstick(
        "recall@5",
        "Page trouvée dans les 5",
        "Un des 5 premiers passages est sur une page qui répond.",
        "la recherche ne trouve plus la bonne page",
    ),
    Yardstick(
        "recall@10",
        "Page trouvée dans les 10",
        "Un des 10 premiers passages est sur une page qui répond.",
        "la recherche ne trouve plus la bonne page",
    ),
    Yardstick(
        "mrr",
        "Rang inverse moyen (MRR)",
        "Moyenne de 1 / rang du premier passage sur une bonne page.",
        "la recherche classe moins bien les passages",
    ),
    Yardstick(
        "ndcg@10",
        "nDCG à 10",
        "Bonnes pages parmi les 10 premières, les premières comptant plus ; 1 au mieux.",
        "la recherche classe moins bien les pages",
    ),
    Yardstick(
        "words",
        "Longueur médiane",
        "Nombre médian de mots des réponses.",
        "les réponses sont devenues bien plus longues",
        40.0,
        higher=False,
        unit=" mots",
    ),
    Yardstick(
        "latency_p50",
        "Délai médian",
        "La moitié des réponses arrive en moins de temps.",
        "l’assistant est devenu lent",
        0.5,
        higher=False,
        unit=" s",
    ),
    Yardstick(
        "latency_p95",
        "Délai au 95e centile",
        "95 % des réponses arrivent en moins de temps.",
        "l’assistant est devenu lent sur certaines questions",
        1.0,
        higher=False,
        unit=" s",
    ),
)
BY_NAME = {yardstick.name: yardstick for yardstick in YARDSTICKS}
