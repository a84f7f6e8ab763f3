"""Labelling a reference's lines with a language model. It gives roles only; times stay ours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

from core.errors import TerminalError
from core.llm.base import LanguageModel, Message, Priority
from core.llm.prompts import fenced
from core.llm.strict_json import NotStrictJson, parse_object
from creative.contracts import ROLES, Role
from creative.prompts import prompt
from creative.references.structure import Cuts, RoleLine, Structured, structure_from_roles
from creative.references.subtitles import Subtitle

TRIES = 2
MOST_LINES = 80


class StructureFailure(TerminalError):
    """The language model gave no labels that can be used."""

    code = "structure_failed"


def roles_schema(count: int) -> dict[str, Any]:
    """The JSON schema for one role a line."""
    role = {"type": "string", "enum": list(ROLES)}
    roles = {"type": "array", "items": role, "minItems": count, "maxItems": count}
    return {"type": "object", "properties": {"roles": roles}, "required": ["roles"], "additionalProperties": False}


def structure_by_model(lines: Sequence[Subtitle], cuts: Cuts, model: LanguageModel) -> Structured:
    """The structure with the model's roles.

    The answer can only be roles out of six, so whatever a reference's subtitles order the
    model to do, the worst they bring about is a wrong label. Raises StructureFailure, or
    core.llm's errors.
    """
    inside = [line for line in lines if line.start < cuts.seconds] or list(lines[:1])
    if len(inside) > MOST_LINES:
        raise StructureFailure(f"{len(inside)} lines are more than the {MOST_LINES} a model is asked to label")
    roles = _ask(inside, model)
    labelled = [RoleLine(role, line) for role, line in zip(roles, inside, strict=True)]
    return Structured(structure_from_roles(labelled, cuts), "high", f"llm:{model.name}")


def _ask(lines: Sequence[Subtitle], model: LanguageModel) -> tuple[Role, ...]:
    numbered = [{"line": number, "text": line.text} for number, line in enumerate(lines, start=1)]
    request = [Message("user", prompt("structure-1", lines=fenced(numbered), count=len(lines)))]
    reason = ""
    for number in range(TRIES):
        answer = model.complete(
            request,
            schema=roles_schema(len(lines)),
            max_tokens=64 + 16 * len(lines),
            temperature=0.0,
            seed=number,
            priority=Priority.BULK,
            prompt="structure-1",
        )
        try:
            return read_roles(answer.text, len(lines))
        except NotStrictJson as error:
            reason = str(error)
    raise StructureFailure(f"the labels are not of the form asked for: {reason}")


def read_roles(text: str, count: int) -> tuple[Role, ...]:
    """The roles in a model's answer; NotStrictJson where they are not `count` known ones, or
    where an ad would do nothing but one thing."""
    roles = parse_object(text).get("roles")
    if not isinstance(roles, list) or len(roles) != count or any(role not in ROLES for role in roles):
        raise NotStrictJson(f"roles has to be a list of {count} known roles")
    if count >= 4 and len(set(roles)) == 1:
        raise NotStrictJson("every line has the same role")
    return tuple(cast(Role, role) for role in roles)
