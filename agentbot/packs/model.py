"""What a pack holds, as plain values."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from core.contracts import Language


@dataclass(frozen=True)
class Concern:
    """A worry or topic visitors bring. `pattern` finds it in a clause of theirs.

    `empathy` and `defer` are sentences; `defer` is said where approved knowledge has no answer.
    `purpose` says what a call would be for when this concern is on the table.
    """

    id: str
    pattern: re.Pattern[str]
    is_sensitive: bool = False
    empathy: tuple[str, ...] = ()
    defer: tuple[str, ...] = ()
    purpose: str = ""


@dataclass(frozen=True)
class Slot:
    """A fact worth knowing: `pattern` reads it from the visitor's words, `question` asks for it."""

    name: str
    pattern: re.Pattern[str]
    questions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Pack:
    """One vertical in one language. `glossary` groups words that mean the same to this trade."""

    vertical: str
    language: Language
    version: int
    who: str
    purpose: str
    value: str
    concerns: tuple[Concern, ...]
    slots: tuple[Slot, ...]
    glossary: dict[str, tuple[str, ...]]
    never_say: tuple[str, ...]
    safe_line: str
    phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
