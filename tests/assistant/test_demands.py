"""What a question demands of its evidence beyond resemblance."""

from __future__ import annotations

import pytest

from assistant.demands import Demands
from corpus.lexicon import Lexicon


@pytest.fixture(scope="module")
def demands(lexicon: Lexicon) -> Demands:
    return Demands(lexicon)


TELEPHONE = "Quel est le numéro de téléphone d’une CPTS ?"
PERSON = "Comment s’appelle le président de la CPTS ?"
SALARY = "Quel est le salaire d’une infirmière en MSP ?"
YEAR = "Combien de MSP en 2021 ?"
TOWN = "Qui contacter à Rennes ?"
SIZE = "Quel montant pour une CPTS de taille 1 ?"
ARTICLE = "Que dit l’article 1434 ?"
MAIL = "Quelle adresse mail pour une ESP ?"
OF_THE_ARS = "Quel est le téléphone de l’ARS PACA ?"
COUNTED = "Combien d’ESP en France ?"
MONTH = "Que change la loi de décembre 2023 ?"
ACRONYM = "Quel est le plafond du PER ?"
MANY = "Combien de médecins dans une MSP ?"


@pytest.mark.parametrize(
    ("question", "evidence", "unmet"),
    [
        (TELEPHONE, "Contactez le coordonnateur de la CPTS en 2023.", ["telephone"]),
        ("How do I reach a CPTS by phone?", "Contact the coordinator.", ["telephone"]),
        (PERSON, "Le président de la CPTS est élu.", ["president"]),
        (PERSON, "Le Dr Marc Zecconi présente sa CPTS.", ["president"]),
        (PERSON, "Une MSP, les CPTS et Les CDS élisent un président.", ["president"]),
        (SALARY, "L’infirmière touche 7 € par point.", ["salary"]),
        (YEAR, "En 2020, 1 300 MSP.", ["2021"]),
        ("À quel taux la TVA est-elle compensée ?", "La TVA est compensée.", ["rate"]),
        ("Quel est le plafond de l’aide ?", "La Région aide.", ["ceiling"]),
        ("Où récupérer le flyer ?", "La CPTS a distribué un flyer.", ["document"]),
        ("Combien de séances d’ETP ?", "3 ateliers", ["sessions"]),
        ("Who founded the network?", "The network trains GPs.", ["founder"]),
        (TOWN, "Contactez l’ARS.", ["rennes"]),
        (SIZE, "Taille 2 : 60 000 €", ["taille 1"]),
        (SIZE, "Taille 12 : 60 000 €", ["taille 1"]),
        (ARTICLE, "L’article 1435 et 1 434 €.", ["article 1434"]),
        (MAIL, "Écrivez à l’URPS.", ["mail"]),
        (MANY, "Des médecins et des infirmiers.", ["count"]),
        (OF_THE_ARS, "URPS PACA : 04 00 00 00 01", ["telephone"]),
        (COUNTED, "Une ESP réunit 2 médecins. CPTS : 803", ["number of esp"]),
        (MONTH, "En juin 2023, une loi sur les CPTS.", ["2023-12"]),
        (ACRONYM, "Three per year, par an.", ["ceiling", "per"]),
        ("Combien de temps prend la création d’une CPTS ?", "L’ACI dure 5 ans.", ["setting_up"]),
        ("Faut-il une assurance ?", "L’Assurance Maladie et l’ARS signent.", ["insurer"]),
        ("Combien un centre de santé peut-il facturer ?", "141 centres de santé.", ["price"]),
        ("Le plan type, ça revient à combien ?", "Entre 350 et 400 m²", ["outlay"]),
        ("Combien de MSP en Bretagne ?", "2 251 MSP en PACA", ["Bretagne"]),
        ("combien de msp en bretagne", "2 251 MSP", ["Bretagne"]),
    ],
)
def test_what_the_evidence_lacks_is_named(
    demands: Demands, question: str, evidence: str, unmet: list[str]
) -> None:
    assert demands.unmet(question, evidence, "") == unmet


