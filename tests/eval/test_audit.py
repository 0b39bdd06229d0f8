from dataclasses import replace

import pytest

from assistant.answer import Answer, Citation
from eval.audit import Audit, Auditor

MONEY = "Une MSP reçoit 50 000 euros pour son démarrage."
SILENT_QUOTE = "Une CPTS couvre un territoire de 80 000 habitants."


def audited(auditor: Auditor, text: str, quote: str = MONEY, page: int = 1) -> Audit:
    cited = Citation(1, "alpha", page, None, None, quote, None, None)
    return auditor.audit(Answer("answered", "fr", text, (cited,)))


def faults(audit: Audit) -> list[str]:
    return [finding.fault for finding in audit.findings]


def test_what_the_page_says_is_confirmed(auditor: Auditor) -> None:
    audit = audited(auditor, "La MSP reçoit 50 000 € au démarrage [1].")
    assert faults(audit) == []
    assert (audit.quotes_standing, audit.on_page, audit.in_quote) == (1, 1, 1)


def test_the_same_quotation_on_another_page_is_not(auditor: Auditor) -> None:
    audit = audited(auditor, "La MSP reçoit 50 000 € au démarrage [1].", page=2)
    assert faults(audit) == ["quote", "number"]
    assert audit.quotes_standing == 0


def test_a_page_that_the_file_does_not_have_holds_nothing(auditor: Auditor) -> None:
    assert "quote" in faults(audited(auditor, "La MSP reçoit 50 000 € [1].", page=99))


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("La MSP reçoit 51 000 € au démarrage [1].", "number"),
        ("La MSP reçoit 50 000 € le 3 mars [1].", "number"),
        ("La MSP reçoit 50 000 € selon l’article L. 6323-3 [1].", "article"),
        ("La MSP reçoit 50 000 € par www.exemple.fr [1].", "contact"),
        ("La MSP reçoit 50 000 € de Jeanne [1].", "name"),
        ("La MSP ne reçoit pas 50 000 € au démarrage [1].", "negation"),
        ("La MSP reçoit 50 000 € au démarrage [2].", "marker"),
    ],
)
def test_what_the_page_does_not_say_is_named(auditor: Auditor, text: str, fault: str) -> None:
    assert fault in faults(audited(auditor, text))


@pytest.mark.parametrize(
    "quote",
    [
        "Une ESP ne demande pas de statut juridique.",
        "Elle est souple. Une ESP ne demande pas de statut juridique. Elle est petite.",
    ],
)
def test_a_denial_that_is_lost_is_named(auditor: Auditor, quote: str) -> None:
    lost = faults(audited(auditor, "L’ESP demande un statut juridique [1].", quote))
    kept = faults(audited(auditor, "L’ESP ne demande aucun statut juridique [1].", quote))
    assert "negation" in lost
    assert "negation" not in kept


def test_a_figure_elsewhere_on_the_page_is_not_in_the_quotation(auditor: Auditor) -> None:
    audit = audited(auditor, "Il y a deux médecins et 50 000 € [1].")
    assert (audit.on_page, audit.in_quote) == (1, 0)


def test_a_sentence_may_name_the_guide_its_year_and_its_page(auditor: Auditor) -> None:
    audit = audited(auditor, "Selon le Guide Alpha (2020, p. 1), la MSP reçoit 50 000 € [1].")
    assert faults(audit) == []


def test_the_page_number_and_the_year_of_the_guide_prove_no_figure(auditor: Auditor) -> None:
    audit = audited(auditor, "La CPTS a 2 bureaux depuis 2020 [1].", SILENT_QUOTE, page=2)
    assert [finding.detail for finding in audit.findings] == ["2", "2020"]


def test_a_source_in_brackets_may_carry_its_year(auditor: Auditor) -> None:
    audit = audited(auditor, "50 000 € (Alpha, 2020) [1]")
    assert (faults(audit), audit.checked, audit.in_quote) == ([], 1, 1)


def test_a_short_cited_cell_is_checked_too(auditor: Auditor) -> None:
    assert faults(audited(auditor, "| MSP | 51 000 € [1] |")) == ["number"]


def test_a_sentence_without_a_marker_is_counted(auditor: Auditor) -> None:
    audit = audited(auditor, "La MSP reçoit 50 000 € [1]. Elle est donc plutôt riche.")
    assert faults(audit) == ["uncited"]
    assert (audit.cited, audit.stating) == (1, 2)


def test_a_known_guide_without_a_file_says_nothing_either_way(auditor: Auditor) -> None:
    fileless = replace(auditor, originals=type(auditor.originals)({}))
    audit = audited(fileless, "La MSP reçoit 51 000 € au démarrage [1].")
    assert (audit.quotes, audit.checked, faults(audit)) == (0, 0, [])


def test_an_invented_guide_is_a_fault(auditor: Auditor) -> None:
    cited = Citation(1, "gamma", 1, None, None, MONEY, None, None)
    audit = auditor.audit(Answer("answered", "fr", "La MSP reçoit 50 000 € [1].", (cited,)))
    assert "quote" in faults(audit)
