"""WAV in and out, without a library: PCM of 8 to 32 bits and floats, any number of channels."""

from __future__ import annotations

import os
import struct
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE


class WaveBroken(ValueError):
    """The bytes are no WAV that can be read; the text says why."""


def parse_wav(content: bytes) -> tuple[Samples, int]:
    """Samples as (n, channels) in -1..1 and the sample rate.

    Tolerates the open-ended sizes that streaming writers leave (0 or 0xFFFFFFFF).
    """
    if len(content) < 12 or content[:4] != b"RIFF" or content[8:12] != b"WAVE":
        raise WaveBroken("no RIFF/WAVE header")
    layout: tuple[int, int, int, int] | None = None
    at = 12
    while at + 8 <= len(content):
        name, size = content[at : at + 4], struct.unpack_from("<I", content, at + 4)[0]
        if name == b"fmt ":
            layout = _layout(content[at + 8 : at + 8 + size])
        elif name == b"data":
            if layout is None:
                raise WaveBroken("sound before its format")
            end = at + 8 + size if 0 < size < 0xFFFFFFFF else len(content)
            return _decode(content[at + 8 : end], layout)
        at += 8 + size + (size & 1)
    raise WaveBroken("no sound inside")


def _layout(chunk: bytes) -> tuple[int, int, int, int]:
    if len(chunk) < 16:
        raise WaveBroken("format chunk too short")
    tag, channels, rate, _, _, bits = struct.unpack_from("<HHIIHH", chunk)
    if tag == _EXTENSIBLE and len(chunk) >= 26:
        tag = struct.unpack_from("<H", chunk, 24)[0]
    if not (1 <= channels <= 16 and 4000 <= rate <= 384_000):
        raise WaveBroken(f"{channels} channels at {rate} Hz")
    return tag, channels, rate, bits


def _decode(raw: bytes, layout: tuple[int, int, int, int]) -> tuple[Samples, int]:
    tag, channels, rate, bits = layout
    raw = raw[: len(raw) - len(raw) % (channels * max(bits // 8, 1))]
    if tag == _FLOAT and bits in (32, 64):
        samples = np.frombuffer(raw, dtype=f"<f{bits // 8}").astype(np.float64)
    elif tag == _PCM and bits in (8, 16, 24, 32):
        samples = _integers(raw, bits)
    else:
        raise WaveBroken(f"format {tag} with {bits} bits")
    return np.nan_to_num(samples).reshape(-1, channels), rate


def _integers(raw: bytes, bits: int) -> Samples:
    if bits == 8:
        return (np.frombuffer(raw, dtype=np.uint8).astype(np.float64) - 128) / 128
    if bits == 24:
        bytes3 = np.frombuffer(raw, dtype=np.uint8).reshape(-1, 3).astype(np.int32)
        joined = (bytes3[:, 0] << 8) | (bytes3[:, 1] << 16) | (bytes3[:, 2] << 24)
        return joined.astype(np.float64) / 2**31
    kind: Any = "<i2" if bits == 16 else "<i4"
    return np.frombuffer(raw, dtype=kind).astype(np.float64) / 2 ** (bits - 1)


def read_wav(path: Path) -> tuple[Samples, int]:
    """`parse_wav` of a file."""
    return parse_wav(path.read_bytes())


def write_wav(path: Path, samples: Samples, rate: int) -> None:
    """Write (n,) or (n, channels) samples in -1..1 as 16-bit PCM; the file appears whole or not at all."""
    table = samples.reshape(len(samples), -1)
    pcm = np.clip(np.round(table * 32767.0), -32768, 32767).astype("<i2").tobytes()
    channels = table.shape[1]
    header = b"RIFF" + struct.pack("<I", 36 + len(pcm)) + b"WAVEfmt "
    header += struct.pack("<IHHIIHH", 16, _PCM, channels, rate, rate * channels * 2, channels * 2, 16)
    header += b"data" + struct.pack("<I", len(pcm))
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    temporary.write_bytes(header + pcm)
    os.replace(temporary, path)
