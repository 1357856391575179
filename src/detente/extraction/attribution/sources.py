"""Describing sources: which kind of source a noun phrase is, whether it is named, for whom."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Protocol

from spacy.tokens import Token

from detente.extraction.parse import Passage
from detente.lexicon.outlets import Outlet
from detente.model import Mention, Source, SourceKind, Span

__all__ = ["ActorReader", "OutletFinder", "SourceDescriber", "noun_phrase"]

# Sectors of PLOVER whose members speak for a state.
_STATE_SECTORS = frozenset({"GOV", "MIL", "COP", "LEG", "JUD", "SPY", "UAF", "IGO"})
_PARTS_OF_NAMES = frozenset({"compound", "flat", "nmod", "amod", "appos"})
_QUOTATION_MARKS = frozenset({"“", "”", '"', "''", "``", "«", "»"})
# Words by which a source stays unnamed; the longest first, since they are kept with the source.
_ANONYMITY = re.compile(
    r"(?:speaking |spoke |talking )?(?:up)?on (?:the )?condition of anonymity"
    r"|(?:ask|wish|want|prefer+|request)(?:ed|ing)? not to "
    r"(?:be (?:named|identified|quoted)|give (?:his|her|their|a) names?)"
    r"|(?:declin|refus)(?:ed|ing) to (?:be (?:named|identified)|give (?:his|her|their|a) names?)"
    r"|(?:did|do|does|would) not (?:want|wish) to (?:be (?:named|identified|quoted)"
    r"|give (?:his|her|their|a) names?)"
    r"|(?:could|can|may|must|would) ?not be (?:named|identified)|not authori[sz]ed to speak"
    r"|request(?:ed|ing) anonymity|anonymity|anonymous(?:ly)?|unnamed|unidentified|undisclosed",
    re.IGNORECASE,
)


class ActorReader(Protocol):
    """What this module needs of the actor mentions of a passage."""

    def at(self, token: Token) -> Mention | None:
        """Return the actor named by the noun phrase that a token heads."""
        ...


class OutletFinder(Protocol):
    """What this module needs of the outlet lexicon."""

    def find(self, name: str) -> Outlet | None:
        """Return the outlet with that name, or None."""
        ...


class SourceDescriber:
    """Turns the head of a source's words into a Source, one document at a time."""

    def __init__(
        self,
        passages: Sequence[Passage],
        mentions: Sequence[ActorReader],
        kinds: dict[str, SourceKind],
        outlets: OutletFinder,
    ) -> None:
        self._passages = passages
        self._starts = [passage.start for passage in passages]
        self._mentions = mentions
        self._kinds = kinds
        self._outlets = outlets

    def describe(self, index: int, head: Token, cue: Token) -> Source:
        """Return the source that a noun phrase of a passage names.

        Args:
            index: which passage.
            head: head of the noun phrase.
            cue: the word that attributes; what it heads is not part of the source.

        Returns:
            The source; its country and sector are those of the mention, where there is one.
        """
        passage = self._passages[index]
        tokens = noun_phrase(head, cue)
        mention = self._mentions[index].at(head)
        antecedent = mention.antecedent if mention else None
        kind, named = self._kind(passage, head, tokens, mention)
        if antecedent is not None and (head.pos_ == "PRON" or kind is SourceKind.PERSON):
            kind, named = self._kind_of_antecedent(antecedent, mention) or (kind, named)
        country = mention.country if mention else None
        name = mention.name if mention and named else None
        if kind is SourceKind.OUTLET and (outlet := self._outlet(head, tokens)) is not None:
            country, name = outlet.country or country, outlet.name
        return Source(
            span=passage.span(tokens),
            kind=kind,
            named=named,
            country=country,
            sector=mention.sector if mention else None,
            name=name,
            antecedent=antecedent,
        )

    def _kind_of_antecedent(
        self, antecedent: Span, mention: Mention | None
    ) -> tuple[SourceKind, bool] | None:
        index = bisect_right(self._starts, antecedent.start) - 1
        if index < 0:
            return None
        passage = self._passages[index]
        base = antecedent.start - passage.start
        part = passage.doc.char_span(base, base + len(antecedent.text), alignment_mode="expand")
        if part is None:
            return None
        return self._kind(passage, part.root, list(part), mention)

    def _kind(
        self, passage: Passage, head: Token, tokens: list[Token], mention: Mention | None
    ) -> tuple[SourceKind, bool]:
        """Return the kind of a source and whether its words name it.

        The first that applies: words that ask for anonymity; a known outlet; the noun that heads
        the phrase; a title before or after a name; the sector of the actor.
        """
        words = " ".join(token.lower_ for token in tokens)
        named = head.pos_ == "PROPN" or any(
            c.pos_ == "PROPN" for c in head.children if c.dep_ == "appos"
        )
        if _ANONYMITY.search(words) or (not named and "anonymity" in head.sent.text):
            return SourceKind.UNNAMED, False
        if named and self._outlet(head, tokens) is not None:
            return SourceKind.OUTLET, True
        kind = self._by_noun(head)
        if kind is SourceKind.UNNAMED and named:
            kind = SourceKind.OFFICIAL
        if kind is None and mention is not None and mention.sector is not None:
            kind = _by_sector(mention.sector)
        if kind is None and mention is not None and mention.country is not None:
            kind = SourceKind.OFFICIAL if head.ent_type_ in ("GPE", "NORP") else None
        if kind is None:
            kind = _by_entity(head)
        return kind, named

    def _by_noun(self, head: Token) -> SourceKind | None:
        """Return the kind of the head noun, else of a title that stands with a name."""
        found = self._kinds.get(head.lemma_.lower()) or self._kinds.get(head.lower_)
        if found is not None or head.pos_ != "PROPN":
            return found
        for child in head.children:
            if child.dep_ in _PARTS_OF_NAMES:
                found = self._kinds.get(child.lemma_.lower()) or self._kinds.get(child.lower_)
                if found is not None:
                    return found
        return None

    def _outlet(self, head: Token, tokens: list[Token]) -> Outlet | None:
        """Return the known outlet that a phrase names, by all its words, its name or its head."""
        name = [t for t in tokens if t == head or t.dep_ in ("compound", "det", "nmod", "poss")]
        full = " ".join(token.text for token in name)
        bare = " ".join(token.text for token in name if token.dep_ != "det")
        found = (self._outlets.find(words) for words in (full, bare, head.text))
        return next((outlet for outlet in found if outlet is not None), None)


