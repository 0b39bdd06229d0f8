"""Every cell of the guides' tables has its row and column heads, and no neighbour's words."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest

from corpus.guide import Passage
from tests.ingest.conftest import CRATB, ESP, PACA, SCHEMES

On = Callable[[str, int | None], list[Passage]]

# The beginnings of heads are enough to tell them apart.
CLAP = "ESP CLAP"
MSP = "ESP MSP"
CDS = "ESP Centres de Santé"
WITH = "Collaborer avec ces structures"
FEDERATIONS = "Recensement des fédérations"

CELLS: list[tuple[str, int | None, tuple[str, ...], str]] = [
    (ESP, 3, ("Composition", CLAP), "premier recours, libéraux"),
    (ESP, 3, ("Composition", CDS), "salariés du centre de santé"),
    (ESP, 3, ("Professionnels au minima", CLAP), "Un médecin généraliste et un autre"),
    (ESP, 3, ("Professionnels au minima", MSP), "Trois médecins généralistes et un auxiliaire"),
    (ESP, 3, ("Professionnels au minima", CDS), "Trois médecins généralistes et un auxiliaire"),
    (ESP, 3, ("Echelle", CDS), "Patientèle du centre de santé"),
    (ESP, 3, ("Actions - exemples", MSP), "implication des usagers"),
    (ESP, 3, ("Prérequis", CDS), "un règlement intérieur validé par l’ARS"),
    (ESP, 3, ("Rémunération de la coordination", MSP), "Financement pérenne et national"),
    (ESP, 3, ("Structuration juridique", CLAP), "Aucune ou parfois une association"),
    (ESP, 3, ("Contractualisation", MSP), "Avec l’ARS et l’Assurance Maladie"),
    (CRATB, 7, ("Catégorie de professionnels", "ESP", "CDS"), "141 centres de santé"),
    (CRATB, 7, ("Catégorie de professionnels", "ESP", "MSP"), "2 251 MSP"),
    (CRATB, 7, ("Catégorie de professionnels", "CPTS"), "803 CPTS"),
    (CRATB, 7, ("Echelle", "CPTS"), "Population du territoire"),
    (CRATB, 7, ("Contractualisation", "ESP", "CDS", "MSP", "CPTS"), "ARS - CPAM"),
    (CRATB, 7, ("Financement", "ESP", "CDS"), "ACI gérée par le gestionnaire"),
    (CRATB, 7, ("Financement", "ESP", "MSP", "CPTS"), "ACI pour la structure"),
    (CRATB, 7, (WITH, "Qui contacter", "ESP", "CDS"), "Gestionnaire du CDS"),
    (CRATB, 7, (WITH, "Qui contacter", "CPTS"), "professionnel formé en santé publique"),
    (CRATB, 7, (WITH, "Recensement des structures", "CPTS"), "https://www.fcpts.org/"),
    (CRATB, 7, (WITH, FEDERATIONS, "ESP", "MSP", "CPTS"), "avecsante.fr"),
    (CRATB, 7, (WITH, "Autres acteurs", "ESP", "CDS", "MSP", "CPTS"), "inter-URPS"),
    (PACA, 24, ("Etat", "Denomination"), "(DETR)"),
    (PACA, 24, ("Etat", "Denomination"), "(FNADT)"),
    (PACA, 24, ("Etat", "Conditions d’éligibilité"), "ZIP et ZAC"),
    (PACA, 24, ("Conseil regional", "Nature de l’aide"), "e-santé"),
    (PACA, 24, ("Conseil departemental", "Conditions d’éligibilité"), "Portage public"),
    (PACA, 24, ("Commune et EPCI", "Denomination"), "FCTVA"),
    (PACA, 24, ("Union europeenne", "Denomination"), "Financements Union Européenne"),
    (SCHEMES, None, ("Financements", "ESP Equipe de Soins Primaires"), "30 000 € en 3 fois"),
    (SCHEMES, None, ("Financements", "ESS Equipe de Soins Spécialisés"), "80 000 €"),
    (SCHEMES, None, ("Références", "MSP Maison de Santé Pluriprofessionnelle"), "L. 6323-3"),
    (SCHEMES, None, ("Composition", "ESP Equipe de Soins Primaires"), "1er recours"),
]


def begin_so(heads: tuple[str, ...], beginnings: tuple[str, ...]) -> bool:
    return len(heads) == len(beginnings) and all(map(str.startswith, heads, beginnings))


@pytest.mark.parametrize(("guide", "page", "heads", "words"), CELLS)
def test_a_cell_carries_the_heads_of_its_row_and_columns(
    on: On, guide: str, page: int | None, heads: tuple[str, ...], words: str
) -> None:
    cells = [one for one in on(guide, page) if one.kind == "cell" and words in one.text]
    assert any(begin_so(cell.heads, heads) for cell in cells), [cell.heads for cell in cells]


@pytest.mark.parametrize(
    ("guide", "page", "count"), [(CRATB, 7, 20), (ESP, 3, 23), (PACA, 24, 15), (SCHEMES, None, 32)]
)
def test_every_cell_with_words_is_one_passage(
    on: On, guide: str, page: int | None, count: int
) -> None:
    cells = [one for one in on(guide, page) if one.kind == "cell"]
    assert len(cells) == count
    spans = sorted((cell.start, cell.end) for cell in cells)
    assert all(one[1] <= other[0] for one, other in pairwise(spans))


def test_an_empty_cell_is_no_passage(on: On) -> None:
    heads = [one.heads for one in on(ESP, 3) if one.kind == "cell"]
    assert not [one for one in heads if begin_so(one, ("Contractualisation", CLAP))]
    assert [one for one in heads if begin_so(one, ("Contractualisation", MSP))]


def test_words_of_neighbouring_cells_do_not_mix(on: On) -> None:
    [cell] = [one for one in on(ESP, 3) if begin_so(one.heads, ("Composition", CLAP))]
    assert len(cell.text.split()) == 7


def test_lists_inside_a_cell_are_a_sentence_per_item(on: On) -> None:
    [cell] = [
        one
        for one in on(SCHEMES, None)
        if one.heads[:1] == ("Missions / objectifs",) and one.heads[1].startswith("CPTS")
    ]
    assert [one.text for one in cell.sentences][2:] == [
        "Actions de prévention",
        "Crises sanitaires graves",
    ]
    [cell] = [one for one in on(CRATB, 7) if one.heads == ("Catégorie de professionnels", "CPTS")]
    assert "Professionnels du social" in [one.text for one in cell.sentences]


def test_no_tag_is_left_in_a_sentence(found: dict[str, list[Passage]]) -> None:
    assert not [s for p in found[SCHEMES] for s in p.sentences if "<" in s.text or "**" in s.text]


def test_a_link_in_a_cell_is_kept(on: On) -> None:
    [cell] = [one for one in on(PACA, 24) if one.text.startswith("Pour en connaître")]
    assert cell.links[0].startswith("https://europe.maregionsud.fr/")
