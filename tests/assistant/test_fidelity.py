"""What a model may make of a piece of evidence. The evidence here is ours."""

from __future__ import annotations

import pytest

from assistant.answer import Language
from assistant.claims import ClaimReader
from assistant.fidelity import Evidence, Fidelity
from corpus.fiche import read_fiches
from corpus.keywords import Keywords
from corpus.lexicon import Lexicon
from eval.liar import LIES

DOCTORS = Evidence("Une MSP réunit au moins deux médecins généralistes et un infirmier.")
GRANT = Evidence(
    "Pour une MSP, l’ARS verse jusqu’à 30 000 € la première année, puis 20 000 € pendant deux ans."
)
LIST = Evidence("Une CPTS peut réunir des ESP, des hôpitaux, des dentistes et des libéraux actifs.")
SILENT = Evidence("Le contrat n’est pas renouvelé automatiquement.", "", ("CPTS",))
CHOICE = Evidence("Une CPTS choisit une association ou un GCS, si l’ARS l’accepte.")
PHONES = Evidence("URPS : téléphone 01 00 00 00 01 ; fax 01 00 00 00 02.")
ENGLISH = Evidence("An MSP must have at least two GPs, who may be salaried.")


@pytest.fixture(scope="module")
def fidelity(lexicon: Lexicon) -> Fidelity:
    return Fidelity(lexicon, ClaimReader(lexicon, Keywords(lexicon).stem))


@pytest.mark.parametrize(
    ("said", "evidence"),
    [
        ("Une MSP réunit au moins deux médecins généralistes et un infirmier.", DOCTORS),
        ("Une maison de santé réunit au moins 2 médecins généralistes et un infirmier.", DOCTORS),
        ("Les MSP réunissent au moins deux médecins généralistes et un infirmier", DOCTORS),
        (
            "Selon le guide, une MSP réunit au moins deux médecins généralistes et un infirmier.",
            DOCTORS,
        ),
        (
            "L’agence régionale de santé (ARS) verse jusqu’à 30000 € la première année, puis"
            " 20 000 € pendant 2 ans, pour une MSP.",
            GRANT,
        ),
        ("Une CPTS peut réunir des ESP, des dentistes et des libéraux actifs.", LIST),
        ("CPTS : le contrat n’est pas renouvelé automatiquement.", SILENT),
    ],
)
def test_a_sentence_may_shorten_reorder_and_spell_out(
    fidelity: Fidelity, said: str, evidence: Evidence
) -> None:
    assert fidelity.objections(said, evidence, "fr") == []


