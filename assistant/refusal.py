"""Questions that are not for the guides: greetings, medical advice, opinions, empty ones."""

from __future__ import annotations

import re
from typing import Literal

from corpus.folding import fold, words

Sort = Literal["greeting", "thanks", "medical", "opinion"]

_GREETING = re.compile(
    r"^(bonjour|bonsoir|salut|hello|hi|hey|coucou|good (morning|evening|afternoon))\b"
)
_THANKS = re.compile(r"^(merci|thanks|thank you|ok merci|super merci|parfait merci)\b")
_ABILITY = re.compile(
    r"(what can you do|que (peux|sais)[- ]tu faire|que pouvez[- ]vous faire|qui es[- ]tu"
    r"|qui etes[- ]vous|who are you|a quoi (tu sers|sers[- ]tu|servez[- ]vous)|comment ca marche"
    r"|aide[z]?[- ]moi$|^help$|^aide$)"
)
_MEDICAL = re.compile(
    r"\b(posologie|dosage|dose|doses|symptome\w*|symptom\w*"
    r"|traiter (une?|mon|ma|le|la|les)"
    r"|traitement (pour|de|contre|d')|treat (a|an|my|the)|treatment (for|of)|prescrire|prescribe"
    r"|ordonnance pour|amoxicilline|amoxicillin|paracetamol|ibuprofene|doliprane|antibiotique (pour"
    r"|dans|en cas|choisir|de premiere)|which antibiotic|quel antibiotique|mal (a|au|aux) \w+"
    r"|j'ai de la fievre|fever|angine|sore throat|cystite|otite|pneumonie chez|enceinte|pregnant"
    r"|effets? secondaires?|side effects?|contre-indication\w*|medicament\w* (pour|contre)"
    r"|antibiotics? should i|(jours |prendre )d'antibiotiques?|puffs|salbutamol|ventoline|abscess"
    r"|(is|am|suis|est) allergi(c|que)|interprete[rz]? (mon|ma)|interpret my|mal de gorge|de fievre"
    r"|diagnostiquer|my (child|son|daughter|wife|husband) (has|is)|mon (fils|enfant|bebe|mari)"
    r"|ma (fille|femme|mere) (a|est)|vaccin(er)? mon)\b"
)
# « 1 MG » is a general practitioner: only small letters make a dose.
_DOSE = re.compile(r"\bmg\b")
# What may be the best without an opinion: « dans le meilleur des cas », “the best way to reach”.
_NO_VERDICT = r"(des )?(cas|case|moyen|facon|maniere|way|interlocut\w*|contact|person to)\b"
_OPINION = re.compile(
    rf"\b((la|le|les) (meilleure?s?|pires?) (?!{_NO_VERDICT})|the (best|worst) (?!{_NO_VERDICT})"
    r"|tu penses|pensez[- ]vous|vous pensez"
    r"|penses[- ]tu|ton avis|votre avis|your opinion|do you think|do you like|preferes[- ]tu"
    r"|preferez[- ]vous|(tu|vous) prefere[sz]"
    r"|recommandes?[- ]tu|recommandez[- ]vous|me conseilles?|would you recommend|should i vote"
    r"|tu voterais|vous voteriez|est-il competent|selfish|egoistes?|plus sympa|plus nul"
    r"|d'accord avec|es[- ]tu pour|le gouvernement (a|fait)|est[- ]ce (nul"
    r"|scandaleux|juste)|faut[- ]il etre fou|worth it)\b"
)
_POLITE_WORDS = 4


def sort_of(text: str) -> Sort | None:
    """What kind of question this is, None for one that the guides may answer."""
    plain = fold(text)
    short = len(words(plain)) <= _POLITE_WORDS
    if _ABILITY.search(plain) or (short and _GREETING.search(plain)):
        return "greeting"
    if short and _THANKS.search(plain):
        return "thanks"
    if _MEDICAL.search(plain) or _DOSE.search(text):
        return "medical"
    return "opinion" if _OPINION.search(plain) else None
