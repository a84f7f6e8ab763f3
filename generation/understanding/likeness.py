"""Whether two pictures are the same one: re-encoded, scaled, recoloured, cropped, mirrored, with a sticker on it.

What is kept of a picture is its *print*: the PDQ of the whole and of thirteen crops of
nine tenths, spread like the spots of two dice over the places such a crop can have. A
copy that was cropped by a tenth, anywhere, looks like one of them, whereas the whole's
PDQ is far off (70 of 256 bits). A mirrored copy needs no print of its own: mirroring
turns the sign of every second cosine term, so flipping those bits gives its PDQ to
within a few (their median is nearly zero).

Two hashes are compared by the bits they differ in, the coarse ones three times: the 64
bits of the lowest cosine terms are what a pHash is, and pictures that merely share a
composition differ there, copies hardly do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from generation.understanding.pdq import Floats, pdq_hash, pdq_of

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint64]
Scores = NDArray[np.uint16]

NEAR = 92
"""At most so much apart (0..384) is the same picture; pictures that have nothing in common are 190 apart."""
NEAR_COARSE = 18
"""At most so many of the 64 coarse bits may differ, however like the rest is: the net that an index casts first."""
NEAR_PHASH = 8
"""At most so many of a pHash's 64 bits may differ where one of two shots has no print."""
LEAST_QUALITY = 20
"""PDQ quality below which a picture is too plain for its bits to mean anything (black, fog, one colour)."""

_SIDE = 256
_KEPT = 230
_SPOTS = tuple((x, y) for y in range(5) for x in range(5) if (x + y) % 2 == 0)
HASHES = 1 + len(_SPOTS)
PRINT_LENGTH = 64 * HASHES
_COARSE_WEIGHT = 3


def print_of(light: Bytes) -> str:
    """The print of (h, w) luma 0..255, 896 hex digits, the whole first; "" where there is too little to see."""
    import cv2

    # One size for all: a hash of samples taken at another size differs by a dozen bits.
    way = cv2.INTER_AREA if min(light.shape) >= _SIDE else cv2.INTER_LINEAR
    square = np.asarray(cv2.resize(light, (_SIDE, _SIDE), interpolation=way), dtype=np.uint8)
    whole = pdq_of(square)
    if whole.quality < LEAST_QUALITY:
        return ""
    return "".join([whole.hash, *(pdq_hash(crop) for crop in _crops(square.astype(np.float32)))])


def unlike_prints(lights: Sequence[Bytes]) -> tuple[str, ...]:
    """Prints of the middle, the first and the last of `lights`, each only if it is not near those before it."""
    kept: list[str] = []
    for place in dict.fromkeys((len(lights) // 2, 0, len(lights) - 1)):
        made = print_of(lights[place])
        if made and not any(is_near(made, one) for one in kept):
            kept.append(made)
    return tuple(kept)


def is_near(one: str, other: str) -> bool:
    """Whether the wholes of two prints are the same picture, upright."""
    first, second = words_of([one, other])[:, :1]
    is_coarse = np.bitwise_count(first[0, 0] ^ second[0, 0]) <= NEAR_COARSE
    return bool(is_coarse and score(first[0], second)[0] <= NEAR)


def _crops(square: Floats) -> Iterator[Floats]:
    spare = _SIDE - _KEPT
    for x, y in _SPOTS:
        left, top = round(spare * x / 4), round(spare * y / 4)
        yield square[top : top + _KEPT, left : left + _KEPT]


def words_of(prints: Sequence[str]) -> Words:
    """(prints, HASHES, 4): each hash as four words, its coarse bits in the first.

    Raises ValueError for what is no print.
    """
    if any(len(one) != PRINT_LENGTH for one in prints):
        raise ValueError(f"a print has {PRINT_LENGTH} hex digits")
    raw = np.frombuffer(bytes.fromhex("".join(prints)), dtype=np.uint8)
    return _reordered(raw.reshape(-1, 32)).reshape(len(prints), HASHES, 4)


def mirrored(words: Words) -> Words:
    """The hashes of the mirror images, to within a few bits."""
    return words ^ _MIRROR


def mirrored_phash(phash: int) -> int:
    """The pHash of the mirror image, to within a few bits."""
    return phash ^ 0x5555555555555555


def score(one: Words, others: Words) -> Scores:
    """How far each of (n, 4) hashes is from one hash (4,): 0..384."""
    differing = np.bitwise_count(others ^ one)
    fine = differing[:, 1:].sum(axis=1, dtype=np.uint16)
    return fine + differing[:, 0].astype(np.uint16) * np.uint16(_COARSE_WEIGHT)


def _reordered(hashes: Bytes) -> Words:
    """(n, 32) bytes as they are printed to (n, 4) words with the coarse bits first."""
    bits = np.unpackbits(hashes, axis=1)[:, _ORDER]
    return np.ascontiguousarray(np.packbits(bits, axis=1)).view(np.uint64)


def _order() -> NDArray[np.intp]:
    """Where in a printed hash each bit is found: terms with both frequencies at most 8, then the rest."""
    rows, columns = np.divmod(np.arange(256), 16)
    is_fine = (rows >= 8) | (columns >= 8)
    return 255 - np.argsort(is_fine, kind="stable")


_ORDER = _order()
_MIRROR = _reordered(np.full((1, 32), 0x55, np.uint8))[0]
