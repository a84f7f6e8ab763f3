"""An ad's sound from its timeline: placed, ducked, levelled, held under its peak, encoded once."""

from __future__ import annotations

import json
import resource
import time
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.contracts import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME, MusicClip, Timeline, VoiceClip
from generation.sound.beds import repeat_to, room_tone
from generation.sound.ducking import Stretch, at_sample_rate, duck_gain, speech_stretches
from generation.sound.dynamics import limit_peaks
from generation.sound.effects import pop, whoosh
from generation.sound.loudness import SILENT_LUFS, decibels, integrated_lufs
from generation.sound.program import Measured, decode_sound, encode_aac, measure
from generation.sound.wave_files import WaveBroken, read_wav

Samples = NDArray[np.float64]

TARGET_LUFS = -14.0
PEAK_LIMIT_DB = -1.0
# AAC at 128 kbit/s overshoots its input by up to a dB; a second encode mends what is left.
_CEILING_DB = -2.0
_CLOSE_ENOUGH_LU = 0.2
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
_ROOM_UNDER_MUSIC_DB = -66.0
# Without music the room itself keeps pauses from being dead air.
_ROOM_ALONE_DB = -44.0


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
    voice, stretches = _voice_bus(voices, length)
    bed = _music_bus(music, length, balance.music_lufs)
    duck = at_sample_rate(duck_gain(stretches, length / SAMPLE_RATE, balance.duck_db), length, SAMPLE_RATE)
    mixed = voice * decibels(balance.voice_db) + bed * duck[:, None]
    mixed += room_tone(length, _ROOM_UNDER_MUSIC_DB if music else _ROOM_ALONE_DB)
    if with_effects and (voices or music):
        mixed += _effects_bus(timeline, length) * decibels(balance.effects_db)
    return mixed * _ad_fades(length)[:, None]


def is_stand_in(path: Path) -> bool:
    """Whether a take says it comes from a stand-in voice (its facts lie beside it as JSON)."""
    facts = path.with_suffix(".json")
    if not facts.is_file():
        return False
    return bool(json.loads(facts.read_text("utf-8")).get("degraded"))


def _voice_bus(clips: list[VoiceClip], length: int) -> tuple[Samples, list[Stretch]]:
    bus = np.zeros((length, 2))
    stretches: list[Stretch] = []
    for clip in clips:
        take = _read_take(Path(clip.path))[: (clip.end_frame - clip.start_frame) * SAMPLES_PER_FRAME]
        at = clip.start_frame * SAMPLES_PER_FRAME
        take = take[: max(length - at, 0)]
        bus[at : at + len(take)] += take[:, None]
        stretches += speech_stretches(take, SAMPLE_RATE, clip.start_frame / FPS)
    return bus, stretches


def _read_take(path: Path) -> Samples:
    """A voice take as mono samples; our own WAVs are read directly, anything else through ffmpeg."""
    try:
        samples, rate = read_wav(path)
    except (WaveBroken, OSError):
        samples, rate = decode_sound(path), SAMPLE_RATE
    if rate != SAMPLE_RATE:
        samples = decode_sound(path)
    return np.asarray(samples.mean(axis=1))


def _music_bus(clips: list[MusicClip], length: int, lufs: float) -> Samples:
    bus = np.zeros((length, 2))
    for clip in clips:
        start, end = clip.start_frame * SAMPLES_PER_FRAME, min(clip.end_frame * SAMPLES_PER_FRAME, length)
        music = decode_sound(Path(clip.path))
        loudness = integrated_lufs(music)
        if loudness <= SILENT_LUFS or end <= start:
            continue
        piece = repeat_to(music, end - start) * decibels(lufs - loudness)
        bus[start:end] += piece * _clip_fades(len(piece))[:, None]
    return bus


def _clip_fades(length: int) -> Samples:
    ramp = np.minimum(1.0, np.arange(length) / _FADE_IN)
    return np.asarray(ramp * ramp[::-1])


def _ad_fades(length: int) -> Samples:
    """A click-free start, and half a second down to the end along a cosine."""
    gain = np.ones(length)
    rise, fall = min(240, length), min(_FADE_OUT, length)
    gain[:rise] = np.arange(rise) / 240
    gain[length - fall :] *= 0.5 + 0.5 * np.cos(np.linspace(0.0, np.pi, fall))
    return gain


def _effects_bus(timeline: Timeline, length: int) -> Samples:
    """A pop where a sticker appears; a whoosh into the slot that carries the offer or the CTA."""
    bus = np.zeros((length, 2))
    for clip in timeline.track("sticker"):
        _place(bus, pop(), clip.start_frame * SAMPLES_PER_FRAME)
    for _, slot in pairwise(timeline.slots):
        if slot.role in ("offer", "cta") or slot.border != "cut":
            sound = whoosh(seed=slot.start_frame + 1)
            _place(bus, sound * 0.8, slot.start_frame * SAMPLES_PER_FRAME - len(sound) * 2 // 3)
    return bus


def _place(bus: Samples, sound: Samples, at: int) -> None:
    start, end = max(at, 0), min(at + len(sound), len(bus))
    if end > start:
        bus[start:end] += sound[start - at : end - at]


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
    encode_aac(levelled(mixed, TARGET_LUFS, _CEILING_DB), out_path)
    measured = measure(out_path)
    off = TARGET_LUFS - measured.lufs
    over = max(measured.true_peak - PEAK_LIMIT_DB, 0.0)
    if (abs(off) <= _CLOSE_ENOUGH_LU and not over) or measured.lufs <= -60.0:
        return measured
    goal = TARGET_LUFS + float(np.clip(off, -3.0, 3.0))
    encode_aac(levelled(mixed, goal, _CEILING_DB - (over + 0.3 if over else 0.0)), out_path)
    return measure(out_path)


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
