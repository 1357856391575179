"""According to whom: the attributions of a document, and the chain that leads to an event.

Three steps: the grammar of each passage shows cues with their sources and content (`speech`); the
quotation marks of the whole document say how far direct speech reaches (`quotes`); and the two are
joined, so that a quotation of several sentences or paragraphs is one attribution.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from detente.extraction.attribution.quotes import QuotedPart, find_quotes
from detente.extraction.attribution.sources import ActorReader, OutletFinder, SourceDescriber
from detente.extraction.attribution.speech import Link, find_links
from detente.extraction.parse import FoundEvent, Passage
from detente.lexicon.cues import CueLexicon, Force
from detente.model import Attribution, Quotation, Source, SourceKind, Span

__all__ = ["Attributions", "FoundAttribution", "find_attributions"]

_SPEAKING_WORDS = 3  # a shorter quotation without a cue is a title or a scare quote
_GAP = frozenset(" ,.:;-–—\n\t")
_BREAKS = frozenset("-–—:;")
_FIRST_PERSON = frozenset({"i", "we"})
_SUPPOSED = frozenset({"alleged", "purported", "rumoured", "rumored", "supposed"})
# What a source means to do without telling anybody; a vow or a threat is told.
_MEANING = frozenset(
    """aim aspire choose decide elect hesitate hope intend long opt plan plot prepare resolve scheme
    seek want wish yearn decision desire determination intention willingness""".split()
)
_CREDIT_REACH = 200  # characters before a segment in which its credit line may stand


@dataclass(frozen=True, slots=True)
class FoundAttribution:
    """One attribution of a document, wherever its content stands.

    Attributes:
        source: who says it, or None.
        cue: the words that attribute.
        lemma: the cue as the lexicon lists it.
        force: what the source does to the content.
        pieces: character ranges of the document that are its content, in order.
        quotation: direct, indirect or mixed speech.
        inner: whether it stands below another attribution of the same content.
    """

    source: Source | None
    cue: Span
    lemma: str
    force: Force
    pieces: tuple[tuple[int, int], ...]
    quotation: Quotation
    inner: bool

    def piece_at(self, offset: int) -> tuple[int, int] | None:
        """Return the piece of content that holds a character, or None."""
        return next((piece for piece in self.pieces if piece[0] <= offset < piece[1]), None)


class Attributions:
    """The attributions of one document."""

    def __init__(
        self,
        all_: Iterable[FoundAttribution],
        credits: dict[tuple[int, int], Attribution],
        relays: Iterable[FoundAttribution] = (),
    ) -> None:
        self.all = tuple(all_)
        self._credits = credits
        self._relays = tuple(relays)

    def chain_of(self, event: FoundEvent) -> tuple[Attribution, ...]:
        """Return who says that an event happened, the outlet that relays first.

        An attribution belongs to the chain when its content holds the event's trigger. A cue that
        is itself the trigger ("Russia accused Turkey of ...") does not: that it was uttered is the
        outlet's own statement. Nor does an intention ("Russia plans to"; a vow is told): who means
        to do a thing says nothing; the label tells that it is planned. An attitude ("condemned the
        attack") takes its content for granted, so that it is no source of it. The content of each
        link is the stretch of text around the event.

        Returns:
            The links, outermost first; empty means the outlet's own voice.
        """
        passage = event.passage
        offset = passage.start + event.trigger.idx
        holding = [
            found
            for found in (*self._relays, *self.all)
            if found.piece_at(offset)
            and not _is_intention(passage, found)
            and not _takes_for_granted(found, event)
            and not found.cue.start <= offset < found.cue.end
        ]
        depth = {
            id(found): sum(outer.piece_at(found.cue.start) is not None for outer in holding)
            for found in holding
        }
        holding.sort(key=lambda found: (depth[id(found)], found.inner, -_length(found.pieces)))
        chain: list[Attribution] = []
        for found in holding:
            link = _link(passage, found, offset)
            chain.append(_as_speaker(link, chain[-1]) if chain else link)
        credit = self._credits.get((passage.segment.start, passage.segment.end))
        if credit is not None and not _repeats(credit, chain):
            chain.insert(0, credit)
        return tuple(chain)


def find_attributions(
    passages: Sequence[Passage],
    mentions: Sequence[ActorReader],
    cues: CueLexicon,
    outlets: OutletFinder,
) -> Attributions:
    """Find who says what in the passages of one document.

    Args:
        passages: the parsed passages, in order.
        mentions: the actor mentions of each.
        cues: the attribution cues.
        outlets: the known outlets.

    Returns:
        All attributions, and the chain of each event.
    """
    describer = SourceDescriber(passages, mentions, cues.kinds, outlets)
    drafts: list[_Draft] = []
    for index, passage in enumerate(passages):
        drafts += [_Draft(index, passage, link) for link in find_links(passage, cues)]
    _join_quotes(passages, drafts)
    spoken = [draft for draft in drafts if draft.pieces]
    found = [_finish(draft, describer) for draft in spoken]
    heard = (_hearer(draft, own, describer) for draft, own in zip(spoken, found, strict=True))
    relays = [one for one in heard if one is not None]
    for passage in passages:
        relays += _called(passage)
    return Attributions(found, _credits(passages), relays)


# ---- joining grammar and quotation marks ---------------------------------------------------------


class _Draft:
    """A link of one passage whose content may still grow beyond it."""

    def __init__(self, index: int, passage: Passage, link: Link) -> None:
        self.index = index
        self.passage = passage
        self.link = link
        self.pieces = [
            _characters(passage, start, end) for start, end in link.content if start < end
        ]
        self.cue_at = passage.start + link.head.idx
        self.quoted: list[tuple[int, int]] = []  # the quotations that its content is in

    def add(self, start: int, end: int) -> None:
        """Make the characters of a quotation content.

        What the parser took for a part of it between its end and a cue after it is the source, and
        a dash or colon before it parts it from what the outlet says itself.
        """
        self.quoted.append((start, end))
        text = self.passage.document.text
        after_break = text[max(0, start - 3) : start].rstrip()[-1:] in _BREAKS
        if after_break and end <= self.cue_at:
            self.pieces = [(start if a < start < b else a, b) for a, b in self.pieces]
        if self.link.speech and end <= self.cue_at and not self._has_verb(end):
            self.pieces = [(a, end if a < end < b <= self.cue_at else b) for a, b in self.pieces]
        self.pieces = _union([*self.pieces, (start, end)])

    def _has_verb(self, start: int) -> bool:
        """Whether a verb stands between a character of the document and the cue."""
        first = start - self.passage.start
        last = self.link.head.idx
        return any(
            first <= token.idx < last and token.pos_ == "VERB" and token not in self.link.cue
            for token in self.passage.doc
        )


def _join_quotes(passages: Sequence[Passage], drafts: list[_Draft]) -> None:
    """Extend the content of direct speech over its quotations."""
    by_passage: dict[int, list[_Draft]] = {}
    for draft in drafts:
        by_passage.setdefault(draft.index, []).append(draft)
    speaker: _Draft | None = None  # whose direct speech came last
    for part in find_quotes(passages):
        passage = passages[part.passage]
        start, end = passage.start + part.start, passage.start + part.end
        near = by_passage.get(part.passage, [])
        owners = [draft for draft in near if _overlaps(draft, start, end)]
        if part.continued and speaker is not None and not owners:
            owners = [speaker]
        spoken = _is_speech(passage, part)
        if not owners:
            owners = _silent_neighbour(near, passage, part)
        if not owners and spoken:
            owners = _owner_of_orphan(near, speaker, passage, part)
        for owner in owners:
            owner.add(start, end)
        direct = [owner for owner in owners if owner.link.speech]
        if direct:
            speaker = direct[-1]


def _overlaps(draft: _Draft, start: int, end: int) -> bool:
    """Whether the content of a cue outside a quotation shares characters with it."""
    if start <= draft.cue_at < end:
        return False
    return any(a < end and start < b for a, b in draft.pieces)


def _silent_neighbour(near: list[_Draft], passage: Passage, part: QuotedPart) -> list[_Draft]:
    """Return the cue of speech without content that stands next to a quotation, if any."""
    start, end = passage.start + part.start, passage.start + part.end
    silent = [d for d in near if d.link.speech and not d.pieces and not start <= d.cue_at < end]
    if not silent:
        return []
    nearest = min(silent, key=lambda d: min(abs(d.cue_at - end), abs(d.cue_at - start)))
    return [nearest] if _near(passage, nearest, part) else []


def _owner_of_orphan(
    near: list[_Draft], speaker: _Draft | None, passage: Passage, part: QuotedPart
) -> list[_Draft]:
    """Return whose words a quotation is that no cue governs.

    The speaker of the quotation before it in the same paragraph; else the next speaker in it; else,
    for a paragraph that opens with a quotation, the last speaker of the paragraph before.
    """
    end = passage.start + part.end
    if speaker is not None and speaker.index == part.passage:
        return [speaker]
    later = [d for d in near if d.link.speech and d.cue_at >= end]
    if later and _near(passage, later[0], part):
        return later[:1]
    if part.start == 0 and speaker is not None and speaker.index == part.passage - 1:
        return [speaker]
    return []


def _near(passage: Passage, draft: _Draft, part: QuotedPart) -> bool:
    """Whether a cue stands in the sentence of a quotation or in the one next to it."""
    doc = passage.doc
    sentences = list(doc.sents)
    at = next(n for n, s in enumerate(sentences) if s.start <= draft.link.head.i < s.end)
    touched = [
        n for n, s in enumerate(sentences) if s.start_char < part.end and part.start < s.end_char
    ]
    return bool(touched) and min(abs(at - n) for n in touched) <= 1


def _is_speech(passage: Passage, part: QuotedPart) -> bool:
    """Whether a quotation is long enough, and a clause, so that it can be speech by itself."""
    tokens = [t for t in passage.doc if part.start <= t.idx < part.end]
    words = sum(token.is_alpha for token in tokens)
    return words >= _SPEAKING_WORDS and any(t.pos_ in ("VERB", "AUX") for t in tokens)


# ---- from tokens to records ----------------------------------------------------------------------


def _finish(draft: _Draft, describer: SourceDescriber) -> FoundAttribution:
    link = draft.link
    source = (
        describer.describe(draft.index, link.source, link.head) if link.source is not None else None
    )
    pieces = tuple(_union(draft.pieces))
    return FoundAttribution(
        source=source,
        cue=draft.passage.span(link.cue),
        lemma=link.lemma,
        force=link.force,
        pieces=pieces,
        quotation=_quotation(pieces, draft.quoted),
        inner=link.inner,
    )


def _called(passage: Passage) -> Iterator[FoundAttribution]:
    """Yield a link without a source for each "alleged attack" and "supposed killing"."""
    text = passage.doc.text.lower()
    if not any(word in text for word in _SUPPOSED):
        return
    for token in passage.doc:
        if token.lower_ in _SUPPOSED and token.dep_ == "amod" and token.head.i > token.i:
            words = passage.span((token,))
            noun = token.head
            end = passage.start + noun.idx + len(noun)
            yield FoundAttribution(
                source=None,
                cue=words,
                lemma="allegedly",
                force=Force.CLAIMS,
                pieces=((words.start, end),),
                quotation=Quotation.INDIRECT,
                inner=True,
            )


def _hearer(
    draft: _Draft, told: FoundAttribution, describer: SourceDescriber
) -> FoundAttribution | None:
    """Return the outlet to which a source told something: "officials told Reuters that".

    Only the outlet can have passed it on; it is the outer link of the chain.
    """
    if told.lemma != "tell":
        return None
    verb = draft.link.head
    for child in verb.rights:
        if child.dep_ in ("dobj", "obj", "dative") and child.pos_ == "PROPN":
            outlet = describer.describe(draft.index, child, verb)
            if outlet.kind is SourceKind.OUTLET:
                whole = (*told.pieces, (told.cue.start, told.cue.end))
                return replace(told, source=outlet, pieces=tuple(_union(whole)))
    return None


def _quotation(pieces: tuple[tuple[int, int], ...], quoted: list[tuple[int, int]]) -> Quotation:
    inside = sum(
        max(0, min(b, end) - max(a, start)) for a, b in pieces for start, end in _union(quoted)
    )
    if inside == 0:
        return Quotation.INDIRECT
    # Nine tenths: a comma or "that" outside the marks does not make speech mixed.
    return Quotation.DIRECT if inside >= 0.9 * _length(pieces) else Quotation.MIXED


def _takes_for_granted(found: FoundAttribution, event: FoundEvent) -> bool:
    """Whether a source presupposes an event in the content instead of stating it.

    So do attitudes ("condemned the attack"), and requests and plans for what a relative clause or
    a participle in them tells ("asked them to return the drone that was seized").
    """
    if found.force is Force.FEELS:
        return True
    if found.force not in (Force.REQUESTS, Force.INTENDS, Force.ASKS):
        return False
    start = event.passage.start
    return any(
        (token.dep_ == "relcl" or (token.dep_ == "acl" and token.tag_ in ("VBG", "VBN")))
        and found.piece_at(start + token.idx) is not None
        for token in (event.trigger, *event.trigger.ancestors)
    )


def _is_intention(passage: Passage, found: FoundAttribution) -> bool:
    """Whether a source only means to do a thing itself: "plans to attack", not "vowed to"."""
    text = passage.document.text
    own = any(text[start : start + 3].lower() == "to " for start, _ in found.pieces)
    return found.lemma in _MEANING and own


def _link(passage: Passage, found: FoundAttribution, offset: int) -> Attribution:
    piece = found.piece_at(offset)
    content = passage.document.span(*piece) if piece else None
    return Attribution(
        source=found.source,
        cue=found.cue,
        content=content,
        quotation=found.quotation,
        lemma=found.lemma,
    )


def _as_speaker(link: Attribution, outer: Attribution) -> Attribution:
    """Let "I" and "we" stand for the source that is quoted."""
    source, speaker = link.source, outer.source
    if source is None or speaker is None or source.antecedent is not None:
        return link
    if source.span.text.lower() not in _FIRST_PERSON:
        return link
    antecedent = speaker.antecedent or speaker.span
    return replace(link, source=replace(speaker, span=source.span, antecedent=antecedent))


def _characters(passage: Passage, start: int, end: int) -> tuple[int, int]:
    """Return the characters of a token range, without the spaces and commas at its ends."""
    doc = passage.doc
    first = doc[start].idx
    last = doc[end - 1].idx + len(doc[end - 1])
    text = doc.text
    while first < last and text[first] in _GAP:
        first += 1
    while first < last and text[last - 1] in _GAP:
        last -= 1
    return passage.start + first, passage.start + max(last, first)


def _union(pieces: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(piece for piece in pieces if piece[0] < piece[1]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def _length(pieces: Iterable[tuple[int, int]]) -> int:
    return sum(end - start for start, end in pieces)


# ---- credits -------------------------------------------------------------------------------------


def _credits(passages: Sequence[Passage]) -> dict[tuple[int, int], Attribution]:
    """Return the outermost link of each segment whose words are credited to another outlet.

    Only where the document holds words to cite for it.
    """
    found: dict[tuple[int, int], Attribution] = {}
    for passage in passages:
        segment, document = passage.segment, passage.document
        key = (segment.start, segment.end)
        if segment.outlet is None or key in found:
            continue
        at = document.text.find(segment.outlet, max(0, segment.start - _CREDIT_REACH), segment.end)
        if at < 0:
            continue
        words = document.span(at, at + len(segment.outlet))
        source = Source(span=words, kind=SourceKind.OUTLET, named=True, name=segment.outlet)
        found[key] = Attribution(
            source=source, cue=words, content=None, quotation=Quotation.INDIRECT, lemma="credit"
        )
    return found


def _repeats(credit: Attribution, chain: list[Attribution]) -> bool:
    """Whether the chain already begins with the credited outlet."""
    first = chain[0].source if chain else None
    return (
        first is not None
        and credit.source is not None
        and (first.span.text.lower() == credit.source.span.text.lower())
    )
