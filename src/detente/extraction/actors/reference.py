"""Who "he", "Larsen" and "the minister" are: reference within one document, only where safe."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from detente.extraction.actors.phrases import Phrase, Phrases
from detente.extraction.actors.pronouns import pronoun, speaker
from detente.extraction.actors.seen import ORGANS, Reference, Seen, in_words
from detente.extraction.parse import Passage
from detente.lexicon.actors import PSEUDO_COUNTRIES
from detente.lexicon.names import fold

__all__ = ["Reference", "resolve_references"]

_US = frozenset({"we", "us", "our"})
_STATE = frozenset({None, "GOV", "MIL", "LEG", "JUD", "COP", "SPY"})
_COUNTRY_NOUNS = frozenset({"country", "nation", "republic", "kingdom"})
_COUNTING = frozenset({"two", "both", "three", "four", "five", "several", "other", "neighbouring"})
# What two states are called together, and those who lead them.
_TWO_STATES = _COUNTRY_NOUNS | {"side", "neighbour", "neighbor", "state", "government", "capital"}
_OF_PEOPLE = _COUNTRY_NOUNS | {"government"}
# What tells two of several apart: "the two countries at the border".
_NARROWING = ("prep", "relcl", "acl", "amod", "compound")
_HEADS_OF_TWO = frozenset(
    {"leader", "president", "premier", "minister", "king", "delegation", "army", "military"}
)
# Two states under one name.
_TWINS = {"Koreas": ("PRK", "KOR"), "Sudans": ("SDN", "SSD"), "Congos": ("COD", "COG")}
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
    seen: list[Seen] = []
    surnames = _surnames(passages, phrases, heads)
    acronyms = _acronyms(passages, phrases)
    found: list[dict[int, Reference]] = []
    before = 0
    for passage, own, tokens in zip(passages, phrases, heads, strict=True):
        # the number of the sentence of each token
        numbers = [at for at, sent in enumerate(passage.doc.sents, before) for _ in sent]
        references: dict[int, Reference] = {}
        for token in tokens:
            sentence = numbers[token.i]
            phrase = own.at(token) if token.pos_ != "PRON" else None
            if token.lower_ in _US:
                reference = speaker(token, own, passage)
            else:
                reference = (
                    _possessed(token, phrase, references)
                    or _short_for(token, phrase, acronyms)
                    or _refer(token, phrase, own, (seen, sentence), surnames)
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
                seen.append(Seen(phrase, token, span, sentence))
        before = numbers[-1] + 1 if numbers else before
        found.append(references)
    return found


def _recent(seen: list[Seen], sentence: int) -> list[Seen]:
    """Return the mentions of the last sentences, in order."""
    start = len(seen)
    while start > 0 and sentence - seen[start - 1].sentence <= _REACH:
        start -= 1
    return seen[max(start, len(seen) - _MOST) :]


def _refer(
    token: Token,
    phrase: Phrase | None,
    own: Phrases,
    past: tuple[list[Seen], int],
    surnames: dict[str, Seen | None],
) -> Reference | None:
    if token.pos_ == "PRON":
        return pronoun(token, _recent(*past), past[1])
    if phrase is not None and token.text in _TWINS:
        first, other = (replace(phrase, country=c, name=None) for c in _TWINS[token.text])
        return Reference(first, others=((other, None),))
    if phrase is not None and phrase.name and (phrase.country is None or _is_bare(phrase)):
        later = _later_name(token, phrase, surnames)
        if later is not None or phrase.country is None:
            return later
    if _is_several(token, own):
        return _both(token, phrase, past) or Reference(
            None, None, f"{token.text!r} names several actors at once"
        )
    if phrase is not None and phrase.country:
        return None
    return _description(token, phrase, past) or _organ(token, phrase, past)


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


def _acronyms(passages: Sequence[Passage], phrases: Sequence[Phrases]) -> dict[str, Seen]:
    """Return what the acronyms stand for that a report gives in brackets behind a name."""
    found: dict[str, Seen] = {}
    for passage, own in zip(passages, phrases, strict=True):
        doc = passage.doc
        if "(" not in passage.document.text:
            continue
        for bracket in doc:
            if bracket.text != "(" or bracket.i == 0 or bracket.i + 2 >= len(doc):
                continue
            token = doc[bracket.i + 1]
            if doc[bracket.i + 2].text != ")" or not _is_acronym(token.text):
                continue
            last = doc[token.i - 2]
            for head in (last, last.head, last.head.head):
                phrase = own.at(head) if head.i < token.i else None
                if phrase is not None and phrase.country and _spells(token.text, passage, phrase):
                    span = passage.span(doc[phrase.start : phrase.end])
                    found.setdefault(token.text, Seen(phrase, head, span, 0))
                    break
    return found


def _is_acronym(text: str) -> bool:
    return 1 < len(text) <= _LONGEST_ACRONYM and text.isupper() and text.isalpha()


def _spells(acronym: str, passage: Passage, phrase: Phrase) -> bool:
    """Return whether an acronym begins like one of the capitalised words of a phrase."""
    words = passage.doc[phrase.start : phrase.end]
    return any(word.text[0] == acronym[0] for word in words if word.text[0].isupper())


def _short_for(token: Token, phrase: Phrase | None, acronyms: dict[str, Seen]) -> Reference | None:
    """Resolve an acronym that the report itself explains: "the AFP", "AFP officers" not."""
    meant = acronyms.get(token.text)
    if meant is None or phrase is None or meant.head == token:
        return None
    words = Phrase(token.i, token.i + 1)
    return Reference(in_words(replace(meant.phrase, person=False), words), meant.span)


# -- later names --------------------------------------------------------------------------------


def _surnames(
    passages: Sequence[Passage], phrases: Sequence[Phrases], heads: Sequence[Sequence[Token]]
) -> dict[str, Seen | None]:
    """Return whom each family name means: persons introduced by full name and country."""
    known: dict[str, Seen | None] = {}
    for passage, own, tokens in zip(passages, phrases, heads, strict=True):
        for token in tokens:
            phrase = own.at(token) if token.pos_ != "PRON" else None
            if phrase is None or not phrase.person or not phrase.name or not phrase.country:
                continue
            if phrase.end - phrase.start == 1:
                continue  # a family name alone introduces nobody
            span = passage.span(passage.doc[phrase.start : phrase.end])
            own_seen = Seen(phrase, token, span, 0)
            for key in {_last_word(phrase.name), fold(phrase.name).lower()}:
                other = known.get(key, own_seen)
                same = other is not None and other.phrase.country == phrase.country
                known[key] = (other if other is not None and same else None) if same else None
    return known


def _last_word(name: str) -> str:
    words = fold(name).lower().split()
    return words[-1] if words else ""


def _later_name(token: Token, phrase: Phrase, surnames: dict[str, Seen | None]) -> Reference | None:
    assert phrase.name is not None
    words = fold(token.text if _is_bare(phrase) else phrase.name).lower()
    meant = surnames.get(words)
    if meant is None or (meant.head.doc is token.doc and meant.head.i == token.i):
        return None
    full = fold(meant.phrase.name or "").lower()
    if words != full and not full.endswith(" " + words):
        return None
    return Reference(in_words(meant.phrase, phrase), meant.span)


def _is_bare(phrase: Phrase) -> bool:
    """Return whether a person is named by one word: the report's own Smith comes before others."""
    return phrase.person and phrase.end - phrase.start == 1 and phrase.title is None


