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
    r"|qui etes[- ]vous|who are you|a quoi (tu sers|sers[- ]tu|servez[- ]vous)"
    r"|^comment ca marche\W*$|aide[z]?[- ]moi$|^help$|^aide$)"
)
# « Quel antibiotique pour… ? » asks for a treatment, « quelles actions sur les antibiotiques ? »
# and “which antibiotic stewardship team?” do not.
_WHICH_ANTIBIOTIC = (
    r"(which|what|quel(le)?s?) (antibioti(c|que)s?|antibiotherapie)"
    r"( (for|should|would|to|do|does|can|is|are|in|against|pour|dans|en|contre|donner|prescrire"
    r"|choisir|faut|est|prendre|chez)\b|(?=\W*(\?|$)))"
)
_ILLNESS = (
    r"(pneumo|angine|sinusit|bronch|cystit|otit|tonsill|infection|gripp|flu\b|toux|cough|abces"
    r"|abscess|wound|plaie|diabet|asthm|hypertension|douleur|pain|fievre|fever|migrain|eczema|rash"
    r"|acne|cancer|sore throat|uti\b|covid)"
)
# Advice on a treatment, whatever else the question names.
_MEDICAL = re.compile(
    r"\b(posologie|dosage|(quelle|what|which|une) doses?(?! (the|an?|msp|cpts|cds|es[ps]|it) )"
    r"|doses? (d'|de |of |unique)"
    rf"|traiter (une?|mon|ma|le|la|les) (\w+ )?{_ILLNESS}\w*"
    rf"|treat (a|an|my|the) (\w+ )?{_ILLNESS}\w*"
    rf"|traitement (pour|de|contre|d')|treatment (for|of)|first[- ]line antibiotic"
    rf"|antibiotique (pour|dans|en cas|choisir|de premiere)|{_WHICH_ANTIBIOTIC}"
    r"|antibiotics? should i|(jours |prendre )d'antibiotiques?|grams? of \w+"
    r"|grammes (de |d')\w+|days of (antibiotic\w*|amoxi\w*|fosfo\w*|treatment)|puffs"
    r"|prescri(be|vez|s|re)[- ](me|moi)|prescrire (du|de l'|un|une|des) ?(antibio\w*|amox\w*)"
    r"|effets? secondaires?|side effects?|contre-indication\w*|interprete[rz]? (mon|ma)"
    r"|interpret my|vaccin(er)? mon|que prendre|(dois-je|should i|should s?he) (prendre|take))\b"
)
# Words of illness and kinship: advice is asked for unless the question is about a structure or a
# body (« mon mari peut-il prendre des parts de la SISA ? »).
_KIN = r"(child|baby|son|daughter|wife|husband|father|mother)"
_ILL = re.compile(
    r"\b(symptome\w*|symptom\w*|ordonnance pour (un|une|mon|ma|amox\w*)"
    r"|amoxicilline|amoxicillin|paracetamol|ibuprofene"
    r"|doliprane|fosfomyc\w+|(j'ai|il a|elle a|avoir) mal (a|au|aux) \w+|mal de gorge"
    r"|j'ai de la fievre|de fievre|fever|angine|sore throat|cystite|cystitis|otite"
    r"|urinary (tract )?infections?|infections? urinaires?|pneumonie chez|enceinte|pregnant"
    r"|medicament\w* (pour|contre)|salbutamol|ventoline|abscess|diagnostiquer"
    rf"|(is|am|suis|est) allergi(c|que)|my {_KIN} (has|is)(?! (a|an|in|finishing|studying) )"
    rf"|my {_KIN} has an? \w+|mon (fils|enfant|bebe|mari|pere) (a|est)"
    r"|ma (fille|femme|mere) (a|est))\b"
)
# « 1 MG » is a general practitioner: only small letters make a dose.
_DOSE = re.compile(r"(\d ?|[Cc]ombien de |[Hh]ow many )mg\b")
# What may be the best without an opinion: « dans le meilleur des cas », “the best way to reach”.
_NO_VERDICT = r"(des )?(cas|case|moyen|facon|maniere|way|interlocut\w*|contact|person to)\b"
_OPINION = re.compile(
    rf"\b((la|le|les) (meilleure?s?|pires?) (?!{_NO_VERDICT})|the (best|worst) (?!{_NO_VERDICT})"
    r"|tu penses|pensez[- ]vous|vous pensez"
    r"|penses[- ]tu|ton avis|votre avis|your opinion|do you think|do you like|preferes[- ]tu"
    r"|preferez[- ]vous|(tu|vous) prefere[sz]"
    r"|recommandes?[- ]tu|recommandez[- ]vous|(tu me|vous me|que me) conseille[sz]?"
    r"|would you recommend|should i vote"
    r"|tu voterais|vous voteriez|est-il competent|selfish|egoistes?|plus sympa|plus nul"
    r"|(etes[- ]vous|vous etes|es[- ]tu|tu es) d'accord avec|es[- ]tu pour|le gouvernement (a|fait)"
    r"|est[- ]ce (nul|scandaleux|juste (que|pour))|faut[- ]il etre fou|(vous|tu) choisi\w+"
    r"|choisi(riez|rais)[- ](vous|tu)|in (my|our) (place|shoes)|if you were (me|us))\b"
)
_POLITE_WORDS = 4


def sort_of(text: str, about: bool = False) -> Sort | None:
    """What kind of question this is, None for one that the guides may answer; `about` tells
    whether it names something that the guides speak of."""
    plain = fold(text)
    short = len(words(plain)) <= _POLITE_WORDS
    if _ABILITY.search(plain) or (short and _GREETING.search(plain)):
        return "greeting"
    if short and _THANKS.search(plain):
        return "thanks"
    if _MEDICAL.search(plain) or _DOSE.search(text) or (not about and _ILL.search(plain)):
        return "medical"
    return "opinion" if _OPINION.search(plain) else None
