"""`python -m eval`: run the cases, compare two results, check the cases, measure foreign sets."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from corpus.errors import CorpusError
from corpus.settings import Settings, read_settings

RESULTS = Path("results")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if all is well, 1 below the floor, 2 for an error told in one line."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ, options.guides, options.data, not options.no_fiches)
        return int(options.run(settings, options) or 0)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


def _run(settings: Settings, options: argparse.Namespace) -> int:
    if options.model is not None:
        return _run_with_model(settings, options)
    from eval.session import Request, perform

    request = Request(
        options.only, options.case, options.out, options.update_baseline, quiet=options.quiet
    )
    outcome = perform(settings, request)
    print(outcome.text)
    return 0 if outcome.sound else 1


def _run_with_model(settings: Settings, options: argparse.Namespace) -> int:
    from assistant.model import Model, open_model
    from assistant.model_settings import read_model_settings
    from eval.cases import read_cases, select
    from eval.liar import Copyist, Liar
    from eval.writers import compare_writers

    if options.update_baseline:
        raise CorpusError("La base est celle des réponses sans modèle : retirez --model.")
    scripted: dict[str, Model] = {
        "menteur": Liar(), "demi-menteur": Liar(truthful=True), "copiste": Copyist(),
    }  # fmt: skip
    # Each failure is one case here: none spares the next call.
    model = scripted.get(options.model) or open_model(
        read_model_settings(os.environ, options.model), rest=0
    )
    if model is None:
        raise CorpusError("--model : nommez un modèle, par exemple openai:NOM.")
    cases = select(read_cases(), options.only, options.case)[:: options.every]
    print(compare_writers(settings, cases, options.model, model, options.out, options.quiet))
    return 0


def _compare(settings: Settings, options: argparse.Namespace) -> None:
    from eval.compare import as_text, compare, only_in_one
    from eval.result import read_result

    first, second = read_result(options.first), read_result(options.second)
    gone, new = only_in_one(first, second)
    print(f"avant : {first.made}, {first.commit}\naprès : {second.made}, {second.commit}\n")
    print(as_text(compare(first, second), options.measure))
    for title, cases in (("Seulement avant", gone), ("Seulement après", new)):
        if cases:
            print(f"{title} ({len(cases)}) : {', '.join(cases)}")


def _check(settings: Settings, options: argparse.Namespace) -> int:
    from eval.cases import read_cases
    from eval.check import check_cases, coverage
    from eval.originals import Originals

    originals = Originals.of(settings.guides)
    if not originals.files:
        raise CorpusError(f"Aucun guide dans {settings.guides} : indiquez-les avec --guides.")
    cases = read_cases()
    doubts = check_cases(cases, originals)
    for doubt in doubts:
        print(f"{'✗ erreur ' if doubt.error else '  attention'} {doubt.case} – {doubt.text}")
    for guide, page in coverage(cases, originals):
        print(f"  attention aucun cas n’attend la page {page} de {guide}")
    errors = sum(doubt.error for doubt in doubts)
    print(f"{len(cases)} cas vérifiés, {errors} erreurs.")
    return 1 if errors else 0


def _benchmark(settings: Settings, options: argparse.Namespace) -> None:
    from eval.benchmark import benchmark, read_set

    foreign = read_set(options.folder)
    print(benchmark(foreign, options.out / "benchmark" / options.folder.name, options.quiet))


def _draft(settings: Settings, options: argparse.Namespace) -> None:
    from assistant.feedback import FeedbackBox
    from eval.draft import draft

    drafted = draft(FeedbackBox(settings.feedback).find(options.id))
    print(drafted.line)
    print(drafted.told, file=sys.stderr)


def _load(settings: Settings, options: argparse.Namespace) -> int:
    from functools import partial

    from eval.load import load

    if not 0 < options.users <= 200 or options.rounds < 1:
        raise CorpusError("--users va de 1 à 200, --rounds commence à 1.")
    met = load(settings, options.users, options.rounds, partial(print, flush=True))
    return 0 if met else 1


def _doors(settings: Settings, _: argparse.Namespace) -> int:
    from functools import partial

    from eval.doors import compare

    return 0 if compare(settings, partial(print, flush=True)) else 1


def _start(settings: Settings, options: argparse.Namespace) -> int:
    from functools import partial

    from eval.start import start

    if options.times < 1:
        raise CorpusError("--times commence à 1.")
    return 0 if start(settings, options.times, partial(print, flush=True)) else 1


def _speed(settings: Settings, options: argparse.Namespace) -> None:
    from functools import partial

    from eval.speed import speed

    times = tuple(int(many) for many in options.times.split(","))
    speed(settings, options.out / "speed", times, partial(print, flush=True))


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    common.add_argument("--guides", type=Path, help="dossier des guides (sinon GUIDES_DIR)")
    common.add_argument("--data", type=Path, help="dossier de l’index")
    common.add_argument("--no-fiches", action="store_true", help="ne pas utiliser les fiches")
    running = _running_options()
    parser = argparse.ArgumentParser(
        prog="python -m eval",
        parents=[common, running],
        description="Pose les questions d’évaluation et compare les réponses à la base.",
    )
    parser.set_defaults(
        run=_run, guides=None, data=None, no_fiches=False, only=None, case=None, out=RESULTS,
        update_baseline=False, quiet=False, model=None, every=1,
    )  # fmt: skip
    commands = parser.add_subparsers(title="commandes", metavar="")
    commands.add_parser("run", parents=[common, running], help="l’évaluation (par défaut)")
    compare = commands.add_parser("compare", parents=[common], help="deux résultats, cas par cas")
    compare.add_argument("first", type=Path, help="result.json d’avant, ou son dossier")
    compare.add_argument("second", type=Path, help="result.json d’après, ou son dossier")
    compare.add_argument("--measure", default="right", help="mesure montrée cas par cas (right)")
    compare.set_defaults(run=_compare)
    check = commands.add_parser("check", parents=[common], help="les cas contre les guides")
    check.set_defaults(run=_check)
    benchmark = commands.add_parser("benchmark", parents=[common], help="un autre jeu de questions")
    benchmark.add_argument("folder", type=Path, help="dossier de passages.jsonl et questions.jsonl")
    benchmark.add_argument("--out", type=Path, default=RESULTS, help="dossier de travail (results)")
    benchmark.add_argument("--quiet", action="store_true", help="sans barre de progression")
    benchmark.set_defaults(run=_benchmark)
    draft = commands.add_parser("draft", parents=[common], help="un avis, en cas à compléter")
    draft.add_argument("id", help="numéro de l’avis (python -m assistant feedback list)")
    draft.set_defaults(run=_draft)
    load = commands.add_parser("load", parents=[common], help="beaucoup de monde à la fois")
    load.add_argument("--users", type=int, default=30, help="personnes à la fois (30)")
    load.add_argument("--rounds", type=int, default=6, help="questions de chacune (6)")
    load.set_defaults(run=_load)
    doors = commands.add_parser("doors", parents=[common], help="la page et /api/ask, comparées")
    doors.set_defaults(run=_doors)
    start = commands.add_parser("start", parents=[common], help="de la commande à la page")
    start.add_argument("--times", type=int, default=5, help="démarrages (5)")
    start.set_defaults(run=_start)
    speed = commands.add_parser("speed", parents=[common], help="délais et mémoire, comparés")
    speed.add_argument("--times", default="1,10,100", help="tailles du corpus (1,10,100)")
    speed.add_argument("--out", type=Path, default=RESULTS, help="dossier de travail (results)")
    speed.set_defaults(run=_speed)
    return parser


def _running_options() -> argparse.ArgumentParser:
    running = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    running.add_argument("--only", metavar="GENRE", help="un seul genre de cas")
    running.add_argument("--case", metavar="ID", help="un seul cas, tout affiché")
    running.add_argument("--out", type=Path, help="dossier des résultats (results)")
    running.add_argument("--update-baseline", action="store_true", help="accepter ces mesures")
    running.add_argument(
        "--model",
        metavar="MODÈLE",
        help="comparer les réponses avec un modèle (openai:NOM…, menteur, demi-menteur, copiste)",
    )
    running.add_argument(
        "--every", type=int, default=argparse.SUPPRESS, metavar="N", help="un cas sur N (--model)"
    )
    running.add_argument("--quiet", action="store_true", help="sans barre de progression")
    return running


if __name__ == "__main__":
    sys.exit(main())