# -- descriptions -------------------------------------------------------------------------------


def _is_several(token: Token, own: Phrases) -> bool:
    """Return whether a phrase like "the two countries" or "both leaders" gathers actors."""
    phrase = own.at(token)
    if token.tag_ != "NNS" or (phrase is not None and phrase.country):
        return False
    before = {child.lower_ for child in token.lefts}
    return "both" in before or _is_theirs(token) or bool("the" in before and before & _COUNTING)


def _is_theirs(token: Token) -> bool:
    """Return whether the states of people named before are meant: "say their countries agree"."""
    owned = any(c.dep_ == "poss" and c.lower_ == "their" for c in token.lefts)
    return owned and token.lemma_.lower() in _OF_PEOPLE


def _both(token: Token, phrase: Phrase | None, past: tuple[list[Seen], int]) -> Reference | None:
    """Resolve "the two countries" and "both leaders" to the two states named before.

    Those of the same sentence, else of the sentence before, else of all that came before, where
    these are just two.
    """
    noun = token.lemma_.lower()
    theirs = _is_theirs(token)
    narrower = _NARROWING if theirs else (*_NARROWING, "poss")
    counted = any(child.lower_ in ("two", "both") for child in token.lefts)
    if not (counted or theirs) or any(child.dep_ in narrower for child in token.children):
        return None
    heads = noun in _HEADS_OF_TWO
    if noun not in _TWO_STATES and not heads:
        return None
    sentence = past[1]
    states = [
        s
        for s in _recent(*past)
        if s.phrase.country
        and s.phrase.country not in PSEUDO_COUNTRIES
        and s.phrase.sector in _STATE
    ]
    groups = (
        [s for s in states if s.sentence == sentence and s.head.i < token.i],
        [s for s in states if s.sentence == sentence - 1],
        states,
    )
    for group in groups:
        last = {s.phrase.country: s for s in group}
        if len(last) == 2:
            first, other = sorted(last.values(), key=lambda s: (s.sentence, s.head.i))
            start = phrase.start if phrase is not None else token.left_edge.i
            words = Phrase(start, token.i + 1, sector="GOV" if heads else None, plural=True)
            meant = [replace(words, country=s.phrase.country) for s in (first, other)]
            return Reference(meant[0], first.span, others=((meant[1], other.span),))
        if len(last) > 2:
            return None
    return None


