"""Who stands in which role to a predicate: reading a dependency parse.

Labels are those of spaCy's English models (CLEAR style). Everything here is about grammar alone:
no lexicon of events and no actor is known in this file. Roles are *deep*: the by-phrase of a
passive is a subject, its surface subject an object; the controller of an infinitive and the noun
that a relative clause or participle modifies are arguments of its verb.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from spacy.tokens import Token

__all__ = [
    "Arguments",
    "adjective_arguments",
    "coordinated",
    "fixed_words",
    "is_passive",
    "light_arguments",
    "noun_arguments",
    "verb_arguments",
]

Tokens = tuple[Token, ...]

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_PREPOSITIONAL = frozenset({"prep", "agent", "dative", "prt"})
_CLAUSES = frozenset({"xcomp", "ccomp"})
_NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "ADJ", "DET", "X"})
_VERBAL = frozenset({"VERB", "AUX"})
_MODIFIERS = frozenset({"amod", "compound", "nmod", "nummod"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})
# Verbs whose object is not the one who is to act: "Russia promised Turkey to withdraw".
_SUBJECT_CONTROL = frozenset({"promise", "vow", "threaten", "swear", "pledge", "guarantee"})
# Verbs that name with a preposition who is to act: "called on Turkey to leave".
_ASKING = frozenset({"call", "appeal", "plead", "prevail"})
# "accuse X of bombing", "prevent X from entering": X acts; elsewhere the subject does.
_OBJECT_CONTROL_PREPOSITIONS = frozenset({"of", "for", "from", "into", "against", "over"})
_DITRANSITIVE = frozenset(
    {"give", "send", "grant", "offer", "promise", "loan", "lend", "pay", "hand", "award", "deny"}
)
_DAYS_AND_MONTHS = frozenset(
    """monday tuesday wednesday thursday friday saturday sunday january february march april may
    june july august september october november december""".split()
)
_MISREAD = frozenset({"compound", "nmod", "npadvmod"})
# Prepositions that belong to the predicate even where the parser hangs them on another phrase
# ("talks in Ankara with Russia"), and nouns that such a phrase does belong to.
_LOOSE = frozenset({"with", "between"})
_BOUND = frozenset({"border", "frontier", "relation", "tie", "boundary", "line", "problem"})
# How far a chain of conjunctions, infinitives and participles is followed to a subject.
_FARTHEST = 6


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
    """

    head: Token
    subject: Tokens = ()
    object: Tokens = ()
    dative: Tokens = ()
    possessor: Tokens = ()
    modifier: Tokens = ()
    prep: Mapping[str, Tokens] = ()  # type: ignore[assignment]
    complement: Tokens = ()


def coordinated(tokens: Iterable[Token]) -> Tokens:
    """Return the heads of noun phrases with those joined to them by "and", "or", "nor"."""
    found: dict[int, Token] = {}
    for token in tokens:
        for joined in (token, *token.conjuncts):
            if joined is token or (joined.i > token.i and joined.pos_ in _NOMINAL):
                found[joined.i] = joined
    return tuple(found.values())


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
        if child.pos_ in _VERBAL and child.i > head.i:
            for mark in child.children:
                if mark.dep_ == "mark" and mark.lower_ == word:
                    return mark
    return None


def _next_word(token: Token, word: str) -> Token | None:
    at = token.i + 1
    return token.doc[at] if at < len(token.doc) and token.doc[at].lower_ == word else None


def is_passive(verb: Token) -> bool:
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
    # "The sailors taken hostage": a form that cannot be a past tense, without an auxiliary.
    if verb.tag_ == "VBN" and not helped and verb.lower_.endswith(("en", "wn")):
        return verb.dep_ != "conj" or verb.head.pos_ not in _VERBAL or is_passive(verb.head)
    if verb.dep_ == "conj" and verb.tag_ == "VBN" and not active:
        return verb.head.pos_ in _VERBAL and is_passive(verb.head)
    # A headline leaves out the auxiliary: "Russian jet shot down by Turkey".
    return agent and not transitive and verb.tag_ in ("VBN", "VBD")


def _has_name(preposition: Token) -> bool:
    """Whether a preposition's object is or has a name: "by Turkey", but not "by phone"."""
    objects = (child for child in preposition.children if child.dep_ == "pobj")
    return any(t.pos_ == "PROPN" or t.ent_type_ == "NORP" for o in objects for t in (o, *o.lefts))


