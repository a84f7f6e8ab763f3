"""PDQ: 256 bits of how a picture is laid out, that survive re-encoding, scaling and light edits.

After "TMK+PDQF and PDQ: A Test-Drive of the Algorithms" (Facebook, 2019) and the
reference implementation in facebook/ThreatExchange (BSD-3-Clause). Light is smoothed by
two box passes, sampled at 64 x 64, and the signs of its cosine terms (1..16) x (1..16)
against their median are the bits. Smoothing, sampling and cosines are linear and
separable, so a picture costs four products with matrices that depend on its size only.

Not taken from a wheel: there is none, and the source package wants a compiler.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float32]

_SAMPLES = 64
_TERMS = 16
_LEAST_SIDE = 5


@dataclass(frozen=True)
class Pdq:
    """The hash of a picture and of its mirror image, 64 hex digits each; `quality` 0..100.

    Below a quality of about 50 there is too little in the picture for its hash to say much.
    """

    hash: str
    mirrored: str
    quality: int


def pdq_of(light: Bytes) -> Pdq:
    """Hash (h, w) luma 0..255, each side at least 5 pixels."""
    height, width = light.shape
    if min(height, width) < _LEAST_SIDE:
        raise ValueError(f"a picture of {width} x {height} is too small to be hashed")
    # Products of this size would wake a BLAS thread per core, which costs more than the work itself.
    rows = np.einsum("ij,jk->ik", _sampling(height), light.astype(np.float32))
    samples = np.asarray(np.einsum("ij,kj->ik", rows, _sampling(width)), dtype=np.float32)
    terms = np.asarray(_cosines() @ samples @ _cosines().T, dtype=np.float32)
    turned = terms.copy()
    turned[:, ::2] *= -1
    return Pdq(_hex(terms), _hex(turned), _quality(samples))


def pdq_hash(light: Floats) -> str:
    """The hash alone, of a picture known to be big enough: a tenth of the work."""
    height, width = light.shape
    return _hex(np.asarray(_kernel(height) @ light @ _kernel(width).T, dtype=np.float32))


def _hex(terms: Floats) -> str:
    """Bits row by row, the first one lowest, as the reference prints them."""
    bits = (terms > np.median(terms)).ravel()[::-1]
    return np.packbits(bits).tobytes().hex()


def _quality(samples: Floats) -> int:
    """How much the light changes from sample to sample; changes below a hundredth do not count."""
    steps = [np.trunc(np.diff(samples, axis=axis) * (100.0 / 255.0)) for axis in (0, 1)]
    return min(100, int(sum(np.abs(step).sum() for step in steps)) // 90)


@lru_cache(maxsize=1)
def _cosines() -> Floats:
    """(16, 64): the cosine terms 1..16 over 64 samples; the constant one says nothing of the layout."""
    term = np.arange(1, _TERMS + 1)[:, None]
    place = 2 * np.arange(_SAMPLES)[None, :] + 1
    return np.asarray(np.sqrt(2.0 / _SAMPLES) * np.cos(np.pi / 2 / _SAMPLES * term * place), dtype=np.float32)


@lru_cache(maxsize=64)
def _sampling(side: int) -> Floats:
    """(64, side): smooth twice with a box, then take the middle of every 64th part."""
    if side == _SAMPLES:
        return np.eye(_SAMPLES, dtype=np.float32)
    box = _box(side)
    middles = ((np.arange(_SAMPLES) + 0.5) * side / _SAMPLES).astype(int)
    return np.asarray((box @ box)[middles], dtype=np.float32)


@lru_cache(maxsize=64)
def _kernel(side: int) -> Floats:
    """(16, side): smoothing, sampling and cosines in one."""
    return np.asarray(_cosines() @ _sampling(side), dtype=np.float32)


def _box(side: int) -> NDArray[np.float64]:
    """(side, side): the mean of a window of side / 128 pixels, cut off at the borders."""
    window = (side + 2 * _SAMPLES - 1) // (2 * _SAMPLES)
    after = (window + 2) // 2
    offset = np.arange(side)[None, :] - np.arange(side)[:, None]
    inside = ((offset < after) & (offset >= after - window)).astype(np.float64)
    return inside / inside.sum(axis=1, keepdims=True)