def _description(
    token: Token, phrase: Phrase | None, past: tuple[list[Seen], int]
) -> Reference | None:
    """Resolve "the minister" to the one minister named before, "the country" to the one country."""
    definite = any(child.lower_ in ("the", "this", "that") for child in token.lefts)
    noun = token.lemma_.lower()
    lone = all(
        child.dep_ in ("det", "case") or (noun in _COUNTRY_NOUNS and child.lower_ in _CONTINENTS)
        for child in token.lefts
    )
    behind = any(c.dep_ in ("prep", "relcl", "acl", "appos") for c in token.rights)
    if not definite or not lone or token.tag_ != "NN" or behind:
        return None
    seen = _recent(*past)
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
        return Reference(in_words(country, words), meant.span)
    named = [s for s in same if s.phrase.name]
    best = named[-1] if named and len({s.phrase.name for s in named}) == 1 else meant
    return Reference(in_words(best.phrase, words), best.span)


def _body(token: Token, phrase: Phrase | None, seen: list[Seen]) -> Reference | None:
    """Resolve "the organization" to the one organisation that was named before."""
    bodies = [s for s in seen if s.phrase.body and s.phrase.country]
    if not bodies or len({s.phrase.name for s in bodies}) > 1:
        return None
    words = phrase if phrase is not None else Phrase(token.i, token.i + 1)
    return Reference(in_words(bodies[-1].phrase, words), bodies[-1].span)


def _organ(token: Token, phrase: Phrase | None, past: tuple[list[Seen], int]) -> Reference | None:
    """Resolve "the government" or "the Foreign Ministry" to the one country that acted before."""
    title = phrase.title if phrase is not None and not phrase.name else None
    if phrase is None or title is None:
        return None
    known = title in ORGANS or title.endswith((" minister", " ministry"))
    before = token.doc[phrase.start - 1] if phrase.start else None
    definite = before is not None and before.lower_ == "the"
    if not known or not definite or phrase.end != token.i + 1 or token.tag_ in ("NNS", "NNPS"):
        return None
    if any(child.dep_ in ("prep", "relcl", "acl", "appos") for child in token.rights):
        return None
    actors = [
        s
        for s in _recent(*past)
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
