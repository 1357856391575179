"""What Web Annotations and claims must look like, as JSON Schemas of our own.

Neither vocabulary ships one. The first follows the sections of the W3C Recommendation "Web
Annotation Data Model" (2017) that are named beside each part; the second the domains and ranges of
schema.org's types, of those properties that we use. What is not named is refused.
"""

from __future__ import annotations

URN = {"type": "string", "pattern": "^urn:uuid:[0-9a-f-]{36}$"}
ADDRESS = {"type": "string", "pattern": "^(urn:uuid:|https?://)[!-~]+$"}
WORDS = {"type": "string", "minLength": 1}
DAY = {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}
REFERENCE = {
    "type": "object",
    "properties": {"@id": URN},
    "required": ["@id"],
    "additionalProperties": False,
}


def _shape(required: dict, optional: dict | None = None) -> dict:
    return {
        "type": "object",
        "properties": required | (optional or {}),
        "required": sorted(required),
        "additionalProperties": False,
    }


# 3.2.4 embedded textual body, 3.3.5 purposes
PURPOSES = {"enum": ["describing", "tagging"]}
TEXTUAL_BODY = _shape(
    {"type": {"const": "TextualBody"}, "purpose": PURPOSES, "value": WORDS},
    {"format": {"const": "text/plain"}, "language": {"const": "en"}},
)
# 4 specific resources: exactly one source
LINK = _shape(
    {"type": {"const": "SpecificResource"}, "purpose": {"const": "linking"}, "source": URN}
)
# 4.2.4 text quote, 4.2.5 text position: start and end are non-negative
QUOTE = _shape(
    {"type": {"const": "TextQuoteSelector"}, "exact": WORDS},
    {"prefix": {"type": "string"}, "suffix": {"type": "string"}},
)
POSITION = _shape(
    {
        "type": {"const": "TextPositionSelector"},
        "start": {"type": "integer", "minimum": 0},
        "end": {"type": "integer", "minimum": 1},
    }
)
# 4.3.1 time state: a source date or a cached copy
STATE = _shape({"type": {"const": "TimeState"}, "cached": URN})
TARGET = _shape(
    {
        "type": {"const": "SpecificResource"},
        "source": ADDRESS,
        "selector": {
            "type": "array",
            "prefixItems": [POSITION, QUOTE],
            "minItems": 2,
            "maxItems": 2,
        },
    },
    {"state": STATE},
)
# 3.1 annotations, 3.3.2 agents, 3.3.5 motivation
ANNOTATION = _shape(
    {
        "id": URN,
        "type": {"const": "Annotation"},
        "motivation": {"const": "describing"},
        "generator": _shape({"id": URN, "type": {"const": "Software"}, "name": WORDS}),
        "body": {"type": "array", "minItems": 1, "items": {"anyOf": [TEXTUAL_BODY, LINK]}},
        "target": TARGET,
    }
)
# 5.2 annotation page
ANNOTATION_PAGE = _shape(
    {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "id": URN,
        "type": {"const": "AnnotationPage"},
        "startIndex": {"const": 0},
        "items": {"type": "array", "items": ANNOTATION},
    }
)

PERSON_OR_ORGANIZATION = _shape({"@type": {"enum": ["Person", "Organization"]}, "name": WORDS})
CLAIM = _shape(
    {
        "@id": URN,
        "@type": {"const": "Claim"},
        "text": WORDS,
        "inLanguage": {"const": "en"},
        "about": REFERENCE,
        "appearance": REFERENCE,
        "creditText": WORDS,
        "keywords": {"type": "array", "items": WORDS},
    },
    {
        "datePublished": DAY,
        "author": {
            "anyOf": [
                PERSON_OR_ORGANIZATION,
                {"type": "array", "items": REFERENCE, "minItems": 1},
            ]
        },
    },
)
EVENT = _shape(
    {
        "@id": URN,
        "@type": {"const": "Event"},
        "name": WORDS,
        "identifier": WORDS,
        "keywords": {"type": "array", "items": WORDS},
    },
    {"startDate": DAY, "endDate": DAY},
)
ARTICLE = _shape(
    {
        "@id": URN,
        "@type": {"const": "NewsArticle"},
        "identifier": WORDS,
        "publisher": {"type": "array", "items": REFERENCE},
    },
    {"url": ADDRESS, "headline": WORDS, "datePublished": DAY},
)
OUTLET = _shape({"@id": URN, "@type": {"const": "Organization"}, "name": WORDS})
CLAIM_GRAPH = _shape(
    {
        "@context": {"const": "https://schema.org"},
        "@graph": {"type": "array", "items": {"anyOf": [CLAIM, EVENT, ARTICLE, OUTLET]}},
    }
)
