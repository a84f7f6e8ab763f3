"""Stems made: mixed, limited, encoded, decoded again and measured."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.assembly.index import SoundIndex, packets_of, sound_index
from generation.contracts import SAMPLE_RATE
from generation.sound.dynamics import limit_peaks, true_peak_db
from generation.sound.loudness import decibels
from generation.sound.mix import CEILING_DB, PEAK_LIMIT_DB, TARGET_LUFS
from generation.sound.stems.bed import bed_of
from generation.sound.stems.layers import Layers, layers_of, solved
from generation.sound.stems.levels import Levels, as_decibels, frame_power, lufs_among_its_like
from generation.sound.stems.packets import Packets, decode_slot, encode_slot
from generation.sound.stems.specs import StemSpec

Samples = NDArray[np.float64]

_CLOSE_ENOUGH_LU = 0.2
# A neighbour's packet moves the peaks of the first 1,024 samples by less than this.
_SPLICE_MARGIN_DB = 0.1
_ATTEMPTS, _LIMITS = 4, 3
_EXACT_LU = 0.12
# What a limiter takes from speech at this level; where it takes nothing, one more pass tells.
_USUAL_LOSS_LU = 0.2


@dataclass(frozen=True)
class MadeStem:
    """A stem: `payload` is its raw AAC packets back to back, `packet_sizes` their bytes, in order.

    `frames` * 25 / 16 packets; the stem of an ad's first slot has the priming packet before
    them. `config` is the AudioSpecificConfig. `cpu_seconds` with all children.
    """

    frames: int
    payload: bytes
    packet_sizes: tuple[int, ...]
    config: bytes
    levels: Levels
    cpu_seconds: float

    @property
    def index(self) -> SoundIndex:
        """What the assembler needs to know of it."""
        return sound_index(self.frames, self.packet_sizes, self.config)


def make_stems(specs: Sequence[StemSpec]) -> list[MadeStem]:
    """All of `specs`, in their order, in this process.

    The same spec gives the same bytes on one build and processor. Specs of one tune are
    best ordered together: what lies under their voices is worked out once.
    FfmpegRefused or OSError when a clip's file cannot be read.
    """
    order = sorted(range(len(specs)), key=lambda place: _tune(specs[place]))
    made = {place: _made(specs[place]) for place in order}
    return [made[place] for place in range(len(specs))]


def _tune(spec: StemSpec) -> tuple[str, int]:
    return (spec.music.sha256 if spec.music else "", spec.ad_frames)


@dataclass(frozen=True)
class Rendered:
    """A stem with what went into its encoder: (n, 2) `samples` of the slot alone."""

    samples: Samples
    packets: Packets
    levels: Levels


def render(spec: StemSpec) -> Rendered:
    """Encoded at its loudness and under its peak; once or twice more when what was decoded is off."""
    layers = layers_of(spec, bed_of(spec))
    aim, ceiling_db = TARGET_LUFS, CEILING_DB
    for attempt in range(_ATTEMPTS):
        limited = _limited(layers, aim, ceiling_db)
        packets = encode_slot(limited, packets_of(spec.frames), spec.is_first, spec.is_last)
        heard = decode_slot(packets)
        power, peak = frame_power(heard), true_peak_db(heard)
        off = TARGET_LUFS - lufs_among_its_like(power) if layers.is_solved_for else 0.0
        over = peak - PEAK_LIMIT_DB + _SPLICE_MARGIN_DB
        if attempt == _ATTEMPTS - 1 or (abs(off) <= _CLOSE_ENOUGH_LU and over <= 0.0):
            break
        aim += float(np.clip(off, -3.0, 3.0))
        ceiling_db -= over + 0.2 if over > 0.0 else 0.0
    return Rendered(limited[layers.inside], packets, Levels(as_decibels(power), round(peak, 2)))


def _made(spec: StemSpec) -> MadeStem:
    started = _cpu_seconds()
    made = render(spec)
    packets = made.packets.kept
    sizes = tuple(len(packet) for packet in packets)
    spent = round(_cpu_seconds() - started, 4)
    return MadeStem(spec.frames, b"".join(packets), sizes, made.packets.config, made.levels, spent)


def _limited(layers: Layers, lufs: float, ceiling_db: float) -> Samples:
    """The mix at `lufs` under `ceiling_db`; what the limiter takes is given back."""
    aim = lufs + _USUAL_LOSS_LU
    for _ in range(_LIMITS):
        gains = solved(layers, aim)
        mixed = layers.mixed(gains)
        made = limit_peaks(mixed, decibels(ceiling_db), SAMPLE_RATE)
        missing = lufs - layers.lufs(gains, layers.share_kept(mixed, made))
        if not layers.is_solved_for or abs(missing) <= _EXACT_LU:
            break
        # Some of what is added goes into the limiter again.
        aim += float(np.clip(missing * 1.25, -3.0, 3.0))
    return made


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
