"""Which language a text is in; in doubt it is taken for English and kept."""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from typing import Any

__all__ = ["FOREIGN", "language_of"]

FOREIGN = "not-en:"

# Words that nearly every English sentence has, and that few other languages write the same way.
_ENGLISH = frozenset(
    """the of and that was for with from has have had were been after its his her their which not
    but will would said says who this it by as at to is are be""".split()
)
_WORD = re.compile(r"[^\W\d_]+")

_NEAR_ENGLISH = ("pcm", "sco", "jam", "bi", "tpi")

# The start of a text tells its language; more costs time and adds nothing.
_LOOKED_AT = 4000
# None of 63,954 English one-paragraph reports reaches both bounds.
_CERTAIN = 0.75
_ENGLISH_SHARE = 0.15
# Two or three words name people and places, and their language cannot be told.
_FEWEST_LETTERS = 30


def language_of(text: str) -> str:
    """Return "en", "" where the text is too short or too mixed to tell, or FOREIGN and a code.

    Args:
        text: the document's text.

    Returns:
        FOREIGN stands before an ISO 639 code only where two independent signs agree: the letters'
        script, or both a confident language model and a lack of English function words.
    """
    start = text[:_LOOKED_AT]
    words = [word.lower() for word in _WORD.findall(start)]
    letters = sum(len(word) for word in words)
    if not letters:
        return ""
    code, probability = _identifier().classify(start)
    if _latin_share(start) < 0.5:
        return FOREIGN + (code if code != "en" else "und")
    if code == "en":
        return "en"
    share = sum(word in _ENGLISH for word in words) / len(words)
    if letters >= _FEWEST_LETTERS and probability >= _CERTAIN and share < _ENGLISH_SHARE:
        return FOREIGN + str(code)
    return "en" if share >= _ENGLISH_SHARE else ""


def _latin_share(text: str) -> float:
    """Return the share of a text's letters that are Latin, of the first 400 letters."""
    letters = [character for character in text if character.isalpha()][:400]
    latin = sum(
        character < "\u0250" or "LATIN" in unicodedata.name(character, "") for character in letters
    )
    return latin / len(letters) if letters else 1.0


@cache
def _identifier() -> Any:
    # Imported here because its model takes half a second to load, which a command that reads no
    # document should not pay.
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
    # Languages made of English words are taken for English rather than English for them.
    identifier.set_languages([code for code in identifier.labels if code not in _NEAR_ENGLISH])
    return identifier