@pytest.mark.parametrize(
    ("said", "evidence"),
    [
        ("Une MSP réunit au moins trois médecins généralistes et un infirmier.", DOCTORS),
        ("Une MSP réunit au plus deux médecins généralistes et un infirmier.", DOCTORS),
        ("Une MSP réunit deux médecins généralistes et un infirmier.", DOCTORS),
        ("Une MSP réunit au moins deux infirmiers et un médecin généraliste.", DOCTORS),
        ("Une MSP réunit au moins deux médecins généralistes ou un infirmier.", DOCTORS),
        ("Une MSP doit réunir au moins deux médecins généralistes et un infirmier.", DOCTORS),
        ("Une MSP réunit toujours au moins deux médecins généralistes et un infirmier.", DOCTORS),
        ("Une MSP réunit seulement au moins deux médecins généralistes et un infirmier.", DOCTORS),
        ("Une CPTS réunit au moins deux médecins généralistes et un infirmier.", DOCTORS),
        ("Une MSP réunit au moins deux médecins spécialistes et un infirmier.", DOCTORS),
        ("Une MSP ne réunit pas au moins deux médecins généralistes et un infirmier.", DOCTORS),
        ("Oui, une MSP réunit au moins deux médecins généralistes et un infirmier.", DOCTORS),
        ("Elle réunit au moins deux médecins généralistes et un infirmier.", DOCTORS),
        ("An MSP has at least two general practitioners and one nurse.", DOCTORS),
        (
            "Pour une MSP, l’ARS verse jusqu’à 20 000 € la première année, puis 30 000 € pendant"
            " deux ans.",
            GRANT,
        ),
        (
            "Pour une MSP, l’ARS verse jusqu’à 30 000 € la première année, puis 20 000 € pendant"
            " deux mois.",
            GRANT,
        ),
        ("Pour une MSP, l’ARS verse jusqu’à 30 000 €.", GRANT),
        (
            "Pour l’ARS, une MSP verse jusqu’à 30 000 € la première année, puis 20 000 € pendant"
            " deux ans.",
            GRANT,
        ),
        ("Une CPTS doit réunir des ESP, des hôpitaux, des dentistes et des libéraux actifs.", LIST),
        ("Une CPTS peut réunir des ESP, des hôpitaux, des dentistes et des salariés actifs.", LIST),
        ("Le contrat est renouvelé automatiquement.", SILENT),
        ("Le contrat n’est jamais renouvelé automatiquement.", SILENT),
        ("Une CPTS choisit une association ou un GCS.", CHOICE),
        ("Une CPTS choisit une association et un GCS, si l’ARS l’accepte.", CHOICE),
        ("URPS : téléphone 01 00 00 00 02 ; fax 01 00 00 00 01.", PHONES),
        ("URPS : téléphone 01 00 00 00 01 ; fax 01 00 00 00 02 ; www.autre.example.", PHONES),
        ("<b>URPS</b> : téléphone 01 00 00 00 01 ; fax 01 00 00 00 02.", PHONES),
        ("[URPS](javascript:alert(1)) : téléphone 01 00 00 00 01 ; fax 01 00 00 00 02.", PHONES),
    ],
)
def test_a_sentence_may_not_say_anything_else(
    fidelity: Fidelity, said: str, evidence: Evidence
) -> None:
    assert fidelity.objections(said, evidence, "fr")


@pytest.mark.parametrize(
    "said",
    [
        "An MSP may have at least two GPs, who must be salaried.",
        "An MSP must have at least two GPs, who may be self-employed.",
        "An MSP must have at most two GPs, who may be salaried.",
        "An MSP must have two GPs, who may be salaried.",
        "A CPTS must have at least two GPs, who may be salaried.",
        "Une MSP doit avoir au moins deux généralistes, qui peuvent être salariés.",
    ],
)
def test_the_same_holds_in_english(fidelity: Fidelity, said: str) -> None:
    assert fidelity.objections(ENGLISH.text, ENGLISH, "en") == []
    assert fidelity.objections(said, ENGLISH, "en")


def test_a_sentence_without_a_structure_is_about_the_one_that_was_asked(
    fidelity: Fidelity,
) -> None:
    said = "Au moins deux médecins généralistes et un infirmier."
    about = Evidence(DOCTORS.text.replace("Une MSP réunit", "Une MSP :"), "", ("MSP",))
    assert fidelity.objections(said, about, "fr", ("MSP",)) == []
    assert fidelity.objections(said, about, "fr", ("CPTS",)) == ["structure tue"]
    assert fidelity.objections(said, about, "fr", ()) == ["structure tue"]


def test_lies_about_every_fiche_are_refused_and_its_own_words_are_not(fidelity: Fidelity) -> None:
    told = refused = 0
    for fiche in read_fiches()[::8]:
        spoken: dict[Language, str] = {"fr": fiche.fr, "en": fiche.en}
        for language, text in spoken.items():
            bare, about = text.rstrip(". "), fiche.structures
            evidence = Evidence(bare, "", about)
            assert fidelity.objections(bare, evidence, language, about) == []
            for lie in LIES.values():
                said = lie(bare, language == "en")
                if said.rstrip(". ") != bare:
                    told += 1
                    refused += bool(fidelity.objections(said, evidence, language, about))
    assert told > 1_000
    assert refused == told
