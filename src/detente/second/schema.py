"""The form of an answer, as pydantic checks it and as the endpoint is told it."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from detente.model import EventType, Label

__all__ = ["ANSWER_SCHEMA", "ToldClaim", "ToldParty"]

# More than any sentence names.
_MOST_PARTIES = 40


class _Told(BaseModel):
    """Further keys are left aside, though the endpoint is told not to give any."""

    model_config = ConfigDict(
        strict=True, extra="ignore", json_schema_extra={"additionalProperties": False}
    )


class ToldParty(_Told):
    """One actor or recipient, as the second coder gives it."""

    words: str
    country: str | None


class ToldClaim(_Told):
    """One claim, as the second coder gives it; what the fields mean is told in the prompt."""

    quote: str
    anchor: str
    type: str = Field(json_schema_extra={"enum": [one.value for one in EventType]})
    actors: list[ToldParty] = Field(max_length=_MOST_PARTIES)
    recipients: list[ToldParty] = Field(max_length=_MOST_PARTIES)
    first: str | None
    last: str | None
    date_words: str | None
    label: str = Field(json_schema_extra={"enum": [one.value for one in Label]})


class _ToldAnswer(_Told):
    claims: list[ToldClaim]


ANSWER_SCHEMA: dict[str, Any] = _ToldAnswer.model_json_schema()
