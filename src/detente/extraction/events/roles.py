"""Who stands in which role to a predicate: reading a dependency parse.

Labels are those of spaCy's English models (CLEAR style). Everything here is about grammar alone:
no lexicon of events and no actor is known in this file. Roles are *deep*: the by-phrase of a
passive is a subject, its surface subject an object; the controller of an infinitive and the noun
that a relative clause or participle modifies are arguments of its verb.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from detente.extraction.events.prepositions import NOMINAL, Tokens, coordinated, merge, prepositions
from detente.extraction.events.subjects import (
    FARTHEST,
    MISREAD,
    SUBJECTS,
    VERBAL,
    antecedent,
    is_passive,
    surface_subjects,
    swallows_object,
)

__all__ = [
    "Arguments",
    "adjective_arguments",
    "fixed_words",
    "headline_arguments",
    "light_arguments",
    "noun_arguments",
    "verb_arguments",
]

_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod"})
# "an inquiry into manipulation by banks": endings of nouns that have a by-phrase of their own.
_DEVERBAL = ("tion", "sion", "ment", "ing", "al", "age", "ance", "ence")
# Two verbs that share an argument stand no farther apart.
_NEAR = 3
_FINITE = frozenset({"VBZ", "VBD", "VBP", "MD"})
_GOING = frozenset(
    """leave travel arrive fly go head come return depart land visit receive host gather join
    invite""".split()
)
# Verbs that govern no clause without "that".
_CLAUSELESS = frozenset(
    """reject condemn dismiss ignore welcome criticise criticize oppose spurn rebuff denounce back
    support heed defy resist""".split()
)
# Verbs that say what their object is: "labelled the envoy a spy".
_NAMING = frozenset("call label labelle brand dub term declare deem pronounce".split())
_SECOND = frozenset({"dobj", "npadvmod"})
_STATED = frozenset({"NOUN", "PROPN", "ADJ"})
_NAMES_BEFORE = frozenset({"compound", "nmod", "nsubj"})
# "an offensive aimed at", "a raid targeted against"
_AIMED = frozenset({"aimed", "directed", "targeted", "aiming"})
# Who announces that something will be done has it done, as long as nobody else is named.
_ANNOUNCING = frozenset({"announce", "decide", "decree", "pledge", "promise", "vow"})
_COMING = frozenset({"will", "would", "shall", "’ll", "'ll"})
_HARMED = frozenset({"kill", "wound", "injure", "hurt", "shoot", "slay"})
# Verbs that only say that something takes place: what hangs on them belongs to their subject.
_HAPPENING = frozenset(
    """occur erupt break happen take begin start continue resume ensue rage flare escalate spread
    intensify open end conclude fail collapse stall persist""".split()
)
# To be called to account for a deed is to be called its doer.
_JUDGING = frozenset(
    """accuse charge convict sentence jail imprison indict try suspect blame condemn arrest detain
    prosecute wanted want extradite execute fine acquit cite""".split()
)
_GUILTY = frozenset({"guilty", "responsible", "liable", "culpable"})
_SHARES = frozenset({"role", "part", "involvement", "participation", "complicity", "connection"})
_ACCOUNT = frozenset({"of", "for", "over", "in", "with"})
# A deed is a definite one where it says to whom it was done.
_SUFFERED = ("of", "on", "against")
_BETWEEN = ("between", "among", "with", "against", "by")
_DITRANSITIVE = frozenset(
    {"give", "send", "grant", "offer", "promise", "loan", "lend", "pay", "hand", "award", "deny"}
)


@dataclass(frozen=True, slots=True, eq=False)
class Arguments:
    """The heads of the noun phrases around a predicate, by deep role.

    Attributes:
        head: the verb, noun or adjective.
        subject: who does it.
        object: to whom or what it is done.
        dative: for whom or to whom something is given.
        possessor: whose ("Russia's" attack).
        modifier: words before a noun that may name an actor ("Russian" attack).
        prep: objects of the prepositions beside the predicate or its object.
        complement: heads of governed clauses.
        victim: who is killed or hurt in what a noun names.
    """

    head: Token
    subject: Tokens = ()
    object: Tokens = ()
    dative: Tokens = ()
    possessor: Tokens = ()
    modifier: Tokens = ()
    prep: Mapping[str, Tokens] = field(default_factory=dict)
    complement: Tokens = ()
    victim: Tokens = ()


def fixed_words(head: Token, words: tuple[str, ...]) -> Tokens | None:
    """Find a predicate's particle and fixed words ("shoot ... down", "take part in").

    Args:
        head: the verb.
        words: what must stand with it, in order.

    Returns:
        The tokens, or None where one is missing.
    """
    found: list[Token] = []
    for word in words:
        places = (head, *found)
        match = next(
            (
                child
                for place in reversed(places)
                for child in place.children
                if child.i > head.i and word in (child.lower_, child.lemma_)
            ),
            None,
        )
        match = match or _introducing(head, word) or _next_word(places[-1], word)
        if match is None:
            return None
        found.append(match)
    return tuple(found)


def _introducing(head: Token, word: str) -> Token | None:
    """Return the word that introduces a governed clause: "called for Russia to leave"."""
    for child in head.children:
        if child.pos_ in VERBAL and child.i > head.i:
            for mark in child.children:
                if mark.dep_ == "mark" and mark.lower_ == word:
                    return mark
    return None


def _next_word(token: Token, word: str) -> Token | None:
    at = token.i + 1
    return token.doc[at] if at < len(token.doc) and token.doc[at].lower_ == word else None


def verb_arguments(verb: Token, fixed: Tokens = ()) -> Arguments:
    """Return the deep arguments of a verb.

    Args:
        verb: the verb.
        fixed: its particle and fixed words, which are no arguments.
    """
    passive = is_passive(verb)
    surface = coordinated(surface_subjects(verb))
    objects = _objects(verb, fixed)
    prep = prepositions((verb, *fixed, *objects))
    dative = coordinated(child for child in verb.children if _is_bare_dative(child))
    if not dative and verb.lemma_ in _DITRANSITIVE:
        # "gave Syria aid" is often read as a compound
        left = (child for token in objects for child in token.lefts)
        dative = tuple(c for c in left if c.dep_ in MISREAD and c.ent_type_ == "GPE")
    if passive:
        if objects and not _governs(fixed, objects):
            dative = dative or surface
        else:
            objects = surface
            prep = prepositions((verb, *fixed, *objects))
        own = [t for c in verb.children if c.dep_ == "agent" for t in c.children]
        surface = coordinated(t for t in own if t.dep_ == "pobj")
        surface = surface or prep.get("by", ()) or _far_agent(verb) or _shared_agent(verb)
        surface = surface or _announcers(verb)
    elif not objects:
        objects = _gap(verb, surface) or _shared_object(verb)
        prep = merge(prep, prepositions(objects))
    prep = merge(prep, _named_as(verb))
    complement = _complements((verb, *fixed, *objects))
    if not objects and not passive:
        swallowed = filter(swallows_object, verb.children)
        objects = _raised_object((*complement, *swallowed)) or _named_object(verb)
    return Arguments(
        head=verb,
        subject=surface,
        object=objects,
        dative=dative or prep.get("to", ()),
        prep=merge(prep, {"to": dative}) if dative else prep,
        complement=complement,
    )


def noun_arguments(noun: Token) -> Arguments:
    """Return the arguments that stand in a noun's own phrase, and the subject of its copula."""
    prep = prepositions((noun,))
    if "by" not in prep:  # "the killing of a sailor by Israel": the parser hangs "by" on "sailor"
        victims = (t for t in prep.get("of", ()) if not t.lower_.endswith(_DEVERBAL))
        inner = prepositions(victims)
        prep |= {"by": inner["by"]} if "by" in inner else {}
    aimed = [c for c in noun.rights if c.dep_ == "acl" and c.lower_ in _AIMED]
    if aimed and "against" not in prep:
        inner = prepositions(aimed)
        prep |= {"against": (*inner.get("at", ()), *inner.get("against", ()))}
    possessor = coordinated(child for child in noun.children if child.dep_ == "poss")
    possessor = _named_later(noun, possessor) or possessor
    modifier = _modifiers(noun)
    own = any(child.dep_ == "det" for child in noun.lefts)  # "Peru's words and the killing"
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" and not possessor and not own:
        possessor = coordinated(c for c in noun.head.children if c.dep_ == "poss")
        modifier = modifier or _modifiers(noun.head)
    for joined in noun.conjuncts:
        if joined.i > noun.i:
            prep = {**prepositions((joined,)), **prep}
    if noun.dep_ == "nsubj" and noun.head.lemma_ in _HAPPENING:
        beside = prepositions((noun.head,))  # "clashes occurred between Peru and Chile"
        prep = {**{word: beside[word] for word in _BETWEEN if word in beside}, **prep}
    subject: Tokens = ()
    if noun.dep_ == "attr" and noun.head.lemma_ == "be":
        subject = coordinated(surface_subjects(noun.head))
    elif noun.dep_ == "pobj" and noun.head.lower_ == "for" and noun.head.head.lemma_ in _GOING:
        subject = coordinated(surface_subjects(noun.head.head))  # "arrived in Rome for talks"
    elif noun.dep_ == "pobj" and noun.head.lower_ == "in" and noun.head.head.lemma_ == "be":
        subject = coordinated(surface_subjects(noun.head.head))  # "is in talks with Peru"
    suffered = any(word in prep for word in _SUFFERED)
    if suffered and "by" not in prep and (judged := _judged_for(noun)):
        prep = {**prep, "by": judged}
    compounds = tuple(child for child in noun.children if child.dep_ in ("compound", "nmod"))
    return Arguments(
        head=noun,
        subject=subject,
        object=(*prep.get("of", ()), *prep.get("on", ()), *prep.get("against", ()), *compounds),
        victim=_victims(noun),
        possessor=possessor,
        modifier=modifier,
        prep=prep,
        complement=_complements((noun,)),
    )


