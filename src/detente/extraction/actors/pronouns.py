"""Who "he", "they", "its" and "we" are: only where nobody else can be meant."""

from __future__ import annotations

from spacy.tokens import Token

from detente.extraction.actors.phrases import Phrase, Phrases
from detente.extraction.actors.seen import ORGANS, SUBJECTS, Reference, Seen, in_words
from detente.extraction.parse import Passage

__all__ = ["pronoun", "speaker"]

_PERSON = frozenset({"he", "she", "him", "her", "his"})
_GROUP = frozenset({"they", "them", "their"})
# What stands for somebody else than the subject of its own clause.
_OBJECTS = frozenset({"him", "them"})
_THING = frozenset({"it", "its"})
_FEMALE = ("woman", "queen", "lady", "mother", "wife", "girl", "actress", "nun")
_MALE = ("man", "king", "emir", "sultan", "father", "husband", "boy", "imam", "priest", "pope")
_VERBAL = frozenset({"VERB", "AUX"})
# What only a country has, and what is done to a territory that is not one's own.
_TERRITORY = frozenset(
    """airspace territory water border sovereignty soil frontier integrity independence neutrality
    zone""".split()
)
_FOREIGN_DEEDS = frozenset(
    """violate breach enter invade infringe penetrate cross respect intrude occupy leave annex quit
    recognise recognize challenge undermine approach threaten""".split()
)
# What nobody does to what is one's own.
_HOSTILE = frozenset(
    """attack shoot bomb shell down strike intercept harass sink ram capture hijack invade annex
    sanction""".split()
)
_SPEAKING = frozenset(
    """say tell add state declare announce insist claim warn write argue explain note reply tweet
    stress assert""".split()
)
# How far the subject that joined verbs share is followed.
_FARTHEST = 4
_QUOTES = frozenset('"“”«»')


def pronoun(token: Token, seen: list[Seen], sentence: int) -> Reference | None:
    """Resolve a pronoun among what was named before it.

    Args:
        token: the pronoun.
        seen: the mentions of the last sentences.
        sentence: the number of its own sentence.

    Returns:
        What it stands for, or why nobody; None for a word that stands for nothing.
    """
    word = token.lower_
    if word in _PERSON:
        other = _FEMALE if word in ("he", "him", "his") else _MALE
        candidates = [s for s in seen if s.phrase.person and not _has_gender(s, other)]
    elif word in _GROUP:
        if (several := _several_who_say(token, seen)) is not None:
            return _stands_for(token, several)
        candidates = [s for s in seen if not s.phrase.person]
    elif word in _THING and token.dep_ in (*SUBJECTS, "poss", "dobj", "pobj"):
        return _thing(token, [s for s in seen if not s.phrase.person], sentence)
    else:
        return None
    if word in _OBJECTS:
        candidates = [s for s in candidates if s.head.i not in _doers(token)]
    same = [s for s in candidates if s.sentence == sentence and s.head.i < token.i]
    last = [s for s in candidates if s.sentence == sentence - 1]
    for group in (same, last):
        meant = _only(group, word)
        if meant is not None:
            return _stands_for(token, meant)
        if group:
            return Reference(
                None, None, f"{word!r} may be more than one of the actors named before"
            )
    return Reference(None, None, f"{word!r} stands for nobody named here or in the sentence before")


def _doers(token: Token) -> set[int]:
    """Return who does what is done to a pronoun: "Rebels threaten to kill them"."""
    verb = token.head.head if token.dep_ == "pobj" else token.head
    if token.dep_ not in ("dobj", "dative", "pobj") or verb.pos_ not in _VERBAL:
        return set()
    for _ in range(_FARTHEST):
        own = [child for child in verb.lefts if child.dep_ in SUBJECTS]
        if not own and verb.dep_ == "pcomp" and verb.head.head.pos_ in _VERBAL:
            verb = verb.head.head  # "expelled them after accusing them"
            continue
        if own or verb.dep_ not in ("xcomp", "conj", "advcl") or verb.head.pos_ not in _VERBAL:
            return {token.i for subject in own for token in subject.subtree}
        if verb.dep_ == "xcomp" and any(child.dep_ == "dobj" for child in verb.head.children):
            return set()  # "asked Peru to help them"
        verb = verb.head
    return set()


def _several_who_say(token: Token, seen: list[Seen]) -> Seen | None:
    """Return the plural subject whose clause "they" heads: "militants in Peru say they left"."""
    if token.dep_ not in SUBJECTS or token.head.dep_ != "ccomp":
        return None
    holder = _subject_of(token.head.head)
    if holder is None or holder.tag_ not in ("NNS", "NNPS"):
        return None
    return next((s for s in reversed(seen) if s.head == holder), None)


def _stands_for(token: Token, meant: Seen) -> Reference:
    if meant.phrase.country is None and meant.phrase.sector is None:
        return Reference(
            None, None, f"{token.lower_!r} stands for a name that the lexicon does not know"
        )
    return Reference(in_words(meant.phrase, Phrase(token.i, token.i + 1)), meant.span)


