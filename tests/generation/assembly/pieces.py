"""Small segments whose frames tell their number, and stems cut out of a longer sound, as rooms that make them do."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np

from generation.assembly.index import packets_of, sound_index
from generation.contracts import Provenance
from generation.provenance.aigc import build_label
from generation.segments.store import SegmentFacts, SegmentStore, StemFacts, StoredSegment

WIDTH, HEIGHT, BITS = 160, 288, 10
ROLL_PACKETS = 4
BEEP_SECONDS = 0.05
PROVENANCE = Provenance("adloom", "ad-0001", "三秒冲开的冷萃")
LABEL = build_label(PROVENANCE)


def key_of(number: int) -> str:
    return f"{number:02x}" * 32


def numbered_picture(number: int, is_flash: bool) -> np.ndarray:
    """Ten columns of black or white for the number, over a band that is white in a flash and moves otherwise."""
    picture = np.full((HEIGHT, WIDTH, 3), 255 if is_flash else 90, np.uint8)
    for bit in range(BITS):
        left, right = WIDTH * bit // BITS, WIDTH * (bit + 1) // BITS
        picture[: HEIGHT // 2, left:right] = 235 if number >> bit & 1 else 20
    row = HEIGHT // 2 + number * 3 % (HEIGHT // 2 - 8)
    picture[row : row + 8] = 255 if is_flash else (200, 60, 30)
    return picture


def number_and_flash(picture: np.ndarray) -> tuple[int, bool]:
    columns = picture[HEIGHT // 8 : HEIGHT // 4].mean(axis=(0, 2)).reshape(BITS, -1).mean(axis=1)
    return sum(int(column > 128) << bit for bit, column in enumerate(columns)), bool(picture[-4:].mean() > 200)


def write_segment(
    path: Path, first: int, frames: int, flashes: Sequence[int] = (), width: int = WIDTH, bf: int = 2
) -> None:
    """A video-only mp4 with the encoder options of segments that its header and its order of frames depend on."""
    options = {
        "preset": "veryfast", "profile": "high", "crf": "30", "bf": str(bf), "g": "24", "keyint_min": "24",
        "sc_threshold": "0", "flags": "+cgop", "threads": "1",
    }  # fmt: skip
    with av.open(str(path), "w", format="mp4") as out:
        stream = out.add_stream("libx264", rate=30, options=options)
        stream.width, stream.height, stream.pix_fmt = width, HEIGHT, "yuv420p"
        for at in range(frames):
            picture = numbered_picture(first + at, at in flashes)[:, :width]
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="rgb24")
            frame.pts, frame.time_base = at, Fraction(1, 30)
            out.mux(stream.encode(frame))
        out.mux(stream.encode(None))


def ad_sound(frames: int, beeps: Sequence[int]) -> np.ndarray:
    """A quiet tune with a loud 1 kHz beep at the beginning of some frames."""
    at = np.arange(frames * 1600) / 48000
    sound = 0.02 * np.sin(2 * np.pi * 220 * at) + 0.01 * np.sin(2 * np.pi * 331 * at)
    beep = 0.6 * np.sin(2 * np.pi * 1000 * np.arange(int(BEEP_SECONDS * 48000)) / 48000)
    for frame in beeps:
        place = slice(frame * 1600, frame * 1600 + len(beep))
        sound[place] += beep[: len(sound[place])]
    return sound.astype(np.float32)


def encode_aac(sound: np.ndarray) -> tuple[list[bytes], bytes]:
    """Packets, the priming one first, and the AudioSpecificConfig."""
    codec = av.CodecContext.create("aac", "w")
    codec.sample_rate, codec.layout, codec.format = 48000, "stereo", "fltp"
    codec.bit_rate = 128_000
    packets = []
    for start in range(0, len(sound), 1024):
        part = np.zeros((2, 1024), np.float32)
        part[:] = sound[start : start + 1024]
        frame = av.AudioFrame.from_ndarray(part, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = 48000, start, Fraction(1, 48000)
        packets += codec.encode(frame)
    packets += codec.encode(None)
    return [bytes(packet) for packet in packets], bytes(codec.extradata or b"")


def cut_stem(sound: np.ndarray, start: int, frames: int) -> tuple[list[bytes], bytes]:
    """A slot's packets out of the ad's sound, encoded with four packets of roll on both sides."""
    roll = ROLL_PACKETS * 1024
    padded = np.concatenate((np.zeros(roll, np.float32), sound, np.zeros(roll, np.float32)))
    begin = start * 1600
    packets, config = encode_aac(padded[begin : begin + frames * 1600 + 2 * roll])
    first = ROLL_PACKETS + 1
    kept = packets[first - (start == 0) : first + packets_of(frames)]
    return kept, config


def put_ad(
    store: SegmentStore, folder: Path, slots: Sequence[int], flashes: Sequence[int], first_key: int = 1
) -> tuple[list[StoredSegment], list[StoredSegment]]:
    """Segments and stems of an ad with slots of these frames; frames are numbered through, flashes beep."""
    total = sum(slots)
    sound = ad_sound(total, flashes)
    segments, stems, start = [], [], 0
    for slot, frames in enumerate(slots):
        path = folder / f"segment-{slot}.mp4"
        write_segment(path, start, frames, [at - start for at in flashes])
        segments.append(store.put(key_of(first_key + slot), path, SegmentFacts(frames, (), 1.0)))
        packets, config = cut_stem(sound, start, frames)
        stems.append(put_stem(store, folder, key_of(first_key + 100 + slot), packets, config, frames))
        start += frames
    return segments, stems


def put_stem(
    store: SegmentStore, folder: Path, key: str, packets: Sequence[bytes], config: bytes, frames: int
) -> StoredSegment:
    path = folder / f"{key}.packets"
    path.write_bytes(b"".join(packets))
    index = sound_index(frames, [len(packet) for packet in packets], config)
    return store.put(key, path, SegmentFacts(frames, (), 0.1, StemFacts(index, {"lufs": -14.0})))
