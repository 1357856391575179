"""Finding who says what within one passage: cue, source and content, by construction."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from spacy.tokens import Doc, Token

from detente.extraction.certainty.verb_time import lemma_of
from detente.extraction.parse import Passage
from detente.lexicon.cues import Cue, CueLexicon, Force, Take
from detente.model import SegmentKind, SourceKind

__all__ = ["Link", "controller", "find_links", "subject_of"]

_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_CLAUSES = frozenset({"ccomp", "xcomp"})
# What belongs to the verb group of a cue besides the verb.
_GROUP = frozenset({"aux", "auxpass", "neg", "prt"})
# Verbs whose subject owns the noun that they govern: "X made a claim that", "issued a warning".
_OWNING = frozenset(
    "make issue give release express voice repeat reiterate offer have hold share deliver publish "
    "send put post raise level lodge announce unveil present outline".split()
)
# What stands before the colon of a headline and is no source.
_RUBRICS = frozenset(
    "update analysis opinion video photos live exclusive breaking explainer editorial interview "
    "timeline profile factbox watch podcast review correction news focus background".split()
)
_EMERGING = frozenset(
    "emerge surface spread circulate swirl have come appear abound mount grow persist leak".split()
)
_NOTING = frozenset({"note", "learn", "observe", "record", "recall", "see", "receive"})
_MEANWHILE = frozenset({"as", "while", "after", "before", "when"})
# "In the view of the panel", "in his words".
_VIEWS = frozenset(
    {"view", "opinion", "words", "eyes", "estimation", "judgment", "judgement", "views"}
)
_CLOSING_MARKS = frozenset({"”", '"', "''", "’", "»"})
_LONGEST_SOURCE = 20  # words between a quotation and its cue
_HEADLINE_SOURCE_WORDS = 6  # longest "Name, title:" before the colon of a headline


@dataclass(frozen=True, slots=True, eq=False)
class Link:
    """One attribution in tokens of one passage.

    Attributes:
        head: the word that attributes.
        cue: the cue's words, its verb group included.
        lemma: the cue as the lexicon lists it.
        force: what the source does to the content.
        source: head of the words for the source; None where there are none.
        content: token ranges (half-open) of what is attributed.
        inner: whether the source stands below another cue that shares its content ("citing X").
        speech: whether it can introduce direct speech.
    """

    head: Token
    cue: tuple[Token, ...]
    lemma: str
    force: Force
    source: Token | None
    content: tuple[tuple[int, int], ...]
    inner: bool = False
    speech: bool = False


def find_links(passage: Passage, cues: CueLexicon) -> list[Link]:
    """Return the attributions that the grammar of a passage shows, in the order of their cues."""
    doc = passage.doc
    links: list[Link] = []
    quoting: list[Token] = []
    for token in doc:
        lower = token.lower_
        if lower == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            links += _according(token)
        elif lower in _VIEWS and token.dep_ == "pobj" and token.head.lower_ == "in":
            links += _in_view(token)
        elif token.tag_.startswith(("VB", "MD")) or token.pos_ in ("VERB", "AUX"):
            links += _verb_links(token, cues)
            if token.dep_ == "relcl" and token.lemma_ in ("quote", "cite"):
                quoting.append(token)
        elif lower in cues.adverbs and token.dep_ in ("advmod", "dep"):
            links += _adverb(token, cues.adverbs[lower])
        elif token.pos_ in ("NOUN", "PROPN") and lemma_of(token) in cues.nouns:
            links += _noun_links(token, cues.nouns[lemma_of(token)])
    for verb in quoting:
        links += _quoting_source(verb, links, cues)
    if not links or passage.segment.kind is SegmentKind.HEADLINE:
        links += _colon(passage)
    return sorted(links, key=lambda link: link.head.i)


# ---- verbs ---------------------------------------------------------------------------------------


def _verb_links(verb: Token, cues: CueLexicon) -> Iterator[Link]:
    cue = _entry(verb, cues)
    if cue is None or verb.dep_ in ("aux", "auxpass", "amod", "compound"):
        return
    passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children)
    source = _source_of(verb, passive)
    if "as" in {take.value for take in cue.takes} or verb.lemma_ in ("quote", "cite"):
        yield from _as_links(verb, cue, passive, source)
    if verb.lemma_ in ("cite", "quote") and verb.tag_ == "VBG":
        yield from _citing(verb, cue, cues.kinds)
        return
    content = list(_complements(verb, cue, passive))
    speech = Take.QUOTE in cue.takes
    if source is None and speech and not passive:
        source = _after_quotation(verb)
    if not content and not passive and (speech or Take.THAT in cue.takes):
        content = _floating(verb)
    if source is None and speech and not passive and content and content[-1][1] <= verb.i + 1:
        # "S, insisted the ministers": the subject behind its verb is read as an object
        behind = (child for child in verb.rights if child.dep_ in ("dobj", "obj", "npadvmod"))
        source = next((child for child in behind if child.pos_ in ("NOUN", "PROPN")), None)
    if not content and not (speech and (source is not None) and not passive):
        return
    yield Link(verb, _group(verb), cue.cue, cue.force, source, _ranges(content), speech=speech)


def _entry(verb: Token, cues: CueLexicon) -> Cue | None:
    """Return the cue of a verb, the one with its particle or fixed preposition first."""
    lemma = lemma_of(verb)
    for child in verb.children:
        if child.dep_ in ("prt", "prep", "advmod"):
            found = cues.verbs.get(f"{lemma} {child.lower_}")
            if found is not None:
                return found
    if any(
        child.dep_ == "prt" and child.lower_ not in ("out", "back", "off")
        for child in verb.children
    ):
        return None
    return cues.verbs.get(lemma)


def _complements(verb: Token, cue: Cue, passive: bool) -> Iterator[tuple[int, int]]:
    """Yield the ranges of the content that a cue governs, by the constructions it takes."""
    for child in verb.children:
        if child.dep_ == "ccomp" and _takes_clause(cue):
            yield _clause_range(verb, child)
        elif child.dep_ == "prep" and child.lower_ in cue.preps:
            yield from (_extent(c) for c in child.children if c.dep_ in ("pobj", "pcomp"))
        elif _is_content(child, cue, passive):
            yield _extent(child)
        elif child.dep_ in ("dobj", "obj", "dative"):  # "told reporters that": hung on the hearer
            yield from (_extent(c) for c in child.rights if _is_hearer_clause(c, cue))


def _is_content(child: Token, cue: Cue, passive: bool) -> bool:
    if child.dep_ == "xcomp":
        return _takes_infinitive(cue, child, passive)
    if child.dep_ in ("dobj", "obj"):
        return Take.OBJECT in cue.takes and not passive
    if child.dep_ == "nsubjpass":
        return Take.OBJECT in cue.takes and passive and child.tag_ != "PRP"
    return child.dep_ == "advcl" and Take.THAT in cue.takes and _marked(child, "that")


def _is_hearer_clause(clause: Token, cue: Cue) -> bool:
    if clause.dep_ == "acl":
        return (Take.THAT in cue.takes and _marked(clause, "that")) or (
            Take.HEARER in cue.takes and _marked(clause, "to")
        )
    return clause.dep_ == "relcl" and cue.cue == "tell"


def _takes_clause(cue: Cue) -> bool:
    return any(
        take in cue.takes for take in (Take.THAT, Take.QUOTE, Take.HEARER, Take.TO, Take.GERUND)
    )


def _takes_infinitive(cue: Cue, complement: Token, passive: bool) -> bool:
    if complement.tag_ == "VBG":
        return Take.GERUND in cue.takes
    if passive:
        return Take.RAISED in cue.takes or Take.HEARER in cue.takes
    if complement.tag_ in ("VBD", "VBZ", "VBP", "MD"):  # a finite clause that the parser calls open
        return Take.THAT in cue.takes
    return Take.TO in cue.takes or Take.HEARER in cue.takes


def _clause_range(verb: Token, clause: Token) -> tuple[int, int]:
    """Return the range of a clause; one before its cue reaches up to the cue's own clause.

    In "S, X said, Y reported" the parser hangs "X said" on "reported" and not on S.
    """
    start, end = _extent(clause)
    if clause.i > verb.i:
        return start, end
    own = [verb.i] + [
        child.left_edge.i
        for child in verb.lefts
        if child.dep_ in _SUBJECTS | _GROUP and child.i > clause.i
    ]
    return start, max(end, min(own))


def _floating(verb: Token) -> list[tuple[int, int]]:
    """Return what stands around "X said" in "S, X said" where the parser makes it a side remark."""
    remarks = [child for child in verb.lefts if child.dep_ == "parataxis"]
    if remarks:  # "S, X said, Y reported" with S hung on "said"
        return [_clause_range(verb, remarks[0])]
    head = verb.head
    if verb.dep_ not in ("parataxis", "advcl", "ccomp", "conj", "dep") or head == verb:
        return []
    marks = [child for child in verb.children if child.dep_ in ("mark", "advmod")]
    if verb.dep_ != "parataxis":
        as_clause = any(mark.lower_ == "as" for mark in marks)
        comma = verb.left_edge.i > 0 and verb.doc[verb.left_edge.i - 1].text in (",", "”", '"')
        if not as_clause and not (comma and verb.dep_ in ("ccomp", "dep") and subject_of(verb)):
            return []
    return _around(head, verb)


def _around(clause: Token, inner: Token) -> list[tuple[int, int]]:
    """Return the ranges of a clause without the side remark in it and what follows a later cue."""
    start, end = _extent(clause)
    cut_start, cut_end = inner.left_edge.i, inner.right_edge.i + 1
    if clause.i > inner.i and start < cut_start and _is_cue_after(clause, inner):
        return [(start, cut_start)]
    doc = inner.doc
    pieces = ((start, cut_start), (cut_end, end))
    return [(a, b) for a, b in pieces if any(token.is_alpha for token in doc[a:b])]


def _is_cue_after(clause: Token, inner: Token) -> bool:
    """Whether a clause after a side remark is itself a cue: "S, X said, Y reported"."""
    own = [c for c in clause.lefts if c.dep_ in _SUBJECTS and c.i > inner.i]
    return bool(own) and any(c.dep_ == "ccomp" and c.i < inner.i for c in clause.lefts)


def _as_links(verb: Token, cue: Cue, passive: bool, source: Token | None) -> Iterator[Link]:
    """Yield the outer link of "quoted X as saying that S", and of "was quoted by Y as saying".

    The inner link is found at "saying", whose subject is the one quoted.
    """
    for prep in verb.children:
        if prep.dep_ != "prep" or prep.lower_ != "as":
            continue
        for inner in prep.children:
            if inner.dep_ not in ("pcomp", "pobj"):
                continue
            start, end = _extent(inner)
            quoted = _quoted(verb, passive)
            if quoted is not None and not passive and verb.i < quoted.i:
                start = min(start, quoted.left_edge.i)
            yield Link(verb, _group(verb), cue.cue, cue.force, source, ((start, end),))


def _quoted(verb: Token, passive: bool) -> Token | None:
    wanted = ("nsubjpass",) if passive else ("dobj", "obj")
    return next((child for child in verb.children if child.dep_ in wanted), None)


def _can_be_cited(noun: Token, kinds: Mapping[str, SourceKind]) -> bool:
    """Whether a noun is a source: "citing officials", but not "citing a lack of funds"."""
    named = noun.pos_ in ("PROPN", "PRON") or bool(noun.ent_type_)
    return named or noun.lemma_.lower() in kinds


def _citing(verb: Token, cue: Cue, kinds: Mapping[str, SourceKind]) -> Iterator[Link]:
    """Yield the link of ", citing X": X is the source of what the governing clause says."""
    cited = next((child for child in verb.children if child.dep_ in ("dobj", "obj")), None)
    if (
        cited is None
        or not _can_be_cited(cited, kinds)
        or verb.dep_ not in ("advcl", "prep", "acl", "conj")
    ):
        return
    head = verb.head
    if head.dep_ in _SUBJECTS and head.head.pos_ == "VERB":
        head = head.head  # "the radio, quoting the army, said that ..."
    clauses = [child for child in head.children if child.dep_ == "ccomp" and child != verb]
    content = [_extent(clauses[0])] if clauses else _around(head, verb)
    yield Link(verb, (verb,), cue.cue, Force.SAYS, cited, _ranges(content), inner=True)


def _quoting_source(verb: Token, links: list[Link], cues: CueLexicon) -> Iterator[Link]:
    """Yield the link of "according to the site, which quotes a medic": the medic says the same."""
    quoted = next((child for child in verb.children if child.dep_ in ("dobj", "obj")), None)
    for link in links:
        if quoted is not None and link.source is not None and link.source == verb.head:
            cue = cues.verbs[verb.lemma_].cue
            yield Link(verb, (verb,), cue, Force.SAYS, quoted, link.content, inner=True)
            return


# ---- other cues ----------------------------------------------------------------------------------


def _according(token: Token) -> Iterator[Link]:
    to = token.doc[token.i + 1]
    source = next((c for c in (*to.children, *token.children) if c.dep_ == "pobj"), None)
    if source is None or source == to:
        return
    edge_start, edge_end = token.i, max(source.right_edge.i, to.i) + 1
    clause = token.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
        clause = clause.head
    before = token.doc[edge_start - 1].text if edge_start else ""
    last = edge_end >= token.sent.end - 1
    if last and before in (",", "”", '"', "-", "—", "–"):
        clause = token.sent.root
    start, end = _extent(clause)
    pieces = [(start, min(edge_start, end)), (edge_end, end)]
    yield Link(
        token,
        (token, to),
        "according to",
        Force.SAYS,
        source,
        _ranges((a, b) for a, b in pieces if b - a > 1),
    )


def _in_view(noun: Token) -> Iterator[Link]:
    """Yield the link of "in the view of X, S" and "in X's words, S"."""
    preposition = noun.head
    source = next((child for child in noun.lefts if child.dep_ == "poss"), None)
    last = noun.i
    for child in noun.rights:
        if child.dep_ == "prep" and child.lower_ == "of" and source is None:
            source = next((c for c in child.children if c.dep_ == "pobj"), None)
            last = source.right_edge.i if source is not None else last
    clause = preposition.head
    if source is None or clause.pos_ not in ("VERB", "AUX") or preposition.dep_ != "prep":
        return
    start, end = _extent(clause)
    pieces = ((start, preposition.i), (last + 1, end))
    cue = tuple(noun.doc[preposition.i : noun.i + 1])
    content = _ranges(piece for piece in pieces if piece[1] - piece[0] > 1)
    yield Link(noun, cue, "according to", Force.SAYS, source, content)


def _adverb(token: Token, cue: Cue) -> Iterator[Link]:
    start, end = _extent(token.head)
    for clause in token.head.rights:
        # "was reportedly arrested as troops massed": the second clause is the outlet's own
        if clause.dep_ == "advcl" and any(c.lower_ in _MEANWHILE for c in clause.lefts):
            end = min(end, clause.left_edge.i)
    pieces = ((start, token.i), (token.i + 1, end))
    yield Link(token, (token,), cue.cue, cue.force, None, _ranges(p for p in pieces if p[0] < p[1]))


def _noun_links(noun: Token, cue: Cue) -> Iterator[Link]:
    content: list[tuple[int, int]] = []
    for child in noun.rights:
        finite = child.dep_ in ("acl", "ccomp", "relcl") and _marked(child, "that")
        infinitive = child.dep_ == "acl" and _marked(child, "to")
        if (finite and Take.THAT in cue.takes and _has_subject(child)) or (
            infinitive and Take.TO in cue.takes
        ):
            content.append(_extent(child))
        elif child.dep_ == "prep" and child.lower_ in cue.preps and noun.tag_ in ("NNS", "NN"):
            content += [_extent(c) for c in child.children if c.dep_ in ("pobj", "pcomp")]
    verb = noun.head
    if not content and noun.dep_ in _SUBJECTS and verb.lemma_ in _EMERGING:
        # "rumours spread that", "rumour has it that"
        told = (
            c for c in verb.rights if c.dep_ in ("ccomp", "advcl", "acl") and _marked(c, "that")
        )
        content = [_extent(clause) for clause in told if Take.THAT in cue.takes]
    if content:
        source = _owner(noun)
        yield Link(noun, (noun,), cue.cue, cue.force, source, _ranges(content))


def _owner(noun: Token) -> Token | None:
    """Return who utters a noun of speech: its possessor, "by" or "from" phrase, or modifier."""
    for child in noun.children:
        if child.dep_ == "poss":
            return child
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in ("by", "from"):
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    verb = noun.head
    if noun.dep_ in ("dobj", "obj") and verb.lemma_ in _OWNING:
        return subject_of(verb)
    if noun.dep_ == "pobj" and verb.lower_ == "with" and verb.head.lemma_ in _NOTING:
        return subject_of(verb.head)  # "notes with concern that"
    for child in noun.lefts:
        if child.ent_type_ in ("NORP", "GPE", "ORG", "PERSON") and child.dep_ in (
            "amod",
            "compound",
            "nmod",
        ):
            return child
    return None


def _colon(passage: Passage) -> Iterator[Link]:
    """Yield the link of a headline "Name: S" or "S: Name"."""
    doc = passage.doc
    if passage.segment.kind is not SegmentKind.HEADLINE:
        return
    for colon in doc:
        if colon.text not in (":", "-", "–", "—") or colon.i in (0, len(doc) - 1):
            continue
        before, after = doc[: colon.i], doc[colon.i + 1 :]
        for name, rest in ((before, after), (after, before)):
            if name is after and colon.text == "-" and not after[0].is_title:
                continue
            if name is before and colon.text != ":":
                continue
            if _is_name(list(name)) and any(t.pos_ in ("VERB", "AUX") for t in rest):
                head = name.root
                yield Link(colon, (colon,), ":", Force.SAYS, head, ((rest.start, rest.end),))
                return


def _is_name(tokens: list[Token]) -> bool:
    words = [token for token in tokens if token.is_alpha]
    return (
        0 < len(words) <= _HEADLINE_SOURCE_WORDS
        and any(token.pos_ == "PROPN" or token.is_title for token in words)
        and all(token.pos_ not in ("VERB", "AUX") for token in words)
        and words[0].lower_ not in _RUBRICS
    )


# ---- subjects and ranges -------------------------------------------------------------------------


def _source_of(verb: Token, passive: bool) -> Token | None:
    if not passive:
        return subject_of(verb)
    for child in verb.children:
        if child.dep_ == "agent":
            return next((c for c in child.children if c.dep_ == "pobj"), None)
    return None


def _after_quotation(verb: Token) -> Token | None:
    """Return the head of the words between a closing quotation mark and a cue without a subject.

    After a long quotation the parser often takes "Ivo Hartl, the envoy," for a part of it.
    """
    doc = verb.doc
    start = verb.i
    while start > 0 and verb.i - start < _LONGEST_SOURCE:
        before = doc[start - 1]
        if before.tag_ == "''" or before.text in _CLOSING_MARKS:
            between = doc[start : verb.i]
            words = [t for t in between if t.pos_ in ("NOUN", "PROPN", "PRON")]
            if not words or any(t.pos_ == "VERB" for t in between):
                return None
            root: Token = between.root
            return root if root in words else words[-1]
        start -= 1
    return None


def subject_of(verb: Token) -> Token | None:
    """Return the head of the words for who does what a verb says; None where the clause is silent.

    The subject of a clause without one of its own is shared with the clause that it is joined to or
    controlled by; a relative pronoun gives way to its noun.
    """
    seen = 0
    while seen < 10:  # deeper chains of control do not occur; the bound guards against odd parses
        seen += 1
        own = [c for c in verb.children if c.dep_ in _SUBJECTS]
        if own:  # of two, the first is often a heading: "War in Arnor: the envoy says"
            nearest = min(own, key=lambda c: abs(c.i - verb.i))
            return _antecedent_of_relative(nearest, verb)
        if verb.dep_ in ("conj", "aux"):
            verb = verb.head
        elif verb.dep_ in ("acl", "relcl") and verb.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return verb.head
        elif verb.dep_ in ("xcomp", "pcomp", "advcl", "ccomp"):
            held = controller(verb)
            if held is None or held.pos_ not in ("VERB", "AUX"):
                return held
            verb = held
        else:
            return None
    return None


def controller(verb: Token) -> Token | None:
    """Return the noun, or the verb, whose subject a clause without one shares."""
    head = verb.head
    if verb.dep_ == "pcomp":
        if head.dep_ != "prep":
            return None
        head = head.head
        if verb.head.lower_ == "as":
            quoted = [c for c in head.children if c.dep_ in ("dobj", "obj", "nsubjpass")]
            return quoted[0] if quoted else head
    if verb.dep_ == "xcomp":
        objects = [c for c in head.children if c.dep_ in ("dobj", "obj") and c.i < verb.i]
        return objects[0] if objects else head
    if verb.dep_ == "ccomp" and verb.tag_ not in ("VBG", "VB"):
        return None
    return head if head.pos_ in ("VERB", "AUX") else None


def _antecedent_of_relative(subject: Token, verb: Token) -> Token:
    if subject.tag_ in ("WDT", "WP") and verb.dep_ == "relcl":
        return verb.head
    return subject


def _has_subject(verb: Token) -> bool:
    return any(child.dep_ in _SUBJECTS and child.lower_ != "that" for child in verb.children)


def _marked(clause: Token, word: str) -> bool:
    return any(c.lower_ == word and c.dep_ in ("mark", "aux") for c in clause.children)


def _group(verb: Token) -> tuple[Token, ...]:
    """Return a verb with its auxiliaries, negation and particle."""
    return tuple(sorted((verb, *(c for c in verb.children if c.dep_ in _GROUP)), key=lambda t: t.i))


def _extent(head: Token) -> tuple[int, int]:
    return head.left_edge.i, head.right_edge.i + 1


def _ranges(pieces: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Sort ranges and join those that touch."""
    joined: list[tuple[int, int]] = []
    for start, end in sorted(pieces):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)


def trimmed(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return a token range without the commas, stops and spaces at its ends."""
    while start < end and (doc[start].is_space or doc[start].text in _EDGE):
        start += 1
    while start < end and (doc[end - 1].is_space or doc[end - 1].text in _EDGE):
        end -= 1
    return start, end


_EDGE = frozenset(",;:-–—.")
