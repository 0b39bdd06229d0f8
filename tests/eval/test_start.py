"""How long a start takes: when the goal is met, and that the page really starts."""

from __future__ import annotations

from pathlib import Path

from corpus.settings import Settings
from eval.start import Start, met, start, told


def test_the_goal_is_about_the_median_of_both_parts() -> None:
    assert met([Start(3.0, 1.0, 2.0), Start(3.2, 1.4, 2.0), Start(9.0, 9.0, 2.0)])
    assert not met([Start(3.6, 1.0, 2.0)])
    assert not met([Start(3.0, 1.6, 2.0)])
    assert not met([])


def test_without_a_browser_only_the_first_page_counts_and_that_is_told() -> None:
    assert met([Start(3.0, None, 2.0)])
    assert "page non ouverte" in told([Start(3.0, None, 2.0)])


def test_the_real_page_is_started_and_becomes_usable(real_index_folder: Path, guides: Path) -> None:
    said: list[str] = []
    start(Settings(guides, real_index_folder), 1, said.append)
    assert "1 démarrages" in said[0]
    assert "puis utilisable" in said[1]
