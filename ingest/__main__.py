"""`python -m ingest`: guides in, index out, one line of report per file."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path

from corpus.errors import CorpusError
from corpus.settings import Settings, read_settings
from ingest.report import Report


def main(arguments: list[str] | None = None) -> int:
    """Run the ingestion; 0 when an index is there at the end, 2 for an error told in a line."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ, options.guides, options.data, not options.no_fiches)
        if options.fit:
            print(_fit(settings, quiet=options.quiet))
            return 0
        told = _told_to_a_program if options.json else _told
        print(told(settings, options.rebuild, options.quiet))
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("Interrompu : l’index précédent, s’il y en a un, reste en place.", file=sys.stderr)
        return 130
    return 0


def _told(settings: Settings, rebuild: bool, quiet: bool) -> str:
    """The report as text, after a bar that shows the progress."""
    from tqdm import tqdm

    with tqdm(total=_steps(settings), unit="fichier", leave=False, disable=quiet or None) as bar:

        def step(name: str) -> None:
            bar.set_description(name[:40])
            bar.update()

        return str(_report(settings, rebuild, step))


def _told_to_a_program(settings: Settings, rebuild: bool, quiet: bool) -> str:
    """The report as a line of JSON, after one for each step."""
    total, done = _steps(settings), 0

    def step(name: str) -> None:
        nonlocal done
        if not quiet:
            print(json.dumps({"step": name, "done": done, "total": total}), flush=True)
        done += 1

    return json.dumps({"report": asdict(_report(settings, rebuild, step))})


def _steps(settings: Settings) -> int:
    from corpus.catalogue import guide_files
    from corpus.fiche import fiche_files
    from corpus.silence import silence_files

    handwritten = [*fiche_files(), *silence_files()] if settings.fiches else []
    return len(guide_files(settings.guides)) + len(handwritten)


def _report(settings: Settings, rebuild: bool, step: Callable[[str], None]) -> Report:
    from corpus.catalogue import read_catalogue
    from corpus.encoder import make_encoder
    from corpus.lexicon import read_lexicon
    from ingest.build import Kitchen, build

    kitchen = Kitchen(
        settings,
        read_catalogue(),
        read_lexicon(),
        lambda: make_encoder(settings.encoder, settings.models),
        step,
    )
    return build(kitchen, rebuild)


def _fit(settings: Settings, quiet: bool) -> str:
    from tqdm import tqdm

    import corpus
    from corpus.encoder import make_bare_encoder, make_encoder
    from corpus.index import Index
    from corpus.lexicon import read_lexicon
    from corpus.silence import read_silences
    from ingest.fitting import fit_from_fiches

    encoder = make_encoder(settings.encoder, settings.models)
    index = Index.open(settings.place, encoder, read_lexicon(), settings.guides)
    fiches, silences = index.fiches(), read_silences()
    with tqdm(
        total=len(fiches) + len(silences), unit="fiche", leave=False, disable=quiet or None
    ) as bar:
        fit_from_fiches(
            fiches,
            silences,
            index.passages(),
            make_bare_encoder(settings.encoder, settings.models),
            Path(str(corpus.__file__)).parent,
            lambda name: bar.update(),
        )
    return f"Projection et vecteurs de {len(fiches)} fiches écrits : relancez « python -m ingest »."


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m ingest", description="Lit les guides et met l’index à jour."
    )
    parser.add_argument("--guides", type=Path, help="dossier des guides (sinon GUIDES_DIR)")
    parser.add_argument("--data", type=Path, help="dossier de l’index")
    parser.add_argument("--no-fiches", action="store_true", help="ne pas utiliser les fiches")
    parser.add_argument("--rebuild", action="store_true", help="tout refaire depuis le début")
    parser.add_argument(
        "--fit",
        action="store_true",
        help="pour les mainteneurs : apprendre des fiches la projection et leurs vecteurs",
    )
    parser.add_argument("--json", action="store_true", help="en lignes JSON, pour un programme")
    parser.add_argument("--quiet", action="store_true", help="sans barre de progression")
    return parser


if __name__ == "__main__":
    sys.exit(main())
