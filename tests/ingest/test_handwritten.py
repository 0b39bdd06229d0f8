"""What people write by hand is refused, not lost, when two files use the same name."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from corpus.errors import CorpusError
from ingest.build import build
from tests.doubles import LetterEncoder, kitchen_for, settings_for

SILENCE = '- topic: rents\n  fr: ["Quel loyer ?"]\n  en: ["What rent?"]\n'
FICHE = """- id: rents
  structures: [MSP]
  facet: funding
  fr: "Un loyer."
  en: "A rent."
  questions:
    fr: ["Quel loyer ?"]
    en: ["What rent?"]
  sources:
    - guide: alpha
      page: 1
      near: ["loyer"]
"""


@pytest.mark.parametrize(
    ("kind", "text", "told"),
    [
        ("silence_files", SILENCE, "two.yaml : le silence rents existe déjà, renommez-le"),
        ("fiche_files", FICHE, "two.yaml : la fiche rents existe déjà, renommez-la"),
    ],
)
def test_a_name_used_twice_stops_ingestion_and_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str, text: str, told: str
) -> None:
    files: dict[str, Iterable[Path]] = {"silence_files": [], "fiche_files": []}
    files[kind] = [tmp_path / "one.yaml", tmp_path / "two.yaml"]
    for path in files[kind]:
        path.write_text(text, encoding="utf-8")
    for name, paths in files.items():
        monkeypatch.setattr(f"ingest.build.{name}", _giving(paths))
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "alpha.txt").write_text("Un loyer est dû.\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=told):
        build(kitchen_for(settings_for(tmp_path, fiches=True), LetterEncoder()))


def _giving(paths: Iterable[Path]) -> Callable[[], Iterable[Path]]:
    return lambda: paths
