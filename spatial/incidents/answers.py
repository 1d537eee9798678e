"""Requests that come again: under one key a change happens once, and its answer is given again."""

import hashlib
from dataclasses import dataclass
from typing import Any

import orjson

from spatial.errors import KeyReused
from spatial.incidents.records import Answer
from spatial.store.protocol import Transaction
from spatial.text import Text

Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Key:
    """The key of a request, and the digest of what it asks: the same again gets the same answer."""

    value: str
    digest: str

    @classmethod
    def of(cls, value: str, *asked: object) -> "Key":
        """Return the key of a request that asks for some plain values."""
        said = orjson.dumps(asked, default=str, option=orjson.OPT_SORT_KEYS)
        return cls(value, hashlib.sha256(said).hexdigest())


def answered(tx: Transaction, key: Key | None) -> tuple[int, Content] | None:
    """Return what was answered to a request with a key, None where there was none; raises KeyReused."""
    known = None if key is None else tx.answer(key.value)
    if known is None or key is None:
        return None
    if known.digest != key.digest:
        raise KeyReused(
            Text("此 Idempotency-Key 已用于另一请求", "This Idempotency-Key was used for another request"),
            Text("请为每个新请求使用新的键", "Use a new key for every new request"),
        )
    return known.status, dict(known.content)


def keep(tx: Transaction, key: Key | None, status: int, content: Content) -> tuple[int, Content]:
    """Remember an answer with what was changed, and return it."""
    if key is not None:
        tx.remember(key.value, Answer(key.digest, status, content))
    return status, content
