"""What is masked as personal data and what is not. Nobody here exists; no number is anybody's."""

from __future__ import annotations

import pytest

from assistant.identifiers import Finding
from assistant.patients import read_signs
from assistant.privacy import Privacy, without_masks
from corpus.fiche import read_fiches
from corpus.lexicon import Lexicon


@pytest.fixture(scope="module")
def privacy(lexicon: Lexicon) -> Privacy:
    """The masking as it is shipped, without guides."""
    return Privacy(read_signs(lexicon))


NAME, BIRTH, NIR = "[nom]", "[date de naissance]", "[numéro de sécurité sociale]"
PHONE, MAIL = "[téléphone]", "[adresse électronique]"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("Ma patiente Mme Anne Exemple est diabétique", f"Ma patiente Mme {NAME} est diabétique"),
        ("mme dupontel est diabétique, quelle cpts ?", f"mme {NAME} est diabétique, quelle cpts ?"),
        ("Le patient DUPONTEL Jean a la MSP", f"Le patient {NAME} a la MSP"),
        ("Patient : Durandal, Léa", f"Patient : {NAME}"),
        (
            "Nom : MARTINON Prénom : Zoé, suivie en CDS",
            f"Nom : {NAME} Prénom : {NAME}, suivie en CDS",
        ),
        ("ma fille Zoé a de l’asthme", f"ma fille {NAME} a de l’asthme"),
        ("My husband John Smithson has COPD", f"My husband {NAME} has COPD"),
        ("Jean Durandal est séropositif", f"{NAME} est séropositif"),
        ("Léon Vauquelin (72 ans) cherche une MSP", f"{NAME} (72 ans) cherche une MSP"),
        ("M. D’Angelo souffre de BPCO", f"M. {NAME} souffre de BPCO"),
        ("Dossier médical de Pierre-Henri de La Tourelle", f"Dossier médical de {NAME}"),
        ("rendez-vous avec Odile Braye à la MSP", f"rendez-vous avec {NAME} à la MSP"),
        ("Mon patient s’appelle Théo Lambertin", f"Mon patient s’appelle {NAME}"),
        ("Le Dr Martin suit Mme Cazenave, diabétique", f"Le Dr Martin suit Mme {NAME}, diabétique"),
        ("Call Mrs Oakhollow, she has HIV", f"Call Mrs {NAME}, she has HIV"),
        ("Dossier de Léo Brunel. Brunel est là.", f"Dossier de {NAME}. {NAME} est là."),
        ("Un homme né le 12/03/1956 veut un médecin", f"Un homme né le {BIRTH} veut un médecin"),
        ("born 12 March 1956", f"born {BIRTH}"),
        ("Date of birth: March 12, 1947", f"Date of birth: {BIRTH}"),
        ("DDN 12031947", f"DDN {BIRTH}"),
        ("patiente née en 1947", f"patiente née en {BIRTH}"),
        ("née le 3 mars 1956 à Lille", f"née le {BIRTH} à Lille"),
        ("295109912611193", NIR),
        ("2951099126111 93, c’est le sien", f"{NIR}, c’est le sien"),
        ("2.95.10.99.126.111.93", NIR),
        ("Son numéro est 2 84 05 78 006 084 36", f"Son numéro est {NIR}"),
        ("NIR 1840578006084", f"NIR {NIR}"),
        ("Mon patient, joignable au 06 00 00 00 01", f"Mon patient, joignable au {PHONE}"),
        ("tel:0600000001", f"tel:{PHONE}"),
        ("06-00-00-00-01 ou (06) 00 00 00 01", f"{PHONE} ou {PHONE}"),
        ("06/00/00/00/01", PHONE),
        ("0033 6 00 00 00 01", PHONE),
        ("+33 (0)6 00 00 00 01", PHONE),
        ("Appelez le +44 20 7946 0958", f"Appelez le {PHONE}"),
        ("Ｍｍｅ Ａnne Exemple, ０６ ００ ００ ００ ０１", f"Mme {NAME}, {PHONE}"),
        ("0\u200b6\u200b 00 00 00 01", PHONE),
        ("Écrire à anne@exemple.fr", f"Écrire à {MAIL}"),
        ("anne.exemple (at) exemple.fr", MAIL),
        (
            "Dossier de Joël Lestrevant, 14 rue des Tilleuls à Fauxville, né le 02/11/1968",
            f"Dossier de {NAME}, [adresse], né le {BIRTH}",
        ),
        (
            "ma patiente odette marvaudière née le 12/03/1947 veut une MSP",
            f"ma patiente {NAME} née le {BIRTH} veut une MSP",
        ),
    ],
)
def test_personal_data_are_masked_and_nothing_else(
    privacy: Privacy, text: str, masked: str
) -> None:
    found = privacy.masked(text)
    assert found.text == masked
    assert found.kinds


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Qui contacter pour une CPTS ?",
        "Qui est M. Pierre Exemple ?",
        "Who is Mr John Smithson?",
        "Que dit le Dr Saccomano ?",
        "Agnès Buzyn est-elle pour les CPTS ?",
        "Une MSP compte-t-elle 1 MG ou 2 MG ?",
        "Que dit l’article L6323-3, et l’article L. 1411-11-1 ?",
        "l’accord conventionnel de 2017, 2018 et 2019",
        "412 000 000 euros ou 50 000 € ?",
        "Une prime de 1 850 578 006 084 euros",
        "SIREN 412 345 678, SIRET 412 345 678 00012, RPPS 10101234567",
        "FINESS 130 043 664 et 060 791 811",
        "IBAN FR76 3000 6000 0112 3456 7890 189, ISBN 978-2-1234-5680-3",
        "les départements 04 05 06 13 83 et 84",
        "le 3646, le 0 800 130 000 ou le 0 820 20 22 22",
        "du 01/01/2019 au 31/12/2019",
        "Que dit l’ordonnance du 12 janvier 2018 ?",
        "L’ordonnance née le 12 janvier 2018",
        "La CPTS Champsaur Valgaudemar, née le 1er janvier 2019, quelle taille ?",
        "Le contrat né en 2017 est-il valable ?",
        "Combien de patients suit une MSP de 45 000 habitants ?",
        "Quel dossier pour un patient en ALD ?",
        "Quel dossier de candidature pour la Région Provence-Alpes-Côte d’Azur ?",
        "Le suivi des patients de la Maison de Santé Pierre Mauroy",
        "Le patient Partenaire et le patient Expert en MSP",
        "Un patient EHPAD, un patient Parkinson, un patient BPCO",
        "Le compte rendu de l’Assurance Maladie",
        "L’hôpital Robert Debré traite quels patients diabétiques ?",
        "La Haute Autorité de Santé a une fiche BPCO ?",
        "La Ligue Contre le Cancer est-elle partenaire d’une MSP ?",
        "L’ESP de Villeneuve Loubet a un dossier ?",
        "Le dossier de la MSP de Saint Denis",
        "La loi Touraine est-elle pour le patient ?",
        "Does the Patient Centered Medical Home exist in France?",
        "What is the Patient Education Programme for diabetic patients?",
        "Madame, Monsieur, comment créer une MSP pour des patients âgés ?",
        "Mon fils veut devenir médecin en CDS",
        "Autour du patient, Prévention et Coordination",
        "As a patient I’d like to help. As a patient I'm asked nothing.",
    ],
)
def test_an_ordinary_question_is_left_as_it_is(privacy: Privacy, text: str) -> None:
    found = privacy.masked(text)
    assert (found.text, found.kinds) == (text, ())