def _named_later(noun: Token, possessor: Tokens) -> Tokens:
    """Return whom an opening "their" announces: "After their talks, Peru and Chile signed".

    Only in a text's first sentence, where nobody stands before it that it could mean.
    """
    phrase = noun.head
    opening = noun.dep_ == "pobj" and phrase.dep_ == "prep" and noun.sent.start == 0
    if not opening or not any(token.lower_ == "their" for token in possessor):
        return ()
    named = coordinated(surface_subjects(phrase.head)) if phrase.head.pos_ in VERBAL else ()
    between = phrase.doc[: noun.i]
    if len(named) < 2 or named[0].i < noun.i or any(token.pos_ == "PROPN" for token in between):
        return ()
    return named


def _judged_for(noun: Token) -> Tokens:
    """Return who is judged for a deed: "was jailed for the murder of a Turk"."""
    governor = noun
    for _ in range(2):
        if governor.dep_ != "pobj" or governor.head.lower_ not in _ACCOUNT:
            return ()
        governor = governor.head.head
        if governor.lemma_ not in _SHARES:  # "for his role in the murder"
            break
    if governor.pos_ == "VERB" and governor.lemma_ in _JUDGING:
        return verb_arguments(governor).object
    if governor.pos_ == "ADJ" and governor.lemma_ in _GUILTY:
        copula = governor.head
        if copula.lemma_ == "be":
            return coordinated(surface_subjects(copula))
        return verb_arguments(copula).object if copula.lemma_ == "find" else ()
    return ()


