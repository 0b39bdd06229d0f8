"""Which other passages of a guide are offered beside a citation."""

from assistant.web.others import others
from corpus.guide import Passage, Sentence


def passage(page: int, start: int, text: str = "") -> Passage:
    sentence = Sentence(text or f"{page}/{start}", start, start + 10)
    key = f"{page}/{start}"
    return Passage(key, "g", page, None, "paragraph", ("Titre",), (), (sentence,))


GUIDE = [
    passage(1, 0),
    passage(1, 20),
    passage(2, 0),
    passage(2, 20),
    passage(2, 40),
    passage(3, 0),
]


def told(number: int, start: int, end: int) -> list[str]:
    return [one.text for one in others(GUIDE, number, start, end, lambda one: f"p. {one.page}")]


def test_the_page_comes_first_then_what_is_nearest() -> None:
    assert told(2, 40, 50) == ["2/20", "2/0", "3/0", "1/20", "1/0"]


def test_what_is_cited_is_not_offered() -> None:
    assert "2/0" not in told(2, 0, 25)
    assert "2/20" not in told(2, 0, 25)


def test_without_a_cited_place_nothing_is_offered() -> None:
    assert others(GUIDE, 2, None, None, lambda one: "") == ()
    assert told(9, 0, 10) == []


def test_a_long_passage_is_cut_at_a_word() -> None:
    guide = [passage(1, 0), passage(1, 20, "mot " * 100)]
    (one,) = others(guide, 1, 0, 5, lambda one: "p. 1")
    assert one.text.endswith("mot…")
    assert len(one.text) <= 181
