"""Having a script's lines spoken, so that real lengths fix the slots."""

from __future__ import annotations

from creative.contracts import SpokenTake
from creative.models import Script
from creative.planning import Spoken
from creative.references.api import reference_structure
from creative.selectors import brief_data, script_lines
from generation import api as generation
from generation.contracts import VoiceTake


def speak_script(script: Script) -> Spoken:
    """The script with a take for every line and the pace its reference sets for the slot."""
    language = brief_data(script.brief).language
    lines = script_lines(script)
    takes = [generation.speak_line(line.text, language) for line in lines]
    degraded = [*script.degraded, *(each for take in takes for each in take.degraded)]
    return Spoken(
        lines=lines,
        takes=tuple(as_spoken(take) for take in takes),
        paces=_paces(script, [line.role for line in lines]),
        degraded=tuple(dict.fromkeys(degraded)),
    )


def as_spoken(take: VoiceTake) -> SpokenTake:
    """A voice take as the planner keeps it."""
    words = tuple((word.text, word.start_seconds, word.end_seconds) for word in take.words)
    return SpokenTake(take.path, take.sha256, take.seconds, words)


def _paces(script: Script, roles: list[str]) -> tuple[float, ...]:
    """Cuts per second by slot: those of the reference's slot of the same role, in order."""
    if script.reference is None:
        return tuple(0.0 for _ in roles)
    left = list(reference_structure(script.reference).slots)
    paces = []
    for role in roles:
        match = next((slot for slot in left if slot.role == role), None)
        if match:
            left.remove(match)
        paces.append(match.pace if match else 0.0)
    return tuple(paces)