def adjective_arguments(adjective: Token) -> Arguments:
    """Return the arguments of a predicative adjective: its copula's subject, its prepositions."""
    copula = adjective.head
    if adjective.dep_ == "conj":
        copula = copula.head
    subject = coordinated(surface_subjects(copula)) if copula.pos_ in VERBAL else ()
    return Arguments(
        head=adjective,
        subject=subject,
        prep=prepositions((adjective, copula)),
        complement=_complements((adjective,)),
    )


def headline_arguments(noun: Token) -> Arguments | None:
    """Return the arguments of a headline's verb that is tagged as a noun, or None.

    "Turkey thanks Russia": a plural between a name and an object, in a line without a verb.
    """
    if noun.tag_ != "NNS" or noun.dep_ != "ROOT" or any(t.tag_ in _FINITE for t in noun.sent):
        return None
    before = tuple(c for c in noun.lefts if c.dep_ in _NAMES_BEFORE and c.pos_ == "PROPN")
    after = tuple(c for c in noun.rights if c.dep_ in ("dobj", "appos", "npadvmod"))
    if not before or before[-1].i + 1 != noun.i:
        return None
    if not after or after[0].left_edge.i != noun.i + 1:
        after = ()
    objects = coordinated(after[:1])
    return Arguments(
        head=noun,
        subject=coordinated(before[-1:]),
        object=objects,
        prep=prepositions((noun, *objects)),
    )


