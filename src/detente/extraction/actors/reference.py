"""Who "he", "Larsen" and "the minister" are: reference within one document, only where safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from detente.extraction.actors.phrases import Phrase, Phrases
from detente.extraction.parse import Passage
from detente.lexicon.names import fold
from detente.model import Span

__all__ = ["Reference", "resolve_references"]

_PERSON = frozenset({"he", "she", "him", "her", "his"})
_GROUP = frozenset({"they", "them", "their"})
_THING = frozenset({"it", "its"})
_FEMALE = ("woman", "queen", "lady", "mother", "wife", "girl", "actress", "nun")
_MALE = ("man", "king", "emir", "sultan", "father", "husband", "boy", "imam", "priest", "pope")
_SUBJECT = frozenset({"nsubj", "nsubjpass"})
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
_US = frozenset({"we", "us", "our"})
_SPEAKING = frozenset(
    """say tell add state declare announce insist claim warn write argue explain note reply tweet
    stress assert""".split()
)
_QUOTES = frozenset('"“”«»')
# Organs that a country has one of: without a name they are those of the country spoken of.
_ORGANS = frozenset(
    {"government", "president", "premier", "cabinet", "parliament", "chancellor", "king"}
    | {"army", "military", "navy", "air force", "armed forces", "foreign office"}
)
_STATE = frozenset({None, "GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
_COUNTRY_NOUNS = frozenset({"country", "nation", "republic", "kingdom"})
_COUNTING = frozenset({"two", "both", "three", "four", "five", "several", "other", "neighbouring"})
_LONGEST_ACRONYM = 7
# "The group", "the alliance": the only organisation of the lexicon that was named before.
_BODY_NOUNS = frozenset(
    """organisation organization group alliance movement agency body bloc militia network company
    firm faction party union insurgency newspaper""".split()
)
# What an adjective may add to "the nation" without telling another one apart.
_CONTINENTS = frozenset(
    """african asian european arab island landlocked caribbean balkan baltic nordic muslim tiny
    oil-rich impoverished pacific""".split()
)
# A description is looked for among the mentions of this many earlier sentences.
_REACH = 12
# ... and among no more than this many, however long a sentence is.
_MOST = 400


@dataclass(frozen=True, slots=True)
class Reference:
    """What a pronoun, a later name or a description stands for.

    Attributes:
        phrase: the words with the actor of the antecedent; None where nobody is meant for sure.
        antecedent: the words in the document that name the actor.
        reason: why nobody, or None.
    """

    phrase: Phrase | None
    antecedent: Span | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class _Seen:
    phrase: Phrase
    head: Token
    span: Span
    sentence: int

    @property
    def identity(self) -> tuple[str | None, str | None, str | None]:
        return (self.phrase.country, self.phrase.sector, self.phrase.name)

    @property
    def is_subject(self) -> bool:
        return self.head.dep_ in _SUBJECT


def resolve_references(
    passages: Sequence[Passage], phrases: Sequence[Phrases], heads: Sequence[Sequence[Token]]
) -> list[dict[int, Reference]]:
    """Resolve the references of one document.

    Args:
        passages: its passages.
        phrases: their noun phrases.
        heads: for each passage the heads of noun phrases, pronouns among them.

    Returns:
        For each passage the references by token. A pronoun or description that could not be
        resolved is there with phrase None and the reason.
    """
    seen: list[_Seen] = []
    surnames = _surnames(passages, phrases, heads)
    acronyms = _acronyms(passages, phrases)
    found: list[dict[int, Reference]] = []
    before = 0
    for passage, own, tokens in zip(passages, phrases, heads, strict=True):
        numbers = {sent.start: before + i for i, sent in enumerate(passage.doc.sents)}
        references: dict[int, Reference] = {}
        for token in tokens:
            sentence = numbers[token.sent.start]
            phrase = own.at(token) if token.pos_ != "PRON" else None
            near = _recent(seen, sentence)
            if token.lower_ in _US:
                reference = _speaker(token, own, passage)
            else:
                reference = (
                    _possessed(token, phrase, references)
                    or _short_for(token, phrase, acronyms)
                    or _refer(token, phrase, own, (near, sentence), surnames)
                )
            if reference is not None:
                references[token.i] = reference
                phrase = reference.phrase
            if phrase is not None:
                span = (
                    reference.antecedent
                    if reference is not None and reference.antecedent is not None
                    else passage.span(passage.doc[phrase.start : phrase.end])
                )
                seen.append(_Seen(phrase, token, span, sentence))
        before += len(numbers)
        found.append(references)
    return found


def _recent(seen: list[_Seen], sentence: int) -> list[_Seen]:
    """Return the mentions of the last sentences, in order."""
    start = len(seen)
    while start > 0 and sentence - seen[start - 1].sentence <= _REACH:
        start -= 1
    return seen[max(start, len(seen) - _MOST) :]


def _refer(
    token: Token,
    phrase: Phrase | None,
    own: Phrases,
    past: tuple[list[_Seen], int],
    surnames: dict[str, _Seen | None],
) -> Reference | None:
    seen, sentence = past
    if token.pos_ == "PRON":
        return _pronoun(token, seen, sentence)
    if phrase is not None and phrase.name and phrase.country is None:
        return _later_name(token, phrase, surnames)
    if _is_several(token, own):
        return Reference(None, None, f"{token.text!r} names several actors at once")
    if phrase is not None and phrase.country:
        return None
    return _description(token, phrase, seen, sentence) or _organ(token, phrase, past)


def _possessed(
    token: Token, phrase: Phrase | None, references: dict[int, Reference]
) -> Reference | None:
    """Resolve an agent that a resolved pronoun owns: "its envoy", "his spokesman"."""
    if phrase is None and token.lemma_.lower() in _COUNTRY_NOUNS:
        phrase = Phrase(token.i, token.i + 1, title="country", plural=True)
    if phrase is None or phrase.country or not phrase.title or phrase.name:
        return None
    for child in token.lefts:
        owner = references.get(child.i)
        if child.dep_ == "poss" and owner is not None and owner.phrase is not None:
            country = owner.phrase.country
            return Reference(replace(phrase, country=country), owner.antecedent)
    return None


# -- acronyms -----------------------------------------------------------------------------------


def _acronyms(passages: Sequence[Passage], phrases: Sequence[Phrases]) -> dict[str, _Seen]:
    """Return what the acronyms stand for that a report gives in brackets behind a name."""
    found: dict[str, _Seen] = {}
    for passage, own in zip(passages, phrases, strict=True):
        doc = passage.doc
        for token in doc[2:-1] if len(doc) > 3 else ():
            opened, closed = doc[token.i - 1].text, doc[token.i + 1].text
            if opened != "(" or closed != ")" or not _is_acronym(token.text):
                continue
            last = doc[token.i - 2]
            for head in (last, last.head, last.head.head):
                phrase = own.at(head) if head.i < token.i else None
                if phrase is not None and phrase.country and _spells(token.text, passage, phrase):
                    span = passage.span(doc[phrase.start : phrase.end])
                    found.setdefault(token.text, _Seen(phrase, head, span, 0))
                    break
    return found


def _is_acronym(text: str) -> bool:
    return 1 < len(text) <= _LONGEST_ACRONYM and text.isupper() and text.isalpha()


def _spells(acronym: str, passage: Passage, phrase: Phrase) -> bool:
    """Return whether an acronym begins like one of the capitalised words of a phrase."""
    words = passage.doc[phrase.start : phrase.end]
    return any(word.text[0] == acronym[0] for word in words if word.text[0].isupper())


def _short_for(
    token: Token, phrase: Phrase | None, acronyms: dict[str, _Seen]
) -> Reference | None:
    """Resolve an acronym that the report itself explains: "the AFP", "AFP officers" not."""
    meant = acronyms.get(token.text)
    if meant is None or phrase is None or meant.head == token:
        return None
    words = Phrase(token.i, token.i + 1)
    return Reference(_as(replace(meant.phrase, person=False), words), meant.span)


# -- later names --------------------------------------------------------------------------------


def _surnames(
    passages: Sequence[Passage], phrases: Sequence[Phrases], heads: Sequence[Sequence[Token]]
) -> dict[str, _Seen | None]:
    """Return whom each family name means: persons introduced by full name and country."""
    known: dict[str, _Seen | None] = {}
    for passage, own, tokens in zip(passages, phrases, heads, strict=True):
        for token in tokens:
            phrase = own.at(token) if token.pos_ != "PRON" else None
            if phrase is None or not phrase.person or not phrase.name or not phrase.country:
                continue
            span = passage.span(passage.doc[phrase.start : phrase.end])
            own_seen = _Seen(phrase, token, span, 0)
            for key in {_last_word(phrase.name), fold(phrase.name).lower()}:
                other = known.get(key, own_seen)
                same = other is not None and other.phrase.country == phrase.country
                known[key] = (other if other is not None and same else None) if same else None
    return known


def _last_word(name: str) -> str:
    words = fold(name).lower().split()
    return words[-1] if words else ""


def _later_name(
    token: Token, phrase: Phrase, surnames: dict[str, _Seen | None]
) -> Reference | None:
    assert phrase.name is not None
    words = fold(phrase.name).lower()
    meant = surnames.get(words)
    if meant is None or (meant.head.doc is token.doc and meant.head.i == token.i):
        return None
    full = fold(meant.phrase.name or "").lower()
    if words != full and not full.endswith(" " + words):
        return None
    return Reference(_as(meant.phrase, phrase), meant.span)


def _as(meant: Phrase, words: Phrase) -> Phrase:
    """Return the actor of one phrase with the words of another."""
    return replace(meant, start=words.start, end=words.end, more=())


# -- descriptions -------------------------------------------------------------------------------


def _is_several(token: Token, own: Phrases) -> bool:
    """Return whether a phrase like "the two countries" or "both leaders" gathers actors."""
    phrase = own.at(token)
    if token.tag_ != "NNS" or (phrase is not None and phrase.country):
        return False
    before = {child.lower_ for child in token.lefts}
    return "both" in before or bool("the" in before and before & _COUNTING)


def _description(
    token: Token, phrase: Phrase | None, seen: list[_Seen], sentence: int
) -> Reference | None:
    """Resolve "the minister" to the one minister named before, "the country" to the one country."""
    definite = any(child.lower_ in ("the", "this", "that") for child in token.lefts)
    noun = token.lemma_.lower()
    lone = all(
        child.dep_ in ("det", "case")
        or (noun in _COUNTRY_NOUNS and child.lower_ in _CONTINENTS)
        for child in token.lefts
    )
    behind = any(c.dep_ in ("prep", "relcl", "acl", "appos") for c in token.rights)
    if not definite or not lone or token.tag_ != "NN" or behind:
        return None
    if noun in _BODY_NOUNS and (phrase is None or not phrase.country):
        return _body(token, phrase, seen)
    if noun in _COUNTRY_NOUNS:
        same = [s for s in seen if s.phrase.country]
        words = Phrase(token.i, token.i + 1)
    elif phrase is not None and phrase.title:
        same = [s for s in seen if s.phrase.title and _is_kind(s.phrase.title, noun)]
        words = phrase
    else:
        return None
    if not same:
        return None
    if len({s.phrase.country for s in same}) > 1 or same[-1].phrase.country is None:
        if noun in _COUNTRY_NOUNS:
            return Reference(None, None, f"'the {noun}' may be any of several named before")
        return None
    meant = same[-1]
    if noun in _COUNTRY_NOUNS:
        country = Phrase(0, 0, meant.phrase.country, None, None, plural=True)
        return Reference(_as(country, words), meant.span)
    named = [s for s in same if s.phrase.name]
    best = named[-1] if named and len({s.phrase.name for s in named}) == 1 else meant
    return Reference(_as(best.phrase, words), best.span)


def _body(token: Token, phrase: Phrase | None, seen: list[_Seen]) -> Reference | None:
    """Resolve "the organization" to the one organisation that was named before."""
    bodies = [s for s in seen if s.phrase.body and s.phrase.country]
    if not bodies or len({s.phrase.name for s in bodies}) > 1:
        return None
    words = phrase if phrase is not None else Phrase(token.i, token.i + 1)
    return Reference(_as(bodies[-1].phrase, words), bodies[-1].span)


def _organ(token: Token, phrase: Phrase | None, past: tuple[list[_Seen], int]) -> Reference | None:
    """Resolve "the government" or "the Foreign Ministry" to the one country that acted before."""
    title = phrase.title if phrase is not None and not phrase.name else None
    if phrase is None or title is None:
        return None
    known = title in _ORGANS or title.endswith((" minister", " ministry"))
    before = token.doc[phrase.start - 1] if phrase.start else None
    definite = before is not None and before.lower_ == "the"
    if not known or not definite or phrase.end != token.i + 1 or token.tag_ in ("NNS", "NNPS"):
        return None
    if any(child.dep_ in ("prep", "relcl", "acl", "appos") for child in token.rights):
        return None
    actors = [
        s
        for s in past[0]
        if s.is_subject
        and s.phrase.country
        and s.phrase.sector in _STATE
        and (s.head.doc is not token.doc or s.head.i < token.i)
    ]
    if not actors or len({s.phrase.country for s in actors}) > 1:
        return None
    meant = actors[-1]
    return Reference(replace(phrase, country=meant.phrase.country), meant.span)


def _is_kind(title: str, noun: str) -> bool:
    """Return whether a title is of the kind of a noun: "foreign minister" of "minister"."""
    return title == noun or title.endswith(" " + noun)


# -- pronouns -----------------------------------------------------------------------------------


def _pronoun(token: Token, seen: list[_Seen], sentence: int) -> Reference | None:
    word = token.lower_
    if word in _PERSON:
        other = _FEMALE if word in ("he", "him", "his") else _MALE
        candidates = [s for s in seen if s.phrase.person and not _has_gender(s, other)]
    elif word in _GROUP:
        candidates = [s for s in seen if not s.phrase.person]
    elif word in _THING and token.dep_ in (*_SUBJECT, "poss", "dobj", "pobj"):
        return _thing(token, [s for s in seen if not s.phrase.person], sentence)
    else:
        return None
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


def _stands_for(token: Token, meant: _Seen) -> Reference:
    if meant.phrase.country is None and meant.phrase.sector is None:
        return Reference(
            None, None, f"{token.lower_!r} stands for a name that the lexicon does not know"
        )
    return Reference(_as(meant.phrase, Phrase(token.i, token.i + 1)), meant.span)


def _thing(token: Token, seen: list[_Seen], sentence: int) -> Reference | None:
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
    if meant is None or not _can_own(meant.phrase):
        return Reference(None, None, f"nothing tells for sure what {token.lower_!r} stands for")
    return _stands_for(token, meant)


def _subject_of(verb: Token) -> Token | None:
    return next((child for child in verb.lefts if child.dep_ in _SUBJECT), None)


def _owner(token: Token, seen: list[_Seen]) -> Token | None:
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


def _is_thing(holder: Token, seen: list[_Seen]) -> bool:
    """Whether a noun phrase names no country and no organ of one: "a Russian warplane"."""
    phrase = next((s.phrase for s in reversed(seen) if s.head == holder), None)
    return phrase is None or not _can_own(phrase)


def _can_own(phrase: Phrase) -> bool:
    """Whether "its" can stand for an actor: one with a name, a government, an army."""
    return bool(phrase.name) or phrase.sector == "GOV" or phrase.title in _ORGANS


def _between(first: Token, last: Token) -> bool:
    """Whether another thing in the singular stands between two tokens that "it" could be."""
    return any(t.tag_ in ("NN", "NNP") for t in first.doc[first.i + 1 : last.i])


def _speaker(token: Token, own: Phrases, passage: Passage) -> Reference | None:
    """Resolve "we" in a quotation to the country for which the one quoted speaks."""
    marks = sum(t.text in _QUOTES for t in token.doc[token.sent.start : token.i])
    if marks % 2 == 0:
        return None
    clause = token
    for verb in token.ancestors:
        if verb.lemma_ in _SPEAKING and clause.dep_ == "ccomp":
            head = next((child for child in verb.children if child.dep_ in _SUBJECT), None)
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
    clause = any(child.dep_ in ("ccomp", "csubj", "csubjpass") for child in head.children)
    return described or (token.dep_ == "nsubjpass" and clause)


def _has_gender(seen: _Seen, endings: tuple[str, ...]) -> bool:
    title = seen.phrase.title or ""
    if endings is _MALE and title.endswith("woman"):
        return False
    return title.endswith(endings)


def _only(group: list[_Seen], word: str) -> _Seen | None:
    """Return the one candidate, or the one subject among candidates of several identities."""
    if not group:
        return None
    if len({s.identity for s in group}) == 1:
        return group[-1]
    subjects = [s for s in group if s.is_subject]
    if word in ("he", "she") and len({s.identity for s in subjects}) == 1:
        return subjects[-1]
    return None
