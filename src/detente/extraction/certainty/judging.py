"""How a claim is held: polarity, strength and time, and the label that follows from them.

`judge` walks from the event's word up to the root of its sentence, as De Facto does (Sauri and
Pustejovsky 2012): each word on the way (a negation, a modal, a verb that governs the clause) may
turn the polarity, weaken the strength or move the time. Beyond a verb of speech the sentence is
about the speaking; only a denial reaches the event from there.

A happening told in the simple present ("the army shells the port") keeps the time that the sentence
gives it, present; whether a digest means the past is for its reader to say.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Token

from detente.extraction.certainty.verb_time import finite_time, is_finite, lemma_of
from detente.extraction.parse import FoundEvent
from detente.lexicon.cues import CertaintyLexicon, Signal
from detente.model import (
    Attribution,
    Certainty,
    Label,
    Polarity,
    SourceKind,
    Span,
    Strength,
    Time,
)
from detente.model.ontology import quad_class

__all__ = ["Grounds", "Judgement", "certainty_of", "judge", "label_of"]

_ORDER = (Strength.CERTAIN, Strength.PROBABLE, Strength.POSSIBLE, Strength.UNKNOWN)
# "yet" between one of these and an infinitive says that it is not done.
_OUTSTANDING = frozenset({"have", "be", "remain"})
# Who does this to a paper puts into force what it says.
_ENACTING = frozenset({"sign", "issue", "enact", "ratify"})
_ADVERBIAL = frozenset({"advmod", "neg", "preconj", "npadvmod", "cc"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "obj", "attr"})
# Verbs that say no more of an event noun than that it takes place: what holds of them holds of it.
_CARRIERS = frozenset(
    "be begin carry commit complete conduct do face follow give have happen hold impose issue "
    "launch lead make mount occur open order perform place receive see sign stage start suffer "
    "take undertake unleash deliver pay resume continue".split()
)
# Relations in which a word has a say in what depends on it.
_GOVERNED = frozenset(
    "xcomp ccomp pcomp pobj dobj obj nsubj nsubjpass csubj attr acl relcl advcl oprd acomp".split()
)
# Prepositions whose object is given: "compensated for the delays".
_GIVEN = frozenset("for after over following despite amid since about from because".split())
# "Not only apologised" says that he did.
_NOT_ONLY = frozenset({"only", "just", "merely", "simply", "solely"})
# Verbs whose subject can be the event itself.
_ASPECT = frozenset("happen begin start continue stop cease end halt fail seem appear".split())
# "Peru hopes to sign" intends it; "Peru hopes that Chile signs" only wishes it.
_WISHING = frozenset({"hope", "wish"})
_ORDINAL = frozenset("first last only next one".split())
_CONFLICT = (3, 4)  # quad classes of conflict
_LONGEST_WALK = 30


@dataclass(slots=True)
class Judgement:
    """What the words around an event decide about it.

    Attributes:
        polarity: whether it happened; UNKNOWN where the sentence leaves it open.
        strength: how sure.
        time: when, seen from the sentence; None until a word decides.
        cues: the words that decided, in the order of the walk.
        distancing: the word that distances itself from the report, if any.
        scheduled: the word of intention or arrangement that puts the event in the future, if any.
        passed: the governing words that the walk went through.
    """

    polarity: Polarity = Polarity.POSITIVE
    strength: Strength = Strength.CERTAIN
    time: Time | None = None
    cues: list[Token] = field(default_factory=list)
    distancing: Token | None = None
    scheduled: Token | None = None
    passed: list[Token] = field(default_factory=list)

    def flip(self) -> None:
        """Turn positive into negative and back; unknown stays."""
        turned = {Polarity.POSITIVE: Polarity.NEGATIVE, Polarity.NEGATIVE: Polarity.POSITIVE}
        self.polarity = turned.get(self.polarity, Polarity.UNKNOWN)

    def weaken(self, strength: Strength | None) -> None:
        """Take the weaker of two strengths."""
        if strength is not None and _ORDER.index(strength) > _ORDER.index(self.strength):
            self.strength = strength

    def cite(self, token: Token) -> None:
        """Remember a deciding word."""
        if token not in self.cues:
            self.cues.append(token)


def judge(trigger: Token, lexicon: CertaintyLexicon, anchor: Sequence[Token] = ()) -> Judgement:
    """Return what the sentence says of the event that a token names.

    Args:
        trigger: the verb or noun that names the event.
        lexicon: the certainty cues.
        anchor: all tokens that name the event; a verb among them carries the noun that it governs.
    """
    state = Judgement()
    node, below, local, beyond = trigger, trigger, True, False
    for _ in range(_LONGEST_WALK):
        if local and not beyond:
            _local(node, below, state, lexicon)
        elif state.time is None and node.pos_ in ("VERB", "AUX"):
            state.time = finite_time(node)
        governor = _governor(node, state, lexicon, beyond)
        if governor is None:
            break
        signal = _signal(governor, lexicon)
        if signal is not None and not _reaches(signal, governor, node, trigger):
            signal = None
        if signal is None and not _carries(governor, node, anchor):
            if state.time is None and not beyond:
                state.time = _time_beside(governor, node)
            break
        if signal is not None and not beyond:
            _govern(governor, signal, state, lexicon)
            if signal.word in _WISHING and is_finite(node):
                state.weaken(Strength.POSSIBLE)
        elif signal is not None and signal.polarity == "flip" and signal.speech:
            state.flip()
            state.cite(governor)
        beyond = beyond or (signal.speech if signal else node.dep_ == "ccomp" and is_finite(node))
        local = not (node.dep_ == "conj" and is_finite(node)) and not (signal and signal.speech)
        state.passed.append(governor)
        below, node = node, governor
    state.time = state.time or Time.PRESENT
    return state


# ---- the walk ------------------------------------------------------------------------------------


def _governor(
    node: Token, state: Judgement, lexicon: CertaintyLexicon, beyond: bool
) -> Token | None:
    """Return the word on whose say the clause or phrase of a node depends, or None at the top."""
    head = node.head
    if head == node:
        if not beyond and node.sent[-1].text == "?":
            state.polarity, state.strength = Polarity.UNKNOWN, Strength.UNKNOWN
            state.cite(node.sent[-1])
        return None
    if node.dep_ in ("pobj", "pcomp") and head.dep_ in ("prep", "agent", "dative"):
        for word in (head, *head.lefts):
            signal = lexicon.find("preposition", word.lower_)
            if signal is not None and not beyond:
                _apply(signal, word, state)
        return head.head if head.head != head else None
    if head.lemma_ == "be" and node.dep_ in ("ccomp", "advcl", "xcomp"):
        for child in head.children:  # "it is possible that"
            if child.dep_ == "acomp" and lexicon.find("governor", lemma_of(child)) is not None:
                return child
    if node.dep_ == "acl" and _has_to(node) and state.time is None and not beyond:
        ordinal = any(t.lower_ in _ORDINAL for t in (head, *head.lefts))
        if not ordinal and _signal(head, lexicon) is None:
            state.time = Time.FUTURE  # "a contract to supply": agreed, not yet done
    content = node.dep_ == "relcl" and any(c.dep_ == "mark" for c in node.children)
    if node.dep_ in ("advcl", "relcl", "parataxis", "appos") and not content:
        if node.dep_ == "advcl" and state.time is None and not beyond:
            # a purpose ("went to shell") is not yet done; a participle goes with its clause
            purpose = _has_to(node) and not _is_extent(node)
            state.time = Time.FUTURE if purpose else finite_time(head) or Time.PAST
            declined = next((c for c in head.children if c.dep_ == "neg"), None)
            if purpose and declined is not None:  # "did not go to Peru to meet them"
                state.flip()
                state.cite(declined)
        return None
    return head


def _local(node: Token, below: Token, state: Judgement, lexicon: CertaintyLexicon) -> None:
    """Apply what stands beside a word of the walk: negation, adverbs, modals, tense, marks.

    The branch that the walk came up by has been judged already.
    """
    for child in node.children:
        if child == below:
            continue
        word = child.lower_ if child.lower_ != "n’t" else "n't"
        found: Signal | None = None
        following = child.doc[child.i + 1].lower_ if child.i + 1 < len(child.doc) else ""
        if word in ("not", "n't") and following in _NOT_ONLY:
            continue
        nobody = word in ("nobody", "none") and child.dep_ not in _ARGUMENTS
        if child.dep_ in _ADVERBIAL or nobody:
            found = lexicon.find("negation", word) or lexicon.find("adverb", word)
            if word == "longer" and any(c.lower_ == "no" for c in child.children):
                found = lexicon.find("negation", "not")
            if word == "yet" and node.lemma_ in _OUTSTANDING and _has_to(below):
                found = lexicon.find("negation", "not")  # "has yet to apologise"
        elif child.dep_ == "mark":
            found = lexicon.find("mark", word)
        elif child.dep_ == "det":
            found = lexicon.find("determiner", word) or lexicon.find("negation", word)
        elif child.dep_ in ("amod", "compound"):
            found = lexicon.find("modifier", word)
        if child.dep_ in _ARGUMENTS and node.pos_ in ("VERB", "AUX"):
            _argument(child, state, lexicon)
        if found is not None:
            _apply(found, child, state)
    if node.pos_ in ("VERB", "AUX"):
        _tense(node, state, lexicon)


def _argument(noun: Token, state: Judgement, lexicon: CertaintyLexicon) -> None:
    """Apply "no" and "neither" before a subject or object of the event's verb."""
    for child in noun.children:
        if child.dep_ in ("det", "preconj"):
            found = lexicon.find("determiner", child.lower_) or lexicon.find(
                "negation", child.lower_
            )
            if found is not None:
                _apply(found, child, state)
    no_one = noun.lower_ == "one" and noun.i > 0 and noun.doc[noun.i - 1].lower_ == "no"
    if noun.lower_ in ("none", "nobody") or no_one:
        state.flip()
        state.cite(noun)


