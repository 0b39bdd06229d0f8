"""What a draft publishes, the index reads back; what it does not publish is never seen."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from corpus.draft import Draft
from corpus.errors import CorpusError, IndexGoneError, IndexMismatchError, IndexMissingError
from corpus.fiche import parse_fiches
from corpus.guide import Box, Guide, Link, Page, Passage
from corpus.index import Index
from corpus.lexicon import read_lexicon
from corpus.manifest import FORMAT, FileEntry, Manifest, generation_folder, read_manifest
from corpus.shelf import FolderShelf
from tests.doubles import LetterEncoder, passage

PAGE = Page(
    "alpha", 1, "i", "aa bb", (Link(0, 2, "mailto:a@b.fr"),), (Box(0, 2, 0.1, 0.2, 0.3, 0.4),)
)
FICHE = """
- id: cpts-contact
  structures: [CPTS]
  facet: contact
  fr: bbb
  en: ccc
  questions: {fr: [b], en: [c]}
  sources: [{guide: alpha, page: 1, near: [bb]}]
"""


def manifest(draft: Draft, *guides: str, encoder: str = "letters") -> Manifest:
    entries = tuple(FileEntry(f"{name}.md", "sum", 1, 1, Guide(name, name)) for name in guides)
    return Manifest(FORMAT, encoder, "recipe", draft.generation, "now", entries, {})


def published(
    data: Path, passages: Sequence[Passage], page: Page = PAGE, encoder: str = "letters"
) -> Manifest:
    with Draft(data, LetterEncoder(), None) as draft:
        draft.add_guide(page.guide, [page], passages)
        draft.publish(manifest(draft, page.guide, encoder=encoder))
    return read_manifest(data)


def opened(data: Path, guides: Path = Path("absent")) -> Index:
    return Index.open(data, LetterEncoder(), read_lexicon(), guides)


def rounded(hits: list[tuple[str, float]]) -> list[tuple[str, float]]:
    return [(identity, round(cosine, 3)) for identity, cosine in hits]


def test_pages_and_passages_come_back_as_they_were(tmp_path: Path) -> None:
    kept = replace(
        passage("alpha:1:0", "alpha", "aa bb"),
        section=("Partie", "Chapitre"),
        heads=("Colonne",),
        structures=("CPTS",),
        links=("https://exemple.fr",),
        page_label="i",
        kind="cell",
    )
    published(tmp_path, [kept])
    index = opened(tmp_path)
    assert index.passages() == [kept]
    assert index.passage("alpha:1:0") == kept
    assert index.page("alpha", 1) == replace(PAGE, boxes=())
    assert index.boxes("alpha", 1) == PAGE.boxes
    assert index.page("alpha", 2) is None
    assert index.boxes("alpha", 2) == ()
    assert index.passages_on("alpha", 1) == [kept]
    index.close()


def test_a_guide_without_pages_comes_back_with_none(tmp_path: Path) -> None:
    published(tmp_path, [passage("n:0", "notes", "a", page=None)], Page("notes", None, None, "a"))
    index = opened(tmp_path)
    assert index.page("notes", None) == Page("notes", None, None, "a")
    assert index.passages("notes")[0].page is None
    index.close()


def test_passages_are_found_by_meaning_and_by_words(tmp_path: Path) -> None:
    published(
        tmp_path, [passage("1", "alpha", "aaaa budget"), passage("2", "alpha", "bbbb territoire")]
    )
    index = opened(tmp_path)
    # « aaaa budget » has 4 a and 1 b: its cosine with « a » is 4 / √17.
    assert rounded(index.nearest_passages(index.vector("a"), 1)) == [("1", 0.97)]
    assert [i for i, _ in index.words.search(index.words.terms("le territoire"), 5)] == ["2"]
    index.close()


def test_fiches_are_found_by_statement_and_questions(tmp_path: Path) -> None:
    fiches = parse_fiches(FICHE, "cpts.yaml")
    with Draft(tmp_path, LetterEncoder(), None) as draft:
        draft.add_questions("cpts.yaml", fiches)
        draft.add_fiches({fiche.id: fiche for fiche in fiches})
        draft.publish(manifest(draft))
    index = opened(tmp_path)
    assert index.fiches() == list(fiches)
    assert index.fiche("cpts-contact") == fiches[0]
    assert [key for key, _ in index.nearest_fiches(index.vector("b"), 5)] == ["cpts-contact"]
    assert index.fiche_words.search(index.fiche_words.terms("bbb"), 5)[0][0] == "cpts-contact"
    index.close()


def test_an_empty_index_answers_with_nothing(tmp_path: Path) -> None:
    with Draft(tmp_path, LetterEncoder(), None) as draft:
        draft.publish(manifest(draft))
    index = opened(tmp_path)
    assert index.nearest_passages(index.vector("a"), 5) == []
    assert list(index.passages()) == []
    assert index.guides() == []
    index.close()


def test_the_file_of_a_guide_is_known_while_it_is_there(tmp_path: Path) -> None:
    guides = tmp_path / "guides"
    guides.mkdir()
    (guides / "alpha.md").write_text("a")
    published(tmp_path / "data", [passage("1", "alpha", "a")])
    index = opened(tmp_path / "data", guides)
    assert index.path("alpha") == guides / "alpha.md"
    (guides / "alpha.md").unlink()
    assert index.path("alpha") is None
    assert index.path("beta") is None
    index.close()


def test_a_guide_without_a_file_is_named_by_its_id(tmp_path: Path) -> None:
    published(tmp_path, [passage("1", "alpha", "a")])
    index = opened(tmp_path)
    assert index.guide("alpha").title == "alpha"
    assert index.guide("elsewhere") == Guide("elsewhere", "elsewhere")
    index.close()


def test_no_index_is_refused(tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError, match="python -m ingest"):
        opened(tmp_path)


def test_an_index_of_another_encoder_is_refused_by_name(tmp_path: Path) -> None:
    published(tmp_path, [passage("1", "alpha", "a")], encoder="large-model")
    with pytest.raises(IndexMismatchError, match=r"large-model.*letters.*--rebuild"):
        opened(tmp_path)


def test_an_unpublished_draft_changes_nothing_and_is_swept_by_the_next(tmp_path: Path) -> None:
    first = published(tmp_path, [passage("1", "alpha", "a")])
    with Draft(tmp_path, LetterEncoder(), first) as draft:
        draft.add_guide("alpha", [PAGE], [passage("2", "alpha", "b")])
    assert read_manifest(tmp_path) == first
    index = opened(tmp_path)
    assert [one.id for one in index.passages()] == ["1"]
    index.close()
    with Draft(tmp_path, LetterEncoder(), first):
        assert not generation_folder(tmp_path, draft.generation).exists()


@pytest.mark.parametrize("rebuild", [True, False])
def test_the_current_index_stays_until_a_draft_is_published(tmp_path: Path, rebuild: bool) -> None:
    first = published(tmp_path, [passage("1", "alpha", "a")])
    with Draft(tmp_path, LetterEncoder(), None if rebuild else first):
        index = opened(tmp_path)
        assert [one.id for one in index.passages()] == ["1"]
        index.close()


def test_a_reader_keeps_its_index_when_a_new_one_is_published(tmp_path: Path) -> None:
    published(tmp_path, [passage("1", "alpha", "a")])
    reader = opened(tmp_path)
    published(tmp_path, [passage("2", "alpha", "b")])
    assert reader.nearest_passages(reader.vector("a"), 1)[0][0] == "1"
    assert [one.id for one in reader.passages()] == ["1"]
    reader.close()


def test_a_replaced_generation_is_kept_for_those_who_read_it_and_removed_later(
    tmp_path: Path,
) -> None:
    for text in ("a", "b", "c"):
        published(tmp_path, [passage(text, "alpha", text)])
    assert len(list(generation_folder(tmp_path, "").iterdir())) == 3
    with Draft(tmp_path, LetterEncoder(), None, grace=timedelta(0)) as draft:
        draft.publish(manifest(draft))
    kept = {folder.name for folder in generation_folder(tmp_path, "").iterdir()}
    assert kept == {draft.generation, read_manifest(tmp_path).retired[-1].generation}


def test_a_passage_comes_with_what_it_is_found_by(tmp_path: Path) -> None:
    told = replace(passage("1", "alpha", "Le budget d’une CPTS"), section=("Financement",))
    published(tmp_path, [told])
    index = opened(tmp_path)
    traits = index.traits("1")
    assert set(traits.terms) == set(index.words.terms("Financement : Le budget d’une CPTS"))
    assert "funding" in traits.headed
    assert traits.headed <= traits.facets
    index.close()


def test_an_index_that_was_removed_is_not_read_as_an_empty_one(tmp_path: Path) -> None:
    published(tmp_path, [passage("1", "alpha", "a")])
    kept = read_manifest(tmp_path)
    with pytest.raises(IndexGoneError):
        FolderShelf(tmp_path).store("another")
    assert read_manifest(tmp_path) == kept


def test_unchanged_guides_are_taken_over_without_encoding(tmp_path: Path) -> None:
    first = published(tmp_path, [passage("1", "alpha", "a")])
    encoder = LetterEncoder()
    with Draft(tmp_path, encoder, first) as draft:
        draft.copy("alpha")
        draft.publish(manifest(draft, "alpha"))
    assert encoder.seen == []
    index = opened(tmp_path)
    assert rounded(index.nearest_passages(index.vector("a"), 1)) == [("1", 1)]
    assert index.page("alpha", 1) == replace(PAGE, boxes=())
    assert index.boxes("alpha", 1) == PAGE.boxes
    index.close()


def test_nothing_can_be_taken_over_without_a_previous_index(tmp_path: Path) -> None:
    with Draft(tmp_path, LetterEncoder(), None) as draft, pytest.raises(CorpusError):
        draft.copy("alpha")


def test_two_drafts_at_once_are_refused(tmp_path: Path) -> None:
    with (
        Draft(tmp_path, LetterEncoder(), None),
        pytest.raises(CorpusError, match="Une autre ingestion"),
    ):
        Draft(tmp_path, LetterEncoder(), None)


def test_a_draft_that_missed_a_publication_is_refused(tmp_path: Path) -> None:
    stale = published(tmp_path, [passage("1", "alpha", "a")])
    published(tmp_path, [passage("2", "alpha", "b")])
    with pytest.raises(CorpusError, match="recommencez"):
        Draft(tmp_path, LetterEncoder(), stale)
    with Draft(tmp_path, LetterEncoder(), read_manifest(tmp_path)):
        pass