def test_of_what_the_fiches_ask_only_what_guides_print_is_masked(privacy: Privacy) -> None:
    asked = [q for fiche in read_fiches() for q in (*fiche.questions.fr, *fiche.questions.en)]
    masked = {q for q in asked if privacy.masked(q).kinds}
    # The guides print these: with the guides at hand they are left as they are.
    printed = ("04 96 20 60 80", "04 96 20 60 81", "@", "Marc Zecconi")
    assert masked
    assert [q for q in masked if not any(one in q for one in printed)] == []


def test_a_masked_text_holds_nothing_more_to_mask(privacy: Privacy) -> None:
    once = privacy.masked("Ma patiente Anne Exemple, née le 12/03/1947, tél. 06 00 00 00 01")
    assert privacy.masked(once.text).kinds == ()
    assert without_masks(once.text) == once.bare == "Ma patiente, née le, tél."


def test_what_is_public_stays(lexicon: Lexicon) -> None:
    def public(one: Finding) -> bool:
        return one.text == "04 00 00 00 01"

    masked = Privacy(read_signs(lexicon), public).masked("04 00 00 00 01 et 04 00 00 00 02")
    assert masked.text == f"04 00 00 00 01 et {PHONE}"


def test_line_breaks_of_a_comment_stay(privacy: Privacy) -> None:
    assert privacy.masked("Bonjour\n06 00 00 00 01\nmerci").text == f"Bonjour\n{PHONE}\nmerci"


@pytest.mark.parametrize(
    "text", ["06 00 00 00 01 " * 1_000, "Bb-" * 20_000, "[(at)" * 10_000, "né le " * 10_000]
)
def test_hostile_lengths_come_to_an_end(privacy: Privacy, text: str) -> None:
    assert "06 00" not in privacy.masked(text).text