def _thing(token: Token, seen: list[Seen], sentence: int) -> Reference | None:
    """Resolve "it" and "its" to the subject that the clause depends on, and to nothing else.

    "Peru said it would", "Peru recalled its envoy", "Peru closed the pass. It also ...".
    """
    verb = token.head
    if token.dep_ in ("poss", "dobj", "pobj"):
        holder = _owner(token, seen)
    elif _is_impersonal(token):
        return None
    elif verb.dep_ == "ccomp":
        holder = _subject_of(verb.head)
    elif verb.dep_ == "relcl":
        # "returned the drone that it had seized"
        main = verb.head.head
        holder = _subject_of(main) if verb.head.dep_ == "dobj" and main.dep_ == "ROOT" else None
    elif verb.dep_ == "ROOT" and token.i == token.sent.start and _is_deed(verb):
        roots = [s for s in seen if s.sentence == sentence - 1 and s.is_subject]
        holder = next((s.head for s in roots if s.head.head.dep_ == "ROOT"), None)
    else:
        holder = None
    meant = next((s for s in reversed(seen) if holder is not None and s.head == holder), None)
    # a body that says something is meant by the subject of what it says
    says = meant is not None and verb.dep_ == "ccomp" and token.dep_ in SUBJECTS
    known = says and meant is not None and meant.phrase.country and meant.phrase.sector
    if meant is None or not (known or _can_own(meant.phrase)):
        return Reference(None, None, f"nothing tells for sure what {token.lower_!r} stands for")
    return _stands_for(token, meant)


def _subject_of(verb: Token) -> Token | None:
    return next((child for child in verb.lefts if child.dep_ in SUBJECTS), None)


def _owner(token: Token, seen: list[Seen]) -> Token | None:
    """Return the subject that "its" or the object "it" stands for, in its clause or above.

    "Peru closed its pass"; but "Peru says a jet entered its airspace", "Peru says Chile attacked
    it", and "Peru reports its guards shot down a jet" mean the one who says so.
    """
    verb = token.head
    while verb.pos_ not in _VERBAL and verb.head.i != verb.i:
        verb = verb.head
    thing = token.head.lemma_.lower() if token.dep_ == "poss" else None
    foreign = verb.lemma_ in _HOSTILE or (thing in _TERRITORY and verb.lemma_ in _FOREIGN_DEEDS)
    holder = _subject_of(verb)
    if token.dep_ != "poss":
        foreign = True
    if not foreign and holder is not None and holder.i < token.i and not _is_thing(holder, seen):
        return holder
    if token.dep_ != "poss" and (holder is None or verb.dep_ != "ccomp" or _between(holder, token)):
        return None
    whole = holder is None or holder.i > token.i
    if verb.dep_ == "pcomp" and foreign and any(c.dep_ == "dobj" for c in verb.head.head.children):
        return _subject_of(verb.head.head)  # "accused Chile of attacking its ships"
    if verb.dep_ in ("ccomp", "xcomp") and (foreign or (whole and verb.dep_ == "ccomp")):
        main = verb.head
        while main.dep_ == "xcomp" and main.head.i != main.i:
            main = main.head
        return _subject_of(main)
    return None


def _is_thing(holder: Token, seen: list[Seen]) -> bool:
    """Whether a noun phrase names no country and no organ of one: "a Russian warplane"."""
    phrase = next((s.phrase for s in reversed(seen) if s.head == holder), None)
    return phrase is None or not _can_own(phrase)


def _can_own(phrase: Phrase) -> bool:
    """Whether "its" can stand for an actor: one with a name, a government, an army."""
    return bool(phrase.name) or phrase.sector == "GOV" or phrase.title in ORGANS


def _between(first: Token, last: Token) -> bool:
    """Whether another thing in the singular stands between two tokens that "it" could be."""
    return any(t.tag_ in ("NN", "NNP") for t in first.doc[first.i + 1 : last.i])


def speaker(token: Token, own: Phrases, passage: Passage) -> Reference | None:
    """Resolve "we" in a quotation to the country for which the one quoted speaks."""
    marks = sum(t.text in _QUOTES for t in token.doc[token.sent.start : token.i])
    if marks % 2 == 0:
        return None
    clause = token
    for verb in token.ancestors:
        if verb.lemma_ in _SPEAKING and clause.dep_ == "ccomp":
            head = next((child for child in verb.children if child.dep_ in SUBJECTS), None)
            said = own.at(head) if head is not None else None
            break
        clause = verb
    else:
        return None
    if said is None or not said.country or said.sector not in ("GOV", "MIL"):
        return None
    country = Phrase(token.i, token.i + 1, said.country, plural=True)
    return Reference(country, passage.span(passage.doc[said.start : said.end]))


def _is_deed(verb: Token) -> bool:
    """Return whether a verb has an object or a clause: what happens by itself is no actor's."""
    return any(child.dep_ in ("dobj", "ccomp", "xcomp") for child in verb.rights)


def _is_impersonal(token: Token) -> bool:
    """Return whether "it" stands for no thing: "it is possible to", "it was reported that"."""
    head = token.head
    described = any(child.dep_ in ("acomp", "attr") for child in head.children)
    described = described and not any(child.dep_ == "dobj" for child in head.children)
    clause = any(child.dep_ in ("ccomp", "csubj", "csubjpass") for child in head.children)
    return described or (token.dep_ == "nsubjpass" and clause)


def _has_gender(seen: Seen, endings: tuple[str, ...]) -> bool:
    title = seen.phrase.title or ""
    if endings is _MALE and title.endswith("woman"):
        return False
    return title.endswith(endings)


def _only(group: list[Seen], word: str) -> Seen | None:
    """Return the one candidate, or the one subject among candidates of several identities."""
    if not group:
        return None
    if len({s.identity for s in group}) == 1:
        return group[-1]
    subjects = [s for s in group if s.is_subject]
    if word in ("he", "she") and len({s.identity for s in subjects}) == 1:
        return subjects[-1]
    return None
