"""Two writers side by side: the answers with a language model, and those without, on the same
cases. What a scripted liar wrote is looked for in the answers."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from assistant.assistant import Assistant
from assistant.model import Model
from corpus.encoder import make_encoder
from corpus.index import Index
from corpus.lexicon import read_lexicon
from corpus.reranker import make_reranker
from corpus.settings import Settings
from eval.cases import Case
from eval.compare import as_text, compare
from eval.liar import Liar
from eval.report import html_report
from eval.result import Result, Row
from eval.session import auditor, commit, described, judged

WITHOUT = "without-model"


def compare_writers(
    settings: Settings, cases: tuple[Case, ...], name: str, model: Model, out: Path, quiet: bool
) -> str:
    """Runs the cases without and with the model, writes both results and the report; the figures.

    The report and result.json in `out` are those with the model, the others stand in a folder
    beside them.
    """
    lexicon = read_lexicon()
    index = Index.open(
        settings.place,
        make_encoder(settings.encoder, settings.models),
        lexicon,
        settings.guides,
        settings.fiches,
        make_reranker(settings.models),
    )
    judge = auditor(settings, lexicon)
    results = []
    for writer, assistant in (
        ("", Assistant(index, lexicon)),
        (name, Assistant(index, lexicon, model)),
    ):
        started = time.perf_counter()
        rows = judged(cases, assistant, judge, quiet)
        results.append(
            Result(
                commit(),
                datetime.now().astimezone().isoformat(timespec="seconds"),
                round(time.perf_counter() - started, 1),
                {
                    "guides": settings.guides.name,
                    "fiches": settings.fiches,
                    "encoder": settings.encoder,
                    "model": writer,
                },
                described(index.describe()),
                rows,
                f"modèle {writer}" if writer else None,
            )
        )
    index.close()
    plain, written = results
    plain.write(out / WITHOUT / "result.json")
    written.write(out / "result.json")
    page = html_report(written, None, (), judge.originals)
    (out / "report.html").write_bytes(page.encode("utf-8", "replace"))
    told = "\n".join(
        (
            f"Sans modèle (avant) et avec {name} (après), {len(written.rows)} cas :\n",
            as_text(compare(plain, written)),
            "",
            *_spent(written.rows),
            *(_lies(model, written.rows) if isinstance(model, Liar) else ()),
            f"\nRapport : {out / 'report.html'} ; résultats : {out}",
        )
    )
    (out / "comparison.txt").write_text(told + "\n", encoding="utf-8")
    return told


def _spent(rows: Sequence[Row]) -> list[str]:
    """What the model was asked, what it cost and what became of its sentences."""
    answers = [turn.answer for row in rows for turn in row.turns if turn.answer]
    total: Counter[str] = Counter()
    for answer in answers:
        total.update(answer.get("usage") or {})
    warned = Counter(
        code for answer in answers for code in answer["warnings"] if code.startswith("model-")
    )
    asked = sum(bool(answer.get("usage")) for answer in answers)
    whole = sum(bool((answer.get("usage") or {}).get("kept")) for answer in answers)
    return [
        f"{len(answers)} réponses, dont {asked} demandées au modèle et {whole} écrites par lui ;"
        f" {total['calls']} appels, {total['prompt_tokens']} jetons lus,"
        f" {total['completion_tokens']} écrits.",
        f"Phrases du modèle montrées : {total['kept']}, écartées : {total['dropped']}.",
        f"Repli sur la réponse sans modèle : {dict(warned) or 'jamais'}.",
    ]


def _lies(liar: Liar, rows: Sequence[Row]) -> list[str]:
    """How many lies were told and which of them stand in an answer, sort by sort."""
    shown = "\n".join(
        " ".join(turn.answer["text"].split()) for row in rows for turn in row.turns if turn.answer
    )
    told, passed = Counter(sort for sort, _ in liar.told), Counter[str]()
    examples = []
    for sort, lie in liar.told:
        if " ".join(lie.split()).rstrip(". ") in shown and lie not in liar.truths:
            passed[sort] += 1
            examples.append(f"  passé : {sort} – {lie}")
    lines = [
        f"  {sort:<24} {count:>6} dits {passed[sort]:>4} passés" for sort, count in told.items()
    ]
    head = f"Mensonges : {sum(told.values())} dits, {sum(passed.values())} passés."
    return [head, *lines, *dict.fromkeys(examples)]
