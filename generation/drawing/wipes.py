"""The shape of a wipe: a swoosh in the brand's colours with a die-cut rim, as a sticker has."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from generation.contracts import Brand
from generation.drawing import colours
from generation.drawing.colours import WHITE, Rgb
from generation.drawing.lettering import Rgba

STEPS = 8
"""Sub-pixels across, so that the slanted edges come out smooth."""
COVER_SHARE = 1.62
"""Width of the body as a share of the canvas: it hides everything for the two frames where segments meet."""

Profile = npt.NDArray[np.float32]


@lru_cache(maxsize=4)
def wipe_picture(width: int, height: int, brand: Brand) -> Rgba:
    """The shape, as high as the canvas and wider; every row is the same profile at another place."""
    profile = _profile(width, brand)
    lean = _lean(width, height)
    room = round(lean.max()) + 2
    across = profile.shape[0] // STEPS + room
    columns = np.arange(across, dtype=np.float32)[None, :] - lean[:, None]
    places = np.clip(np.round(columns * STEPS).astype(np.int32), 0, profile.shape[0] - 1)
    picture = profile[places]
    picture.setflags(write=False)
    return picture


def _lean(width: int, height: int) -> Profile:
    """How far each row is ahead: slanted, and bellied like a sail."""
    down = np.linspace(0, 1, height, dtype=np.float32)
    slant = (1 - down) * 0.20
    belly = (1 - (2 * down - 1) ** 2) * 0.11
    return np.asarray((slant + belly) * width, np.float32)


def _profile(width: int, brand: Brand) -> Rgba:
    """Colour and alpha across the shape, from its tail to its tip, in sub-pixels."""
    unit = width / 100
    primary, accent = colours.parse(brand.primary), colours.parse(brand.accent)
    light = colours.mix(primary, WHITE, 0.14)
    bands: list[tuple[float, Rgb]] = [
        (1.1, WHITE),
        (5.0, accent),
        (1.1, WHITE),
        (100 * COVER_SHARE * 0.30, primary),
        (7.0, light),
        (100 * COVER_SHARE * 0.22, primary),
        (2.4, light),
        (100 * COVER_SHARE * 0.40, primary),
        (1.1, WHITE),
        (7.5, accent),
        (1.1, WHITE),
    ]
    parts = [_shade(unit * 7, rising=True)]
    parts += [_band(share * unit, colour) for share, colour in bands]
    parts.append(_shade(unit * 7, rising=False))
    whole = _softened(np.concatenate(parts))
    return np.clip(whole + 0.5, 0, 255).astype(np.uint8)


def _band(pixels: float, colour: Rgb) -> Profile:
    return np.tile(np.array([*colour, 255], np.float32), (round(pixels * STEPS), 1))


def _shade(pixels: float, rising: bool) -> Profile:
    """The shadow the shape throws ahead and behind."""
    share = np.linspace(0, 1, round(pixels * STEPS), dtype=np.float32) ** 2
    alpha = 96 * (share if rising else share[::-1])
    return np.stack([np.zeros_like(alpha)] * 3 + [alpha], axis=1).astype(np.float32)


def _softened(profile: Profile) -> Profile:
    """One pixel of softness where colours meet."""
    kernel = np.ones(STEPS, np.float32) / STEPS
    premultiplied = profile.copy()
    premultiplied[:, :3] *= profile[:, 3:] / 255
    soft = np.stack([np.convolve(premultiplied[:, channel], kernel, mode="same") for channel in range(4)], axis=1)
    soft[0] = soft[-1] = 0
    soft[:, :3] *= 255 / np.maximum(soft[:, 3:], 1e-3)
    return soft.astype(np.float32)
