"""What an ad's sound is added up from: levels, takes in their places, music, effects, fades."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.storage import bring_here
from generation.contracts import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME, MusicClip, SlotSpan, Timeline, VoiceClip
from generation.sound.beds import repeat_to
from generation.sound.ducking import Stretch, speech_stretches
from generation.sound.effects import pop, whoosh
from generation.sound.loudness import SILENT_LUFS, decibels, integrated_lufs
from generation.sound.program import decode_sound
from generation.sound.wave_files import WaveBroken, read_wav

Samples = NDArray[np.float64]

_FADE_IN, _FADE_OUT = SAMPLE_RATE // 50, SAMPLE_RATE // 2


@dataclass(frozen=True)
class Balance:
    """Levels before the whole is brought to TARGET_LUFS. Voice takes come at -18 LUFS; effects peak at `effects_db`."""

    voice_db: float
    music_lufs: float
    duck_db: float
    effects_db: float = -18.0


# A full voice leads. A stand-in voice is hard on the ear: it steps back a little and the music carries the ad.
VOICE_LEADS = Balance(voice_db=0.0, music_lufs=-21.0, duck_db=10.0)
MUSIC_CARRIES = Balance(voice_db=-2.5, music_lufs=-18.5, duck_db=6.5)
ROOM_UNDER_MUSIC_DB = -66.0
# Without music the room itself keeps pauses from being dead air.
ROOM_ALONE_DB = -44.0


def is_stand_in(path: Path) -> bool:
    """Whether a take says it comes from a stand-in voice (its facts lie beside it as JSON)."""
    facts = bring_here(path.with_suffix(".json"))
    if not facts.is_file():
        return False
    return bool(json.loads(facts.read_text("utf-8")).get("degraded"))


def voice_bus(clips: Sequence[VoiceClip], length: int) -> tuple[Samples, list[Stretch]]:
    """(length, 2) samples with every take in its place, and when they speak, in seconds."""
    bus = np.zeros((length, 2))
    stretches: list[Stretch] = []
    for clip in clips:
        take = read_take(Path(clip.path))[: (clip.end_frame - clip.start_frame) * SAMPLES_PER_FRAME]
        at = clip.start_frame * SAMPLES_PER_FRAME
        take = take[: max(length - at, 0)]
        bus[at : at + len(take)] += take[:, None]
        stretches += speech_stretches(take, SAMPLE_RATE, clip.start_frame / FPS)
    return bus, stretches


def read_take(path: Path) -> Samples:
    """A voice take as mono samples; our own WAVs are read directly, anything else through ffmpeg."""
    try:
        samples, rate = read_wav(path)
    except (WaveBroken, OSError):
        samples, rate = decode_sound(path), SAMPLE_RATE
    if rate != SAMPLE_RATE:
        samples = decode_sound(path)
    return np.asarray(samples.mean(axis=1))


def music_bus(clips: Sequence[MusicClip], length: int, lufs: float) -> Samples:
    """(length, 2) samples with every tune in its place, each brought to `lufs` as a whole."""
    bus = np.zeros((length, 2))
    for clip in clips:
        start, end = clip.start_frame * SAMPLES_PER_FRAME, min(clip.end_frame * SAMPLES_PER_FRAME, length)
        music = decode_sound(Path(clip.path))
        loudness = integrated_lufs(music.astype(np.float32))
        if loudness <= SILENT_LUFS or end <= start:
            continue
        piece = repeat_to(music, end - start) * decibels(lufs - loudness)
        bus[start:end] += piece * _clip_fades(len(piece))[:, None]
    return bus


def _clip_fades(length: int) -> Samples:
    ramp = np.minimum(1.0, np.arange(length) / _FADE_IN)
    return np.asarray(ramp * ramp[::-1])


@lru_cache(maxsize=2)
def ad_fades(length: int) -> Samples:
    """A click-free start, and half a second down to the end along a cosine; the same array each time."""
    gain = np.ones(length)
    rise, fall = min(240, length), min(_FADE_OUT, length)
    gain[:rise] = np.arange(rise) / 240
    gain[length - fall :] *= 0.5 + 0.5 * np.cos(np.linspace(0.0, np.pi, fall))
    return gain


def effects_bus(timeline: Timeline, length: int) -> Samples:
    """A pop where a sticker appears; a whoosh into the slot that carries the offer or the CTA."""
    bus = np.zeros((length, 2))
    for clip in timeline.track("sticker"):
        place(bus, pop(), clip.start_frame * SAMPLES_PER_FRAME)
    for frame in whoosh_frames(timeline.slots):
        sound = whoosh_into(frame)
        place(bus, sound, frame * SAMPLES_PER_FRAME - whoosh_lead(sound))
    return bus


def whoosh_frames(slots: Sequence[SlotSpan]) -> list[int]:
    """The borders that are heard: into the offer, into the CTA, and those that are no cuts."""
    return [slot.start_frame for _, slot in pairwise(slots) if slot.role in ("offer", "cta") or slot.border != "cut"]


@lru_cache(maxsize=32)
def whoosh_into(frame: int) -> Samples:
    """The whoosh of the border at `frame`; the same array each time, not to be written to."""
    return whoosh(seed=frame + 1) * 0.8


def whoosh_lead(sound: Samples) -> int:
    """Samples of a whoosh before the border it meets."""
    return len(sound) * 2 // 3


def place(bus: Samples, sound: Samples, at: int) -> None:
    """Add `sound` from sample `at` on, as far as it lies inside."""
    start, end = max(at, 0), min(at + len(sound), len(bus))
    if end > start:
        bus[start:end] += sound[start - at : end - at]
