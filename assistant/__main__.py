"""`python -m assistant`: the page, one question, many questions, or a search."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

from assistant.model_settings import ModelSettings, read_model_settings
from corpus.errors import CorpusError
from corpus.settings import Settings, read_settings

if TYPE_CHECKING:
    from assistant.assistant import Assistant


def main(arguments: list[str] | None = None) -> int:
    """Run one command; 0 if it did its work, 2 for an error told in one line."""
    options = _parser().parse_args(arguments)
    try:
        settings = read_settings(os.environ, options.guides, options.data, not options.no_fiches)
        options.model = read_model_settings(os.environ)
        return int(options.run(settings, options) or 0)
    except CorpusError as error:
        print(error, file=sys.stderr)
        return 2
    except (KeyboardInterrupt, BrokenPipeError):
        return 130


def _assistant(settings: Settings, model: ModelSettings | None = None) -> Assistant:
    from assistant.assistant import Assistant
    from assistant.model import open_model
    from corpus.encoder import make_encoder
    from corpus.index import Index
    from corpus.lexicon import read_lexicon
    from corpus.reranker import make_reranker

    lexicon = read_lexicon()
    index = Index.open(
        settings.place,
        make_encoder(settings.encoder, settings.models),
        lexicon,
        settings.guides,
        settings.fiches,
        make_reranker(settings.models),
    )
    return Assistant(index, lexicon, open_model(model))


def _ask(settings: Settings, options: argparse.Namespace) -> None:
    answer = _assistant(settings, options.model).ask(options.question)
    if options.json:
        _write(sys.stdout, answer.as_dict())
        return
    print(answer.text)
    for cited in answer.citations:
        page = f", page {cited.page}" if cited.page else ""
        print(f"\n[{cited.marker}] {cited.guide}{page}\n    « {' '.join(cited.quote.split())} »")


def _batch(settings: Settings, options: argparse.Namespace) -> None:
    from assistant.turns import exchanges

    assistant = _assistant(settings, options.model)
    for number, line in _lines(sys.stdin):
        entry = _entry(line, number, "turns", list)
        past = exchanges(assistant, [str(turn) for turn in entry["turns"]])
        answers = [exchange.answer.as_dict() for exchange in past]
        _write(sys.stdout, {"id": entry["id"], "answers": answers})


def _search(settings: Settings, options: argparse.Namespace) -> None:
    assistant = _assistant(settings)
    if not options.batch:
        if not options.question:
            raise CorpusError("Donnez une question, ou --batch pour lire des lignes JSON.")
        for hit in assistant.search(options.question):
            found = hit.as_dict()
            print(
                f"{found['score']:.3f}  {found['guide']} p. {found['page']}  {found['text'][:90]}"
            )
        return
    for number, line in _lines(sys.stdin):
        entry = _entry(line, number, "question", str)
        hits = [hit.as_dict() for hit in assistant.search(entry["question"])]
        _write(sys.stdout, {"id": entry["id"], "hits": hits})


def _feedback(settings: Settings, options: argparse.Namespace) -> None:
    from assistant.feedback import FeedbackBox, as_lines, as_table, in_full, in_short

    box = FeedbackBox(settings.feedback)
    if options.what == "list":
        print(in_short(box.all()))
    elif options.what == "show":
        print(in_full(box.find(options.id)))
    elif options.what == "export":
        sys.stdout.write((as_table if options.csv else as_lines)(box.all()[::-1]))
    elif not options.ids and not options.all:
        raise CorpusError("Donnez les numéros des avis à effacer, ou --all pour tous.")
    else:
        print(f"Avis effacés : {box.erase(None if options.all else options.ids)}.")


def _password(settings: Settings, options: argparse.Namespace) -> None:
    from getpass import getpass

    from assistant.web.admin.password import hashed

    if sys.stdin.isatty():
        typed = getpass("Mot de passe (il ne s’affiche pas) : ")
        if getpass("Le même : ") != typed:
            raise CorpusError("Les deux mots de passe diffèrent : recommencez.")
    else:
        typed = sys.stdin.readline().rstrip("\n")
    print(f"ADMIN_PASSWORD_HASH={hashed(typed)}")


def _page(settings: Settings, options: argparse.Namespace) -> None:
    from assistant.web.logs import configure
    from assistant.web.serving import read_serving
    from assistant.web.start import start

    serving = read_serving(os.environ, settings)
    configure(os.environ)
    start(settings, serving, options.host, options.port, options.model)


def _mcp(settings: Settings, options: argparse.Namespace) -> None:
    from assistant.mcp_start import start_http, start_stdio
    from assistant.web.logs import configure
    from assistant.web.serving import read_serving

    configure(os.environ)
    if options.http:
        serving = read_serving(os.environ, settings)
        start_http(settings, serving, options.host, options.port, options.model)
    else:
        start_stdio(settings, options.model)


def _key(_: Settings, options: argparse.Namespace) -> None:
    from assistant.web.keys import hashed, new_key

    key = new_key()
    print(key)
    print(f"{options.name} {hashed(key)}  ← à ajouter au fichier API_KEYS_FILE", file=sys.stderr)


def _lines(stream: TextIO) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(stream, 1):
        if line.strip():
            yield number, line


def _entry(line: str, number: int, key: str, kind: type) -> dict[str, Any]:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CorpusError(f"Ligne {number} : JSON illisible ({error}).") from None
    if not isinstance(entry, dict) or "id" not in entry or not isinstance(entry.get(key), kind):
        raise CorpusError(f"Ligne {number} : attendu un objet avec « id » et « {key} ».")
    return entry


def _write(stream: TextIO, record: dict[str, Any]) -> None:
    # Lone surrogates cannot be written as UTF-8; ASCII escapes carry anything.
    stream.write(json.dumps(record, ensure_ascii=True) + "\n")
    stream.flush()


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--guides", type=Path, help="dossier des guides (sinon GUIDES_DIR)")
    common.add_argument("--data", type=Path, help="dossier de l’index")
    common.add_argument("--no-fiches", action="store_true", help="ne pas utiliser les fiches")
    parser = argparse.ArgumentParser(
        prog="python -m assistant",
        parents=[common],
        description="Répond aux questions sur l’exercice coordonné ; sans commande, ouvre la page.",
    )
    parser.add_argument("--host", default="127.0.0.1", help="adresse (127.0.0.1)")
    parser.add_argument("--port", type=int, default=7860, help="port (7860)")
    parser.set_defaults(run=_page)
    # The commands repeat the common options; SUPPRESS keeps those given before the command.
    again = argparse.ArgumentParser(add_help=False, argument_default=argparse.SUPPRESS)
    again.add_argument("--guides", type=Path, help="dossier des guides (sinon GUIDES_DIR)")
    again.add_argument("--data", type=Path, help="dossier de l’index")
    again.add_argument("--no-fiches", action="store_true", help="ne pas utiliser les fiches")
    commands = parser.add_subparsers(title="commandes", metavar="")
    ask = commands.add_parser("ask", parents=[again], help="pose une question")
    ask.add_argument("question")
    ask.add_argument("--json", action="store_true", help="réponse en JSON")
    ask.set_defaults(run=_ask)
    batch = commands.add_parser("batch", parents=[again], help="conversations en lignes JSON")
    batch.set_defaults(run=_batch)
    search = commands.add_parser("search", parents=[again], help="recherche seule")
    search.add_argument("question", nargs="?")
    search.add_argument("--batch", action="store_true", help="questions en lignes JSON")
    search.set_defaults(run=_search)
    _add_feedback(commands, again)
    password = commands.add_parser("password", help="empreinte du mot de passe de /admin")
    password.set_defaults(run=_password)
    mcp = commands.add_parser("mcp", parents=[again], help="serveur MCP (entrée standard ou HTTP)")
    mcp.add_argument("--http", action="store_true", help="servir /mcp en HTTP")
    mcp.add_argument("--host", default="127.0.0.1", help="adresse (127.0.0.1)")
    mcp.add_argument("--port", type=int, default=7861, help="port (7861)")
    mcp.set_defaults(run=_mcp)
    key = commands.add_parser("key", parents=[again], help="fait une clé pour l’API et MCP en HTTP")
    key.add_argument("name", help="à qui elle est")
    key.set_defaults(run=_key)
    return parser


def _add_feedback(commands: Any, common: argparse.ArgumentParser) -> None:
    feedback = commands.add_parser("feedback", parents=[common], help="avis des utilisateurs")
    feedback.set_defaults(run=_feedback)
    what = feedback.add_subparsers(dest="what", required=True, metavar="list|show|export|erase")
    what.add_parser("list", help="tous les avis, un par ligne")
    what.add_parser("show", help="un avis en entier").add_argument("id")
    what.add_parser("export", help="en lignes JSON, ou en CSV").add_argument(
        "--csv", action="store_true", help="pour un tableur"
    )
    erase = what.add_parser("erase", help="efface des avis")
    erase.add_argument("ids", nargs="*", metavar="id")
    erase.add_argument("--all", action="store_true", help="tous")


if __name__ == "__main__":
    sys.exit(main())
