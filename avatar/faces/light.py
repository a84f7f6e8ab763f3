"""One light for the whole picture: a warm key from the upper left, a cool fill, a rim from the upper right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import Field, blur
from avatar.faces.contracts import Colour, SkinTones

Picture = npt.NDArray[Any]
"""Height × width × 3 of float32, RGB from 0 to 255."""
KEY = np.array([-0.50, -0.56, 0.66], np.float32)
FILL = np.array([0.62, 0.05, 0.55], np.float32)
RIM = np.array([0.86, -0.42, -0.12], np.float32)


@dataclass(frozen=True)
class Lit:
    """What the light makes of a relief: each 0–1 per sample."""

    key: Field
    fill: Field
    rim: Field
    hollow: Field
    shine: Field


def light_up(heights: Field, step: float, tightness: float = 24.0, hollows: Sequence[float] = (3, 9, 22)) -> Lit:
    """Light on a relief with samples `step` units apart; `hollows` are the widths in units at which it darkens."""
    import cv2

    scale = 1.0 / (8.0 * step)
    nx = -cv2.Sobel(heights, cv2.CV_32F, 1, 0, ksize=3, scale=scale)
    ny = -cv2.Sobel(heights, cv2.CV_32F, 0, 1, ksize=3, scale=scale)
    inverse = 1.0 / np.sqrt(nx * nx + ny * ny + 1.0)
    nx, ny, nz = nx * inverse, ny * inverse, inverse
    key = _facing(nx, ny, nz, KEY, 0.30)
    half = KEY / np.linalg.norm(KEY) + np.array([0, 0, 1], np.float32)
    shine = np.clip(_dot(nx, ny, nz, half / np.linalg.norm(half)), 0, 1) ** tightness
    rim = np.clip(_dot(nx, ny, nz, RIM / np.linalg.norm(RIM)), 0, 1) ** 2.0
    return Lit(key, _facing(nx, ny, nz, FILL, 0.2), rim, hollow(heights, step, hollows), shine.astype(np.float32))


def hollow(heights: Field, step: float, widths: Sequence[float]) -> Field:
    """How open each spot lies to the light, 1 open: a spot below its surroundings is darker."""
    sunk = np.zeros_like(heights)
    for width in widths:
        sunk += np.maximum(blur(heights, width / step) - heights, 0.0) / width
    return np.exp(-1.35 * sunk).astype(np.float32)


def _dot(nx: Field, ny: Field, nz: Field, towards: npt.NDArray) -> Field:
    return nx * float(towards[0]) + ny * float(towards[1]) + nz * float(towards[2])


def _facing(nx: Field, ny: Field, nz: Field, towards: npt.NDArray, wrap: float) -> Field:
    facing = (_dot(nx, ny, nz, towards / np.linalg.norm(towards)) + wrap) / (1.0 + wrap)
    return np.clip(facing, 0.0, 1.0).astype(np.float32)


def ramp(tones: Sequence[Colour], value: Field) -> Picture:
    """`value` 0–1 to a colour between evenly spaced tones, dark first, without corners."""
    return _table(tuple(tones))[_index(value)]


def _index(value: Field) -> npt.NDArray[np.int32]:
    return np.clip(value * 1023.0, 0, 1023).astype(np.int32)


@lru_cache(maxsize=64)
def _table(tones: tuple[Colour, ...]) -> Picture:
    stops = np.linspace(0.0, 1.0, len(tones))
    fine = np.linspace(0.0, 1.0, 1024)
    soft = np.ones(141) / 141
    table = np.empty((1024, 3), np.float32)
    for channel in range(3):
        plain = np.interp(fine, stops, [tone[channel] for tone in tones])
        table[:, channel] = np.convolve(np.pad(plain, 70, mode="edge"), soft, mode="valid")
    return table


def skin_colour(lit: Lit, tones: SkinTones, step: float, gloss: float = 1.0) -> Picture:
    """Skin: light that wandered under it is red and soft, so each channel sees the form blurred otherwise."""
    value = (0.80 * lit.key + 0.16 * lit.fill + 0.06) * (0.30 + 0.70 * lit.hollow)
    tones_table = _table((tones.shade, tones.mix, tones.base, tones.lit))
    picture = np.empty((*value.shape, 3), np.float32)
    for channel, (spread, lift) in enumerate(((2.6, 0.035), (1.1, 0.0), (0.5, 0.0))):
        soft = blur(value, spread / step) * 0.75 + value * 0.25 + lift * (1 - value)
        picture[..., channel] = tones_table[:, channel][_index(soft)]
    add_light(picture, lit.shine * 0.20 * gloss * lit.hollow, tones.light)
    add_light(picture, lit.rim * 0.22, (214, 228, 240))
    return picture


def cloth_colour(lit: Lit, colour: Colour, gloss: float = 0.12, contrast: float = 1.0) -> Picture:
    """Cloth of one dye: shadows are deeper and a little cooler, lights warmer."""
    value = np.clip((0.84 * lit.key + 0.16 * lit.fill) * (0.36 + 0.64 * lit.hollow), 0, 1)
    value = np.clip(0.5 + (value - 0.5) * contrast, 0, 1)
    picture = ramp(dye(colour), value)
    add_light(picture, lit.shine * gloss, (255, 248, 236))
    add_light(picture, lit.rim * 0.30, (206, 222, 238))
    return picture


def dye(colour: Colour) -> tuple[Colour, ...]:
    """Tones of a dye from its deepest fold to its light."""
    if min(colour) > 200:
        return (
            scaled(mixed(colour, (110, 122, 146), 0.50), 0.86),
            mixed(colour, (150, 162, 186), 0.36),
            colour,
            (255, 254, 250),
        )
    return (
        mixed(scaled(colour, 0.20), (16, 20, 34), 0.35),
        mixed(scaled(colour, 0.52), (24, 26, 44), 0.12),
        scaled(colour, 0.88),
        mixed(colour, (255, 244, 226), 0.26),
    )


def scaled(colour: Colour, factor: float) -> Colour:
    """The colour, darker or lighter by a factor."""
    red, green, blue = (max(0, min(255, round(part * factor))) for part in colour)
    return red, green, blue


def mixed(a: Colour, b: Colour, share: float) -> Colour:
    """`share` of `b` in `a`."""
    red, green, blue = (round(p + (q - p) * share) for p, q in zip(a, b, strict=True))
    return red, green, blue


def add_light(picture: Picture, amount: Field, colour: Colour) -> None:
    """Screen `colour` over the picture in place, as light does: it never burns out."""
    where = active(amount)
    part, share = picture[where], amount[where][..., None]
    part += (255.0 - part) * share * (np.array(colour, np.float32) / 255.0)


def multiply(picture: Picture, amount: Field, colour: Colour) -> None:
    """Multiply by `colour` in place where `amount` is 1; shades take the tone of what they fall on."""
    where = active(amount)
    part = picture[where]
    part *= 1.0 - amount[where][..., None] * (1.0 - np.array(colour, np.float32) / 255.0)


def lay(picture: Picture, amount: Field, colour: Colour | Picture) -> None:
    """Paint over in place: `colour` is one colour or a picture of the same size."""
    where = active(amount)
    top = np.asarray(colour, np.float32)
    part = picture[where]
    part += ((top[where] if top.ndim == 3 else top) - part) * amount[where][..., None]


def active(amount: Field) -> tuple[slice, slice]:
    """The rows and columns in which `amount` is more than the eye sees; most marks are small."""
    rows = np.nonzero(amount.max(axis=1) > 0.002)[0]
    if not len(rows):
        return slice(0, 0), slice(0, 0)
    tall = slice(int(rows[0]), int(rows[-1]) + 1)
    columns = np.nonzero(amount[tall].max(axis=0) > 0.002)[0]
    return tall, slice(int(columns[0]), int(columns[-1]) + 1)
