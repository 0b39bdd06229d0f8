"""Signs that a message holds a patient's data. Nobody here exists."""

from __future__ import annotations

import pytest

from assistant.privacy import holds_personal_data


@pytest.mark.parametrize(
    "text",
    [
        "Ma patiente Mme Anne Exemple est diabétique",
        "Son numéro est 2 84 05 78 006 084 36",
        "NIR 1840578006084",
        "Un homme né le 12/03/1956 veut un médecin",
        "born 12 March 1956",
        "Mon patient de 45 ans, joignable au 06 00 00 00 01",
        "Écrire à anne@exemple.fr, elle souffre d’un cancer",
        "+33 6 00 00 00 01 est le numéro du patient",
    ],
)
def test_a_patient_is_recognised(text: str) -> None:
    assert holds_personal_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "Qui contacter pour une CPTS ?",
        "Qui est M. Pierre Exemple ?",
        "Le 04 00 00 00 01 est-il le numéro de l’URPS ?",
        "À qui sert accueil@exemple.fr ?",
        "Que dit l’ordonnance du 12 janvier 2018 ?",
        "Combien de patients suit une MSP de 45 000 habitants ?",
        "Quel dossier pour un patient en ALD ?",
        "Le contrat né en 2017 est-il valable ?",
        "",
    ],
)
def test_an_ordinary_question_is_let_through(text: str) -> None:
    assert not holds_personal_data(text)
