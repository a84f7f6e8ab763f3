"""Milk in coffee: a small incompressible flow on a ring-shaped grid, solved once and kept as pictures of the dye."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

Field = npt.NDArray[np.float32]
WIDTH, HEIGHT = 192, 288
STEPS, LEAD = 4, 70  # solver steps a frame, and before the first frame


def _sample(field: Field, x: Field, y: Field) -> Field:
    """Bilinear look-up; wraps sideways and up and down."""
    x0, y0 = np.floor(x).astype(np.int32), np.floor(y).astype(np.int32)
    fx, fy = x - x0, y - y0
    x0, x1, y0, y1 = x0 % WIDTH, (x0 + 1) % WIDTH, y0 % HEIGHT, (y0 + 1) % HEIGHT
    upper = field[y0, x0] * (1 - fx) + field[y0, x1] * fx
    lower = field[y1, x0] * (1 - fx) + field[y1, x1] * fx
    return np.asarray(upper * (1 - fy) + lower * fy, np.float32)


def _project(u: Field, v: Field) -> tuple[Field, Field]:
    """Take out the part of a flow that would squeeze it, in Fourier space."""
    kx, ky = np.fft.rfftfreq(WIDTH)[None, :], np.fft.fftfreq(HEIGHT)[:, None]
    square = kx**2 + ky**2
    square[0, 0] = 1
    fu, fv = np.fft.rfft2(u), np.fft.rfft2(v)
    along = (fu * kx + fv * ky) / square
    keep = np.exp(-square * 1.2)
    return (
        np.fft.irfft2((fu - along * kx) * keep, (HEIGHT, WIDTH)).astype(np.float32),
        np.fft.irfft2((fv - along * ky) * keep, (HEIGHT, WIDTH)).astype(np.float32),
    )


@lru_cache(maxsize=2)
def milk_frames(count: int, inlet: float = 0.46, seed: int = 4) -> list[Field]:
    """Dye 0..1 of each frame at 30 fps: a jet falls from the top, spreads, curls up at the walls."""
    random = np.random.default_rng(seed)
    grid_y, grid_x = np.mgrid[0:HEIGHT, 0:WIDTH].astype(np.float32)
    u, v = np.zeros((2, HEIGHT, WIDTH), np.float32)
    dye = np.zeros((HEIGHT, WIDTH), np.float32)
    frames = []
    wall = np.clip(np.minimum(grid_x, WIDTH - 1 - grid_x) / 7, 0, 1) * np.clip(
        np.minimum(grid_y + 2, HEIGHT - 1 - grid_y) / 7, 0, 1
    )
    for step in range(LEAD + count * STEPS):
        centre = WIDTH * inlet + 7 * np.sin(step * 0.075) + random.normal(0, 0.8)
        jet = np.exp(-((grid_x - centre) ** 2) / 44 - (grid_y - 4) ** 2 / 20).astype(np.float32)
        dye = np.clip(dye + jet * 0.9, 0, 1.15)
        v += jet * 1.9 + dye * 0.075
        u += (random.normal(0, 0.09) + 0.05 * np.sin(step * 0.05)) * dye
        u, v = _project(u * wall, v * wall)
        back_x, back_y = grid_x - u, grid_y - v
        dye = _sample(dye, back_x, back_y) * 0.9992
        dye[-2:] *= 0.9
        u, v = _sample(u, back_x, back_y) * 0.997, _sample(v, back_x, back_y) * 0.997
        if step >= LEAD and (step - LEAD) % STEPS == 0:
            frames.append(dye.copy())
    return frames
