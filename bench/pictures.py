"""Pictures of invented scenes by number, at any size: the material of the near-duplicate row."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
_Draw = Callable[[NDArray[np.float32], np.random.Generator], None]

_FINE = 3
"""Sub-pixel bits of the drawing calls, so that a small picture shows what a big one shows."""


def picture(number: int, width: int, height: int) -> Picture:
    """Scene `number` as (h, w, 3) BGR: a mottled, sloped ground, three to twenty things and a light on them.

    Six in ten are staged as product footage is, with a table below and something upright in
    the middle: their likeness must not pass for sameness.
    Everything is placed in shares of the sides, so the same number shows the same scene at any size.
    """
    generator = np.random.default_rng([7, number])
    colours = generator.uniform(15, 240, (6, 3))
    canvas = _ground(generator, colours, width, height)
    if generator.random() < 0.6:
        _stage(canvas, generator)
    for _ in range(int(generator.integers(3, 21))):
        draw = _THINGS[int(generator.integers(len(_THINGS)))]
        draw(canvas, generator)
    return np.clip(canvas * _light(generator, width, height), 0, 255).astype(np.uint8)


def _ground(generator: np.random.Generator, colours: NDArray[np.float64], width: int, height: int) -> NDArray:
    import cv2

    corners = generator.uniform(0.3, 1.0, (2, 2, 1)) * colours[0] + generator.uniform(0, 0.5, (2, 2, 1)) * colours[1]
    canvas = cv2.resize(corners.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
    for cells in (3, 7, 17, 40):
        mottle = generator.standard_normal((cells, cells)).astype(np.float32)
        amount = generator.uniform(0, 90) / np.sqrt(cells)
        canvas += amount * cv2.resize(mottle, (width, height), interpolation=cv2.INTER_CUBIC)[..., None]
    return canvas


def _stage(canvas: NDArray, generator: np.random.Generator) -> None:
    """A table up to the lower half, and a bottle, a box or a face-sized disc about the middle."""
    import cv2

    edge = generator.uniform(0.5, 0.85)
    _upright(canvas, (-0.1, edge, 1.1, 1.1), _colour(generator))
    x, top, half = generator.uniform(0.42, 0.58), generator.uniform(0.12, 0.35), generator.uniform(0.07, 0.16)
    colour = _colour(generator)
    if generator.random() < 0.3:
        middle, reach = _at(canvas, x, top + 0.2), _at(canvas, half * 1.2, 0.24)
        cv2.ellipse(canvas, middle, reach, 0, 0, 360, colour, -1, cv2.LINE_AA, _FINE)
        return
    _upright(canvas, (x - half, top + 0.15, x + half, edge + 0.08), colour)
    if generator.random() < 0.6:
        _upright(canvas, (x - half / 3, top, x + half / 3, top + 0.2), colour)
        _upright(canvas, (x - half, top + 0.28, x + half, top + 0.42), _colour(generator))


def _upright(canvas: NDArray, box: tuple[float, float, float, float], colour: tuple[float, ...]) -> None:
    import cv2

    corners = [_at(canvas, box[x], box[y]) for x, y in ((0, 1), (2, 1), (2, 3), (0, 3))]
    cv2.fillPoly(canvas, [np.asarray(corners, np.int32)], colour, cv2.LINE_AA, _FINE)


def _light(generator: np.random.Generator, width: int, height: int) -> NDArray[np.float32]:
    x, y = generator.uniform(0, 1, 2)
    strength = generator.uniform(0, 0.9)
    across = (np.linspace(0, 1, width, dtype=np.float32) - x)[None, :] ** 2
    down = (np.linspace(0, 1, height, dtype=np.float32) - y)[:, None] ** 2
    return (1.15 - strength * (across + down))[..., None]


def _at(canvas: NDArray, x: float, y: float) -> tuple[int, int]:
    """Shares of the sides as a fixed-point place."""
    height, width = canvas.shape[:2]
    return round(x * width * 2**_FINE), round(y * height * 2**_FINE)


def _colour(generator: np.random.Generator) -> tuple[float, ...]:
    return tuple(generator.uniform(10, 245, 3).tolist())


def _disc(canvas: NDArray, generator: np.random.Generator) -> None:
    import cv2

    x, y, across, down = (*generator.uniform(0, 1, 2), *generator.uniform(0.02, 0.25, 2))
    turn = generator.uniform(0, 180)
    cv2.ellipse(
        canvas, _at(canvas, x, y), _at(canvas, across, down), turn, 0, 360, _colour(generator), -1, cv2.LINE_AA, _FINE
    )


def _shape(canvas: NDArray, generator: np.random.Generator) -> None:
    """Three to seven corners round a middle."""
    import cv2

    count = int(generator.integers(3, 8))
    turn = np.sort(generator.uniform(0, 2 * np.pi, count))
    reach = generator.uniform(0.05, 0.3, count)
    x, y = generator.uniform(0, 1, 2)
    corners = [_at(canvas, x + r * np.cos(t), y + r * np.sin(t)) for r, t in zip(reach, turn, strict=True)]
    cv2.fillPoly(canvas, [np.asarray(corners, np.int32)], _colour(generator), cv2.LINE_AA, _FINE)


def _bar(canvas: NDArray, generator: np.random.Generator) -> None:
    import cv2

    ends = generator.uniform(-0.1, 1.1, 4)
    thick = max(1, round(generator.uniform(0.005, 0.06) * max(canvas.shape)))
    start, end = _at(canvas, ends[0], ends[1]), _at(canvas, ends[2], ends[3])
    cv2.line(canvas, start, end, _colour(generator), thick, cv2.LINE_AA, _FINE)


def _box(canvas: NDArray, generator: np.random.Generator) -> None:
    x, y, across, down = (*generator.uniform(-0.1, 1, 2), *generator.uniform(0.04, 0.5, 2))
    _upright(canvas, (x, y, x + across, y + down), _colour(generator))


_THINGS: tuple[_Draw, ...] = (_disc, _shape, _bar, _box)
