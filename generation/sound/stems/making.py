"""Stems made: mixed, limited, encoded, decoded again and measured."""

from __future__ import annotations

import resource
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from generation.assembly.index import SoundIndex, packets_of, sound_index
from generation.contracts import SAMPLE_RATE
from generation.sound.dynamics import limit_peaks, true_peak_db
from generation.sound.loudness import decibels
from generation.sound.mix import CEILING_DB, PEAK_LIMIT_DB, TARGET_LUFS
from generation.sound.stems.bed import bed_of
from generation.sound.stems.layers import GATE_LUFS, Layers, layers_of, solved
from generation.sound.stems.levels import Levels, as_decibels, frame_power, lufs_among_its_like
from generation.sound.stems.packets import Packets, decode_slot, encode_slot
from generation.sound.stems.specs import StemSpec

_CLOSE_ENOUGH_LU = 0.2
# A neighbour's packet moves the peaks of the first 1,024 samples by less than this.
_SPLICE_MARGIN_DB = 0.1
_ATTEMPTS = 3


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


def _made(spec: StemSpec) -> MadeStem:
    started = _cpu_seconds()
    packets, levels = _encoded(layers_of(spec, bed_of(spec)), spec)
    sizes = tuple(len(packet) for packet in packets.kept)
    spent = _cpu_seconds() - started
    return MadeStem(spec.frames, b"".join(packets.kept), sizes, packets.config, levels, round(spent, 4))


def _encoded(layers: Layers, spec: StemSpec) -> tuple[Packets, Levels]:
    """Encoded at its loudness and under its peak; once or twice more when what was decoded is off."""
    aim, ceiling_db = TARGET_LUFS, CEILING_DB
    for attempt in range(_ATTEMPTS):
        limited = limit_peaks(layers.mixed(solved(layers, aim)), decibels(ceiling_db), SAMPLE_RATE)
        packets = encode_slot(limited, packets_of(spec.frames), spec.is_first)
        heard = decode_slot(packets)
        power, peak = frame_power(heard), true_peak_db(heard)
        off = TARGET_LUFS - lufs_among_its_like(power, GATE_LUFS) if layers.is_solved_for else 0.0
        over = peak - PEAK_LIMIT_DB + _SPLICE_MARGIN_DB
        if attempt == _ATTEMPTS - 1 or (abs(off) <= _CLOSE_ENOUGH_LU and over <= 0.0):
            break
        aim += float(np.clip(off, -3.0, 3.0))
        ceiling_db -= over + 0.2 if over > 0.0 else 0.0
    return packets, Levels(as_decibels(power), round(peak, 2))


def _cpu_seconds() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime
