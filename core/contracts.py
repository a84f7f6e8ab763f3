"""Plain values that every floor shares. No Django in here.

A contract is a frozen dataclass; `dump` and `load` carry it through JSON columns and
the queue without loss (pydantic validates on the way in, so a broken payload fails
with the name of the field rather than later and elsewhere).
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeVar, cast

from pydantic import TypeAdapter

T = TypeVar("T")

Language = Literal["zh-CN", "en"]
Platform = Literal["kuaishou", "douyin", "tiktok", "meta", "youtube"]
LANGUAGES: tuple[Language, ...] = ("zh-CN", "en")
PLATFORMS: tuple[Platform, ...] = ("kuaishou", "douyin", "tiktok", "meta", "youtube")


@lru_cache(maxsize=256)
def _adapter(kind: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast(Any, kind))


def dump(value: Any) -> Any:
    """`value` (a contract, or a list or dict of them) as plain JSON types."""
    return _adapter(cast(Hashable, type(value))).dump_python(value, mode="json")


def load(kind: type[T], payload: Any) -> T:
    """`payload` (plain JSON types) as `kind`; pydantic.ValidationError names a bad field."""
    return _adapter(cast(Hashable, kind)).validate_python(payload)


@dataclass(frozen=True)
class Money:
    """An amount in minor units (fen, cents) of an ISO 4217 currency."""

    minor: int
    currency: str = "CNY"


@dataclass(frozen=True)
class Fact:
    """Something the advertiser stands behind and a script may say.

    `id` is the advertiser's own id, or one of price, offer, name, cta, link.
    `text` is the fact as the advertiser words it; `valid_until` an ISO date or "".
    """

    id: str
    text: str
    evidence: str = ""
    valid_until: str = ""


@dataclass(frozen=True)
class Span:
    """A stretch of text: `start` inclusive and `end` exclusive, in characters."""

    start: int
    end: int


@dataclass(frozen=True)
class Finding:
    """One hit of a rule in a text.

    `rule` is a stable id ("cn-adlaw-9-3", "unbound-number", …); `blocks` says whether
    release stops; `reason` is an English sentence, pages translate by `rule`.
    """

    rule: str
    span: Span
    text: str
    blocks: bool
    reason: str
    source: str = ""
