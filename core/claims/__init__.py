"""What a text says that somebody could be held to: its numbers, its claims, words the law or a platform forbids."""

from __future__ import annotations

from core.claims.facts import bind_text, find_claims, valid_facts
from core.claims.numbers import Number, find_numbers
from core.claims.texts import check_text

__all__ = ["Number", "bind_text", "check_text", "find_claims", "find_numbers", "valid_facts"]