def _tense(verb: Token, state: Judgement, lexicon: CertaintyLexicon) -> None:
    """Apply modals, tense and conditions of a verb's clause."""
    modals = [c for c in verb.children if c.tag_ == "MD"]
    if not modals and verb.dep_ == "conj" and verb.tag_ == "VB" and not _has_to(verb):
        modals = [c for c in verb.head.children if c.tag_ == "MD"]
    for modal in modals:
        signal = lexicon.find("modal", lemma_of(modal)) or lexicon.find("modal", modal.lower_)
        perfect = any(c.lemma_ == "have" and c.dep_ == "aux" for c in verb.children)
        if signal is None:
            continue
        state.weaken(signal.strength)
        if signal.strength is not None or signal.time is Time.FUTURE:
            state.cite(modal)
        if state.time is None and perfect:
            counterfactual = modal.lower_ in ("would", "could", "should", "’d", "'d")
            state.time = Time.HYPOTHETICAL if counterfactual else Time.PAST
        elif state.time is None:
            state.time = signal.time
    if state.time is None:
        state.time = finite_time(verb)
    if (inverted := _inverted(verb)) is not None:
        state.time = Time.HYPOTHETICAL
        state.cite(inverted)
    if state.time in (Time.FUTURE, Time.HYPOTHETICAL) and (mark := _condition(verb)) is not None:
        state.time = Time.HYPOTHETICAL
        state.cite(mark)


