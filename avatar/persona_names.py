"""Which hosts a room may name, and how each speaks of itself."""

from __future__ import annotations

from dataclasses import dataclass

from core.contracts import Language


@dataclass(frozen=True)
class PersonaName:
    """`name` as in room.yaml, `said` as the host introduces itself, `voice` its own voice ("" for the standing one)."""

    name: str
    said: str
    voice: str = ""


_READY: dict[str, tuple[str, str, str]] = {
    # name: how it is said in Chinese, in English, its voice
    "Lin": ("小林", "Lin", "bright"),
    "Tom": ("汤姆", "Tom", "deep"),
    "Ama": ("阿玛", "Ama", "soft"),
}
_DEFAULTS: dict[Language, str] = {"zh-CN": "Lin", "en": "Tom"}


def persona_names() -> tuple[str, ...]:
    """The ready-made hosts."""
    return tuple(_READY)


def find_persona(name: str, language: Language) -> PersonaName | None:
    """The host called `name` (in any case), the language's own for ""; None where there is no such host."""
    wanted = name or _DEFAULTS[language]
    known = next((each for each in _READY if each.lower() == wanted.lower()), None)
    if known is None:
        return None
    chinese, english, voice = _READY[known]
    return PersonaName(known, chinese if language == "zh-CN" else english, voice)
