"""Markdown, plain text, HTML and Word files become headings, lists, tables and links."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from corpus.guide import Passage
from ingest.readers import ReadPage, read
from ingest.splitting import passages
from tests.ingest.conftest import structures_in

Written = Callable[[str, str], list[ReadPage]]


def split(pages: list[ReadPage]) -> list[Passage]:
    return passages(pages, structures_in)


def test_markdown_headings_lists_and_tables(written: Written) -> None:
    text = (
        "---\nlang: fr\n---\n# Guide **CPTS** #\n\n"
        "Titre deux\n---\n\nElle permet :\n- un\n- deux\n  et demi\n\n"
        "| Forme | Échelle | Aide |\n|:--|--:|---|\n| ESP | patientèle | |\n| A\\|B | x | y |\n"
    )
    found = split(written(".md", text))
    listed, *cells = found
    assert listed.section == ("Guide CPTS", "Titre deux")
    assert [s.text for s in listed.sentences] == ["Elle permet :", "un", "deux et demi"]
    assert [(c.heads, c.text) for c in cells] == [
        (("ESP", "Échelle"), "patientèle"),
        (("A|B", "Échelle"), "x"),
        (("A|B", "Aide"), "y"),
    ]


def test_markdown_links_of_every_kind_are_kept_and_unsafe_ones_dropped(written: Written) -> None:
    text = (
        "Un [site](https://a.fr/x_(y)), [un autre][r], <https://c.fr>, <a href='https://d.fr'>e</a>,"
        " contact@f.fr, [piège](javascript:alert(1)).\n\n[r]: https://b.fr\n"
    )
    [page] = written(".md", text)
    assert [link.target for link in page.page.links] == [
        "https://a.fr/x_(y)", "https://b.fr", "https://c.fr", "https://d.fr", "mailto:contact@f.fr",
    ]  # fmt: skip
    [passage] = split([page])
    assert passage.text == "Un site, un autre, https://c.fr, e, contact@f.fr, piège."


def test_bold_lines_and_bold_openings_are_headings(written: Written) -> None:
    found = split(
        written(".md", "# Un\n\n**Le cadre**\n\nUn texte assez long.\n\n**Coût :** mille euros.\n")
    )
    assert [one.section for one in found] == [("Un", "Le cadre"), ("Un", "Le cadre", "Coût")]
    assert found[-1].text == "Coût : mille euros."


def test_a_table_of_contents_of_links_is_no_passage(written: Written) -> None:
    contents = "- [Deux](#deux)\n- [Trois](#trois)\n"
    text = f"# Un\n\n{contents}\n## Deux\n\nUn texte bref.\n\n## Trois\n\nUn autre texte.\n"
    assert [p.kind for p in split(written(".md", text))] == ["paragraph", "paragraph"]


def test_two_sections_may_have_the_same_list(written: Written) -> None:
    text = "# Un\n\n- soins\n- visites\n\n# Deux\n\n- soins\n- visites\n"
    assert [p.section for p in split(written(".md", text))] == [("Un",), ("Deux",)]


def test_plain_text_takes_marks_for_what_they_are(written: Written) -> None:
    [passage] = split(written(".txt", "# ceci n’est pas un titre\nmais un texte."))
    assert passage.section == ()


def test_html_is_read_as_shown(written: Written) -> None:
    found = split(
        written(
            ".html",
            "<html><head><title>Onglet</title><style>p{}</style></head><body><nav>menu</nav>"
            "<h1>La <em>CPTS</em></h1><p>Elle a un <a href='https://a.fr'>site\n utile</a>.</p>"
            "<script>alert(1)</script><template>x</template><p hidden>caché</p>"
            "<p><b>Missions :</b> soigner les gens.</p><ul><li>un<ul><li>deux</li></ul></li></ul>"
            "</body></html>",
        )
    )
    assert [p.text for p in found] == [
        "Elle a un site utile.", "Missions : soigner les gens.", "un deux",
    ]  # fmt: skip
    assert found[0].links == ("https://a.fr",)
    assert found[1].section == ("La CPTS", "Missions")
    assert [s.text for s in found[2].sentences] == ["un", "deux"]


def test_html_tables_with_merged_cells_have_their_heads(written: Written) -> None:
    found = split(
        written(
            ".html",
            "<table><tr><th rowspan=2></th><th colspan=2>ESP</th><th rowspan=2>CPTS</th></tr>"
            "<tr><th>CDS</th><th>MSP</th></tr><tr><th>Aide</th><td>a</td><td colspan=2>b<br>c</td>"
            "</tr><tr><td>z</td></tr></table>",
        )
    )
    assert [(p.heads, p.text) for p in found][:2] == [
        (("Aide", "ESP", "CDS"), "a"),
        (("Aide", "ESP", "MSP", "CPTS"), "b c"),
    ]


def link_to(paragraph, words: str, target: str) -> None:  # type: ignore[no-untyped-def]
    """Adds a hyperlink, which python-docx can read but not write."""
    part = paragraph.part.relate_to(target, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link, run, text = (OxmlElement(name) for name in ("w:hyperlink", "w:r", "w:t"))
    link.set(qn("r:id"), part)
    text.text = words
    run.append(text)
    link.append(run)
    paragraph._p.append(link)


def test_word_documents_keep_headings_lists_tables_and_links(tmp_path: Path) -> None:
    document = Document()
    document.add_heading("Le guide", 0)
    document.add_heading("Les aides", 1)
    paragraph = document.add_paragraph()
    paragraph.add_run("Montant :").bold = True
    paragraph.add_run(" mille euros, voir ")
    link_to(paragraph, "le site", "https://a.fr")
    document.add_paragraph("Elle paie :")
    for item in ("les murs", "les outils"):
        document.add_paragraph(item, style="List Bullet")
    table = document.add_table(rows=3, cols=3)
    for row, words in enumerate(
        (("", "ESP", ""), ("Coût", "dix", "vingt"), ("Durée", "deux ans", ""))
    ):
        for column, word in enumerate(words):
            table.cell(row, column).paragraphs[0].add_run(word).bold = row == 0 or column == 0
    table.cell(0, 1).merge(table.cell(0, 2))
    table.cell(2, 1).merge(table.cell(2, 2))
    path = tmp_path / "essai.docx"
    document.save(str(path))

    priced, listed, *cells = split(read(path, "essai"))
    assert priced.section == ("Le guide", "Les aides", "Montant")
    assert priced.text == "Montant : mille euros, voir le site"
    assert priced.links == ("https://a.fr",)
    assert [s.text for s in listed.sentences] == ["Elle paie :", "les murs", "les outils"]
    assert [(c.heads, c.text) for c in cells] == [
        (("Coût", "ESP"), "dix"), (("Coût", "ESP"), "vingt"), (("Durée", "ESP"), "deux ans"),
    ]  # fmt: skip