def light_arguments(verb: Arguments, noun: Token) -> Arguments:
    """Return the arguments of a light verb and its event noun taken together."""
    own = noun_arguments(noun)
    return replace(
        own,
        subject=verb.subject,
        dative=verb.dative,
        prep=merge(own.prep, verb.prep),
    )


def _objects(verb: Token, fixed: Tokens) -> Tokens:
    """Return the objects: of the verb, else of the preposition that ends its fixed words."""
    found = [c for c in verb.children if c.dep_ == "dobj" and c not in fixed]
    if not found:
        for word in reversed(fixed):
            found = [c for c in word.children if c.dep_ in ("pobj", "dobj") and c not in fixed]
            if found:
                break
    if not found and not fixed:
        found = [c for c in verb.children if _is_misread_noun(c)]
    if verb.lemma_ in _NAMING:
        found = found[:1]  # what follows says what it is
    return coordinated(antecedent(token, verb) for token in found)


def _is_misread_noun(token: Token) -> bool:
    """Whether a plural noun after a verb is read as a verb: "rejected [U.S. calls] for a truce"."""
    if token.dep_ != "ccomp" or token.tag_ != "VBZ" or token.head.lemma_ not in _CLAUSELESS:
        return False
    before = token.doc[token.left_edge.i : token.i]
    names = len(before) > 0 and all(t.pos_ in ("PROPN", "ADJ") for t in before)
    return names and not any(c.dep_ in ("dobj", "ccomp", "xcomp", "acomp") for c in token.children)


def _named_as(verb: Token) -> dict[str, Tokens]:
    """Return what the object is called, as after "as": "called the raid [as] a crime"."""
    named = verb.lemma_ in _NAMING
    parts = (*NOMINAL, "ADJ") if named else NOMINAL
    found = [c for c in verb.children if c.dep_ == "oprd" and c.pos_ in parts]
    if named:
        found += _small_clauses(verb)
        first, *others = [c for c in verb.rights if c.dep_ in _SECOND] or [verb]
        found += others  # "labelled the envoy a spy"
        found += [c for c in first.rights if c.dep_ == "amod" and first != verb]
    found += [c for token in found for c in token.conjuncts if c.i > token.i]
    return {"as": tuple(found)} if found else {}


def _small_clauses(verb: Token) -> list[Token]:
    """Return what a verb says that its object is, read as a clause: "called [Peru a bully]"."""
    return [c for c in verb.rights if c.dep_ in ("ccomp", "xcomp") and c.pos_ in _STATED]


def _named_object(verb: Token) -> Tokens:
    """Return the object that a verb says something of: "declared [Peru] a threat"."""
    if verb.lemma_ not in _NAMING | {"hold"}:
        return ()
    for clause in _small_clauses(verb):
        found = [c for c in clause.lefts if c.dep_ in SUBJECTS]
        if not found:  # "labelling Chavez a bully", with the name read as part of the noun
            determined = [c.i for c in clause.lefts if c.dep_ == "det"][:1]
            found = [c for c in clause.lefts for i in determined if c.i < i and c.dep_ in MISREAD]
        if found:
            return coordinated(found)
    return ()


def _governs(fixed: Tokens, objects: Tokens) -> bool:
    """Whether the objects hang on a fixed word that the passive leaves behind ("shot down by")."""
    return any(token.head in fixed for token in objects)


def _gap(verb: Token, surface: Tokens) -> Tokens:
    """Return the noun that a relative clause is about, where the clause has its own subject."""
    if verb.dep_ == "relcl" and verb.head not in surface:
        return (verb.head,)
    return ()


def _shared_object(verb: Token, depth: int = 0) -> Tokens:
    """Return the object of the next verb where two verbs share it: "condemned and rejected X"."""
    for child in verb.children:
        if child.dep_ == "conj" and 0 < child.i - verb.i <= _NEAR and child.pos_ in VERBAL:
            labels = {grandchild.dep_ for grandchild in child.children}
            if not labels & SUBJECTS:
                nearer = _objects(child, ())
                return nearer or (_shared_object(child, depth + 1) if depth < FARTHEST else ())
    return ()


