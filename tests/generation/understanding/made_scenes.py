"""Scenes drawn on the spot, moving as cameras move, joined at known frames."""

from __future__ import annotations

from collections.abc import Iterable

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.understanding.frame_series import FrameSeries, SeriesBuilder

Frame = NDArray[np.uint8]

WIDTH, HEIGHT = 160, 92
_FIELD = (HEIGHT * 3, WIDTH * 3)


def palette(seed: int) -> NDArray[np.float64]:
    """Five colours; scenes that share them differ only in what stands where."""
    return np.random.default_rng(seed).uniform(20, 235, (5, 3))


def draw_field(generator: np.random.Generator, colours: NDArray[np.float64]) -> NDArray[np.float32]:
    """A field nine times the size of a frame: mottled ground, discs and boxes."""
    height, width = _FIELD
    field = np.zeros((height, width, 3), np.float32) + colours[0]
    for cell in (4, 12, 32):
        mottle = generator.standard_normal((height // cell + 2, width // cell + 2)).astype(np.float32)
        blobs = cv2.resize(mottle, (width, height), interpolation=cv2.INTER_CUBIC)[..., None]
        field += blobs * generator.uniform(4, 14)
    for _ in range(int(generator.integers(6, 26))):
        colour = colours[generator.integers(1, 5)].tolist()
        x, y, size = (int(generator.integers(0, high)) for high in (width, height, 45))
        if generator.random() < 0.5:
            cv2.circle(field, (x, y), size + 4, colour, -1, cv2.LINE_AA)
        else:
            cv2.rectangle(field, (x, y), (x + size + 4, y + size // 2 + 4), colour, -1)
    return np.asarray(field, dtype=np.float32)


def shoot(seed: int, frames: int, move: str = "still", colours: NDArray[np.float64] | None = None) -> list[Frame]:
    """One shot: the camera stands `still`, `pan`s, pans `fast`, `zoom`s or `shake`s; something small crosses it."""
    generator = np.random.default_rng(seed)
    field = draw_field(generator, palette(seed) if colours is None else colours)
    speed = {"pan": 1.5, "fast": 4.0}.get(move, 0.0) * generator.choice([-1.0, 1.0])
    growth = generator.uniform(-0.006, 0.008) if move == "zoom" else 0.0
    jolt = 1.5 if move == "shake" else 0.1
    x, y, walker, zoom = WIDTH * 1.0, HEIGHT * 1.0, generator.uniform(0, WIDTH), 1.0
    grain = [generator.normal(0, 2.5, (HEIGHT, WIDTH, 3)).astype(np.float32) for _ in range(5)]
    made = []
    for index in range(frames):
        x, zoom, walker = x + speed, zoom + growth, (walker + 1.7) % WIDTH
        at_x, at_y = x + generator.normal(0, jolt), y + generator.normal(0, jolt)
        turn = np.asarray([[zoom, 0, WIDTH / 2 - at_x * zoom], [0, zoom, HEIGHT / 2 - at_y * zoom]], dtype=np.float32)
        frame = cv2.warpAffine(field, turn, (WIDTH, HEIGHT), borderMode=cv2.BORDER_REFLECT)
        cv2.circle(frame, (int(walker), HEIGHT // 2), 9, (40, 90, 200), -1)
        noisy = frame + grain[index % 5]
        made.append(np.clip(noisy, 0, 255).astype(np.uint8))
    return made


def series_of(frames: Iterable[Frame]) -> FrameSeries:
    """Frames (BGR) as measuring sees them."""
    builder = SeriesBuilder(WIDTH, HEIGHT)
    for frame in frames:
        builder.add(cv2.cvtColor(frame, cv2.COLOR_BGR2YUV_I420).tobytes())
    return builder.finish()


MOVES = ("still", "pan", "fast", "zoom", "shake")


def join_shots(seed: int, joins: int) -> tuple[list[Frame], list[int]]:
    """`joins` + 1 shots of 18 to 50 frames end to end, and the first frame after each join.

    Every third film has one palette for all its scenes, every fourth runs at 10 fps, every
    fifth has flashes.
    """
    generator = np.random.default_rng(seed)
    colours = palette(seed) if seed % 3 == 0 else None
    frames: list[Frame] = []
    truth: list[int] = []
    for index in range(joins + 1):
        count = int(generator.integers(18, 50))
        shot = shoot(seed * 100 + index, count, str(generator.choice(MOVES)), colours)
        if seed % 4 == 1:
            shot = [shot[place // 3 * 3] for place in range(count)]
        if seed % 5 == 2 and count > 30:
            for place in range(count // 2, count // 2 + int(generator.integers(1, 4))):
                shot[place] = np.clip(shot[place] * 0.3 + 180, 0, 255).astype(np.uint8)
        truth += [len(frames)] if frames else []
        frames += shot
    return frames, truth
