"""The guides' pages are read whole, in order, under their headings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.guide import Page, Passage
from ingest.cleaning import clean, vocabulary
from ingest.readers import ReadPage
from tests.ingest.conftest import CRATB, ESP, M14, PACA, SCHEMES

On = Callable[[str, int | None], list[Passage]]
ALL = (CRATB, M14, PACA, ESP, SCHEMES)


def words(text: str) -> list[str]:
    """Folded words, addresses left out."""
    text = re.sub(r"(?:https?://|mailto:|www\.)\S+", " ", text)
    plain = unicodedata.normalize("NFKD", text.casefold())
    return re.findall(r"[a-z0-9]+", "".join(c for c in plain if not unicodedata.combining(c)))


def near(passages: list[Passage], start: str) -> Passage:
    """The one passage with a sentence that begins with `start`."""
    [found] = [p for p in passages if any(s.text.startswith(start) for s in p.sentences)]
    return found


@pytest.mark.parametrize("guide", ALL)
def test_what_a_sentence_says_is_what_stands_at_its_place(
    guides: dict[str, list[ReadPage]], found: dict[str, list[Passage]], guide: str
) -> None:
    known = vocabulary(read.page.text for read in guides[guide])
    pages = {read.page.number: read.page.text for read in guides[guide]}
    sentences = [(pages[p.page], s) for p in found[guide] for s in p.sentences]
    assert sentences
    assert all(clean(text[s.start : s.end], known) == s.text for text, s in sentences)


@pytest.mark.parametrize("guide", ALL)
def test_passages_are_bounded_and_have_ids_of_their_own(
    found: dict[str, list[Passage]], guide: str
) -> None:
    assert max(len(p.text) for p in found[guide]) <= 900
    assert max(len(s.text) for p in found[guide] for s in p.sentences) <= 400
    assert len({p.id for p in found[guide]}) == len(found[guide])
    assert all(p.start < p.end for p in found[guide])


@pytest.mark.parametrize("guide", ALL)
def test_nearly_every_word_of_a_page_is_in_a_passage_or_heading(
    shared: Path, guides: dict[str, list[ReadPage]], found: dict[str, list[Passage]], guide: str
) -> None:
    known = vocabulary(read.page.text for read in guides[guide])
    suffix = ".md" if guide == SCHEMES else ".txt"
    texts = (shared / "guides-text" / (guide + suffix)).read_text(encoding="utf-8").split("\f")
    for read, text in zip(guides[guide], texts, strict=False):
        page = read.page
        heads = [page.text[b.start : b.end] for b in read.blocks if b.kind == "heading"]
        said = [p for p in found[guide] if p.page == page.number]
        kept = {w for p in said for part in (p.text, *p.heads) for w in words(part)}
        kept |= {w for head in heads for w in words(clean(head, known))}
        wanted = words(clean(text, known))
        missing = [word for word in wanted if word not in kept]
        assert len(missing) <= 0.03 * len(wanted), (page.number, missing)


@pytest.mark.parametrize(
    ("guide", "page", "start", "section"),
    [
        (CRATB, 2, "Missions : Une MSP", "Les maisons de santé pluri professionnelles (MSP)"),
        (
            CRATB,
            4,
            "Missions : Les CPTS",
            "Les communautés professionnelles territoriales de santé",
        ),
        (CRATB, 4, "Les CDS sont apparentés", "Les centres de santé (CDS)"),
        (M14, 1, "Deux médecins", "Maisons de Santé Pluriprofessionnelles (MSP)"),
        (M14, 4, "Il est évolutif", "Le Projet de Santé"),
        (PACA, 4, "Elle regroupe a minima", "MSP (Maison de Santé Pluriprofessionnelle)"),
        (PACA, 14, "Attention le système", "Le système d’information partagé"),
        (PACA, 18, "Le zonage identifie", "Connaître le zonage médecins de son territoire"),
        (ESP, 5, "Des indicateurs d’évaluation", "Focus sur le suivi et l’évaluation"),
        (ESP, 6, "1. Vous INFORMER", "Missions de votre URPS"),
        (SCHEMES, None, "Une Maison de Santé", "2 - La Maison de Santé Pluriprofessionnelle (MSP)"),
    ],
)
def test_text_is_under_its_heading(
    on: On, guide: str, page: int | None, start: str, section: str
) -> None:
    passage = near(on(guide, page), start)
    assert any(heading.startswith(section) for heading in passage.section)


def test_bold_openings_are_innermost_headings(on: On) -> None:
    assert near(on(CRATB, 2), "Financement : ").section[-1] == "Financement"
    assert near(on(CRATB, 5), "Qui contacter ?").section[-1] == "Qui contacter ?"
    forms = near(on(PACA, 5), "Des établissements publics")
    assert forms.section[-2:] == ("CDS", "Forme juridique")
    assert near(on(ESP, 2), "L’initiative peut").section[-1] == "Initiative de création"


def test_a_heading_holds_over_the_page_break(on: On) -> None:
    assert near(on(CRATB, 3), "par la CPAM").section[-1] == "Organisation"
    contact = near(on(CRATB, 5), "Qui contacter ?")
    assert contact.structures == ("CPTS",)
    assert near(on(CRATB, 4), "Dans la Sarthe").section[-1].startswith("Exemple de collaboration")


def test_a_heading_in_a_box_ends_with_the_box(on: On) -> None:
    assert near(on(M14, 1), "Dans ces structures").section == ("M14. L'EXERCICE COORDONNÉ",)
    assert near(on(M14, 3), "Identifier les besoins").section == ("M14. L'EXERCICE COORDONNÉ",)


def test_columns_and_panels_are_read_one_after_the_other(
    guides: dict[str, list[ReadPage]],
) -> None:
    def order(guide: str, page: int, *terms: str) -> None:
        text = guides[guide][page - 1].page.text.replace("\n", " ")
        places = [text.index(term) for term in terms]
        assert places == sorted(places), (guide, page)

    order(PACA, 27, "Dr Marc ZECCONI", "médecins correspondants", "Dr Wilfrid GUARDIGLI")
    order(PACA, 28, "multi-sites ?", "5 MSP", "diététiciennes", "boite à outils")
    order(PACA, 29, "le sport adapté", "réussite d’une CpTs", "conformité", "référentiels")
    order(PACA, 9, "à distance l’avis", "asynchrone", "consultation en direct")
    order(PACA, 12, "son rayonnement", "longévité du projet", "La démarche qualité", "thèses")
    order(M14, 1, "sociales et territoriales", "Maisons de Santé", "Un paramédical", "(CPTS)")
    order(M14, 4, "Le Statut Juridique", "Les Financements", "D’autres structures", "ESCAP.")
    order(ESP, 3, "d’Intervention Régional", "peuvent prendre plusieurs formes", "ESP CLAP")


def test_a_paragraph_that_runs_on_in_the_next_column_is_one(on: On) -> None:
    assert "retour vers une activité" in near(on(PACA, 27), "Actuellement nous").text


def test_every_box_of_a_diagram_is_a_sentence_of_its_own(on: On) -> None:
    boxes = [s.text for s in near(on(PACA, 6), "EHPAD").sentences]
    assert boxes[:2] == ["EHPAD", "ASSOCIATIONS"]
    assert [len(box.split()) for box in boxes] == [1, 1, 3, 6]
    inner = near(on(PACA, 6), "ESP a minima")
    assert [s.text.split()[0] for s in inner.sentences] == ["ESP", "CDS", "MSP"]
    assert inner.section[-1] == "Autour d’une patientèle"
    rooms = [s.text for p in on(PACA, 26) for s in p.sentences]
    assert "Salle de réunion 40 m2" in rooms
    steps = near(on(M14, 3), "Identifier les besoins")
    assert len(steps.sentences) == 8


def test_drawn_and_private_bullets_make_items(on: On) -> None:
    obstacles = near(on(CRATB, 6), "La gestion bureaucratique")
    assert (obstacles.kind, obstacles.section[-1][:15]) == ("list", "Quelques freins")
    assert near(on(M14, 4), "Il est évolutif").kind == "list"


def test_printed_page_numbers_are_labels_and_not_text(
    guides: dict[str, list[ReadPage]], on: On
) -> None:
    labels = {read.page.number: read.page.label for read in guides[PACA]}
    assert (labels[21], labels[26]) == ("22", "28")
    assert {label for number, label in labels.items() if number not in (21, 26)} == {None}
    assert not [s for n in (21, 26) for p in on(PACA, n) for s in p.sentences if s.text in "22 28"]


@pytest.mark.parametrize(("guide", "page"), [(M14, 2), (M14, 5)])
def test_pages_of_links_only_have_text_but_no_passage(
    guides: dict[str, list[ReadPage]], on: On, guide: str, page: int
) -> None:
    assert "https://" in guides[guide][page - 1].page.text
    assert on(guide, page) == []


def test_link_lists_at_the_foot_of_a_page_are_no_passage(found: dict[str, list[Passage]]) -> None:
    bare = [p for name in (CRATB, ESP) for p in found[name] if re.fullmatch(r"\S+://\S+", p.text)]
    assert {p.kind for p in bare} == {"cell"}


def test_links_stand_on_their_words(
    found: dict[str, list[Passage]], page_of: Callable[[Passage], Page], on: On
) -> None:
    assert near(on(CRATB, 4), "Ou trouver la liste").links[0] == "https://www.fcpts.org/"
    [contact] = [p for p in on(ESP, 6) if "CONTACT" in p.text]
    assert contact.links == ("mailto:jplantrou@urpslrmp.org",)
    page = page_of(contact)
    covered = {page.text[link.start : link.end] for link in page.links}
    assert "jplantrou@urpslrmp.org" in covered


def test_contact_lines_are_kept_with_their_links(on: On) -> None:
    contact = near(on(PACA, 30), "37/39 Bd")
    assert "04 96 20 60 80" in contact.text
    assert "mailto:contact@urps-ml-paca.org" in contact.links


def test_each_word_has_a_box_on_the_displayed_page(guides: dict[str, list[ReadPage]]) -> None:
    for read in (read for name in (CRATB, M14, PACA, ESP) for read in guides[name]):
        page = read.page
        assert [page.text[b.start : b.end] for b in page.boxes] == page.text.split()
        assert all(0 <= b.left < b.right <= 1 and 0 <= b.top < b.bottom <= 1 for b in page.boxes)


def test_the_contents_of_the_markdown_guide_are_no_passages(on: On) -> None:
    assert not [p for p in on(SCHEMES, None) if "Sommaire" in p.text or p.section[-1] == "Sommaire"]
    listed = [s.text for p in on(SCHEMES, None) for s in p.sentences]
    assert not [text for text in listed if re.match(r"\d\. ", text)]


def test_headings_of_the_markdown_guide_are_found_without_marks(on: On) -> None:
    seed = near(on(SCHEMES, None), "80 000 € à la réception")
    assert seed.section[-2:] == ("Financement", "Amorçage")
    assert seed.section[1:4] == (
        "PARTIE II",
        "Les formes d'exercice coordonné",
        "4 - L'Equipe de Soins Spécialisés (ESS)",
    )
    assert near(on(SCHEMES, None), "Plusieurs niveaux").section[-1] == "A retenir"
    born = [p for p in on(SCHEMES, None) if p.text.startswith("Apparition avec")]
    assert [p.section[-1][0] for p in born] == ["1", "2", "3", "4"]