def _inverted(verb: Token) -> Token | None:
    """Return the auxiliary that opens a condition without "if": "had Peru fired first"."""
    if verb.dep_ != "advcl":
        return None
    for helper in verb.lefts:
        if helper.dep_ == "aux" and helper.lower_ in ("had", "should", "were"):
            subjects = [c for c in verb.lefts if c.dep_ in ("nsubj", "nsubjpass")]
            if subjects and all(helper.i < c.i for c in subjects) and helper == verb.left_edge:
                return helper
    return None


def _condition(verb: Token) -> Token | None:
    """Return the "if" or "unless" of a clause on which a verb's clause depends."""
    for clause in verb.children:
        if clause.dep_ == "advcl":
            for mark in clause.children:
                if mark.dep_ == "mark" and mark.lower_ in ("if", "unless"):
                    return mark
    return None


def _apply(signal: Signal, token: Token, state: Judgement) -> None:
    """Apply a signal that stands beside the event or governs it, without negation."""
    state.cite(token)
    if signal.polarity == "flip":
        state.flip()
    elif signal.polarity == "open":
        state.polarity = Polarity.UNKNOWN
    state.weaken(signal.strength)
    if signal.distances and state.distancing is None:
        state.distancing = token
    if signal.time is Time.HYPOTHETICAL:
        state.time = Time.HYPOTHETICAL
    elif signal.time is not None and state.time is None:
        state.time = signal.time
        if signal.pos in ("governor", "modifier") and signal.strength is None:
            state.scheduled = token


def _govern(governor: Token, signal: Signal, state: Judgement, lexicon: CertaintyLexicon) -> None:
    """Apply a governing word, itself perhaps negated."""
    negation = next((c for c in governor.children if c.dep_ == "neg"), None)
    if negation is None and governor.pos_ == "ADJ" and governor.head.pos_ == "AUX":
        negation = next((c for c in governor.head.children if c.dep_ == "neg"), None)
    if any(c.lower_ == "neither" for c in (*governor.children, *governor.head.children)):
        # "neither confirmed nor denied": nothing is said of it
        state.polarity, state.strength = Polarity.UNKNOWN, Strength.UNKNOWN
        state.cite(governor)
        return
    decides = signal.polarity != "keep" or signal.strength or signal.time or signal.distances
    if decides:
        _apply(signal, governor, state)
    if negation is None or signal.negated in ("same", "holds"):
        return
    if signal.speech:  # else the walk itself applies the negation at the next step
        state.cite(negation)
        if signal.negated == "open":
            state.polarity, state.strength = Polarity.UNKNOWN, Strength.UNKNOWN
        else:
            state.flip()


