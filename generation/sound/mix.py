"""An ad's sound from its timeline: placed, ducked, levelled, held under its peak, encoded once."""

from __future__ import annotations

import resource
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.contracts import SAMPLE_RATE, SAMPLES_PER_FRAME, MusicClip, Timeline, VoiceClip
from generation.sound.beds import room_tone
from generation.sound.buses import (
    MUSIC_CARRIES,
    ROOM_ALONE_DB,
    ROOM_UNDER_MUSIC_DB,
    VOICE_LEADS,
    ad_fades,
    effects_bus,
    is_stand_in,
    music_bus,
    voice_bus,
)
from generation.sound.ducking import at_sample_rate, duck_gain
from generation.sound.dynamics import limit_peaks
from generation.sound.loudness import decibels, integrated_lufs
from generation.sound.program import Measured, encode_aac, measure

Samples = NDArray[np.float64]

TARGET_LUFS = -14.0
PEAK_LIMIT_DB = -1.0
# AAC at 128 kbit/s overshoots its input by up to a dB; a second encode mends what is left.
CEILING_DB = -2.0
_CLOSE_ENOUGH_LU = 0.2


@dataclass(frozen=True)
class AudioResult:
    """The finished m4a, as ffmpeg's ebur128 measured it; `cpu_seconds` with all children."""

    path: Path
    lufs: float
    true_peak: float
    cpu_seconds: float


def mix_ad_audio(timeline: Timeline, out_path: Path, work_dir: Path, with_effects: bool = True) -> AudioResult:
    """Mix `timeline`'s voice and music to `out_path` (m4a: AAC-LC, 48 kHz stereo, 128 kbit/s).

    Exactly `timeline.frames` * 1,600 samples. -14 +- 0.5 LUFS and a true peak of at most
    -1 dBTP on the encoded file. Without music the room is heard a little more; with
    neither voice nor music only the room is left, unlevelled, which the checks will refuse as silent.
    SoundFailed when a clip's file cannot be read.
    """
    started = _cpu_seconds()
    work_dir.mkdir(parents=True, exist_ok=True)
    mixed = mix(timeline, with_effects)
    if not timeline.track("voice") and not timeline.track("music"):
        encode_aac(mixed, out_path)
        measured = measure(out_path)
    else:
        measured = _encode_to_target(mixed, out_path)
    return AudioResult(out_path, measured.lufs, measured.true_peak, _cpu_seconds() - started)


def mix(timeline: Timeline, with_effects: bool = True) -> Samples:
    """The mix before levelling: (timeline.frames * 1600, 2)."""
    length = timeline.frames * SAMPLES_PER_FRAME
    voices = [clip for clip in timeline.track("voice") if isinstance(clip, VoiceClip)]
    music = [clip for clip in timeline.track("music") if isinstance(clip, MusicClip)]
    balance = MUSIC_CARRIES if any(is_stand_in(Path(clip.path)) for clip in voices) else VOICE_LEADS
    voice, stretches = voice_bus(voices, length)
    bed = music_bus(music, length, balance.music_lufs)
    duck = at_sample_rate(duck_gain(stretches, length / SAMPLE_RATE, balance.duck_db), length, SAMPLE_RATE)
    mixed = voice * decibels(balance.voice_db) + bed * duck[:, None]
    mixed += room_tone(length, ROOM_UNDER_MUSIC_DB if music else ROOM_ALONE_DB)
    if with_effects and (voices or music):
        mixed += effects_bus(timeline, length) * decibels(balance.effects_db)
    return mixed * ad_fades(length)[:, None]


def levelled(mixed: Samples, lufs: float, ceiling_db: float) -> Samples:
    """`mixed` at `lufs` under `ceiling_db`; what the limiter takes is given back once or twice."""
    gain_db = lufs - integrated_lufs(mixed)
    made = mixed
    for _ in range(3):
        made = limit_peaks(mixed * decibels(gain_db), decibels(ceiling_db), SAMPLE_RATE)
        missing = lufs - integrated_lufs(made)
        if abs(missing) < 0.05:
            break
        gain_db += missing
    return made


def _encode_to_target(mixed: Samples, out_path: Path) -> Measured:
    """Encode, measure the encoded file, and encode once more when it is off."""
    encode_aac(levelled(mixed, TARGET_LUFS, CEILING_DB), out_path)
    measured = measure(out_path)
    off = TARGET_LUFS - measured.lufs
    over = max(measured.true_peak - PEAK_LIMIT_DB, 0.0)
    if (abs(off) <= _CLOSE_ENOUGH_LU and not over) or measured.lufs <= -60.0:
        return measured
    goal = TARGET_LUFS + float(np.clip(off, -3.0, 3.0))
    encode_aac(levelled(mixed, goal, CEILING_DB - (over + 0.3 if over else 0.0)), out_path)
    return measure(out_path)


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
