"""The layers of one stem, and the gains that bring it to its loudness.

At both edges of a slot every stem of its plan plays the same: no voice, no pop, the music
at the level the border agreed on. Between the edges a line's own gain is solved for, so
that each stem by itself is as loud as the whole ad is to be; then any of them may meet.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.contracts import FPS, SAMPLE_RATE, SAMPLES_PER_FRAME, VoiceClip
from generation.sound.buses import ad_fades, place, read_take, whoosh_into, whoosh_lead
from generation.sound.ducking import GRID_RATE, Stretch, duck_amount, speech_stretches
from generation.sound.effects import pop
from generation.sound.loudness import as_lufs, decibels
from generation.sound.stems.bed import Bed
from generation.sound.stems.levels import frame_power, frame_squares, lufs_among_its_like
from generation.sound.stems.packets import PACKET_SAMPLES, ROLL_SAMPLES
from generation.sound.stems.specs import StemSpec

Samples = NDArray[np.float64]

# The packet before a border hears 1,024 samples past it; a limiter at work after them reaches back 384 more.
EDGE_SAMPLES = PACKET_SAMPLES * 3 // 2
_EDGE_SECONDS = EDGE_SAMPLES / SAMPLE_RATE
_TO_THE_EDGE_SECONDS = 0.16
_DECLICK = SAMPLE_RATE // 200

_NEAR_DB, _FAR_DB = (-1.5, 1.5), (-8.0, 8.0)
# Music between words goes no further than that beside the voice; where it is alone it may.
_REST_DB, _ALONE_DB = (-2.0, 7.0), (-4.0, 10.0)
# Blocks about 10 LU under an ad count for its loudness or not, as their neighbours decide.
# So that it does not matter who they are, music between words is kept above that.
_PAUSE_LUFS, _SILENT_LUFS, _MOST_LIFT_DB = -20.5, -32.0, 8.0
_EXACT_LU = 0.05


@dataclass(frozen=True)
class Gains:
    """`voice_db` on the take, `rest_db` on the music where nobody speaks."""

    voice_db: float
    rest_db: float = 0.0


@dataclass(frozen=True)
class Layers:
    """One stem before its gains, over its slot and `before` + ROLL_SAMPLES samples of roll around it.

    (n, 2) `music` and `fixed` (room, borders, pops), (n,) `voice`; `fades` is (n,), or None
    away from the ad's ends. `amount` of ducking and `free`, which is 0.0 where the music
    holds a level agreed on, stand on GRID_RATE points. `*_power`, `frame_amount`,
    `frame_free` and `frame_fades` are the like per video frame of the slot.
    """

    before: int
    music: Samples
    fixed: Samples
    voice: Samples
    fades: Samples | None
    amount: Samples
    free: Samples
    duck_db: float
    nominal_db: float
    music_power: Samples
    fixed_power: Samples
    voice_power: Samples
    frame_amount: Samples
    frame_free: Samples
    frame_fades: Samples
    can_rest: bool

    @property
    def inside(self) -> slice:
        """The samples of the slot itself."""
        return slice(self.before, len(self.voice) - ROLL_SAMPLES)

    @property
    def has_voice(self) -> bool:
        return bool(self.voice_power.any())

    @property
    def is_solved_for(self) -> bool:
        """Whether a gain of its own decides how loud it is."""
        return self.has_voice or self.can_rest

    def mixed(self, gains: Gains) -> Samples:
        """(n, 2) samples, unlimited."""
        duck = self._duck(self.amount, self.free, gains.rest_db)
        gain = np.interp(np.arange(-self.before, len(self.voice) - self.before), _grid(len(duck)), duck)
        made = self.music * gain[:, None]
        made += self.fixed
        made += (self.voice * decibels(gains.voice_db))[:, None]
        return made if self.fades is None else made * self.fades[:, None]

    def lufs(self, gains: Gains, kept: Samples | float = 1.0) -> float:
        """How loud `mixed` comes out among its like, when a limiter leaves it `kept` of its power per frame."""
        duck = self._duck(self.frame_amount, self.frame_free, gains.rest_db)
        power = self.voice_power * decibels(gains.voice_db) ** 2 + self.music_power * duck**2 + self.fixed_power
        return lufs_among_its_like(power * self.frame_fades**2 * kept)

    def share_kept(self, before: Samples, after: Samples) -> Samples:
        """(frames,) of `mixed` samples' power that is left after a limiter."""
        left, had = (frame_squares(table[self.inside]) for table in (after, before))
        return np.asarray((left + 1e-12) / (had + 1e-12))

    def _duck(self, amount: Samples, free: Samples, rest_db: float) -> Samples:
        return np.asarray(10.0 ** ((rest_db * (1.0 - amount) * free - self.duck_db * amount) / 20.0))