def _reaches(signal: Signal, governor: Token, node: Token, trigger: Token) -> bool:
    """Whether a governing word has a say in what depends on it in this way."""
    if node.dep_ not in _GOVERNED:
        return False
    if node.dep_ == "nsubj" and governor.pos_ == "VERB" and lemma_of(governor) not in _ASPECT:
        return False  # "protests prevented a visit": the protests are given
    if signal.spares_object and node == trigger and node.dep_ in ("dobj", "obj", "nsubjpass"):
        return False
    if node.dep_ == "acl" and node.tag_ == "VBG" and governor.pos_ == "NOUN":
        # "signed an order lifting the ban": the order does it
        return governor.head.lemma_ not in _ENACTING
    # "advised that S" and "warned that S" say, where "advised to" and "warned to" request
    request = signal.strength is Strength.UNKNOWN and signal.polarity == "keep"
    return not (request and node.dep_ == "ccomp" and is_finite(node))


def _signal(governor: Token, lexicon: CertaintyLexicon) -> Signal | None:
    lemma = lemma_of(governor)
    for child in governor.children:
        if child.dep_ in ("prt", "prep"):
            found = lexicon.find("governor", f"{lemma} {child.lower_}")
            if found is not None:
                return found
    return lexicon.find("governor", lemma)


def _carries(governor: Token, node: Token, anchor: Sequence[Token]) -> bool:
    """Whether what holds of a governing word without a signal holds of the node too."""
    if node.dep_ in ("xcomp", "ccomp", "conj", "aux", "auxpass", "acomp", "prt"):
        return True
    if governor in anchor:
        return True
    if node.dep_ in _ARGUMENTS or node.dep_ in ("pobj", "dobj"):
        return lemma_of(governor) in _CARRIERS
    return node.dep_ == "acl" and _has_to(node)


def _time_beside(governor: Token, noun: Token) -> Time:
    """Return the time of an event noun, or gerund, whose verb says something else of it.

    "Will discuss the attack": a definite one has happened; an indefinite one goes with its verb.
    """
    verb = governor
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    time = finite_time(verb) or Time.PAST
    definite = any(
        c.dep_ == "poss" or (c.dep_ == "det" and c.lower_ in ("the", "this", "that", "these"))
        for c in noun.children
    )
    given = noun.dep_ == "pobj" and noun.head.lower_ in _GIVEN
    return Time.PAST if (definite or given) and time in (Time.FUTURE, Time.HYPOTHETICAL) else time


def _is_extent(verb: Token) -> bool:
    """Whether an infinitive says how far its clause went: "went so far as to arrest them"."""
    start = next(c.i for c in verb.children if c.tag_ == "TO")
    return start > 0 and verb.doc[start - 1].lower_ == "as"


def _has_to(verb: Token) -> bool:
    return any(c.dep_ == "aux" and c.tag_ == "TO" for c in verb.children)


