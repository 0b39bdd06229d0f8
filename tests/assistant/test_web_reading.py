"""How the text of a guide without pages is shown."""

from dataclasses import replace

from assistant.web.reading import Piece, around, headings, parts, quote, readable
from corpus.guide import Page, Passage, Sentence

TEXT = "| **ESP** | <ul><li>Deux médecins</li></ul> |\n\nUne phrase. Une autre."
PAGE = Page("guide", None, None, TEXT)
CELL = Sentence("Deux médecins", TEXT.index("Deux"), TEXT.index("</li>"))
ONE = Sentence("Une phrase.", TEXT.index("Une phrase"), TEXT.index(" Une autre"))
TWO = Sentence("Une autre.", TEXT.index("Une autre"), len(TEXT))


def passage(*sentences: Sentence) -> Passage:
    return Passage("id", "guide", None, None, "paragraph", ("Partie",), (), sentences)


PASSAGES = (passage(CELL), passage(ONE, TWO))


def test_markup_is_not_shown() -> None:
    assert readable(TEXT) == "ESP Deux médecins Une phrase. Une autre."


def test_superscripts_lose_their_notation() -> None:
    assert readable("1 ^{er} recours") == "1 er recours"


def test_the_span_is_marked_among_its_neighbours() -> None:
    cell, text = around(PAGE, PASSAGES, ONE.start, ONE.end)
    assert cell.pieces == (Piece("Deux médecins"),)
    assert text.pieces == (Piece("Une phrase.", marked=True), Piece("Une autre."))


def test_a_heading_is_shown_once() -> None:
    assert [block.heading for block in around(PAGE, PASSAGES, 0, 1)] == ["Partie", ""]


def test_part_of_a_sentence_is_marked_alone() -> None:
    start = TEXT.index("phrase")
    text = around(PAGE, PASSAGES, start, start + 6)[1]
    assert text.pieces[:3] == (Piece("Une"), Piece("phrase", marked=True), Piece("."))


def test_an_unknown_span_marks_nothing() -> None:
    blocks = around(PAGE, PASSAGES, None, None)
    assert not any(piece.marked for block in blocks for piece in block.pieces)


def test_text_without_passages_is_shown_around_the_span() -> None:
    (block,) = around(PAGE, (), ONE.start, ONE.end)
    assert Piece("Une phrase.", marked=True) in block.pieces


def test_a_quote_is_told_in_clean_words() -> None:
    assert quote(PAGE, PASSAGES, CELL.start, CELL.end) == "Deux médecins"


def test_a_quote_without_sentence_is_the_text_itself() -> None:
    assert quote(PAGE, (), TEXT.index("<ul>"), TEXT.index(" |\n")) == "Deux médecins"


def test_a_heading_tells_only_what_is_new_in_its_trail() -> None:
    cells = [
        replace(passage(one), section=("Guide", "Tableau"), heads=("Financement", structure))
        for one, structure in ((CELL, "ESP"), (ONE, "MSP"))
    ]
    headings = [block.heading for block in around(PAGE, cells, 0, 1)]
    assert headings == ["Financement › ESP", "MSP"]


def test_a_head_that_begins_the_text_is_not_told_twice() -> None:
    listed = replace(passage(ONE), heads=("Une phrase :",))
    assert around(PAGE, [listed], 0, 1)[0].heading == "Partie"


def test_a_guide_without_pages_is_cut_where_a_part_begins() -> None:
    def under(heading: str, start: int) -> Passage:
        sentence = Sentence("mot " * 200, start, start + 800)
        return Passage(str(start), "g", None, None, "paragraph", (heading,), (), (sentence,))

    passages = [under("A" if n < 5 else "B", n * 800) for n in range(8)]
    assert [[one.section[0] for one in part] for part in parts(passages)] == [
        ["A"] * 5,
        ["B"] * 3,
    ]


def test_a_part_that_goes_on_for_long_is_cut_all_the_same() -> None:
    sentence = Sentence("mot " * 200, 0, 800)
    one = Passage("x", "g", None, None, "paragraph", ("A",), (), (sentence,))
    assert [len(part) for part in parts([one] * 20)] == [7, 7, 6]


def test_a_heading_that_a_cell_repeats_is_told_once() -> None:
    heads = ("Composition (au minimum) :", "MSP")
    sentence = Sentence("Deux médecins", 0, 10)
    cell = Passage(
        "x", "g", 1, None, "cell", ("Guide", "Composition (au minimum)"), heads, (sentence,)
    )
    assert headings(cell) == ("Guide", "Composition (au minimum)", "MSP")
