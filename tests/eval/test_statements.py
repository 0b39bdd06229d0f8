from eval.statements import Statement, markers_in, segments, statements


def test_a_marker_behind_the_full_stop_belongs_to_the_sentence_before() -> None:
    found = statements("Une MSP a deux médecins. [1] Elle a un projet [2]. Fin.")
    assert [one.markers for one in found] == [(1,), (2,), ()]


def test_a_marker_at_the_end_of_a_line_belongs_to_its_last_sentence() -> None:
    assert [one.markers for one in statements("- Une MSP a deux médecins. [1][2]")] == [(1, 2)]


def test_an_article_of_law_does_not_end_a_sentence() -> None:
    assert len(statements("C’est l’article L. 6323-3 du code [1].")) == 1


def test_each_table_cell_is_a_segment() -> None:
    found = segments("| | MSP | CDS |\n|---|---|---|\n| Qui ? | deux [1] | salariés [2] |")
    assert [one.markers for one in found] == [(), (), (), (1,), (2,)]


def test_headings_are_not_statements() -> None:
    assert statements("## Le titre du chapitre\nUne phrase entière de cinq mots [1].") == (
        Statement("Une phrase entière de cinq mots .", (1,)),
    )


def test_introductions_and_questions_state_nothing() -> None:
    assert not Statement("Les guides disent deux choses :", ()).says_something
    assert not Statement("Parlez-vous de la MSP ou du CDS ?", ()).says_something
    assert not Statement("Oui.", ()).says_something
    assert Statement("Une MSP a deux médecins.", ()).says_something


def test_a_markdown_link_is_not_a_marker() -> None:
    assert markers_in("voir [1](http://x.fr) et [2]") == (2,)
