"""Search by words forgives accents, endings, acronyms and slips."""

import math
from collections.abc import Sequence

import pytest

from corpus.keywords import Keywords
from corpus.lexicon import read_lexicon

TEXTS = {
    "cpts": "Une communauté professionnelle territoriale de santé a un coordonnateur.",
    "aci": "Le financement vient de l’ACI.",
    "msp": "La MSP réunit des médecins généralistes.",
    "etp": "Éducation thérapeutique des patients diabétiques.",
}


def fill(keywords: Keywords, ids: Sequence[str], texts: Sequence[str]) -> None:
    """Index the terms of these texts, as the index does with those that it keeps."""
    keywords.fill(ids, [keywords.terms(text) for text in texts])


@pytest.fixture(scope="module")
def keywords() -> Keywords:
    filled = Keywords(read_lexicon())
    fill(filled, list(TEXTS), list(TEXTS.values()))
    return filled


def found(keywords: Keywords, question: str) -> list[str]:
    terms = keywords.repaired(keywords.terms(question))
    return [identity for identity, _ in keywords.search(terms, 10)]


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("GENERALISTES", "msp"),
        ("un généraliste", "msp"),
        ("comment financer", "aci"),
        ("education", "etp"),
        ("CPTS", "cpts"),
        ("accord conventionnel interprofessionnel", "aci"),
        ("maison de santé pluriprofessionnelle", "msp"),
        ("l’ETP", "etp"),
        ("coordonateur", "cpts"),
        ("coordonateurs", "cpts"),
        ("daibetiques", "etp"),
        ("finacement", "aci"),
    ],
)
def test_the_text_that_is_meant_comes_first(keywords: Keywords, question: str, first: str) -> None:
    assert found(keywords, question)[:1] == [first]


@pytest.mark.parametrize("question", ["", "le la les de", "zzzzzzzz", "xy", "2019", "?!"])
def test_nothing_is_found_for_words_that_no_text_holds(keywords: Keywords, question: str) -> None:
    assert found(keywords, question) == []


def test_no_more_texts_than_asked_for_come_best_first(keywords: Keywords) -> None:
    terms = keywords.terms("financement médecins coordonnateur MSP")
    hits = keywords.search(terms, 2)
    assert [identity for identity, _ in hits][:1] == ["msp"]
    assert len(hits) == 2
    assert hits[0][1] > hits[1][1] > 0


def test_an_acronym_and_its_long_form_share_a_term(keywords: Keywords) -> None:
    assert "#ETP" in keywords.terms("ETP")
    assert "#ETP" in keywords.terms("éducation thérapeutique")


def test_short_words_and_numbers_stay_as_typed(keywords: Keywords) -> None:
    assert keywords.repaired(["aco", "6323", "#ACJ"]) == ["aco", "6323", "#ACJ"]


def test_a_known_word_is_not_repaired(keywords: Keywords) -> None:
    terms = keywords.terms(TEXTS["cpts"])
    assert keywords.repaired(terms) == terms


def test_a_rarer_word_tells_more(keywords: Keywords) -> None:
    keywords_of_two = Keywords(read_lexicon())
    fill(keywords_of_two, ["1", "2"], ["budget commun", "budget propre"])
    budget, commun = keywords_of_two.terms("budget commun")
    # Two texts: log(3 / 3) for a word of both, log(3 / 2) for a word of one, log(3) for neither.
    assert keywords_of_two.rarity(budget) == 0
    assert keywords_of_two.rarity(commun) == pytest.approx(math.log(1.5))
    assert keywords_of_two.rarity("absent") == pytest.approx(math.log(3))


def test_a_share_counts_each_term_once_and_rare_ones_more(keywords: Keywords) -> None:
    keywords_of_two = Keywords(read_lexicon())
    fill(keywords_of_two, ["1", "2"], ["budget commun", "autre mot"])
    asked = keywords_of_two.weights(keywords_of_two.terms("budget, budget, absent"))
    # log(3 / 2) for a word of one text, log(3) for a word of neither.
    assert asked.share({"budget"}) == pytest.approx(math.log(1.5) / math.log(4.5))
    assert asked.share({"budget", "absent"}) == pytest.approx(1)
    assert keywords_of_two.weights([]).share({"budget"}) == 0


@pytest.mark.parametrize("texts", [[], [""], ["le la"]])
def test_texts_without_words_can_be_searched(texts: list[str]) -> None:
    empty = Keywords(read_lexicon())
    fill(empty, [str(place) for place, _ in enumerate(texts)], texts)
    assert empty.search(["budget"], 5) == []


def test_filling_again_replaces_what_was_there() -> None:
    keywords = Keywords(read_lexicon())
    fill(keywords, ["old"], ["budget"])
    fill(keywords, ["new"], ["territoire"])
    assert keywords.search(keywords.terms("budget"), 5) == []
    assert [identity for identity, _ in keywords.search(keywords.terms("territoire"), 5)] == ["new"]
