"""Subjects: who a verb is said of, where its own clause does not say so.

Infinitives, gerunds, participles, relative clauses and joined verbs take their subject from the
words around them; a passive turns it into an object. Labels are those of spaCy's English models.
"""

from __future__ import annotations

from spacy.tokens import Token

from detente.extraction.events.prepositions import NOMINAL, Tokens, prepositions

__all__ = [
    "CLAUSES",
    "FARTHEST",
    "MISREAD",
    "SUBJECTS",
    "VERBAL",
    "antecedent",
    "is_passive",
    "is_reduced",
    "surface_subjects",
    "swallows_object",
]

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
VERBAL = frozenset({"VERB", "AUX"})
CLAUSES = frozenset({"xcomp", "ccomp"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
# Verbs whose object is not the one who is to act: "Russia promised Turkey to withdraw".
_SUBJECT_CONTROL = frozenset(
    {"promise", "vow", "threaten", "swear", "pledge", "guarantee"}
    # after these the infinitive is a purpose: "summoned the envoy to protest"
    | {"summon", "recall", "expel", "phone", "telephone", "meet", "visit", "use", "write", "call"}
)
# Verbs after whose object an infinitive is a purpose: who visits or writes is to act.
_PURPOSEFUL = frozenset({"write", "visit", "phone", "telephone", "meet", "summon", "recall"})
# Papers that speak for whoever issues them, and the verbs of issuing.
PAPERS = frozenset(
    """decree order law bill legislation act
    resolution statement letter report note memo communique declaration
    motion measure ruling directive proclamation tweet message petition""".split()
)
_ISSUING = frozenset(
    """sign issue release pass adopt approve publish write send make deliver circulate submit enact
    table sponsor post read draft introduce endorse put""".split()
)
# Verbs that say in what state something is left: "left ten people injured".
_LEAVING = frozenset({"leave", "see", "find", "fear", "believe", "report", "get"})
# Participles of these speak of the whole clause, even where no comma sets them off: "a bomb hit a
# bus near the border killing ten".
_RESULTS = frozenset({"kill", "wound", "injure", "leave", "destroy", "cause", "force", "prompt"})
# Prepositions and nouns behind which stands what somebody reacts to.
_REACTED = frozenset({"about", "despite", "over"})
_REACTIONS = {
    "for": ("retaliation", "revenge", "reprisal", "punishment", "anger", "retribution"),
    "to": ("object", "react", "respond", "objection", "opposition", "reaction", "response"),
}
_SAYING = frozenset({"say", "tell", "report", "add", "announce", "state", "confirm", "claim"})
# Verbs that name with a preposition who is to act: "called on Turkey to leave".
_ASKING = frozenset({"call", "appeal", "plead", "prevail"})
# Nouns of asking: it is not the one who asks that is to act.
_REQUESTS = frozenset({"request", "demand", "call", "appeal", "plea", "order"})
# "accuse X of bombing", "prevent X from entering": X acts; elsewhere the subject does.
_OBJECT_CONTROL_PREPOSITIONS = frozenset({"of", "for", "from", "into", "against", "over"})
_DAYS_AND_MONTHS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)
MISREAD = frozenset({"compound", "nmod", "npadvmod"})
# How far a chain of conjunctions, infinitives and participles is followed to a subject.
FARTHEST = 6


def is_passive(verb: Token, depth: int = 0) -> bool:
    """Whether the verb's surface subject is its deep object."""
    agent = transitive = active = helped = False
    for child in verb.children:
        label = child.dep_
        if label in ("auxpass", "nsubjpass"):
            return True
        agent = agent or label == "agent" or (child.lower_ == "by" and _has_name(child))
        transitive = transitive or label == "dobj"
        helped = helped or label == "aux"
        active = active or label in ("nsubj", "aux")
    if verb.tag_ == "VBN" and not active and verb.dep_ in ("acl", "advcl"):
        return True
    misread = verb.head.dep_ == "ROOT"  # the clause's own verb: "A raid by Peru led to arrests"
    if verb.tag_ == "VBD" and verb.dep_ == "acl" and not (active or transitive or misread):
        return True  # "released the soldier detained in May"
    # A participle without an auxiliary, "left ten people injured", or one that cannot be a past
    # tense, "the sailors taken hostage"; joined to a verb it has that verb's auxiliary.
    if verb.tag_ == "VBN" and not helped:
        alone = verb.dep_ != "conj" or verb.head.pos_ not in VERBAL
        left = not transitive and (verb.head.pos_ == "ADJ" or verb.head.lemma_ in _LEAVING)
        if alone and (left or verb.lower_.endswith(("en", "wn"))):
            return True
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not active:
        joined = verb.head.pos_ in VERBAL and depth < FARTHEST
        return joined and is_passive(verb.head, depth + 1)
    if is_reduced(verb):
        return True
    # A headline leaves out the auxiliary: "Russian jet shot down by Turkey".
    return agent and not transitive and verb.tag_ in ("VBN", "VBD")


def is_reduced(verb: Token) -> bool:
    """Whether a participle is misread as a clause: "writes about the jet shot down in May".

    A finite verb can neither follow a preposition nor stand in a clause without a subject.
    """
    if verb.tag_ not in ("VBD", "VBN") or verb.dep_ not in ("ccomp", "pcomp", "advcl", "xcomp"):
        return False
    labels = {child.dep_ for child in verb.children}
    if labels & {"aux", "auxpass", "dobj", "nsubjpass", "ccomp", "expl"}:
        return False
    marks = {child.lower_ for child in verb.children if child.dep_ == "mark"}
    if any(child.tag_ in ("WRB", *_RELATIVE) for child in verb.lefts):
        return False
    if labels & SUBJECTS:
        return verb.dep_ == "pcomp" or bool(marks & {"for", "of"})
    return verb.dep_ in ("ccomp", "xcomp") and not marks and _noun_before(verb) is not None


def _noun_before(verb: Token) -> Token | None:
    """Return the noun that stands directly before a participle."""
    before = verb.doc[verb.left_edge.i - 1] if verb.left_edge.i else None
    return before if before is not None and before.pos_ in ("NOUN", "PROPN") else None


def _has_name(preposition: Token) -> bool:
    """Whether a preposition's object is or has a name: "by Turkey", but not "by phone"."""
    objects = (child for child in preposition.children if child.dep_ == "pobj")
    return any(t.pos_ == "PROPN" or t.ent_type_ == "NORP" for o in objects for t in (o, *o.lefts))


def surface_subjects(verb: Token, depth: int = 0) -> Tokens:
    """Return the heads of the verb's surface subject, its own or inherited."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS]
    # "[Peru is] convinced that": the parser hangs the subject on the auxiliary
    helping = (child for child in verb.lefts if child.dep_ in ("aux", "auxpass") and not own)
    own = own or [child for helper in helping for child in helper.lefts if child.dep_ in SUBJECTS]
    if own and not swallows_object(verb) and not _is_purpose(verb):
        if len(own) > 1 and any(t.tag_ == "VBZ" for t in verb.doc[own[0].i : own[1].i]):
            return (own[1],)  # "The monitor says Russia bombed", with "says" taken for a noun
        if len(own) > 1 and _is_joined(own[0], own[1]):
            return (own[0], own[1])
        if len(own) == 2 and _describes(own[0], own[1]):
            return (own[1],)  # "old foes Peru and Chile"
        # of two subjects without "and" the second is a misread place: "in Gombe, Nigeria kill"
        return (*_beside(own[0]), antecedent(own[0], verb))
    if depth == FARTHEST:
        return ()
    if verb.dep_ == "ROOT":
        return _misread_subjects(verb)
    return _modified(verb, depth) if verb.dep_ in ("acl", "relcl") else _inherited(verb, depth)


def _is_joined(first: Token, second: Token) -> bool:
    """Whether "and" stands between two subjects: "nurses, teachers, and Peru condemned"."""
    at = second.left_edge.i - 1
    return any(child.dep_ == "cc" and child.i == at for child in first.children)


def _describes(noun: Token, name: Token) -> bool:
    """Whether the first of two subjects says what the name right behind it is."""
    beside = noun.i + 1 == name.left_edge.i
    return beside and noun.pos_ == "NOUN" and name.pos_ == "PROPN"


def _modified(verb: Token, depth: int) -> Tokens:
    """Return the subject of a verb that modifies a noun: mostly that noun."""
    noun = verb.head
    if _is_infinitive(verb):
        return _holders(noun, depth)
    if verb.tag_ == "VBG" and noun.lemma_.lower() in PAPERS:
        return _issuers(noun, depth) or (noun,)
    result = verb.tag_ == "VBG" and verb.lemma_ in _RESULTS
    return _subjects_above(noun, depth) if result or _is_loose(verb) else (noun,)


def _inherited(verb: Token, depth: int) -> Tokens:
    """Return the subject that a governed, joined or adverbial clause takes from its head."""
    head, label = verb.head, verb.dep_
    if label in CLAUSES and head.pos_ in VERBAL and not is_passive(head) and is_reduced(verb):
        before = _noun_before(verb)
        return (before,) if before is not None else ()
    if label == "acomp" and head.lemma_ == "be":
        return surface_subjects(head, depth + 1)
    if label == "pcomp":
        return _subjects_of_gerund(head, depth)
    if head.pos_ in ("ADJ", "ADV") and label in ("xcomp", "ccomp", "advcl", "acl"):
        return surface_subjects(head.head, depth + 1) if head.head.pos_ in VERBAL else ()
    if head.pos_ not in VERBAL:
        return _holders(head, depth) if label in CLAUSES else ()
    if label == "advcl" and verb.tag_ == "VBG":
        return _subjects_of_participle(verb, depth)
    if label == "advcl" and head.lemma_ in _ASKING and _is_infinitive(verb):
        return _controllers(head, depth)
    if label in ("conj", "advcl", "dep"):
        return surface_subjects(head, depth + 1)
    return _controllers(head, depth) if label in CLAUSES else ()


def _beside(subject: Token) -> Tokens:
    """Return the first of two subjects that a headline's comma joins: "Iran, Russia hold talks"."""
    at = subject.left_edge.i - 2
    first = subject.doc[at] if at >= subject.sent.start else None
    joined = first is not None and first.dep_ in MISREAD and first.head == subject.head
    if first is None or not joined or subject.doc[at + 1].text != "," or subject.pos_ != "PROPN":
        return ()
    whole = first.left_edge.i == subject.sent.start and first.pos_ == "PROPN"
    return (first,) if whole and subject.i < subject.head.i else ()


def _is_infinitive(verb: Token) -> bool:
    return any(child.tag_ == "TO" for child in verb.lefts)


def _is_purpose(verb: Token) -> bool:
    """Whether a clause's "subject" is whom the main verb reaches: "wrote Putin to apologise"."""
    near = verb.dep_ in CLAUSES and verb.head.lemma_ in _PURPOSEFUL and _is_infinitive(verb)
    return near and not any(child.dep_ == "mark" for child in verb.lefts)


def _issuers(paper: Token, depth: int) -> Tokens:
    """Return who speaks through a paper: "signed a decree imposing sanctions"."""
    owners = tuple(child for child in paper.children if child.dep_ == "poss")
    named = any(child.ent_type_ in ("NORP", "GPE", "ORG") for child in paper.lefts)
    if owners or named or paper.head.lemma_ not in _ISSUING:
        return owners
    if paper.dep_ == "dobj":
        return surface_subjects(paper.head, depth + 1)
    if paper.dep_ == "nsubjpass":
        return prepositions((paper.head,)).get("by", ())
    return ()


def swallows_object(verb: Token) -> bool:
    """Whether a participle has its main clause's object: "attacked [the post killing two]"."""
    result = verb.tag_ == "VBG" and verb.lemma_ in _RESULTS and verb.dep_ in ("advcl", "ccomp")
    return result and verb.head.pos_ in VERBAL and not any(c.dep_ == "aux" for c in verb.children)


def _misread_subjects(verb: Token) -> Tokens:
    """Return a name before the verb that the parser takes for something else.

    In questions and headlines it becomes a modifier of the verb; after a date without a comma ("On
    Monday Turkey shot ...") it becomes the head of the date.
    """
    found = tuple(c for c in verb.lefts if c.dep_ in MISREAD and c.pos_ == "PROPN")
    found = found or tuple(c for c in verb.lefts if _is_misread_name(c, verb))
    if found:
        return found
    after_date = (
        name
        for preposition in verb.lefts
        if preposition.dep_ == "prep" and preposition.lower_ in ("on", "in")
        for name in preposition.children
        if name.dep_ == "pobj" and name.pos_ == "PROPN"
    )
    return tuple(
        name
        for name in after_date
        if any(c.dep_ in MISREAD and c.lower_ in _DAYS_AND_MONTHS for c in name.lefts)
    )


def _is_misread_name(token: Token, verb: Token) -> bool:
    """Whether a name right before a finite verb is taken for its adjective: "Pakistan expels"."""
    beside = token.dep_ == "amod" and token.i + 1 == verb.i and token.text.istitle()
    return beside and token.ent_type_ == "GPE" and verb.tag_ in ("VBZ", "VBP", "VBD")


def _subjects_of_participle(verb: Token, depth: int) -> Tokens:
    """Return who does what a participle beside a clause says."""
    head = verb.head
    before = verb.left_edge.i - 1
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "with" and child.right_edge.i == before:
            # "fled to the border with the army closing in"
            return tuple(c for c in child.children if c.dep_ == "pobj")
    blamed = verb.doc[before] if before >= 0 else None
    if blamed is not None and blamed.dep_ == "pobj" and _is_of_reaction(blamed.head):
        return (blamed,)  # "in retaliation for Chile siding with Peru", "anger over Peru siding"
    if _is_loose(verb):
        if head.dep_ == "pcomp":
            return _subjects_above(head, depth)
        if head.lemma_ in _SAYING:
            # "Rebels overran a base, officials said, killing ten": the rebels killed
            said = [c for c in head.children if c.dep_ == "ccomp" and c.i < head.i]
            if said:
                return surface_subjects(said[0], depth + 1)
    return surface_subjects(head, depth + 1)


def _is_of_reaction(preposition: Token) -> bool:
    """Whether what follows is what somebody reacts to, so that a gerund behind it is its own."""
    word = preposition.lower_
    return word in _REACTED or preposition.head.lemma_ in _REACTIONS.get(word, ())


def _is_loose(participle: Token) -> bool:
    """Whether a comma sets a participle off from the noun that the parser hangs it on."""
    before = participle.left_edge.i - 1
    return participle.tag_ == "VBG" and before >= 0 and participle.doc[before].text == ","


def _subjects_above(noun: Token, depth: int) -> Tokens:
    """Return the subject of the finite clause around: "bombed the town, killing ten"."""
    for token in noun.ancestors:
        if token.pos_ in VERBAL and token.dep_ not in ("pcomp", "xcomp", "acl"):
            return surface_subjects(token, depth + 1)
    return ()


def _controllers(verb: Token, depth: int) -> Tokens:
    """Return who is to do what an infinitive below this verb says."""
    if not is_passive(verb):
        for label in ("dobj", "dative") if verb.lemma_ not in _SUBJECT_CONTROL else ():
            found = tuple(
                child
                for child in verb.children
                if child.dep_ == label and child.pos_ in NOMINAL and child.tag_ not in _RELATIVE
            )
            if found:
                return found
        if verb.lemma_ in _ASKING:
            prep = prepositions((verb,))
            found = next((prep[word] for word in ("on", "upon", "to", "for") if word in prep), ())
            if found:
                return found
    return surface_subjects(verb, depth + 1)


def _holders(noun: Token, depth: int) -> Tokens:
    """Return whose decision, threat or attempt a noun is: possessor, else the governing subject."""
    owners = tuple(child for child in noun.children if child.dep_ == "poss")
    if not owners and noun.lemma_ not in _REQUESTS:
        owners = prepositions((noun,)).get("by", ())  # "a proposal by Peru to"
    if owners:
        return owners
    if any(c.ent_type_ in ("NORP", "GPE") and c.dep_ in ("amod", "compound") for c in noun.lefts):
        return (noun,)  # "foiled an Iranian plot to kill": not who foiled it
    if noun.dep_ == "dobj" and noun.head.pos_ in VERBAL:
        return surface_subjects(noun.head, depth + 1)
    if noun.dep_ == "attr":
        return tuple(child for child in noun.head.children if child.dep_ in SUBJECTS)
    return ()


def _subjects_of_gerund(preposition: Token, depth: int) -> Tokens:
    governor = preposition.head
    if governor.pos_ in VERBAL:
        if preposition.lower_ in _OBJECT_CONTROL_PREPOSITIONS and not is_passive(governor):
            objects = tuple(child for child in governor.children if child.dep_ == "dobj")
            if objects:
                return objects
        return surface_subjects(governor, depth + 1)
    return _holders(governor, depth) if governor.pos_ == "NOUN" else ()


def antecedent(token: Token, verb: Token) -> Token:
    """Return the noun that a relative pronoun stands for."""
    if token.tag_ not in _RELATIVE:
        return token
    for _ in range(FARTHEST):
        if verb.dep_ == "relcl":
            return verb.head
        verb = verb.head
    return token