def verb_arguments(verb: Token, fixed: Tokens = ()) -> Arguments:
    """Return the deep arguments of a verb.

    Args:
        verb: the verb.
        fixed: its particle and fixed words, which are no arguments.
    """
    passive = is_passive(verb)
    surface = coordinated(surface_subjects(verb))
    objects = _objects(verb, fixed)
    prep = _prepositions((verb, *fixed, *objects))
    dative = coordinated(child for child in verb.children if _is_bare_dative(child))
    if not dative and verb.lemma_ in _DITRANSITIVE:
        # "gave Syria aid" is often read as a compound
        left = (child for token in objects for child in token.lefts)
        dative = tuple(c for c in left if c.dep_ in _MISREAD and c.pos_ == "PROPN")
    if passive:
        if objects and not _governs(fixed, objects):
            dative = dative or surface
        else:
            objects = surface
            prep = _prepositions((verb, *fixed, *objects))
        surface = prep.get("by", ()) or _far_agent(verb)
    elif not objects:
        objects = _gap(verb, surface) or _shared_object(verb)
        prep = _merge(prep, _prepositions(objects))
    complement = _complements((verb, *fixed, *objects))
    if not objects and not passive:
        objects = _raised_object(complement)
    return Arguments(
        head=verb,
        subject=surface,
        object=objects,
        dative=dative or prep.get("to", ()),
        prep=_merge(prep, {"to": dative}) if dative else prep,
        complement=complement,
    )


def noun_arguments(noun: Token) -> Arguments:
    """Return the arguments that stand in a noun's own phrase, and the subject of its copula."""
    prep = _prepositions((noun,))
    if "by" not in prep:  # "the killing of a sailor by Israel": the parser hangs "by" on "sailor"
        inner = _prepositions(prep.get("of", ()))
        prep |= {"by": inner["by"]} if "by" in inner else {}
    possessor = coordinated(child for child in noun.children if child.dep_ == "poss")
    modifier = _modifiers(noun)
    if noun.dep_ == "conj" and noun.head.pos_ == "NOUN" and not possessor:
        possessor = coordinated(c for c in noun.head.children if c.dep_ == "poss")
        modifier = modifier or _modifiers(noun.head)
    for joined in noun.conjuncts:
        if joined.i > noun.i:
            prep = {**_prepositions((joined,)), **prep}
    subject: Tokens = ()
    if noun.dep_ == "attr" and noun.head.lemma_ == "be":
        subject = coordinated(surface_subjects(noun.head))
    compounds = tuple(child for child in noun.children if child.dep_ in ("compound", "nmod"))
    return Arguments(
        head=noun,
        subject=subject,
        object=(*prep.get("of", ()), *prep.get("on", ()), *prep.get("against", ()), *compounds),
        possessor=possessor,
        modifier=modifier,
        prep=prep,
        complement=_complements((noun,)),
    )


def adjective_arguments(adjective: Token) -> Arguments:
    """Return the arguments of a predicative adjective: its copula's subject, its prepositions."""
    copula = adjective.head
    if adjective.dep_ == "conj":
        copula = copula.head
    subject = coordinated(surface_subjects(copula)) if copula.pos_ in _VERBAL else ()
    return Arguments(
        head=adjective,
        subject=subject,
        prep=_prepositions((adjective, copula)),
        complement=_complements((adjective,)),
    )


def light_arguments(verb: Arguments, noun: Token) -> Arguments:
    """Return the arguments of a light verb and its event noun taken together."""
    own = noun_arguments(noun)
    return replace(
        own,
        subject=verb.subject,
        dative=verb.dative,
        prep=_merge(own.prep, verb.prep),
    )


