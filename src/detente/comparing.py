"""A second coder beside the built-in one: asks about each passage, keeps what it says, compares.

Nothing of it gets into events or briefs. What was answered is kept in the store, so that a rerun
asks nothing and an interrupted one goes on; texts go to the one endpoint that the user names.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from detente import lexicon as lexicons
from detente.analysis.agreement import agreements
from detente.analysis.pairing import pair
from detente.collecting.endpoint import Endpoint
from detente.errors import EndpointError, InputError, UnreadableError
from detente.extraction.parse import CODED
from detente.model import (
    Claim,
    Comparison,
    Document,
    Dropped,
    Extraction,
    Notice,
    Pairing,
    Reply,
    SecondClaim,
    SecondCoder,
    digest,
)
from detente.second.chat import read_reply, request_of
from detente.second.questions import Passage, passages, prompt_digest
from detente.second.replies import claims_in
from detente.settings import Settings
from detente.storage.answers import Answers
from detente.storage.catalog import Store
from detente.workflow.extracting import extract
from detente.workflow.progress import Progress, silent

__all__ = ["compare"]

# After so many questions in a row without an answer nothing more is asked.
_MOST_FAILURES = 3
# What an endpoint answers that does not know the schema, the temperature or the limit of a request.
_DISLIKED = (400, 422)


def compare(
    store: Store,
    endpoint: Endpoint,
    model: str,
    *,
    sample: int | None = None,
    settings: Settings | None = None,
    progress: Progress = silent,
) -> Comparison:
    """Ask a second coder about the documents of a store, and compare its claims with ours.

    Args:
        store: the store; what it lacks of extraction is done first.
        endpoint: where the second coder is asked.
        model: which model, as the endpoint calls it.
        sample: compare so many documents, drawn by their ids; None for all.
        settings: settings of the built-in coder's run.
        progress: told how far the stages are.

    Raises:
        InputError: when the model has no name.
        UnreadableError: when the endpoint answers not a single question.
        StoreError: when the store cannot be written.
    """
    settings = settings or Settings()
    if not model.strip() or not model.isprintable():
        raise InputError("the second coder has no name; give the model as the endpoint calls it")
    run = extract(store, settings=settings, progress=progress)
    coder = SecondCoder(endpoint=endpoint.url, model=model, prompt=prompt_digest())
    asking = _Asking(coder, Answers(store, coder), endpoint.ask)
    countries = lexicons.actors(settings.lexicons).codes
    chosen = _chosen(store, sample)
    compared: dict[tuple[str, str], _Compared] = {}
    for document, extraction in store.documents_with_extractions(run.id):
        if document.id in chosen:
            progress("ask", len(compared), len(chosen))
            found = _compared(document, extraction, asking, countries)
            compared[document.key, document.id] = found
    progress("ask", len(chosen), len(chosen))
    if asking.failure is not None and not asking.asked and not asking.known:
        raise asking.failure
    ordered = [compared[name] for name in sorted(compared)]
    pairings = tuple(pairing for one in ordered for pairing in one.pairings)
    return Comparison(
        coder=coder,
        run_id=run.id,
        documents=sum(one.passages > 0 for one in ordered),
        asked=asking.asked,
        known=asking.known,
        tokens=asking.tokens,
        answered_by=tuple(sorted(asking.models)),
        pairings=pairings,
        dropped=tuple(one for part in ordered for one in part.dropped),
        agreements=agreements(pairings),
        notices=tuple(notice for one in ordered for notice in one.notices),
    )


def _chosen(store: Store, sample: int | None) -> set[str]:
    """Return the ids of the documents to compare: all, or a draw that another run repeats."""
    ids = store.document_ids()
    if sample is None:
        return ids
    return set(sorted(ids, key=lambda one: (digest("sample", one), one))[:sample])


@dataclass(frozen=True, slots=True)
class _Compared:
    """What came of one document: how many passages of it were compared, and what they gave."""

    passages: int
    pairings: tuple[Pairing, ...]
    dropped: tuple[Dropped, ...]
    notices: tuple[Notice, ...]


def _compared(
    document: Document, extraction: Extraction, asking: _Asking, countries: Collection[str]
) -> _Compared:
    """Compare the claims of those passages that the second coder has answered."""
    if extraction.problem is not None:
        reason = f"not compared: it broke the extraction: {extraction.problem}"
        return _Compared(0, (), (), (Notice(where=document.key, reason=reason, skipped=True),))
    ours: list[Claim] = []
    second: list[SecondClaim] = []
    dropped: list[Dropped] = []
    reasons: list[str] = []
    answered = 0
    for passage in passages(document, extraction.segments, CODED):
        try:
            taken, left = claims_in(asking.reply(passage), passage, countries=countries)
        except UnreadableError as error:
            reasons.append(error.reason)
            continue
        answered += 1
        second += taken
        dropped += left
        ours += [c for c in extraction.claims if passage.start <= c.anchor.start < passage.end]
    notices: tuple[Notice, ...] = ()
    if reasons:
        told = f"{len(reasons)} of {answered + len(reasons)} passages not compared: {reasons[0]}"
        notices = (Notice(where=document.key, reason=told, skipped=True),)
    return _Compared(answered, pair(ours, second), tuple(dropped), notices)


@dataclass(slots=True)
class _Asking:
    """Asks a second coder, unless it has answered before.

    Attributes:
        coder: who is asked.
        answers: what it answered.
        ask: posts a question.
        asked: how many questions were answered now.
        known: how many were answered before.
        tokens: how many tokens those of now had.
        models: which models say to have answered.
        plain: whether the endpoint takes plain requests alone.
        failures: how many questions in a row got no answer.
        failure: why the last of them did not.
        ended: whether nothing more is asked.
    """

    coder: SecondCoder
    answers: Answers
    ask: Callable[[bytes], bytes]
    asked: int = 0
    known: int = 0
    tokens: int = 0
    models: set[str] = field(default_factory=set)
    plain: bool = False
    failures: int = 0
    failure: UnreadableError | None = None
    ended: bool = False

    def reply(self, passage: Passage) -> Reply:
        """Return what the second coder says of a passage.

        Raises:
            UnreadableError: when it says nothing; tells why.
        """
        reply = self.answers.get(passage.key)
        if reply is not None:
            self.known += 1
        else:
            reply = self._asked(passage)
            self.answers.put(passage.key, reply)
            self.asked += 1
            self.tokens += reply.tokens
        if reply.model:
            self.models.add(reply.model)
        return reply

    def _asked(self, passage: Passage) -> Reply:
        if self.ended and self.failure is not None:
            raise UnreadableError(passage.document.key, f"not asked: {self.failure.reason}")
        self.answers.begin()
        try:
            reply = read_reply(self._posted(passage), where=self.coder.endpoint)
        except UnreadableError as error:
            self._count(error)
            raise
        self.failures = 0
        return reply

    def _posted(self, passage: Passage) -> bytes:
        try:
            return self.ask(request_of(self.coder, passage, plain=self.plain))
        except EndpointError as error:
            if self.plain or error.status not in _DISLIKED:
                raise
        answer = self.ask(request_of(self.coder, passage, plain=True))
        self.plain = True
        return answer

    def _count(self, failure: UnreadableError) -> None:
        """Count a failure, and end asking where it is of no use."""
        self.failures += 1
        self.failure = failure
        lasting = isinstance(failure, EndpointError) and failure.lasting
        self.ended = lasting or self.failures >= _MOST_FAILURES
