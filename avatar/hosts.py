"""Which host a room starts with, and how it speaks of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from avatar.persona_names import PersonaName, find_persona
from core.contracts import Language

if TYPE_CHECKING:
    from avatar.models import Room

BY_CATEGORY = {
    "drinks": ("Lin", "tea"),
    "food": ("Lin", "kitchen"),
    "beauty": ("Lin", "studio"),
    "fashion": ("Ama", "studio"),
    "home": ("Ama", "kitchen"),
    "electronics": ("Tom", "showroom"),
    "fitness": ("Tom", "studio"),
    "education": ("Tom", "studio"),
    "travel": ("Ama", "studio"),
    "auto": ("Tom", "showroom"),
}
"""Category → (ready-made host, room it stands in)."""


def default_host(category_key: str, language: Language) -> PersonaName:
    """Who sells things of this kind when nobody chose."""
    name, _ = BY_CATEGORY.get(category_key, ("", ""))
    found = find_persona(name, language) or find_persona("", language)
    assert found is not None, "every language has a host of its own"
    return found


def default_background(category_key: str) -> str:
    return BY_CATEGORY.get(category_key, ("", "studio"))[1]


def host_named(name: str, language: Language = "zh-CN") -> PersonaName | None:
    """The ready-made host called so; None where there is none."""
    return find_persona(name, language) if name else None


def say_name(room: Room) -> str:
    """How the room's host introduces itself."""
    if room.own_persona is not None:
        return str(room.own_persona.name)
    host = host_named(room.persona, cast(Language, room.language))
    return host.said if host else room.persona
