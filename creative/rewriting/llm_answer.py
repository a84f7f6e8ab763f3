"""The form a language model's script has to have: its JSON schema, and reading it back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.llm.strict_json import NotStrictJson, parse_object

MAX_WORDS = 5
LONGEST_WORD = 24


@dataclass(frozen=True)
class WrittenLine:
    """A line as the model wrote it: its text, the facts it says it uses, search words for footage."""

    text: str
    fact_ids: tuple[str, ...]
    words: tuple[str, ...]


def script_schema(longest: Sequence[int], fact_ids: Sequence[str]) -> dict[str, Any]:
    """The JSON schema for one line a slot, `longest` characters each at most."""
    ids = {"type": "string", "enum": list(fact_ids)} if fact_ids else {"type": "string", "maxLength": 0}
    slots = [_slot_schema(most, ids) for most in longest]
    return {
        "type": "object",
        "properties": {
            "slots": {
                "type": "array",
                "prefixItems": slots,
                "items": False,
                "minItems": len(slots),
                "maxItems": len(slots),
            }
        },
        "required": ["slots"],
        "additionalProperties": False,
    }


def _slot_schema(longest: int, ids: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {
            "text": {"type": "string", "minLength": 2, "maxLength": longest},
            "fact_ids": {"type": "array", "items": ids, "maxItems": 6},
            "words": {
                "type": "array",
                "items": {"type": "string", "minLength": 1, "maxLength": LONGEST_WORD},
                "maxItems": MAX_WORDS,
            },
        },
        "required": ["text", "fact_ids", "words"],
        "additionalProperties": False,
    }


def read_script(text: str, longest: Sequence[int], fact_ids: Sequence[str]) -> tuple[WrittenLine, ...]:
    """The lines in a model's answer; NotStrictJson where it is not of the form asked for.

    Servers that know no schema answer anything: what the schema says is checked here too.
    """
    answer = parse_object(text)
    _keys(answer, {"slots"}, "the answer")
    slots = answer["slots"]
    if not isinstance(slots, list) or len(slots) != len(longest):
        raise NotStrictJson(f"slots has to be a list of {len(longest)}")
    return tuple(
        _line(slot, most, fact_ids, f"slot {place}")
        for place, (slot, most) in enumerate(zip(slots, longest, strict=True), 1)
    )


def _line(slot: Any, longest: int, known: Sequence[str], where: str) -> WrittenLine:
    if not isinstance(slot, dict):
        raise NotStrictJson(f"{where} is no object")
    _keys(slot, {"text", "fact_ids", "words"}, where)
    text = slot["text"]
    if not isinstance(text, str) or not 2 <= len(text) <= longest:
        raise NotStrictJson(f"{where}: text has to be 2 to {longest} characters")
    ids, words = _texts(slot["fact_ids"], f"{where}: fact_ids"), _texts(slot["words"], f"{where}: words")
    unknown = [each for each in ids if each not in known]
    if unknown:
        raise NotStrictJson(f"{where}: {unknown[0]!r} is no fact of the brief")
    if len(words) > MAX_WORDS or any(not 1 <= len(word) <= LONGEST_WORD for word in words):
        raise NotStrictJson(f"{where}: words has to be at most {MAX_WORDS} short words")
    return WrittenLine(text, ids, words)


def _keys(value: dict[str, Any], wanted: set[str], where: str) -> None:
    if set(value) != wanted:
        raise NotStrictJson(f"{where} has to have exactly {', '.join(sorted(wanted))}")


def _texts(value: Any, where: str) -> tuple[str, ...]:
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise NotStrictJson(f"{where} has to be a list of texts")
    return tuple(value)