def surface_subjects(verb: Token, depth: int = 0) -> Tokens:
    """Return the heads of the verb's surface subject, its own or inherited."""
    own = tuple(child for child in verb.children if child.dep_ in _SUBJECTS)
    if own:
        return tuple(_antecedent(token, verb) for token in own)
    if depth == _FARTHEST:
        return ()
    if verb.dep_ == "ROOT":
        return _misread_subjects(verb)
    head, label = verb.head, verb.dep_
    if label in ("acl", "relcl"):
        if any(child.tag_ == "TO" for child in verb.children):
            return _holders(head, depth)
        return _subjects_above(head, depth) if _is_loose(verb) else (head,)
    if label == "pcomp":
        return _subjects_of_gerund(head, depth)
    if head.pos_ in ("ADJ", "ADV") and label in ("xcomp", "ccomp", "advcl", "acl"):
        return surface_subjects(head.head, depth + 1) if head.head.pos_ in _VERBAL else ()
    if head.pos_ not in _VERBAL:
        return _holders(head, depth) if label in _CLAUSES else ()
    if label in ("conj", "advcl", "dep"):
        return surface_subjects(head, depth + 1)
    return _controllers(head, depth) if label in _CLAUSES else ()


def _misread_subjects(verb: Token) -> Tokens:
    """Return a name before the verb that the parser takes for something else.

    In questions and headlines it becomes a modifier of the verb; after a date without a comma ("On
    Monday Turkey shot ...") it becomes the head of the date.
    """
    found = tuple(c for c in verb.lefts if c.dep_ in _MISREAD and c.pos_ == "PROPN")
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
        if any(c.dep_ in _MISREAD and c.lower_ in _DAYS_AND_MONTHS for c in name.lefts)
    )


def _is_loose(participle: Token) -> bool:
    """Whether a comma sets a participle off from the noun that the parser hangs it on."""
    before = participle.left_edge.i - 1
    return participle.tag_ == "VBG" and before >= 0 and participle.doc[before].text == ","


def _subjects_above(noun: Token, depth: int) -> Tokens:
    """Return the subject of the clause around a noun: "bombed the town, killing ten"."""
    for token in noun.ancestors:
        if token.pos_ in _VERBAL:
            return surface_subjects(token, depth + 1)
    return ()


def _controllers(verb: Token, depth: int) -> Tokens:
    """Return who is to do what an infinitive below this verb says."""
    if not is_passive(verb) and verb.lemma_ not in _SUBJECT_CONTROL:
        for label in ("dobj", "dative"):
            found = tuple(
                child
                for child in verb.children
                if child.dep_ == label and child.pos_ in _NOMINAL and child.tag_ not in _RELATIVE
            )
            if found:
                return found
        if verb.lemma_ in _ASKING:
            prep = _prepositions((verb,))
            found = next((prep[word] for word in ("on", "upon", "to", "for") if word in prep), ())
            if found:
                return found
    return surface_subjects(verb, depth + 1)


def _holders(noun: Token, depth: int) -> Tokens:
    """Return whose decision, threat or attempt a noun is: possessor, else the governing subject."""
    owners = tuple(child for child in noun.children if child.dep_ == "poss")
    if owners:
        return owners
    if noun.dep_ in ("dobj", "attr") and noun.head.pos_ in _VERBAL:
        return surface_subjects(noun.head, depth + 1)
    return ()


def _subjects_of_gerund(preposition: Token, depth: int) -> Tokens:
    governor = preposition.head
    if governor.pos_ in _VERBAL:
        if preposition.lower_ in _OBJECT_CONTROL_PREPOSITIONS and not is_passive(governor):
            objects = tuple(child for child in governor.children if child.dep_ == "dobj")
            if objects:
                return objects
        return surface_subjects(governor, depth + 1)
    return _holders(governor, depth) if governor.pos_ == "NOUN" else ()


def _antecedent(token: Token, verb: Token) -> Token:
    """Return the noun that a relative pronoun stands for."""
    if token.tag_ not in _RELATIVE:
        return token
    for _ in range(_FARTHEST):
        if verb.dep_ == "relcl":
            return verb.head
        verb = verb.head
    return token


def _objects(verb: Token, fixed: Tokens) -> Tokens:
    """Return the objects: of the verb, else of the preposition that ends its fixed words."""
    found = [c for c in verb.children if c.dep_ == "dobj" and c not in fixed]
    if not found:
        for word in reversed(fixed):
            found = [c for c in word.children if c.dep_ in ("pobj", "dobj") and c not in fixed]
            if found:
                break
    return coordinated(_antecedent(token, verb) for token in found)


def _governs(fixed: Tokens, objects: Tokens) -> bool:
    """Whether the objects hang on a fixed word that the passive leaves behind ("shot down by")."""
    return any(token.head in fixed for token in objects)


