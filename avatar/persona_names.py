"""Which hosts a room may name, and how each speaks of itself."""

from __future__ import annotations

from dataclasses import dataclass

from avatar.faces.personas import load_persona
from avatar.faces.personas import persona_names as face_names
from core.contracts import Language

_CHINESE_NAMES = {"lin": "小林", "tom": "汤姆", "ama": "阿玛"}
_VOICES = {"lin": "bright", "tom": "deep", "ama": "soft"}
_DEFAULTS: dict[Language, str] = {"zh-CN": "lin", "en": "tom"}


@dataclass(frozen=True)
class PersonaName:
    """`name` as in room.yaml, `said` as the host introduces itself, `voice` its own voice ("" for the standing one)."""

    name: str
    said: str
    voice: str = ""


def persona_names() -> tuple[str, ...]:
    """The ready-made hosts, the default of each language first."""
    names = sorted(face_names(), key=lambda name: name not in _DEFAULTS.values())
    return tuple(load_persona(name).display_name for name in names)


def find_persona(name: str, language: Language) -> PersonaName | None:
    """The ready-made host called `name` (in any case), the language's own for ""; None where there is no such host."""
    wanted = (name or _DEFAULTS[language]).strip().lower()
    if wanted not in face_names():
        return None
    persona = load_persona(wanted)
    said = _CHINESE_NAMES.get(wanted, persona.display_name) if language == "zh-CN" else persona.display_name
    return PersonaName(persona.display_name, said, persona.voice or _VOICES.get(wanted, ""))
