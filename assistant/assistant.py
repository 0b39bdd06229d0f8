"""The assistant: question and conversation in, answer with its citations out."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant import refusal, wording
from assistant.answer import Answer, Exchange, Language
from assistant.attribution import Attributions
from assistant.claims import ClaimReader
from assistant.clarify import clarifying
from assistant.comparison import ComparisonWriter, side_by_side
from assistant.compose import Block, Composer
from assistant.confidence import Confidence
from assistant.conversation import Interpreter
from assistant.declined import declined
from assistant.demands import Demands
from assistant.draft import Draft, drafted
from assistant.fiche_search import Context, FicheHit
from assistant.fidelity import Fidelity
from assistant.from_fiches import FicheWriter
from assistant.from_passages import PassageWriter
from assistant.gate import Gate
from assistant.language import language_of
from assistant.model import Model
from assistant.model_writer import ModelWriter
from assistant.patients import read_signs
from assistant.privacy import Masked, Privacy
from assistant.provenance import sources_of
from assistant.published import Published
from assistant.question import Question, Reader, tidy
from assistant.recorded import recorded
from assistant.related import Related
from assistant.remainder import question_left
from assistant.retrieval import Evidence, Hit, Retriever, several_guides
from corpus.index import Index
from corpus.lexicon import Lexicon

_MOST_WORDS = 120
# Evidence looked at for an answer, best first.
_READ = 8
# Of these, so many are offered to a model.
_OFFERED = 6
# A fiche this far behind the best one is about something else.
_FARTHEST = 0.5


class Assistant:
    """Answers from one index; a model, if there is one, may only put in order what it found."""

    def __init__(self, index: Index, lexicon: Lexicon, model: Model | None = None) -> None:
        self._index, self._lexicon = index, lexicon
        self._covered = {s.guide for fiche in index.fiches() for s in fiche.all_sources()}
        self._retriever = Retriever(index, lexicon)
        attributed = Attributions(index.guides(), lexicon).read
        words = index.words
        reader = Reader(lexicon, words.terms, self._repaired, self._knows, attributed, words.knows)
        self._interpreter = Interpreter(reader, lexicon)
        gate = Gate(index.page, lexicon)
        self._fiches = FicheWriter(gate, index.guide)
        self._passages = PassageWriter(gate, index.page, lexicon, words)
        self._confidence = Confidence(index, Demands(lexicon), lexicon)
        self._comparisons = ComparisonWriter(
            self._retriever,
            self._fiches,
            self._passages,
            self._confidence,
            reader,
            lexicon,
            self._covered,
        )
        self._related = Related(index.fiches(), lexicon, self._plain)
        fidelity = Fidelity(lexicon, ClaimReader(lexicon, index.words.stem))
        self._writer = ModelWriter(model, gate, fidelity) if model else None
        self._privacy = Privacy(read_signs(lexicon), Published(index.passages).holds)

    def ask(self, question: str, history: Sequence[Exchange] = (), region: str = "") -> Answer:
        """The answer to a question in its conversation.

        `region` is that of a guide of the catalogue; what is said for it is preferred.
        """
        *_, whole = self.stream(question, history, region)
        return whole

    def stream(
        self, question: str, history: Sequence[Exchange] = (), region: str = ""
    ) -> Iterator[Answer]:
        """The answer as it grows; the last one is whole. Without a model there is but one."""
        started = time.perf_counter()
        message = self.masked(tidy(question))
        asked = question_left(message, self._lexicon, self._privacy.signs)
        past = [self._believed(one) for one in history]
        found = (
            self._answer(asked, past, region) if asked is not None else self._unasked(message, past)
        )
        # A message with personal data in it is kept from a model even when they are masked.
        if message.kinds:
            found = _warned(found if isinstance(found, Answer) else found.plain, message)
        for answer in self._written(found):
            yield replace(answer, elapsed_ms=round((time.perf_counter() - started) * 1_000, 1))

    def masked(self, text: str) -> Masked:
        """A text with its personal data masked, as it may be stored, logged or sent on.

        Contacts and names that the guides print are left as they are.
        """
        return self._privacy.masked(text)

    def _believed(self, past: Exchange) -> Exchange:
        """An exchange that may have been kept elsewhere, and changed there."""
        asked = self.masked(tidy(past.question)).bare
        return Exchange(asked, recorded(past.answer, self._index.page))

    def related(self, history: Sequence[Exchange]) -> tuple[str, ...]:
        """At most three questions to ask after the newest exchange, each of which has an answer."""
        return self._related.questions(history)

    def search(self, question: str, limit: int = 10) -> list[Hit]:
        """The passages that bear on a question, best first."""
        asked = self._interpreter.read(self.masked(tidy(question)).bare, ()).question
        if asked.empty:
            return []
        return several_guides(self._retriever.search(asked).passages, limit)

    def _written(self, found: Answer | Draft) -> Iterator[Answer]:
        if isinstance(found, Answer):
            yield found
        elif self._writer is None:
            yield found.plain
        else:
            yield from self._writer.answers(found)

    def _plain(self, question: str) -> Answer:
        """The answer without a model, to a question that stands alone."""
        found = self._answer(question, ())
        return found if isinstance(found, Answer) else found.plain

    def _answer(self, raw: str, history: Sequence[Exchange], region: str = "") -> Answer | Draft:
        text = tidy(raw)
        language = _language(text, history)
        sort = refusal.sort_of(text, bool(self._lexicon.concepts_in(text)))
        if sort:
            return _set_answer(sort, language)
        turn = self._interpreter.read(raw, history)
        if turn.asks_source and history:
            return sources_of(history[-1].answer, turn.question.language, self._index)
        if turn.question.empty:
            return Answer("abstained", language, wording.EMPTY[language])
        context = frozenset(
            (cited.guide, cited.page)
            for cited in (history[-1].answer.citations if turn.leaning and history else ())
        )
        return self._from_guides(replace(turn.question, region=region), context)

    def _unasked(self, message: Masked, history: Sequence[Exchange]) -> Answer:
        """The answer to a message about a patient: it is not looked into."""
        language = _language(message.bare, history)
        return Answer("abstained", language, wording.PERSONAL[language])

    def _from_guides(self, question: Question, context: Context) -> Answer | Draft:
        evidence = self._retriever.search(question, context)
        found = self._found(question, evidence)
        narrower = None if found else self._interpreter.narrowed(question)
        if narrower and not narrower.empty:
            found = self._found(narrower, self._retriever.search(narrower, context))
        return found or declined(question, evidence.passages, self._index, self._lexicon)

    def _found(self, question: Question, evidence: Evidence) -> Answer | Draft | None:
        """What the evidence answers, None if it only resembles the question."""
        if side_by_side(question, evidence.fiches, self._lexicon):
            composer = Composer()
            table = self._comparisons.table(question, composer)
            if table:
                return Answer("answered", question.language, table, composer.citations())
        bare = self._without_fiches(question, evidence)
        fiches = self._trusted(question, evidence)
        if back := clarifying(question, fiches, self._lexicon):
            return back
        if bare and fiches and self._confidence.coverage(question, bare[0]) > fiches[0].coverage:
            fiches = []
        return self._from_fiches(question, fiches) or self._from_passages(question, bare)

    def _without_fiches(self, question: Question, evidence: Evidence) -> list[Hit]:
        """The passages that may answer, of guides that no fiche draws on.

        Where fiches cover a guide and none of them answers, its passages only resemble.
        """
        bare = [hit for hit in evidence.passages if hit.passage.guide not in self._covered]
        return [hit for hit in bare[:_READ] if self._confidence.passage(question, hit)]

    def _from_passages(self, question: Question, hits: Sequence[Hit]) -> Answer | Draft | None:
        statements = self._passages.statements(question, hits)
        if not statements:
            return None
        answer = _answered(question.language, [Block("", tuple(statements))])
        # Passages are French: what a model made of them in English could not be checked.
        if question.language == "en":
            return answer
        return drafted(answer, question, [part for one in statements for part in one.parts()])

    def _trusted(self, question: Question, evidence: Evidence) -> list[FicheHit]:
        """The fiches that may answer, best first: near enough, and holding what is demanded."""
        hits = evidence.fiches
        if not hits:
            return []
        near = [hit for hit in hits[:_READ] if hit.score >= hits[0].score - _FARTHEST]
        held = [hit for hit in near if self._confidence.fiche(question, hit)]
        # What resembles the question but lacks what it demands says nothing of what is left.
        return held if self._confidence.resembles(question, held, evidence.silence) else []

    def _from_fiches(self, question: Question, hits: Sequence[FicheHit]) -> Answer | Draft | None:
        chosen = self._fiches.chosen(question, hits)
        spoken, guides = question.language, question.guides
        blocks = [b for hit in chosen if (b := self._fiches.block(hit.fiche, spoken, guides))]
        if not blocks:
            return None
        answer = _answered(question.language, blocks)
        # Where guides disagree, each value stands beside its guide: nothing to write anew.
        if any(block.intro for block in blocks):
            return answer
        more = self._fiches.others(hits[:_OFFERED], chosen, question.language)
        return drafted(answer, question, [s for b in blocks for s in b.statements], more)

    def _repaired(self, terms: list[str]) -> list[str]:
        """The terms, misspelt ones as the guides spell them; what people ask in vain is not."""
        index = self._index
        return [
            term
            if index.fiche_words.knows(term) or index.is_silent_on(term)
            else index.words.repaired([term])[0]
            for term in terms
        ]

    def _knows(self, term: str) -> bool:
        return self._index.words.knows(term) or self._index.fiche_words.knows(term)


def _language(text: str, history: Sequence[Exchange]) -> Language:
    return language_of(text, history[-1].answer.language if history else "fr")


def _warned(answer: Answer, message: Masked) -> Answer:
    """The answer with the reminder that personal data have no place here."""
    text, reminder = answer.text, wording.MASKED[answer.language]
    if text != wording.PERSONAL[answer.language]:
        text = f"{text}\n\n*{reminder}*"
    warnings = (*answer.warnings, "personal-data")
    return replace(answer, text=text, warnings=warnings, asked=message.text)


def _answered(language: Language, blocks: Sequence[Block]) -> Answer:
    composer = Composer()
    body = composer.body(blocks, _MOST_WORDS)
    cited = composer.citations()
    if not all(citation.quote for citation in cited):
        body += f"\n\n*{wording.WITHOUT_FILE[language]}*"
    return Answer("answered", language, body, cited)


def _set_answer(sort: refusal.Sort, language: Language) -> Answer:
    if sort == "greeting":
        return Answer("answered", language, wording.GREETING[language])
    if sort == "thanks":
        return Answer("answered", language, wording.THANKS[language])
    said = wording.MEDICAL if sort == "medical" else wording.OPINION
    return Answer("abstained", language, said[language])
