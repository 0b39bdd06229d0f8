"""Awkward files are read properly or refused with one sentence, and never cost much memory."""

from __future__ import annotations

import subprocess
import sys
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.readers import ReadPage, UnreadableFile, read
from ingest.readers.pdf_file import MAX_DRAWN
from ingest.splitting import passages

MEGABYTE = 1024 * 1024


def texts(pages: list[ReadPage]) -> list[str]:
    return [p.text for p in passages(pages, lambda _: ())]


@pytest.mark.parametrize(
    ("name", "wrong", "remedy"),
    [
        ("empty.pdf", "vide", "remplacez-le"),
        ("not-a-pdf.pdf", "n’est pas un PDF", "suffixe"),
        ("truncated.pdf", "abîmé ou incomplet", "téléchargez-le"),
        ("encrypted.pdf", "mot de passe", "sans mot de passe"),
        ("scanned.pdf", "images", "reconnaissance de caractères (OCR)"),
        ("zip-bomb.pdf", "trop volumineux une fois décompressé", "réenregistrez-le"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_the_remedy(
    bad: Path, name: str, wrong: str, remedy: str
) -> None:
    with pytest.raises(UnreadableFile) as refusal:
        read(bad / name, "essai")
    message = str(refusal.value)
    assert name in message
    assert wrong in message
    assert remedy in message
    assert "\n" not in message


def test_a_bomb_is_refused_where_there_is_one_gigabyte_of_memory(bad: Path) -> None:
    # A limit, not a reading: the peak of a child counts what its parent held when it forked.
    program = (
        "import resource, sys; from pathlib import Path; from ingest.readers import read\n"
        "resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))\n"
        "try: read(Path(sys.argv[1]), 'x')\n"
        "except Exception as error: print(type(error).__name__)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, str(bad / "zip-bomb.pdf")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    assert done.stdout.split() == ["UnreadableFile"]


def pdf(*objects: bytes) -> bytes:
    """A PDF of the given objects, numbered from 1; the first is the catalogue."""
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(body))
        body += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (size, len(body))
    return body + b"xref\n0 %d\n0000000000 65535 f \n%b" % (size, table) + trailer


def stream(data: bytes, keys: bytes = b"") -> bytes:
    packed = zlib.compress(data)
    return b"<< /Length %d /Filter /FlateDecode %b >>\nstream\n%b\nendstream" % (
        len(packed),
        keys,
        packed,
    )


def one_page(content: bytes, *more: bytes, resources: bytes = b"") -> bytes:
    """A PDF of one page; `more` objects are numbered from 6, object 5 is Helvetica."""
    return pdf(
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R"
        b" /Resources << /Font << /F1 5 0 R >> %b >> >>" % resources,
        stream(content),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        *more,
    )


def test_our_smallest_pdf_can_be_read(tmp_path: Path) -> None:
    path = tmp_path / "petit.pdf"
    path.write_bytes(one_page(b"BT /F1 12 Tf 72 700 Td (Le projet est commun.) Tj ET"))
    assert texts(read(path, "petit")) == ["Le projet est commun."]


def test_a_page_of_too_many_letters_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "dense.pdf"
    letters = b"BT /F1 1 Tf " + b"(" + b"a" * (3 * MAX_DRAWN) + b") Tj ET"
    path.write_bytes(one_page(letters))
    with pytest.raises(UnreadableFile, match="trop volumineux"):
        read(path, "dense")


def test_a_form_drawn_a_thousand_times_inside_another_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "formes.pdf"
    form = (
        b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /X %d 0 R >> >>"
    )
    path.write_bytes(
        one_page(
            b"/X Do " * 1000,
            stream(b"/X Do " * 1000, form % 7),
            stream(b"BT (mot) Tj ET " * 10, form % 8),
            resources=b"/XObject << /X 6 0 R >>",
        )
    )
    with pytest.raises(UnreadableFile, match="trop volumineux"):
        read(path, "formes")


def test_turned_pages_read_from_left_to_right(bad: Path) -> None:
    pages = read(bad / "rotated.pdf", "essai")
    for page in (one.page for one in pages):
        assert page.text.split()[:3] == ["Page", "tournée", "d’un"]
    first, second = (one.page.boxes[0] for one in pages)
    # The first page reads downwards at its right edge, the second upwards at its left edge.
    assert first.left > 0.8
    assert first.top < 0.2
    assert second.left < 0.2
    assert second.top > 0.8


def test_ligatures_and_broken_words_are_put_right(bad: Path) -> None:
    text = " ".join(texts(read(bad / "ligatures.pdf", "essai")))
    for word in ("officine", "finance", "flux", "coordination", "professionnels", "rendez-vous"):
        assert word in text


@pytest.mark.parametrize(
    ("name", "words"),
    [("bom.txt", "Deux médecins"), ("latin1.txt", "créée"), ("crlf.md", "Fin du document.")],
)
def test_any_usual_encoding_and_line_ending_is_read(bad: Path, name: str, words: str) -> None:
    [one] = read(bad / name, "essai")
    assert words in one.page.text
    assert not {"\r", "\ufeff", "\ufffd"} & set(one.page.text)


def test_utf16_is_read_by_its_mark(tmp_path: Path) -> None:
    path = tmp_path / "essai.txt"
    path.write_bytes("Une équipe soigne bien.".encode("utf-16"))
    assert texts(read(path, "essai")) == ["Une équipe soigne bien."]


def test_an_endless_line_becomes_passages_of_bounded_size(bad: Path) -> None:
    found = texts(read(bad / "huge-line.txt", "essai"))
    assert len(found) > 300
    assert max(map(len, found)) <= 900


def test_scripts_and_unsafe_links_are_dropped_and_the_text_around_them_kept(bad: Path) -> None:
    pages = read(bad / "script.md", "essai")
    found = " ".join(texts(pages))
    assert "alert" not in found
    assert "onerror" not in found
    assert "CPAM" in found
    assert pages[0].page.links == ()


def test_the_same_file_twice_gives_the_same_passages(bad: Path, shared: Path) -> None:
    name = "m14-pharmacien-exercice-coordonne.pdf"
    twice = [read(bad / "duplicate-of-m14.pdf", "m14"), read(shared / "guides" / name, "m14")]
    assert texts(twice[0]) == texts(twice[1])


@pytest.mark.parametrize("name", ["absent.pdf", "dossier.exe"])
def test_missing_files_and_unknown_formats_are_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "dossier.exe").write_bytes(b"MZ")
    with pytest.raises(UnreadableFile, match=name):
        read(tmp_path / name, "essai")


def test_an_archive_is_no_word_document_and_a_bomb_in_one_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "essai.docx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("autre.txt", "rien")
    with pytest.raises(UnreadableFile, match="abîmé"):
        read(path, "essai")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", b"<w>" + b"a" * 30 * MEGABYTE)
    with pytest.raises(UnreadableFile, match="décompressé"):
        read(path, "essai")


def test_binary_data_named_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "image.txt"
    path.write_bytes(bytes(range(32)) * 100)
    with pytest.raises(UnreadableFile, match="texte"):
        read(path, "essai")


@pytest.mark.parametrize(
    "unit",
    ["a", "**a", "_a", "[", "[a](", "(", "<!--", "<a ", "<a href=x>", ".", ". ", "A. ", " ", "\n",
     "- a\n", "Abc def\n\n", "|a|b|\n|-|-|\n", "> ", "`a", "a@", "a-\n", "^{", "&", "• "],
)  # fmt: skip
@pytest.mark.parametrize("suffix", [".md", ".html"])
def test_no_repetition_takes_more_than_linear_time(
    written: Callable[[str, str], list[ReadPage]], unit: str, suffix: str
) -> None:
    begun = time.process_time()
    pages = written(suffix, "x" + unit * (60_000 // len(unit)))
    assert max(map(len, texts(pages)), default=0) <= 900
    # Linear takes under a second, quadratic some minutes.
    assert time.process_time() - begun < 10
