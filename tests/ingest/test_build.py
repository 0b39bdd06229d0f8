"""Ingestion keeps the index in step with the folder, and never leaves it broken."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from corpus.errors import CorpusError, IndexMismatchError
from corpus.index import Index
from corpus.lexicon import read_lexicon
from corpus.manifest import read_manifest
from corpus.settings import Settings
from ingest.build import build
from ingest.report import Report
from tests.doubles import LetterEncoder, kitchen_for, settings_for

ALPHA = "Une équipe du Jura soigne bien.\n\nElle se réunit le mardi dans la salle commune.\n"
BETA = "Le budget de la maison vient du département chaque année.\n"
ROOT = Path(__file__).resolve().parents[2]


class World:
    """A folder of guides and its index, made with an encoder of letters."""

    def __init__(self, folder: Path) -> None:
        self.settings = settings_for(folder)
        self.settings.guides.mkdir()
        self.encoder = LetterEncoder()

    def write(self, name: str, text: str) -> Path:
        path = self.settings.guides / name
        path.write_text(text, encoding="utf-8")
        return path

    def build(
        self,
        rebuild: bool = False,
        progress: Callable[[str], None] = lambda _: None,
        settings: Settings | None = None,
    ) -> Report:
        self.encoder = LetterEncoder()
        kitchen = kitchen_for(settings or self.settings, self.encoder, progress)
        return build(kitchen, rebuild)

    def texts(self) -> list[str]:
        """What the index holds, read as the assistant would."""
        settings = self.settings
        index = Index.open(settings.data, LetterEncoder(), read_lexicon(), settings.guides)
        found = [one.text for one in index.passages()]
        index.close()
        return sorted(found)


@pytest.fixture
def world(tmp_path: Path) -> World:
    made = World(tmp_path)
    made.write("alpha.txt", ALPHA)
    made.write("beta.md", BETA)
    return made


def outcomes(report: Report) -> dict[str, str]:
    return {line.name: line.outcome for line in report.lines}


def note(report: Report, name: str) -> str:
    [line] = [line for line in report.lines if line.name == name]
    return str(line)


def test_every_file_is_read_and_counted(world: World) -> None:
    report = world.build()
    assert report.published
    assert [(r.name, r.outcome, r.pages) for r in report.lines] == [
        ("alpha.txt", "lu", 1),
        ("beta.md", "lu", 1),
    ]
    assert sum(line.passages for line in report.lines) == len(world.texts()) > 1


def test_a_second_run_changes_nothing_and_encodes_nothing(world: World) -> None:
    world.build()
    before = read_manifest(world.settings.data)
    report = world.build()
    assert not report.published
    assert set(outcomes(report).values()) == {"inchangé"}
    assert str(report).endswith("Rien n’a changé.")
    assert world.encoder.seen == []
    assert read_manifest(world.settings.data) == before


def test_a_changed_file_is_replaced_and_the_others_are_taken_over(world: World) -> None:
    world.build()
    world.write("beta.md", "Le budget vient désormais de la région.\n")
    report = world.build()
    assert outcomes(report) == {"alpha.txt": "inchangé", "beta.md": "lu"}
    assert len(world.encoder.seen) == 1
    assert "Le budget vient désormais de la région." in world.texts()
    assert not any("département" in text for text in world.texts())
    assert any("Jura" in text for text in world.texts())


def test_a_new_file_is_added(world: World) -> None:
    world.build()
    world.write("gamma.html", "<p>Un troisième guide arrive enfin.</p>")
    assert outcomes(world.build())["gamma.html"] == "lu"
    assert "Un troisième guide arrive enfin." in world.texts()


def test_a_vanished_file_is_removed(world: World) -> None:
    world.build()
    (world.settings.guides / "beta.md").unlink()
    report = world.build()
    assert outcomes(report) == {"alpha.txt": "inchangé", "beta.md": "retiré"}
    assert not any("budget" in text for text in world.texts())
    assert not world.build().published


def test_the_same_bytes_under_another_name_are_told_and_taken_once(world: World) -> None:
    world.write("zeta.txt", ALPHA)
    report = world.build()
    assert note(report, "zeta.txt") == (
        "doublon   zeta.txt : mêmes octets que alpha.txt, pris une seule fois"
    )
    assert len(set(world.texts())) == len(world.texts())
    again = world.build()
    assert not again.published
    assert outcomes(again)["zeta.txt"] == "doublon"


def test_a_twin_takes_the_place_of_the_file_that_vanished(world: World) -> None:
    world.write("zeta.txt", ALPHA)
    world.build()
    (world.settings.guides / "alpha.txt").unlink()
    report = world.build()
    assert outcomes(report) == {"alpha.txt": "retiré", "beta.md": "inchangé", "zeta.txt": "lu"}
    assert any("Jura" in text for text in world.texts())


def test_of_two_twins_the_one_with_a_catalogued_name_is_the_guide(
    world: World, bad_guides: Path
) -> None:
    known = world.settings.guides / "urps-occitanie-dispositifs.md"
    known.write_text(BETA, encoding="utf-8")
    assert outcomes(world.build())["beta.md"] == "doublon"
    assert "urps-occitanie-dispositifs" in {
        guide.id for guide in read_manifest(world.settings.data).guides
    }


def test_two_guides_of_one_name_are_not_mixed_up(world: World) -> None:
    world.write("alpha.html", "<p>Une tout autre page sur le même sujet.</p>")
    report = world.build()
    assert outcomes(report) == {"alpha.html": "lu", "alpha.txt": "refusé", "beta.md": "lu"}
    assert "renommez" in note(report, "alpha.txt")
    assert not any("Jura" in text for text in world.texts())


def test_a_file_that_the_disk_does_not_give_stops_nothing(world: World) -> None:
    # Reading the beginning of a process's memory is an error for every user, root included.
    (world.settings.guides / "panne.txt").symlink_to("/proc/self/mem")
    report = world.build()
    assert outcomes(report) == {"alpha.txt": "lu", "beta.md": "lu", "panne.txt": "refusé"}
    assert "illisible sur le disque" in note(report, "panne.txt")


def test_a_name_that_is_no_text_stops_nothing(world: World) -> None:
    strange = os.path.join(os.fsencode(world.settings.guides), b"caf\xe9.txt")
    Path(os.fsdecode(strange)).write_text("Un guide au nom mal écrit.", encoding="utf-8")
    report = world.build()
    assert outcomes(report) == {"alpha.txt": "lu", "beta.md": "lu", "caf?.txt": "refusé"}
    assert "renommez-le" in note(report, "caf?.txt")
    assert not world.build().published


def test_the_awkward_files_are_all_survived_and_told(world: World, bad_guides: Path) -> None:
    for path in bad_guides.iterdir():
        shutil.copy(path, world.settings.guides)
    report = world.build()
    assert {line.name for line in report.refused} == {
        "empty.pdf",
        "encrypted.pdf",
        "not-a-pdf.pdf",
        "scanned.pdf",
        "truncated.pdf",
        "zip-bomb.pdf",
    }
    assert all(len(str(line).splitlines()) == 1 for line in report.lines)
    assert all(line.note for line in report.refused)
    assert outcomes(report)["duplicate-of-m14.pdf"] == "lu"
    assert any("Jura" in text for text in world.texts())
    again = world.build()
    assert not again.published
    assert {line.name for line in again.refused} == {line.name for line in report.refused}


def test_text_of_a_document_is_data(world: World, bad_guides: Path) -> None:
    shutil.copy(bad_guides / "script.md", world.settings.guides)
    world.build()
    assert not any("<script" in text or "onerror" in text for text in world.texts())


def test_a_folder_without_guides_gives_an_empty_index(tmp_path: Path) -> None:
    empty = World(tmp_path)
    report = empty.build()
    assert report.published
    assert report.lines == ()
    assert empty.texts() == []


def test_an_interruption_leaves_the_previous_index(world: World) -> None:
    world.build()
    before = world.texts()
    world.write("alpha.txt", "Tout autre chose que la première fois.\n")
    world.write("beta.md", "Encore autre chose que la première fois.\n")

    def interrupted(name: str) -> None:
        if name == "beta.md":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.build(progress=interrupted)
    assert world.texts() == before
    assert outcomes(world.build()) == {"alpha.txt": "lu", "beta.md": "lu"}
    assert len(world.texts()) == 2


def test_an_interrupted_rebuild_leaves_the_previous_index(world: World) -> None:
    world.build()
    before = world.texts()

    def interrupted(name: str) -> None:
        if name == "beta.md":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        world.build(rebuild=True, progress=interrupted)
    assert world.texts() == before


@pytest.fixture
def other_process(world: World) -> Iterator[subprocess.Popen[str]]:
    """An ingestion of the same folder that stops, mid-way, at its second file."""
    program = (
        "import sys, time; from pathlib import Path\n"
        "from ingest.build import build\n"
        "from tests.doubles import LetterEncoder, kitchen_for, settings_for\n"
        "def step(name):\n"
        "    if name == 'beta.md': print('half-way', flush=True); time.sleep(60)\n"
        "build(kitchen_for(settings_for(Path(sys.argv[1])), LetterEncoder(), step), rebuild=True)\n"
    )
    world.build()
    process = subprocess.Popen(
        [sys.executable, "-c", program, str(world.settings.data.parent)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "half-way\n"
    yield process
    process.kill()
    process.communicate()


def test_a_killed_ingestion_leaves_the_previous_index(
    world: World, other_process: subprocess.Popen[str]
) -> None:
    before = world.texts()
    other_process.kill()
    other_process.wait()
    assert world.texts() == before
    world.write("beta.md", "Le budget vient désormais de la région.\n")
    assert outcomes(world.build()) == {"alpha.txt": "inchangé", "beta.md": "lu"}
    assert len(list((world.settings.data / "generations").iterdir())) == 2


def test_two_ingestions_at_once_are_refused(
    world: World, other_process: subprocess.Popen[str]
) -> None:
    world.write("beta.md", "Le budget vient désormais de la région.\n")
    with pytest.raises(CorpusError, match="Une autre ingestion travaille déjà"):
        world.build()


def test_rebuild_reads_everything_again(world: World) -> None:
    world.build()
    before = world.texts()
    report = world.build(rebuild=True)
    assert set(outcomes(report).values()) == {"lu"}
    assert len(world.encoder.seen) == len(before)
    assert world.texts() == before


def test_an_index_of_another_encoder_is_refused_and_rebuilt_on_demand(world: World) -> None:
    world.build()
    other = replace(world.settings, encoder="digits")
    with pytest.raises(IndexMismatchError, match=r"letters.*digits.*--rebuild"):
        world.build(settings=other)
    assert world.build(rebuild=True, settings=other).published
    assert read_manifest(world.settings.data).encoder == "digits"


@pytest.mark.parametrize("content", ['{"format": 0, "generation": "x"}', "{", "[]"])
def test_an_index_of_another_version_of_the_program_is_made_anew(
    world: World, content: str
) -> None:
    world.build()
    before = world.texts()
    (world.settings.data / "manifest.json").write_text(content)
    report = world.build()
    assert set(outcomes(report).values()) == {"lu"}
    assert world.texts() == before


def test_a_projection_fitted_anew_makes_the_index_anew(world: World) -> None:
    world.build(settings=replace(world.settings, encoder="letters+01234567"))
    assert read_manifest(world.settings.data).encoder == "letters+01234567"
    assert set(outcomes(world.build()).values()) == {"lu"}
    assert read_manifest(world.settings.data).encoder == "letters"


def test_an_index_whose_store_was_deleted_is_made_anew(world: World) -> None:
    world.build()
    shutil.rmtree(world.settings.data / "generations")
    assert set(outcomes(world.build()).values()) == {"lu"}
    assert world.texts()


def test_fiches_are_kept_when_asked_for_and_dropped_when_not(world: World) -> None:
    with_fiches = replace(world.settings, fiches=True)
    report = world.build(settings=with_fiches)
    assert report.fiches > 300
    assert report.unquoted == ()
    assert fiches_of(with_fiches) == report.fiches
    encoded = len(world.encoder.seen)
    assert not world.build(settings=with_fiches).published
    without = world.build()
    assert (without.published, without.fiches) == (True, 0)
    assert set(outcomes(without).values()) == {"inchangé"}
    assert fiches_of(world.settings) == 0
    statements = 2 * report.fiches  # French and English
    assert encoded == statements + len(world.texts())


def fiches_of(settings: Settings) -> int:
    index = Index.open(settings.data, LetterEncoder(), read_lexicon(), settings.guides)
    count = len(index.fiches())
    index.close()
    return count


def test_progress_names_each_file(world: World) -> None:
    told: list[str] = []
    world.build(progress=told.append)
    assert told == ["alpha.txt", "beta.md"]


def test_an_unchanged_run_costs_no_more_than_checksums(world: World) -> None:
    world.write("long.txt", "\n\n".join(f"La phrase numéro {n} est ici." for n in range(2_000)))
    begun = time.process_time()
    world.build()
    full = time.process_time() - begun
    begun = time.process_time()
    world.build()
    assert time.process_time() - begun < full / 3
