from eval.denial import denial_differs, negated


def test_denials_are_seen_in_both_languages() -> None:
    assert negated("Une ESP n’est pas tenue d’avoir un local.")
    assert negated("It does not need premises.")
    assert negated("sans statut juridique")
    assert not negated("sans statut juridique", firmly=True)
    assert not negated("Une ESP a un local.")


def test_a_clause_that_lost_its_denial_differs_whatever_stands_beside_it() -> None:
    quote = "La SCP ne permet pas le partage. La transformation en SISA est possible."
    assert denial_differs("La SCP permet le partage ; elle peut devenir une SISA.", quote)
    assert not denial_differs("La SCP ne permet pas le partage, une SISA est possible.", quote)


def test_a_clause_that_gained_a_denial_differs() -> None:
    quote = "Le coordonnateur anime la réunion. Il ne signe pas le contrat."
    assert denial_differs("Le coordonnateur n’anime pas la réunion.", quote)
    assert not denial_differs("Le coordonnateur anime la réunion.", quote)


def test_another_language_is_compared_as_a_whole() -> None:
    assert denial_differs("An ESP needs premises.", "Une ESP n’a pas besoin de locaux.")
    assert not denial_differs("An ESP needs no premises.", "Une ESP n’a pas besoin de locaux.")
