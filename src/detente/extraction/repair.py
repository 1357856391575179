"""Repairs of the parse where the language model is known to err on news.

Digests and headlines tell in the present tense, which the model has seldom seen: it takes "storm",
"fire" or "protest" for nouns. Where the parser gives such a word a subject all the same, its tag is
mended; where the sentence is left without a verb, it is read again with an unmistakable verb in the
word's place, and the reading is kept if that gives a clause. No character and no token changes.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterator, Sequence

from spacy.attrs import DEP, HEAD, LEMMA, POS, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span, Token

__all__ = ["read_again", "repair_lemmas", "repair_tags"]

_VERBAL = frozenset({"VERB", "AUX"})
_CLAUSAL = frozenset({"ROOT", "ccomp", "advcl", "conj", "relcl", "parataxis", "xcomp"})
_NOUN_LEFTS = frozenset({"det", "poss", "amod", "nummod", "case"})
# A verb stands after a name or a noun, not after one of these.
_BEFORE_NOUNS = frozenset({"DT", "JJR", "JJS", "PRP$", "POS", "IN", "CD", "TO", "CC", ",", ":"})
_SHORTEST = 5
_INFLECTED = frozenset({"VBD", "VBN", "VBG", "VBZ"})
# One short vowel before one consonant: such a verb doubles the consonant before "ed".
_SHORT = re.compile(r"[^aeiou]*[aeiou][bcdfghjklmnpqrstvz]")
# A transitive past tense that is nothing else, put where the verb is not recognised.
_PLAIN_VERB = "attacked"


def repair_lemmas(doc: Doc, verbs: Container[str]) -> None:
    """Mend lemmas of verbs of which the lemmatiser cuts off too much or too little.

    "Staged" becomes "stag" and "relaunched" "relaunche": its rules know neither whether a verb ends
    in a silent e nor whether a consonant was doubled.

    Args:
        doc: a parse; its lemmas are changed in place.
        verbs: lemmas of verbs that are known.
    """
    for token in doc:
        if token.pos_ == "VERB" and token.tag_ in _INFLECTED:
            lemma = token.lemma_
            if lemma in verbs and not _lacks_e(token, lemma):
                continue
            better = next((guess for guess in _guesses(lemma) if guess in verbs), None)
            if better is not None:
                token.lemma_ = better


def _lacks_e(token: Token, lemma: str) -> bool:
    """Whether a lemma must have a silent e: "raped" is no form of "rap", which has two p."""
    ending = token.lower_.removeprefix(lemma)
    cut = ending in ("ed", "ing") and _SHORT.fullmatch(lemma) is not None
    return cut or (ending == "es" and not lemma.endswith(("s", "x", "z", "ch", "sh", "o")))


def _guesses(lemma: str) -> Iterator[str]:
    yield f"{lemma}e"
    yield f"{lemma}{lemma[-1:]}"  # "installed" becomes "instal"
    if lemma.endswith("e"):
        yield lemma[:-1]
        if len(lemma) > _SHORTEST and lemma[-2] == lemma[-3]:
            yield lemma[:-2]


def repair_tags(doc: Doc, model: Language) -> None:
    """Give the tag of a verb to a noun that the parser treats as one.

    Args:
        doc: a parse; its tags, parts of speech and lemmas are changed in place.
        model: the pipeline that made it, for the lemmas.
    """
    for token in doc:
        if token.pos_ in ("NOUN", "PROPN") and _is_verb(token):
            _make_verb(token, model)
        elif token.tag_ == "VB" and _is_finite(token):
            token.tag_ = "VBP"


def _is_verb(token: Token) -> bool:
    if token.dep_ in _CLAUSAL and token.text.islower():
        subject = next((c for c in token.lefts if c.dep_ == "nsubj"), None)
        copula = any(c.dep_ == "cop" or c.lemma_ == "be" for c in token.children)
        nominal = any(c.dep_ in _NOUN_LEFTS for c in token.lefts)
        if subject is not None and not copula and not nominal:
            return True
    gerund = token.lower_.endswith("ing") and token.dep_ in ("xcomp", "pcomp")
    return gerund and any(c.dep_ == "dobj" for c in token.rights)


def _is_finite(verb: Token) -> bool:
    """Whether a base form is a present tense: "Police beat and arrest a reporter"."""
    labels = {child.dep_ for child in verb.lefts}
    if labels & {"aux", "auxpass", "mark"} or verb.dep_ not in _CLAUSAL - {"xcomp"}:
        return False
    if "nsubj" in labels:
        # "demanded that Iran leave", "let them go": a base form after all
        return verb.dep_ != "ccomp"
    return verb.dep_ == "conj" and verb.head.tag_ in ("VBP", "VBZ") and verb.head.i < verb.i


def _make_verb(token: Token, model: Language) -> None:
    if token.lower_.endswith("ing"):
        token.tag_ = "VBG"
    else:
        token.tag_ = "VBZ" if token.tag_ in ("NNS", "NNPS") else "VBP"
    token.pos_ = "VERB"
    token.lemma_ = _lemma(token, model)


def _lemma(token: Token, model: Language) -> str:
    lemmatizer = model.get_pipe("lemmatizer") if model.has_pipe("lemmatizer") else None
    lemmas = lemmatizer.lemmatize(token) if lemmatizer is not None else []  # type: ignore[attr-defined]
    return lemmas[0].lower() if lemmas else token.lower_


def read_again(docs: Sequence[Doc], model: Language, verbs: Container[str]) -> Iterator[Doc]:
    """Yield each parse, sentences without a verb read again where a word of theirs can be one.

    Args:
        docs: the parses.
        model: the pipeline that made them.
        verbs: lemmas of verbs that name events.
    """
    wanted: list[tuple[int, Span, Token]] = []
    for index, doc in enumerate(docs):
        for sentence in doc.sents:
            if sentence.root.pos_ in _VERBAL or len(sentence) < _SHORTEST:
                token = _hidden_verb(sentence, verbs)  # even of a sentence that has a verb
            else:
                token = next(_candidates(sentence, model, verbs), None)
            if token is not None:
                wanted.append((index, sentence, token))
    plain = [_with_plain_verb(sentence, token) for _, sentence, token in wanted]
    # of a second reading only the grammar is taken
    readings = model.pipe(plain, disable=["ner"])
    for (_, sentence, token), reading in zip(wanted, readings, strict=True):
        _adopt(sentence, token, reading, model)
    yield from docs


def _candidates(sentence: Span, model: Language, verbs: Container[str]) -> Iterator[Token]:
    for token in sentence[1:]:
        noun = token.pos_ in ("NOUN", "PROPN") or (token.tag_ == "VBZ" and token.dep_ == "compound")
        if not noun or not token.text.islower() or token.nbor(-1).tag_ in _BEFORE_NOUNS:
            continue
        if token.lemma_.lower() in verbs or token.lower_ in verbs:
            yield token


def _hidden_verb(sentence: Span, verbs: Container[str]) -> Token | None:
    """Return a verb taken for the noun of a name: "Peru fires missile", "Peru severs ties with"."""
    if any(child.dep_ == "dobj" for child in sentence.root.children):
        return None
    for token in sentence.root.lefts:
        if token.dep_ != "nsubj" or token.tag_ != "NNS" or not token.text.islower():
            continue
        name = token.nbor(-1) if token.i > sentence.start else token
        named = name.dep_ == "compound" and name.ent_type_ in ("GPE", "ORG", "NORP")
        if named and name.pos_ == "PROPN" and token.i + 1 == sentence.root.i:
            return token if token.lemma_.lower() in verbs else None
    return None


def _with_plain_verb(sentence: Span, token: Token) -> Doc:
    words = [_PLAIN_VERB if t.i == token.i else t.text for t in sentence]
    spaces = [bool(t.whitespace_) for t in sentence]
    return Doc(sentence.doc.vocab, words=words, spaces=spaces)


def _adopt(sentence: Span, token: Token, reading: Doc, model: Language) -> None:
    """Take the reading over where the word is now the verb of a clause with a subject."""
    at = token.i - sentence.start
    verb = reading[at]
    subject = any(c.dep_ in ("nsubj", "nsubjpass") and c.i < at for c in verb.lefts)
    if sentence.root.pos_ in _VERBAL and not any(c.dep_ == "dobj" for c in verb.rights):
        return
    if verb.pos_ != "VERB" or not subject or len(list(reading.sents)) > 1:
        return
    doc = sentence.doc
    attributes = [HEAD, DEP, TAG, POS, LEMMA]
    array = doc.to_array(attributes)
    new = reading.to_array(attributes)
    array[sentence.start : sentence.end] = new
    doc.from_array(attributes, array)  # type: ignore[arg-type]
    word = doc[token.i]
    word.tag_ = "VBZ" if word.lower_.endswith("s") else "VBP"
    word.pos_ = "VERB"
    word.lemma_ = _lemma(word, model)
