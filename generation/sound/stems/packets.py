"""AAC packets of a stretch of sound, made so that they stand beside packets of another encode.

A packet holds 2,048 samples and overlaps its neighbours by half. So the first packet of a
slot needs what follows a border, the packet before it what precedes it, and both the same
sound in the 1,024 samples they share. `encode_slot` therefore encodes ROLL_PACKETS packets
more on each side, of what every neighbour plays there, and throws them away. The packets
at the borders get more bits, so that two encodes of the same sound differ less there than
one encode errs elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.contracts import SAMPLE_RATE

Samples = NDArray[Any]

PACKET_SAMPLES = 1024
ROLL_PACKETS = 4
ROLL_SAMPLES = ROLL_PACKETS * PACKET_SAMPLES

_BITS, _FINE_BITS = 128_000, 384_000
FINE_PACKETS = 2
# ffmpeg's "fast" search leaves less error than "twoloop" on speech over music at this rate,
# in every band below 6 kHz, for two fifths of the time (row R11 of the bench).
_OPTIONS = {"flags": "+bitexact", "aac_coder": "fast"}
# Nothing that trades exactness for bits.
_FINE_OPTIONS = _OPTIONS | {"aac_is": "0", "aac_pns": "0", "aac_tns": "0"}


@dataclass(frozen=True)
class Packets:
    """Packets of a slot, with those of the roll around them; `config` is the AudioSpecificConfig."""

    before: tuple[bytes, ...]
    kept: tuple[bytes, ...]
    after: tuple[bytes, ...]
    config: bytes


@cache
def encoder_build() -> str:
    """Names the encoder and its options."""
    import av

    version = ".".join(str(part) for part in av.library_versions["libavcodec"])
    options = " ".join(f"{key}={value}" for key, value in sorted(_FINE_OPTIONS.items()))
    return f"libavcodec {version} aac {_BITS}, {FINE_PACKETS} x {_FINE_BITS} at borders {options}"


def encode_slot(samples: Samples, packets: int, is_first: bool, is_last: bool) -> Packets:
    """(n, 2) samples of a slot of `packets` packets with ROLL_SAMPLES after it and, but for the first slot, before it.

    The first slot's `kept` begins with the priming packet, which every AAC stream has once.
    A fresh encoder each time: the same samples give the same bytes.
    """
    every, config = encode(samples)
    first = 1 if is_first else ROLL_PACKETS + 1
    end = first + packets
    if not is_first:
        fine, _ = encode(samples[: (first + FINE_PACKETS + 1) * PACKET_SAMPLES], is_fine=True)
        every = _refined(every, first, fine[first : first + FINE_PACKETS], samples, config)
    if not is_last:
        # Packet j begins at sample (j - 1) * 1,024.
        skipped = end - FINE_PACKETS - ROLL_PACKETS - 1
        fine, _ = encode(samples[skipped * PACKET_SAMPLES :], is_fine=True)
        finer = fine[ROLL_PACKETS + 1 : ROLL_PACKETS + 1 + FINE_PACKETS]
        every = _refined(every, end - FINE_PACKETS, finer, samples, config)
    start = 0 if is_first else first
    return Packets(tuple(every[:start]), tuple(every[start:end]), tuple(every[end:]), config)


def _refined(packets: list[bytes], at: int, finer: list[bytes], samples: Samples, config: bytes) -> list[bytes]:
    """`packets` with `finer` in place from `at` on, where they fit between the others.

    Should windows differ, their halves would leave echoes: so both are decoded, and the
    finer ones go in when they err less.
    """
    tried = [*packets[:at], *finer, *packets[at + len(finer) :]]
    first, last = at - 2, at + len(finer) + 2
    wanted = samples[first * PACKET_SAMPLES : (last - 1) * PACKET_SAMPLES]
    errors = []
    for each in (packets, tried):
        heard = decode(tuple(each[first:last]), config)[PACKET_SAMPLES:]
        errors.append(float(np.square(heard[: len(wanted)] - wanted).sum()))
    return tried if errors[1] <= errors[0] else packets


def encode(samples: Samples, is_fine: bool = False) -> tuple[list[bytes], bytes]:
    """All packets of (n, 2) samples at 48 kHz, the priming packet first, and the AudioSpecificConfig."""
    import av

    context = av.CodecContext.create("aac", "w")
    context.sample_rate, context.layout, context.format = SAMPLE_RATE, "stereo", "fltp"
    context.bit_rate, context.options = _BITS, _FINE_OPTIONS if is_fine else _OPTIONS
    context.open()
    if is_fine:
        # Only now: at its start an encoder takes from its rate how it cuts time into windows,
        # and halves of different windows do not fit together.
        context.bit_rate = _FINE_BITS
    short = -len(samples) % PACKET_SAMPLES
    planes = np.pad(samples.T.astype(np.float32), ((0, 0), (0, short)))
    frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout="stereo")
    frame.sample_rate, frame.pts = SAMPLE_RATE, 0
    made = [bytes(packet) for each in (frame, None) for packet in context.encode(each)]
    return made, bytes(context.extradata or b"")


def decode(packets: tuple[bytes, ...], config: bytes) -> Samples:
    """(1024 * packets, 2) samples by channel; those of the first packet are the half it shares with nothing."""
    import av

    context = av.CodecContext.create("aac", "r")
    context.extradata = config
    context.open()
    pieces = [frame.to_ndarray() for packet in packets for frame in context.decode(av.Packet(packet))]
    pieces += [frame.to_ndarray() for frame in context.decode(None)]
    return np.asarray(np.concatenate(pieces, axis=1).T)


def decode_slot(packets: Packets) -> Samples:
    """The slot's own samples, as heard between neighbours that play the same roll."""
    every = (*packets.before, *packets.kept, *packets.after)
    first = max(len(packets.before), 1) * PACKET_SAMPLES
    length = (len(packets.kept) - (not packets.before)) * PACKET_SAMPLES
    return decode(every, packets.config)[first : first + length]
