"""Raw page text becomes readable text."""

from __future__ import annotations

import pytest

from ingest.cleaning import clean, vocabulary

KNOWN = vocabulary(
    [
        "La santé, une santé, des professionnels (CPTS) ; la SISA (Société) existe.",
        "Un projet pluri-professionnel, le conseil, une maison, l'aide, l'Etat.",
    ],
    acronyms=["MSP", "CDS", "MG"],
)


@pytest.mark.parametrize(
    ("raw", "readable"),
    [
        ("l’oﬃcine ﬁnance le ﬂux", "l’officine finance le flux"),
        ("santé\u00adnationale", "santénationale"),
        ("30\u00a0000\u202f€", "30 000 €"),
        ("1 ^{er} et 2 nd recours", "1er et 2nd recours"),
        ("1er recours", "1er recours"),
        ("42 75O €", "42 750 €"),
        ("loi n°12156*05", "loi n°12156*05"),
        ("• Prévention", "Prévention"),
        ("\uf06c Permet", "Permet"),
        ("- vous propose", "vous propose"),
        ("> > > > CONTACT", "CONTACT"),
        ("+ 1 kiné", "+ 1 kiné"),
        ("  deux\n lignes\t ici ", "deux lignes ici"),
    ],
)
def test_typesetting_leaves_no_trace(raw: str, readable: str) -> None:
    assert clean(raw) == readable


@pytest.mark.parametrize(
    ("raw", "readable"),
    [
        ("Une **prise** en *charge*", "Une prise en charge"),
        ("l'**attractivité**", "l'attractivité"),
        ("[Lien](https://a.fr/b_(c))", "Lien"),
        ("![Logo](x.png) texte", "Logo texte"),
        ("[mot][1]", "mot"),
        ("<https://a.fr>", "https://a.fr"),
        ("<b>gras</b> &amp; fin", "gras & fin"),
        ("vu <!-- caché --> lu", "vu lu"),
        ("vu <script>alert(1)</script> lu", "vu lu"),
        ("snake_case_name et 3 * 4 * 5", "snake_case_name et 3 * 4 * 5"),
        (r"\*étoile\*", "*étoile*"),
        ("## Titre", "Titre"),
    ],
)
def test_markup_is_removed_and_its_words_kept(raw: str, readable: str) -> None:
    assert clean(raw) == readable


@pytest.mark.parametrize(
    ("raw", "readable"),
    [
        ("profession-\nnels", "professionnels"),
        ("coordi-\nnation", "coordination"),
        ("pluri-\nprofessionnel", "pluri-professionnel"),
        ("rendez-\nvous", "rendez-vous"),
        ("a-t-\nelle", "a-t-elle"),
        ("tiers-\npayant", "tiers-payant"),
        ("Auvergne-\nRhône", "Auvergne-Rhône"),
        ("14-\n15", "14-15"),
        ("voir https://www.service-\npublic.fr/x", "voir https://www.service-public.fr/x"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_stays_only_if_it_belongs_to_the_word(
    raw: str, readable: str
) -> None:
    assert clean(raw, KNOWN) == readable


@pytest.mark.parametrize(
    ("raw", "readable"),
    [
        ("une CpTs ou sIsA", "une CPTS ou SISA"),
        ("les Msp et cDs", "les MSP et CDS"),
        ("le caIm existe", "le CAIM existe"),
        ("consEIL", "conseil"),
        ("naTURE DE L’aIDE", "Nature de l’aide"),
        ("InterProfessionnel", "InterProfessionnel"),
        ("la CPias", "la CPias"),
        ("1 mg de produit", "1 mg de produit"),
    ],
)
def test_scrambled_small_capitals_are_put_right(raw: str, readable: str) -> None:
    assert clean(raw, KNOWN) == readable


def test_a_word_torn_in_two_is_mended_if_the_document_knows_it() -> None:
    assert clean("les centres de sa nté", KNOWN) == "les centres de santé"
    assert clean("les centres de sa nté") == "les centres de sa nté"


def test_cleaning_twice_changes_nothing() -> None:
    raw = "• **Une** CpTs, 2 nd recours : 42 75O €, profession-\nnels"
    assert clean(clean(raw, KNOWN), KNOWN) == clean(raw, KNOWN)