def _gap(verb: Token, surface: Tokens) -> Tokens:
    """Return the noun that a relative clause is about, where the clause has its own subject."""
    if verb.dep_ == "relcl" and verb.head not in surface:
        return (verb.head,)
    return ()


def _shared_object(verb: Token) -> Tokens:
    """Return the object of the next verb where two verbs share it: "condemned and rejected X"."""
    for child in verb.children:
        if child.dep_ == "conj" and 0 < child.i - verb.i <= 3 and child.pos_ in _VERBAL:
            labels = {grandchild.dep_ for grandchild in child.children}
            if not labels & _SUBJECTS:
                return _objects(child, ()) or _shared_object(child)
    return ()


def _raised_object(complements: Tokens) -> Tokens:
    """Return the subject of a non-finite clause: "urged Russia to leave"."""
    for clause in complements:
        labels = {child.tag_ for child in clause.children if child.dep_ in ("aux", "auxpass")}
        if "TO" in labels or (clause.tag_ in ("VBG", "VB") and not labels):
            found = tuple(child for child in clause.children if child.dep_ in _SUBJECTS)
            if found:
                return coordinated(found)
    return ()


def _complements(places: Tokens) -> Tokens:
    """Return the verbs of governed clauses, with those joined to them."""
    found: list[Token] = []
    for place in places:
        for child in place.children:
            if child.pos_ not in _VERBAL:
                if child.dep_ == "prep":
                    found += [c for c in child.children if c.dep_ == "pcomp"]
                continue
            infinitive = any(c.tag_ == "TO" for c in child.children)
            loose = infinitive and child.dep_ in ("advcl", "acl", "relcl")
            if loose or child.dep_ in ("xcomp", "ccomp", "pcomp"):
                found.append(child)
    joined = [c for token in found for c in token.conjuncts if c.pos_ in _VERBAL]
    return tuple(dict.fromkeys([*found, *joined]))


def _prepositions(places: Iterable[Token]) -> dict[str, Tokens]:
    """Return the objects of the prepositions that hang on the given tokens."""
    found: defaultdict[str, list[Token]] = defaultdict(list)
    for place in places:
        for child in place.children:
            if child.dep_ in _PREPOSITIONAL and child.pos_ in ("ADP", "ADV", "SCONJ", "PART"):
                _collect(child, (child.lower_,), found)
    nested = [token for tokens in found.values() for token in tokens if token.dep_ == "pobj"]
    for token in nested:
        for child in token.children:
            loose = child.dep_ == "prep" and child.lower_ in _LOOSE and child.lower_ not in found
            if loose and token.lemma_ not in _BOUND:
                _collect(child, (child.lower_,), found)
    return {word: coordinated(tokens) for word, tokens in found.items()}


def _collect(
    preposition: Token, names: tuple[str, ...], found: defaultdict[str, list[Token]]
) -> None:
    """Add a preposition's objects under its name; of "out of X", under "out" and "of"."""
    for child in preposition.children:
        if child.dep_ in ("pobj", "pcomp"):
            for name in names:
                found[name].append(child)
        elif child.dep_ == "prep" and preposition.lower_ in ("out", "from", "off", "inside", "up"):
            _collect(child, (*names, child.lower_), found)
        elif child.dep_ == "conj" and child.pos_ == "ADP":
            _collect(child, (child.lower_,), found)


def _merge(first: Mapping[str, Tokens], second: Mapping[str, Tokens]) -> dict[str, Tokens]:
    merged = dict(first)
    for word, tokens in second.items():
        merged[word] = tuple(dict.fromkeys((*merged.get(word, ()), *tokens)))
    return merged


def _is_bare_dative(token: Token) -> bool:
    return token.dep_ == "dative" and token.pos_ in _NOMINAL


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


def _modifiers(noun: Token) -> Tokens:
    """Return the words before a noun that may name an actor, nested and joined ones too."""
    found: list[Token] = []
    pending = [child for child in noun.lefts if child.dep_ in _MODIFIERS]
    while pending:
        token = pending.pop(0)
        found.append(token)
        pending += [c for c in token.children if c.dep_ in _MODIFIERS or c.dep_ == "conj"]
    return tuple(sorted(found, key=lambda token: token.i))
