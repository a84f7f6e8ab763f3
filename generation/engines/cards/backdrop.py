"""Grounds that never stand still: a lit, grained colour with large shapes drifting over it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np

from generation.drawing.colours import mix
from generation.drawing.lettering import TextStyle, draw_text
from generation.engines.cards import shapes
from generation.engines.cards.palette import Palette
from generation.engines.cards.scene import Order
from generation.engines.cards.stage import Sprite, place, place_on_grid, sprite_of
from generation.engines.feeds import Frame


@dataclass(frozen=True)
class Drifter:
    """A shape on a slow path: an ellipse round (x, y), turning `turn` degrees a frame."""

    sprite: Sprite
    x: float
    y: float
    reach: float
    phase: float
    turn: float = 0.0


@dataclass(frozen=True)
class Backdrop:
    """`draw(frame number)` gives a fresh picture of the ground.

    It is animated on twos, a drawing for every two frames: its slow shapes move by less
    than a pixel in one frame, and it is the dearest part of a card.
    """

    ground: Frame
    drifters: tuple[Drifter, ...]
    ghost: Sprite | None = None
    ghost_speed: float = 3.0
    speed: float = 0.028
    _last: dict[int, Frame] = field(default_factory=dict, compare=False)

    def draw(self, at: int) -> Frame:
        drawn = self._last.get(at // 2)
        if drawn is None:
            drawn = self._drawn(at // 2 * 2)
            self._last.clear()
            self._last[at // 2] = drawn
        return drawn.copy()

    def _drawn(self, at: int) -> Frame:
        frame = self.ground.copy()
        if self.ghost is not None:
            _run_ghost(frame, self.ghost, at * self.ghost_speed)
        for drifter in self.drifters:
            angle = drifter.phase + at * self.speed
            x, y = drifter.x + drifter.reach * math.cos(angle), drifter.y + drifter.reach * math.sin(angle)
            if drifter.turn:
                place(frame, drifter.sprite, x, y, degrees=at * drifter.turn)
            else:
                place_on_grid(frame, drifter.sprite, x, y)
        return frame


def _run_ghost(frame: Frame, ghost: Sprite, way: float) -> None:
    """A very large quiet line of text: one row to the left at the top, one to the right at the foot."""
    height, width = frame.shape[:2]
    travel = ghost.width + width
    shift = round(way + travel * 0.35) % travel
    place_on_grid(frame, ghost, width + ghost.width / 2 - shift, height * 0.14)
    place_on_grid(frame, ghost, shift - ghost.width / 2, height * 0.91)


def ghost_text(text: str, order: Order, palette: Palette) -> Sprite:
    """`text`, very large and almost the colour of the ground, to run behind."""
    tint = mix(palette.ground, palette.ink, 0.07)
    drawn = draw_text(text, TextStyle(round(order.unit * 34), leading=1.0), tint)
    left, top, right, bottom = drawn.ink
    return sprite_of(drawn.image[top:bottom, left:right])


def backdrop(order: Order, palette: Palette, seed: int, ghost: str = "") -> Backdrop:
    """A composition of a big disc, a ring, a halftone field and a hatched bar, placed by `seed`."""
    width, height = order.canvas.width, order.canvas.height
    # A wide canvas has less room above and below its text.
    unit = order.unit * (1.0 if height > width else 0.68)
    ground = shapes.grained(width, height, palette.ground, seed)
    dice = np.random.default_rng(seed)
    left = bool(seed % 2)
    near, far = (0.06, 0.94) if left else (0.94, 0.06)
    high, low = dice.uniform(0.10, 0.2), dice.uniform(0.80, 0.9)
    drifters = (
        Drifter(shapes.disc(unit * 78, palette.shape), width * far, height * high, unit * 7, dice.uniform(0, 6)),
        Drifter(shapes.disc(unit * 46, palette.shape_two), width * near, height * low, unit * 6, dice.uniform(0, 6)),
        Drifter(
            shapes.dots(unit * 34, unit * 34, unit * 3.1, palette.pop, 205),
            width * (near * 0.8 + 0.1),
            height * (high + 0.08),
            unit * 3,
            dice.uniform(0, 6),
            0.10,
        ),
        Drifter(
            shapes.ring(unit * 34, unit * 2.6, palette.pop, 235), width * far, height * (low + 0.05), unit * 4, 1.0
        ),
        Drifter(
            shapes.stripes(unit * 26, unit * 9, unit * 2.4, palette.ink, 46),
            width * (1 - near),
            height * (low + 0.05),
            unit * 4,
            dice.uniform(0, 6),
        ),
    )
    behind = ghost_text(ghost, order, palette) if ghost else None
    return Backdrop(ground, drifters, behind, order.unit * 0.32)