# ---- the label -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a label may rest on besides polarity, strength, time and chain.

    Attributes:
        distancing: a word that distances itself from the report ("claimed", "reportedly").
        scheduled: a word of intention or arrangement ("plans", "scheduled").
        dated: whether a date stands with the event.
        interested: whether the source is the other party of the conflict that it reports.
        deciding: the words that decided polarity, strength and time.
    """

    distancing: str | None = None
    scheduled: str | None = None
    dated: bool = False
    interested: bool = False
    deciding: tuple[str, ...] = ()


def label_of(
    polarity: Polarity,
    strength: Strength,
    time: Time,
    chain: Sequence[Attribution],
    grounds: Grounds,
) -> tuple[Label, str]:
    """Return what a reader may take a claim for, and the rule that says so.

    The first rule that applies:

    1. denied: it is said not to have happened, by whomever;
    2. conditional: it depends on a condition, or is contrary to fact;
    3. planned: it lies in the future, and more than a bare "may" puts it there: certainty or
       probability, a word of intention or arrangement, or a date;
    4. speculated: the holder is not certain, or leaves open whether it happened;
    5. alleged: no source is given or it has no name and no office, the cue distances itself, or the
       source is the other party of the conflict that it reports;
    6. reported: a named or described source says so;
    7. asserted: the outlet says so itself.

    Returns:
        The label and one clause that names the words it rests on.
    """
    words = ", ".join(f"'{word}'" for word in grounds.deciding)
    by = f" ({words})" if words else ""
    if polarity is Polarity.NEGATIVE:
        return Label.DENIED, f"said not to have happened{by}"
    if time is Time.HYPOTHETICAL:
        return Label.CONDITIONAL, f"depends on a condition{by}"
    bare = strength in (Strength.POSSIBLE, Strength.UNKNOWN)
    set_down = not bare or grounds.scheduled is not None or grounds.dated
    if time is Time.FUTURE and polarity is Polarity.POSITIVE and set_down:
        return Label.PLANNED, f"lies in the future{by}"
    if polarity is Polarity.UNKNOWN or strength is not Strength.CERTAIN:
        return Label.SPECULATED, f"not held as certain{by}"
    return _label_of_holder(chain, grounds)


def _label_of_holder(chain: Sequence[Attribution], grounds: Grounds) -> tuple[Label, str]:
    if grounds.distancing:
        return Label.ALLEGED, f"the cue distances itself ('{grounds.distancing}')"
    if not chain:
        return Label.ASSERTED, "the outlet's own voice"
    holder = chain[-1].source
    if holder is None:
        return Label.ALLEGED, f"no source is given for '{chain[-1].cue.text}'"
    words = holder.span.text
    if holder.kind is SourceKind.UNNAMED:
        return Label.ALLEGED, f"the source is not named ('{words}')"
    if grounds.interested:
        return Label.ALLEGED, f"the source is the other party ('{words}')"
    return Label.REPORTED, f"according to '{words}'"


def certainty_of(
    event: FoundEvent, chain: Sequence[Attribution], lexicon: CertaintyLexicon
) -> Certainty:
    """Return how a found event is held.

    Args:
        event: the event.
        chain: its attributions, outermost first.
        lexicon: the certainty cues.

    Returns:
        Polarity, strength and time, the words that decided, and the label with its reason.
    """
    passage = event.passage
    state = judge(event.trigger, lexicon, event.anchor)
    if event.negated:
        state.flip()
    cues = [passage.span([token]) for token in sorted(state.cues, key=lambda token: token.i)]
    distancing = state.distancing.text if state.distancing is not None else None
    if chain:
        holder = chain[-1]
        signal = lexicon.find("governor", holder.lemma) or lexicon.find("adverb", holder.lemma)
        governs = any(
            holder.cue.start <= passage.start + token.idx < holder.cue.end
            for token in (*event.trigger.ancestors, *state.cues)
        )
        if signal is not None and not governs:  # the cue floats: "S, experts believe"
            state.weaken(signal.strength)
            distancing = distancing or (holder.cue.text if signal.distances else None)
            if signal.strength is not None or signal.distances:
                cues.append(holder.cue)
    time = state.time or Time.PRESENT
    grounds = Grounds(
        distancing=distancing,
        scheduled=state.scheduled.text if state.scheduled is not None else None,
        dated=_is_dated(event.trigger),
        interested=_is_interested(event, chain),
        deciding=tuple(span.text for span in cues),
    )
    label, reason = label_of(state.polarity, state.strength, time, chain, grounds)
    return Certainty(
        polarity=state.polarity,
        strength=state.strength,
        time=time,
        label=label,
        cues=_unique(cues),
        reason=reason,
    )


def _is_dated(trigger: Token) -> bool:
    """Whether a date stands with the event's verb."""
    verb = trigger
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    beside = [child for child in verb.children if child.dep_ in ("prep", "npadvmod", "advmod")]
    # not the date of another clause or thing: "after the floods of this month"
    named = [c for prep in beside for c in prep.children if c.dep_ in ("pobj", "npadvmod")]
    return any(token.ent_type_ == "DATE" for token in (*beside, *named))


def _is_interested(event: FoundEvent, chain: Sequence[Attribution]) -> bool:
    """Whether the source speaks for the party against which a conflict event is directed."""
    source = chain[-1].source if chain else None
    if source is None or source.country is None or source.kind is SourceKind.OUTLET:
        return False
    if quad_class(event.event_type) not in _CONFLICT:
        return False
    actors = {mention.country for mention in event.actors}
    recipients = {mention.country for mention in event.recipients}
    return source.country in recipients and source.country not in actors


def _unique(spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(sorted(set(spans)))
