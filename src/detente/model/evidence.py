"""Evidence: the quoted words that a sentence of ours rests on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

__all__ = ["Evidence", "Statement"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Quoted characters of one document, for a sentence of the brief.

    The law: ``document.text[start:end] == quote``.
    """

    document_id: str
    document_key: str
    start: int
    end: int
    quote: str
    claim_id: str | None = None
    outlets: tuple[str, ...] = ()
    published: date | None = None
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A sentence of the brief. There is none without evidence.

    Raises:
        ValueError: when built without evidence.
    """

    text: str
    evidence: tuple[Evidence, ...]

    def __post_init__(self) -> None:
        """Refuse a sentence that nothing carries."""
        if not self.evidence:
            raise ValueError(f"no evidence for {self.text!r}")
