"""The sentences of our own that stand around what the guides say, in French and English."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.answer import Language
from corpus.guide import Guide

NBSP, THIN = "\u00a0", "\u202f"

SILENT = {
    "fr": "Les guides ne répondent pas à cette question{about}.",
    "en": "The guides do not answer this question{about}.",
}
ABOUT = {"fr": " (recherché : {terms})", "en": " (looked for: {terms})"}
NEAREST = {
    "fr": "Passages les plus proches, sans garantie qu’ils répondent" + NBSP + ":",
    "en": "Nearest passages, which may not answer it:",
}
WHO_KNOWS = {
    "fr": "Pour cela, adressez-vous à votre ARS ou à l’URPS de votre région.",
    "en": "Your ARS (regional health agency) or regional URPS may know.",
}
MEDICAL = {
    "fr": "Je ne donne pas d’avis médical" + NBSP + ": je réponds seulement sur l’organisation de"
    " l’exercice coordonné. Pour un soin ou un traitement, adressez-vous à un professionnel de"
    " santé.",
    "en": "I give no medical advice: I only answer questions on how coordinated practice is"
    " organised. For care or treatment, ask a health professional.",
}
OPINION = {
    "fr": "Je ne donne pas d’avis" + NBSP + ": je rapporte ce que disent les guides, qui ne se"
    " prononcent pas là-dessus.",
    "en": "I give no opinion: I report what the guides say, and they take no side on this.",
}
PERSONAL = {
    "fr": "Votre message semble contenir des données personnelles. Les données de patients n’ont"
    " pas leur place ici" + NBSP + ": reposez votre question sans elles.",
    "en": "Your message seems to contain personal data. Patients’ data have no place here: please"
    " ask again without them.",
}
MASKED = {
    "fr": "Votre message contenait des données personnelles"
    + NBSP
    + ": elles ont été masquées et ne"
    " sont pas gardées. Les données de patients n’ont pas leur place ici.",
    "en": "Your message held personal data: they were masked and are not kept. Patients’ data have"
    " no place here.",
}
EMPTY = {
    "fr": "Je n’ai pas compris de question. Demandez par exemple"
    + NBSP
    + ": «"
    + NBSP
    + "Qui contacter pour une CPTS"
    + THIN
    + "?"
    + NBSP
    + "»",
    "en": "I could not make out a question. Ask for example: “Who do I contact for a CPTS?”",
}
GREETING = {
    "fr": "Bonjour" + THIN + "! Je réponds aux questions sur l’exercice coordonné (ESP, MSP, CDS,"
    " CPTS, ESS…) à partir de guides publiés, avec la page de chaque réponse. Que voulez-vous"
    " savoir" + THIN + "?",
    "en": "Hello! I answer questions on coordinated practice in France (ESP, MSP, CDS, CPTS, ESS…)"
    " from published guides, with the page of every answer. What would you like to know?",
}
THANKS = {
    "fr": "Je vous en prie. Une autre question" + THIN + "?",
    "en": "You are welcome. Any other question?",
}
CHOOSE = {
    "fr": "Cela dépend de la structure. De laquelle parlez-vous" + THIN + "?",
    "en": "That depends on the structure. Which one do you mean?",
}
# Ends the line above what the guide that a question names says, where guides disagree.
NAMED_GUIDE = {
    "fr": "\u202f; d’après celui que vous nommez\u00a0:",
    "en": "; according to the one you name:",
}
ONLY_REGION = {"fr": "({region})", "en": "({region})"}
WITHOUT_FILE = {
    "fr": "Le fichier du guide n’est pas installé" + NBSP + ": la page est indiquée sans citation.",
    "en": "The guide’s file is not installed: its page is given without a quote.",
}

# What facets are called: row heads of comparisons, and what was looked for in vain.
FACETS: dict[str, tuple[str, str]] = {
    "benefits": ("Intérêt", "Benefits"),
    "collaboration": ("Collaborer", "Working with it"),
    "composition": ("Composition", "Composition"),
    "contact": ("Qui contacter", "Who to contact"),
    "contracting": ("Contrat", "Contract"),
    "coordination": ("Coordination", "Coordination"),
    "definition": ("Définition", "What it is"),
    "directory": ("Où trouver la liste", "Where to find the list"),
    "evaluation": ("Évaluation", "Evaluation"),
    "example": ("Exemple", "Example"),
    "figures": ("Chiffres", "Figures"),
    "funding": ("Financement", "Funding"),
    "health_project": ("Projet de santé", "Health project"),
    "legal_form": ("Forme juridique", "Legal form"),
    "missions": ("Missions", "Missions"),
    "obstacles": ("Freins", "Obstacles"),
    "references": ("Références", "Legal references"),
    "status": ("Statut des professionnels", "Status of professionals"),
    "steps": ("Étapes", "Steps"),
    "territory": ("Territoire", "Territory"),
}


def quoted(text: str) -> str:
    """A French quote in its quotation marks."""
    return f"«{NBSP}{text}{NBSP}»"


def named(guide: Guide, language: Language) -> str:
    """A guide's publisher and year, as one says them: « CRAtb et CPias, 2023 »."""
    publisher = guide.publisher.split(" (")[0]
    if publisher.startswith("Éditeur"):
        publisher = "fiche M14" if language == "fr" else "sheet M14"
    return f"{publisher}, {guide.year}" if guide.year else publisher


def listed(items: Sequence[str]) -> str:
    """Markdown list of the items."""
    return "\n".join(f"- {item}" for item in items)
