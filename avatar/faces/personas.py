"""Ready-made hosts, and hosts put together by choice: both are numbers in files."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from avatar.faces.contracts import CLOTHES_KINDS, HAIR_KINDS, ROOM_KINDS, Persona
from core.contracts import LANGUAGES, load
from core.errors import InputError

FOLDER = Path(__file__).resolve().parent / "personas"
CHOICES = Path(__file__).resolve().parent / "choices"


def persona_names() -> tuple[str, ...]:
    """The ready-made hosts."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.json")))


def load_persona(name: str) -> Persona:
    """The ready-made host of that name, in any case of letters; InputError names those there are."""
    wanted = name.strip().lower()
    if wanted not in persona_names():
        raise InputError(
            "persona", f"there is no {name!r}; choose one of {', '.join(persona_names())}", "persona_unknown"
        )
    return parse_persona(json.loads((FOLDER / f"{wanted}.json").read_text(encoding="utf-8")), f"personas/{wanted}.json")


def parse_persona(numbers: Any, thing: str = "persona") -> Persona:
    """Numbers as JSON holds them as a Persona; InputError names the first field that cannot be used."""
    try:
        persona = load(Persona, numbers)
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(str(part) for part in first["loc"])
        raise InputError(f"{thing}.{field}".rstrip("."), first["msg"], "persona_field") from error
    _require(f"{thing}.hair.kind", persona.hair.kind, HAIR_KINDS)
    _require(f"{thing}.clothes.kind", persona.clothes.kind, CLOTHES_KINDS)
    _require(f"{thing}.room.kind", persona.room.kind, ROOM_KINDS)
    _require(f"{thing}.language", persona.language, LANGUAGES)
    return persona


def _require(thing: str, value: str, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise InputError(thing, f"{value!r} is not known; choose one of {', '.join(allowed)}", "choice_unknown")


@lru_cache(maxsize=1)
def choices() -> dict[str, dict[str, dict[str, Any]]]:
    """What a persona maker offers: group → choice → {title, title_zh, set: numbers it sets}."""
    offered: dict[str, dict[str, dict[str, Any]]] = json.loads((CHOICES / "choices.json").read_text(encoding="utf-8"))
    return offered


def choice_picture(group: str, choice: str) -> Path:
    """The small preview of a choice (PNG)."""
    return CHOICES / f"{group}-{choice}.png"


def persona_from_choices(chosen: dict[str, Any]) -> Persona:
    """A host from one choice per group, e.g. {"face": "oval", "skin": "light", "hair": "bob", …, "name": "Mei"}.

    Groups left out take their first choice. InputError names an unknown group or choice, with those there are.
    """
    offered = choices()
    free = {"name", "language", "voice", "seed"}
    for group in chosen:
        if group not in offered and group not in free:
            raise InputError(
                f"persona.{group}", f"there is no such choice; choose among {', '.join(offered)}", "choice_unknown"
            )
    numbers: dict[str, Any] = {"face": {}, "jewellery": []}
    for group, options in offered.items():
        choice = str(chosen.get(group) or next(iter(options)))
        _require(f"persona.{group}", choice, tuple(options))
        _merge(numbers, options[choice]["set"])
    display_name = str(chosen.get("name") or "Host").strip()[:40]
    numbers |= {"name": "chosen", "display_name": display_name, "language": chosen.get("language") or "en"}
    numbers |= {"voice": chosen.get("voice") or "", "seed": chosen.get("seed") or 1}
    return parse_persona(numbers)


def _merge(numbers: dict[str, Any], more: dict[str, Any]) -> None:
    for key, value in more.items():
        if isinstance(value, dict):
            numbers[key] = {**numbers.get(key, {}), **value}
        elif isinstance(value, list) and key == "jewellery":
            numbers[key] = [*numbers.get(key, []), *value]
        else:
            numbers[key] = value