@pytest.mark.parametrize(
    ("question", "evidence"),
    [
        (TELEPHONE, "Appelez le 04 00 00 00 01."),
        (PERSON, "Le président est Mme Durand."),
        (PERSON, "Présidence : présidente Anne EXEMPLE"),
        (SALARY, "Le salaire est fixé par contrat."),
        (YEAR, "En 2021, 1 300 MSP."),
        (TOWN, "Contactez l’ARS de Rennes."),
        (SIZE, "Taille 1 : 50 000 €"),
        (ARTICLE, "Article L. 1434 du code."),
        (MAIL, "Écrivez à accueil@beta.example"),
        (MANY, "Au moins deux médecins."),
        (MANY, "At least 2 GPs."),
        (MANY, "Au moins un médecin."),
        (OF_THE_ARS, "ARS PACA : 04 00 00 00 01"),
        (COUNTED, "On compte 120 ESP."),
        (MONTH, "A law of December 2023."),
        (ACRONYM, "Le PER est plafonné."),
        ("Qui contacter pour une CPTS en Bretagne ?", "Contactez l’ARS."),
        ("En AuRA, qu’a-t-on acheté ?", "En Auvergne-Rhône-Alpes, des tests."),
        ("How many meetings must an MSP hold to earn its ACI?", "6 meetings a year"),
        ("Faut-il avancer les frais ?", "Le tiers payant dispense de payer."),
        ("Les médecins d’un CDS sont-ils salariés ?", "Ils sont employés par le centre."),
        ("How many SISAs do they share?", "A single SISA manages it for all 5."),
        ("Quel est le plafond de l’aide ?", "Jusqu’à la moitié du coût."),
        ("Où télécharger l’accord ?", "Sur https://www.exemple.fr"),
        ("Dans quel ordre, mail ou appel, après le premier mail ?", "Une visite."),
        ("Comment s’appelle la loi de création des CPTS ?", "La loi de modernisation."),
        ("Puis-je apporter un programme tout fait ?", "Mieux vaut le bâtir ensemble."),
        ("À qui demander le téléphone d’une CPTS ?", "À l’ARS."),
        ("Dans le Sud-Ouest, qui a formé les médecins ?", "Un référent."),
        ("Combien de MSP dans le Pas-de-Calais ?", "En Hauts-de-France, 166 MSP."),
    ],
)
def test_evidence_that_holds_it_lacks_nothing(
    demands: Demands, question: str, evidence: str
) -> None:
    assert demands.unmet(question, evidence, "") == []


def test_a_town_may_stand_elsewhere_on_the_page(demands: Demands) -> None:
    assert demands.unmet(TOWN, "Contactez l’ARS.", "Les bureaux de Rennes") == []


def test_a_telephone_number_may_not_stand_elsewhere_on_the_page(demands: Demands) -> None:
    assert demands.unmet(TELEPHONE, "Le coordonnateur.", "04 00 00 00 01") == ["telephone"]


def test_where_somebody_is_is_not_what_they_ask_about(demands: Demands) -> None:
    asked = "Je monte une MSP à Rennes : qui contacter ?"
    assert demands.unmet(asked, "Contactez l’ARS.", "") == []


def test_a_question_typed_in_capitals_names_nobody(demands: Demands) -> None:
    assert demands.unmet("QUI CONTACTER POUR UNE CPTS", "Le coordonnateur.", "") == []


@pytest.mark.parametrize("question", ["Qui contacter pour une CPTS ?", "Le rôle de l’ARS", ""])
def test_a_plain_question_demands_nothing(demands: Demands, question: str) -> None:
    assert demands.unmet(question, "Le coordonnateur.", "") == []


def test_what_is_named_is_told_from_what_is_demanded(demands: Demands) -> None:
    unmet = demands.unmet("Quel est le téléphone de la MSP de Rennes ?", "Le coordonnateur.", "")
    assert {one: demands.is_name(one) for one in unmet} == {"telephone": False, "rennes": True}