def _by_sector(sector: str) -> SourceKind | None:
    if sector in _STATE_SECTORS:
        return SourceKind.OFFICIAL
    return {"MED": SourceKind.OUTLET, "CVL": SourceKind.PUBLIC, "EDU": SourceKind.EXPERT}.get(
        sector
    )


def _by_entity(head: Token) -> SourceKind:
    if head.ent_type_ == "ORG":
        return SourceKind.ORGANISATION
    if head.ent_type_ == "GPE":
        return SourceKind.OFFICIAL
    return SourceKind.PERSON


def noun_phrase(head: Token, cue: Token) -> list[Token]:
    """Return the words of a source: its noun phrase without the clause in which the cue stands."""
    if head.dep_ in ("amod", "compound", "nmod"):
        return [head]
    left_out: set[int] = set()
    for child in head.children:
        clause = child.dep_ in ("relcl", "acl", "advcl", "ccomp", "parataxis", "cc", "prep")
        if (clause and (child.i == cue.i or child.is_ancestor(cue))) or child.dep_ == "case":
            left_out.update(token.i for token in child.subtree)
    tokens = [token for token in head.subtree if token.i not in left_out]
    # A phrase is one stretch of text: what the cue or a cut clause separates from the head is lost.
    at = next(n for n, token in enumerate(tokens) if token.i == head.i)
    first = last = at
    while first > 0 and tokens[first - 1].i == tokens[first].i - 1:
        first -= 1
    while last + 1 < len(tokens) and tokens[last + 1].i == tokens[last].i + 1:
        last += 1
    marks = [n for n in range(first, at) if tokens[n].text in _QUOTATION_MARKS]
    if len(marks) % 2:  # one side of a quotation: what stands before it is the quotation's
        first = marks[-1] + 1
    kept = tokens[first : last + 1]
    while len(kept) > 1 and (kept[-1].is_punct or kept[-1].is_space) and kept[-1].i != head.i:
        kept.pop()
    while len(kept) > 1 and (kept[0].is_punct or kept[0].is_space) and kept[0].i != head.i:
        kept.pop(0)
    return kept
