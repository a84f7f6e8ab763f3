"""What a sample reference is drawn with: product, person, colours; its room and its table top."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from demo.draw import glass
from demo.draw.paint import (
    Canvas,
    Sprite,
    sprite,
)
from demo.draw.people import Look
from demo.draw.places import table
from demo.draw.shots_day import room

Scene = Callable[[Canvas, float, "Set"], None]


Draw = Callable[[Canvas, float], None]


@dataclass(frozen=True)
class Set:
    """What one reference is drawn with; `tall` is the height of a product too high for a card otherwise."""

    product: Draw
    look: Look
    base: str = "#2a1810"
    light: str = "#c98a44"
    wall: tuple[str, str] = ("#e3c49c", "#8d6a4c")
    sky: tuple[str, str] = ("#fff3d6", "#ffce8a")
    wood: str = "#9a6b42"
    accent: str = "#2f8f80"
    drink: glass.Drink = field(default_factory=glass.Drink)
    size: float = 1.0
    tall: float = 0.0


def back_of(s: Set) -> Sprite:
    return room(f"ref{s.wall}{s.sky}", s.sky, s.wall, "#fff0cc")


def top_of(s: Set, y: float) -> Sprite:
    return sprite(
        ("ref-top", s.wood, y),
        (-80, y - 4, 1240, 2000 - y),
        0.6,
        lambda c: table(c, y, (1080, 1920), s.wood, "#ffe3b0", 0.5),
    )
