"""Blocks become passages of bounded size under the right headings."""

from __future__ import annotations

from corpus.guide import Link, Page, Passage
from ingest.readers.blocks import Block, BlockKind, ReadPage
from ingest.splitting import MAX_LENGTH, MAX_LIST_LENGTH, MAX_SENTENCES, passages
from tests.ingest.conftest import structures_in

Told = (
    tuple[BlockKind, str] | tuple[BlockKind, str, int] | tuple[BlockKind, str, int, tuple[int, ...]]
)


def page_with(*told: Told, number: int = 1) -> ReadPage:
    """A page of blocks: (kind, text, level, panel)."""
    text, blocks = "", []
    for one in told:
        text += "\n\n" if text else ""
        level = one[2] if len(one) > 2 else 0
        panel = one[3] if len(one) > 3 else ()
        blocks.append(Block(one[0], len(text), len(text) + len(one[1]), level, (), panel))
        text += one[1]
    return ReadPage(Page("guide", number, None, text), tuple(blocks))


def split(*pages: ReadPage) -> list[Passage]:
    return passages(pages, structures_in)


def test_a_paragraph_is_under_its_heading_and_those_above_it() -> None:
    page = page_with(
        ("heading", "Un", 1),
        ("heading", "Deux", 2),
        ("paragraph", "Un texte court."),
        ("heading", "Trois", 2),
        ("paragraph", "Un autre texte."),
    )
    assert [one.section for one in split(page)] == [("Un", "Deux"), ("Un", "Trois")]


def test_headings_hold_on_the_next_page_until_another_of_their_level() -> None:
    first = page_with(("heading", "Un", 1), ("heading", "Deux", 2))
    second = page_with(("paragraph", "la suite du texte."), ("heading", "Autre", 1), number=2)
    third = page_with(("paragraph", "Encore du texte."), number=3)
    assert [one.section for one in split(first, second, third)] == [("Un", "Deux"), ("Autre",)]


def test_a_heading_in_a_box_says_nothing_about_what_follows_the_box() -> None:
    page = page_with(
        ("heading", "Un", 1),
        ("heading", "Dehors", 2),
        ("paragraph", "Texte au dehors."),
        ("heading", "Dedans", 2, (7,)),
        ("paragraph", "Texte au dedans.", 0, (7,)),
        ("paragraph", "Texte au dehors encore."),
    )
    assert [one.section[-1] for one in split(page)] == ["Dehors", "Dedans", "Dehors"]


def test_a_run_in_head_stays_in_the_text_and_heads_what_follows() -> None:
    text = "Missions : soigner les gens.\n\nElle les suit aussi."
    blocks = (Block("heading", 0, 10, 9), Block("paragraph", 0, 28), Block("paragraph", 30, 50))
    [passage] = split(ReadPage(Page("g", 1, None, text), blocks))
    assert passage.section == ("Missions",)
    assert [one.text for one in passage.sentences] == [
        "Missions : soigner les gens.",
        "Elle les suit aussi.",
    ]


def test_the_items_of_a_list_are_one_passage_with_the_sentence_that_leads_to_them() -> None:
    page = page_with(
        ("paragraph", "Elle est utile. Elle permet :"),
        ("item", "• un"),
        ("item", "• deux"),
        ("paragraph", "Voici la suite."),
    )
    before, listed, after = split(page)
    assert (before.kind, listed.kind, after.kind) == ("paragraph", "list", "paragraph")
    assert before.text == "Elle est utile."
    assert listed.heads == ("Elle permet :",)
    assert [one.text for one in listed.sentences] == ["Elle permet :", "un", "deux"]


def test_a_paragraph_without_colon_leads_to_no_list() -> None:
    page = page_with(("paragraph", "Un texte à part."), ("item", "• un"), ("item", "• deux"))
    assert [one.heads for one in split(page)] == [(), ()]


def test_a_long_list_is_split_with_the_same_heads() -> None:
    items: list[Told] = [("item", f"• {n} " + "mot " * 20) for n in range(30)]
    found = split(page_with(("paragraph", "Elle fait ceci :"), *items))
    assert len(found) > 2
    assert {one.heads for one in found} == {("Elle fait ceci :",)}
    assert all(len(one.text) <= MAX_LIST_LENGTH for one in found)


def test_a_long_paragraph_is_split_evenly_at_sentences() -> None:
    sentence = "Le projet décrit les besoins et les actions prévues."
    found = split(page_with(("paragraph", " ".join([sentence] * 10))))
    assert [len(one.sentences) for one in found] == [3, 4, 3]
    assert all(len(one.text) <= MAX_LENGTH for one in found)
    assert max(len(one.sentences) for one in found) <= MAX_SENTENCES


def test_fewer_than_three_words_are_a_passage_only_as_item_cell_or_address() -> None:
    assert split(page_with(("paragraph", "Deux mots"))) == []
    assert [one.text for one in split(page_with(("item", "• Soins")))] == ["Soins"]
    assert [one.text for one in split(page_with(("paragraph", "a@b.fr")))] == ["a@b.fr"]


def test_structures_come_from_the_text_before_the_headings() -> None:
    page = page_with(
        ("heading", "La MSP", 1),
        ("paragraph", "Une CPTS est vaste."),
        ("paragraph", "Elle soigne bien."),
    )
    assert [one.structures for one in split(page)] == [("CPTS",), ("MSP",)]


def test_a_page_with_a_heading_of_its_own_borrows_no_structure_from_the_page_before() -> None:
    first = page_with(("heading", "Le CDS", 1), ("paragraph", "Il soigne bien."))
    opened = page_with(
        ("heading", "Qui paie ?", 2), ("paragraph", "Une collectivité publique."), number=2
    )
    running = page_with(("paragraph", "il soigne encore bien."), number=2)
    assert [one.structures for one in split(first, opened)] == [("CDS",), ()]
    assert [one.structures for one in split(first, running)] == [("CDS",), ("CDS",)]


def test_ids_tell_guide_page_and_span_and_are_unique() -> None:
    found = split(
        page_with(("paragraph", "Un texte court.")), page_with(("paragraph", "Un texte court."))
    )
    assert [one.id for one in found] == ["guide:1:0-15", "guide:1:0-15.1"]


def test_links_inside_the_passage_are_kept() -> None:
    text = "Voir le site ici.\n\nPuis un autre texte."
    page = Page("g", None, None, text, (Link(13, 16, "https://a.fr"),))
    found = split(ReadPage(page, (Block("paragraph", 0, 17), Block("paragraph", 19, 39))))
    assert [one.links for one in found] == [("https://a.fr",), ()]


def test_acronyms_given_are_put_right() -> None:
    page = page_with(("paragraph", "Une sIsA est créée."))
    [passage] = passages([page], structures_in, ["SISA"])
    assert passage.text == "Une SISA est créée."
