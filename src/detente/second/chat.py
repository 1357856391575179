"""Questions and answers in the form of OpenAI's chat completions, which many servers speak."""

from __future__ import annotations

import json
from typing import Any

from detente.errors import UnreadableError
from detente.model import Reply, SecondCoder
from detente.second.questions import Passage, prompt
from detente.second.schema import ANSWER_SCHEMA

__all__ = ["read_reply", "request_of"]

# More than the claims of a passage need; some models never end by themselves.
_MOST_TOKENS = 4_096


def request_of(coder: SecondCoder, passage: Passage, *, plain: bool = False) -> bytes:
    """Return the body of the request that asks about a passage.

    Args:
        coder: who is asked.
        passage: what about.
        plain: without all that some endpoints refuse (a schema, the temperature, a limit).
    """
    record: dict[str, Any] = {
        "model": coder.model,
        "messages": [
            {"role": "system", "content": prompt()},
            {"role": "user", "content": passage.question},
        ],
    }
    if not plain:
        record |= {
            "temperature": 0,
            "seed": 0,
            "max_tokens": _MOST_TOKENS,
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "claims", "strict": True, "schema": ANSWER_SCHEMA},
            },
        }
    return json.dumps(record).encode()


def read_reply(body: bytes, *, where: str) -> Reply:
    """Return what an endpoint answered.

    Args:
        body: the body of its answer.
        where: the endpoint.

    Raises:
        UnreadableError: when it is no chat completion.
    """
    try:
        record = json.loads(body)
        choice = record["choices"][0]
        content = choice["message"]["content"]
    except (ValueError, RecursionError, KeyError, IndexError, TypeError) as error:
        raise UnreadableError(where, "its answer is no chat completion") from error
    if not isinstance(content, str):
        raise UnreadableError(where, "its answer has no words")
    usage = record.get("usage")
    tokens = usage.get("total_tokens") if isinstance(usage, dict) else 0
    model = record.get("model")
    return Reply(
        content=content,
        whole=choice.get("finish_reason") != "length",
        model=model[:200] if isinstance(model, str) else "",
        tokens=tokens if isinstance(tokens, int) and 0 <= tokens < 10**9 else 0,
    )