def _raised_object(complements: Tokens) -> Tokens:
    """Return the subject of a non-finite clause: "urged Russia to leave"."""
    for clause in complements:
        labels = {child.tag_ for child in clause.children if child.dep_ in ("aux", "auxpass")}
        if "TO" in labels or (clause.tag_ in ("VBG", "VB") and not labels):
            found = tuple(child for child in clause.children if child.dep_ in SUBJECTS)
            if found:
                return coordinated(found)
    return ()


def _complements(places: Tokens) -> Tokens:
    """Return the verbs of governed clauses, with those joined to them."""
    found: list[Token] = []
    for place in places:
        for child in place.children:
            infinitive = any(c.tag_ == "TO" for c in child.lefts)
            if child.pos_ not in VERBAL and not infinitive:  # "agreed to jail" is read as a noun
                if child.dep_ == "prep":
                    found += [c for c in child.children if c.dep_ == "pcomp"]
                continue
            loose = infinitive and child.dep_ in ("advcl", "acl", "relcl")
            # "expressed his belief that Peru was complicit"
            loose = loose or (child.dep_ == "acl" and any(c.lower_ == "that" for c in child.lefts))
            if loose or child.dep_ in ("xcomp", "ccomp", "pcomp"):
                found.append(child)
    joined = [c for token in found for c in token.conjuncts if c.pos_ in VERBAL]
    return tuple(dict.fromkeys([*found, *joined]))


def _victims(noun: Token) -> Tokens:
    """Return who suffered it: "a Turk is killed and two are wounded in a raid"."""
    if noun.dep_ != "pobj" or noun.head.lower_ not in ("in", "by", "during"):
        return ()
    verb = noun.head.head
    verb = verb.head if verb.lower_ == "dead" else verb  # "shot dead in clashes"
    verbs = (verb, *(c for c in verb.conjuncts if c.i < verb.i))
    harmed = (v for v in verbs if v.lemma_ in _HARMED and v.tag_ == "VBN" and is_passive(v))
    return coordinated(token for v in harmed for token in surface_subjects(v))


def _is_bare_dative(token: Token) -> bool:
    return token.dep_ == "dative" and token.pos_ in NOMINAL


def _far_agent(verb: Token) -> Tokens:
    """Return a by-phrase that the parser hung on a noun after the verb: "downed at noon by X"."""
    for token in verb.subtree:
        if token.i > verb.i and token.lower_ == "by" and token.head.pos_ in ("NOUN", "PROPN"):
            governor = token.head
            while governor.dep_ in ("pobj", "prep", "npadvmod", "conj") and governor.i > verb.i:
                governor = governor.head
            if governor is verb or governor == verb:
                return coordinated(c for c in token.children if c.dep_ == "pobj")
    return ()


def _announcers(verb: Token) -> Tokens:
    """Return who announces what nobody named will do: "announced that troops will be sent"."""
    governor = verb.head
    if verb.dep_ != "ccomp" or governor.lemma_ not in _ANNOUNCING or is_passive(governor):
        return ()
    coming = any(child.tag_ == "MD" and child.lower_ in _COMING for child in verb.lefts)
    return coordinated(surface_subjects(governor)) if coming else ()


def _shared_agent(verb: Token) -> Tokens:
    """Return the by-phrase of the next passive: "was seized and searched by Peru"."""
    for child in verb.children:
        near = child.dep_ == "conj" and child.tag_ == "VBN" and child.i - verb.i <= _NEAR
        if near and not any(c.dep_ in SUBJECTS or c.dep_ == "auxpass" for c in child.children):
            return prepositions((child,)).get("by", ())
    return ()


def _modifiers(noun: Token) -> Tokens:
    """Return the words before a noun that may name an actor, nested and joined ones too."""
    found: list[Token] = []
    # the "subject" of a noun misread as a verb, "US airstrikes"
    own = _MODIFIERS | {"nsubj"} if noun.tag_ == "VBZ" else _MODIFIERS
    pending = [child for child in noun.lefts if child.dep_ in own]
    while pending:
        token = pending.pop(0)
        found.append(token)
        pending += [c for c in token.children if c.dep_ in _MODIFIERS or c.dep_ == "conj"]
    return tuple(sorted(found, key=lambda token: token.i))