def _grid(points: int) -> Samples:
    return np.asarray(np.arange(points) * (SAMPLE_RATE / GRID_RATE))


def solved(layers: Layers, lufs: float) -> Gains:
    """Gains for `lufs`: the voice a little, then the music where nobody speaks, then the voice further."""
    nominal, rest_db = layers.nominal_db, _lift(layers)
    voice_db = nominal
    if layers.has_voice:
        voice_db += _gain_for(lambda db: layers.lufs(Gains(nominal + db, rest_db)), lufs, _NEAR_DB)
    if layers.can_rest and abs(layers.lufs(Gains(voice_db, rest_db)) - lufs) > _EXACT_LU:
        bounds = _REST_DB if layers.has_voice else _ALONE_DB
        rest_db += _gain_for(lambda db: layers.lufs(Gains(voice_db, rest_db + db)), lufs, bounds)
    if layers.has_voice and abs(layers.lufs(Gains(voice_db, rest_db)) - lufs) > _EXACT_LU:
        voice_db = nominal + _gain_for(lambda db: layers.lufs(Gains(nominal + db, rest_db)), lufs, _FAR_DB)
    return Gains(voice_db, rest_db)


def _lift(layers: Layers) -> float:
    """What brings a quiet passage of music, where nobody speaks, to _PAUSE_LUFS; 0.0 for a break in the music."""
    pause = (layers.frame_amount < 0.5) & (layers.frame_free > 0.5)
    if not layers.can_rest or not pause.any():
        return 0.0
    lufs = float(as_lufs(layers.music_power[pause].mean()))
    return min(max(_PAUSE_LUFS - lufs, 0.0), _MOST_LIFT_DB) if lufs > _SILENT_LUFS else 0.0


def _gain_for(lufs_at: Callable[[float], float], goal: float, bounds: tuple[float, float]) -> float:
    """The gain in dB within `bounds` at which `lufs_at`, which rises with it, comes to `goal`: by false position."""
    low, high = bounds
    under, over = lufs_at(low) - goal, lufs_at(high) - goal
    if under >= 0.0 or over <= 0.0:
        return low if under >= 0.0 else high
    middle = low
    for _ in range(8):
        middle = low - under * (high - low) / (over - under)
        off = lufs_at(middle) - goal
        if abs(off) < _EXACT_LU / 2:
            break
        # The bound that stays counts half from now on, else one end would creep (the Illinois rule).
        if off < 0.0:
            low, under, over = middle, off, over / 2
        else:
            high, over, under = middle, off, under / 2
    return middle


def layers_of(spec: StemSpec, bed: Bed) -> Layers:
    """Everything of `spec` in its place."""
    start, length = spec.start_frame * SAMPLES_PER_FRAME, spec.frames * SAMPLES_PER_FRAME
    before = 0 if spec.is_first else ROLL_SAMPLES
    span = (start - before, start + length + ROLL_SAMPLES)
    frames = slice(spec.start_frame, spec.start_frame + spec.frames)
    voice_power, stretches = _voice_facts(spec.voices, length)
    amount, free = _ducking(spec, stretches)
    room = _repeated(bed.room, span, spec.ad_frames * SAMPLES_PER_FRAME)
    fixed = room + _effects(spec, span) * decibels(bed.static_db + bed.balance.effects_db)
    fades = ad_fades(spec.ad_frames * SAMPLES_PER_FRAME)
    centres = (np.arange(spec.frames) + 0.5) * SAMPLES_PER_FRAME
    grid = _grid(len(amount))
    return Layers(
        before=before,
        music=_cut(bed.music, span),
        fixed=fixed,
        voice=np.pad(_voice(spec.voices, length), (before, ROLL_SAMPLES)),
        fades=_cut(fades[:, None], span)[:, 0] if spec.is_first or spec.is_last else None,
        amount=amount,
        free=free,
        duck_db=bed.balance.duck_db,
        nominal_db=bed.balance.voice_db + bed.static_db,
        music_power=bed.music_power[frames],
        fixed_power=bed.room_power[frames],
        voice_power=voice_power,
        frame_amount=np.interp(centres, grid, amount),
        frame_free=np.interp(centres, grid, free),
        frame_fades=fades[start + centres.astype(int)],
        can_rest=spec.ad_speaks and spec.music is not None,
    )


