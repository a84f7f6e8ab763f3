"""Having a script's lines spoken, so that real lengths fix the slots."""

from __future__ import annotations

from collections.abc import Sequence

from creative.contracts import SpokenTake
from creative.models import Script
from creative.planning import Spoken
from creative.references.api import reference_structure
from creative.selectors import brief_data, script_lines
from creative.storyboard import slot_frames
from generation import api as generation
from generation.contracts import FPS, VoiceTake

MOST_SPEED = 1.15
"""Faster than this people notice the hurry rather than the words."""

ROOM = 1.08
"""An ad may run this much over its ordered length before its lines are spoken faster."""


def speak_script(script: Script) -> Spoken:
    """The script with a take for every line and the pace its reference sets for the slot.

    Where the lines come out longer than the brief's length has room for, they are spoken
    again a little faster, all alike.
    """
    data, advertiser = brief_data(script.brief), script.brief.advertiser
    lines = script_lines(script)
    takes = [generation.speak_line(line.text, data.language, advertiser=advertiser) for line in lines]
    speed = speed_for([(line.role, take.seconds) for line, take in zip(lines, takes, strict=True)], data.length_seconds)
    if speed > 1:
        takes = [generation.speak_line(line.text, data.language, speed, advertiser=advertiser) for line in lines]
    degraded = [*script.degraded, *(each for take in takes for each in take.degraded)]
    return Spoken(
        lines=lines,
        takes=tuple(as_spoken(take) for take in takes),
        paces=_paces(script, [line.role for line in lines]),
        degraded=tuple(dict.fromkeys(degraded)),
    )


def speed_for(spoken: Sequence[tuple[str, float]], wanted_seconds: float) -> float:
    """How much faster lines of these roles and seconds have to be spoken for an ad of `wanted_seconds`; 1 to 1.15."""
    total = sum(slot_frames(role, seconds) for role, seconds in spoken) / FPS
    voice = sum(seconds for _, seconds in spoken)
    room = wanted_seconds * ROOM - (total - voice)
    if total <= wanted_seconds * ROOM or not voice:
        return 1.0
    return round(min(MOST_SPEED, voice / room), 2) if room > 0 else MOST_SPEED


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
