"""Contract values as JSON and back: how utterances, answers and settings cross from one process to the other."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: Any) -> Any:
    """What `json.dumps` takes; paths and decimals become text, fields that hold their default are left out."""
    if is_dataclass(value) and not isinstance(value, type):
        kept = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: to_plain(each) for name, each in kept.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [to_plain(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): to_plain(each) for name, each in value.items()}
    if isinstance(value, Enum):
        return value.value
    return str(value) if isinstance(value, (Path, Decimal)) else value


def from_plain(kind: type[T], value: Any) -> T:
    """A `kind` from what `to_plain` made of one. TypeError or ValueError when it does not fit."""
    made: T = _read(kind, value)
    return made


def _read(kind: Any, value: Any) -> Any:
    origin = get_origin(kind)
    if kind is Any or origin is Literal:
        return value
    if origin in (Union, types.UnionType):
        return _read_either(get_args(kind), value)
    if origin in (tuple, list, frozenset):
        return _read_row(origin, get_args(kind), value)
    if origin in (dict, Mapping):
        return {name: _read(get_args(kind)[1], each) for name, each in value.items()}
    if isinstance(kind, type) and is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _read(hints[name], each) for name, each in value.items() if name in hints})
    return value if isinstance(kind, type) and isinstance(value, kind) else kind(value)


def _read_either(kinds: tuple[Any, ...], value: Any) -> Any:
    if value is None and type(None) in kinds:
        return None
    return _read(next(kind for kind in kinds if kind is not type(None)), value)


def _read_row(origin: Any, kinds: tuple[Any, ...], value: Any) -> Any:
    if origin is tuple and not (len(kinds) == 2 and kinds[1] is Ellipsis):
        return tuple(_read(kind, each) for kind, each in zip(kinds, value, strict=True))
    return origin(_read(kinds[0], each) for each in value)


@cache
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)