def _voice(clips: tuple[VoiceClip, ...], length: int) -> Samples:
    """(length,) samples, silent for EDGE_SAMPLES at both ends."""
    bus = np.zeros(length)
    for clip in clips:
        first = clip.start_frame * SAMPLES_PER_FRAME
        take = _clipped(clip, length)
        bus[first : first + len(take)] += take
    ramp = np.arange(_DECLICK) / _DECLICK
    bus[:EDGE_SAMPLES], bus[length - EDGE_SAMPLES :] = 0.0, 0.0
    bus[EDGE_SAMPLES : EDGE_SAMPLES + _DECLICK] *= ramp
    bus[length - EDGE_SAMPLES - _DECLICK : length - EDGE_SAMPLES] *= ramp[::-1]
    return bus


@lru_cache(maxsize=1024)
def _voice_facts(clips: tuple[VoiceClip, ...], length: int) -> tuple[Samples, list[Stretch]]:
    """K-weighted power per frame of `_voice` in both channels, and when it speaks: the same over every tune."""
    power = 2.0 * frame_power(_voice(clips, length).astype(np.float32)[:, None])
    stretches: list[Stretch] = []
    for clip in clips:
        stretches += speech_stretches(_clipped(clip, length), SAMPLE_RATE, clip.start_frame / FPS)
    return power, stretches


def _clipped(clip: VoiceClip, length: int) -> NDArray[Any]:
    last = min(clip.end_frame * SAMPLES_PER_FRAME, length)
    return _take(clip.path, clip.sha256)[: max(last - clip.start_frame * SAMPLES_PER_FRAME, 0)]


@lru_cache(maxsize=48)
def _take(path: str, sha256: str) -> NDArray[Any]:
    del sha256
    return np.asarray(read_take(Path(path)).astype(np.float32))


def _ducking(spec: StemSpec, stretches: list[Stretch]) -> tuple[Samples, Samples]:
    """(amount, free) on GRID_RATE points over the slot."""
    seconds = spec.frames * SAMPLES_PER_FRAME / SAMPLE_RATE
    held = _EDGE_SECONDS + 1.0 / GRID_RATE
    if spec.edges[0] == "down":
        stretches = [(-1.0, held), *stretches]
    if spec.edges[1] == "down":
        stretches = [*stretches, (seconds - held, seconds + 1.0)]
    amount = duck_amount(stretches, seconds)
    times = np.arange(len(amount)) / GRID_RATE
    free = np.ones(len(amount))
    for edge, away in zip(spec.edges, (times, seconds - times), strict=True):
        if edge != "free":
            inward = np.clip((away - held) / _TO_THE_EDGE_SECONDS, 0.0, 1.0)
            inward = inward * inward * (3.0 - 2.0 * inward)
            free *= inward
            amount = amount * inward if edge == "up" else amount
    return amount, free


def _effects(spec: StemSpec, span: tuple[int, int]) -> Samples:
    """(n, 2): whooshes where they lie in the ad; pops, kept off the edges."""
    bus = np.zeros((span[1] - span[0], 2), order="F")
    for frame in spec.whooshes:
        sound = whoosh_into(frame)
        place(bus, sound, frame * SAMPLES_PER_FRAME - whoosh_lead(sound) - span[0])
    start, length = spec.start_frame * SAMPLES_PER_FRAME, spec.frames * SAMPLES_PER_FRAME
    for frame in spec.pops:
        sound = pop()
        at = max(frame * SAMPLES_PER_FRAME, 0 if spec.is_first else EDGE_SAMPLES)
        if at + len(sound) <= length - EDGE_SAMPLES:
            place(bus, sound, start + at - span[0])
    return bus


def _repeated(period: NDArray[np.floating], span: tuple[int, int], length: int) -> Samples:
    """Rows `span` of `period` said over and over for `length` rows; zeros past the end."""
    places = np.arange(span[0], min(span[1], length)) % len(period)
    # By channel, as the rest of the mix lies in memory.
    return _cut(period.T[:, places].T, (0, span[1] - span[0]))


def _cut(table: NDArray[np.floating], span: tuple[int, int]) -> Samples:
    """Rows `span` of `table`; zeros past its end."""
    found = table[span[0] : span[1]].astype(np.float64)
    missing = span[1] - span[0] - len(found)
    if not missing:
        return found
    return np.asarray(np.concatenate([found.T, np.zeros((table.shape[1], missing))], axis=1).T)
