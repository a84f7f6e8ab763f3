"""A tumbler, ice and what is poured into it. Origin of the glass bottom centre, 380 wide at the rim, 520 high."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import skia

from demo.draw.paint import (
    HONEY,
    SCREEN,
    Canvas,
    Point,
    Sprite,
    at,
    clipped,
    curve,
    dots,
    fill,
    line,
    linear,
    mixed,
    oval,
    poly,
    radial,
    rect,
    sprite,
    wave,
)

TOP, RIM, FOOT, FLAT = -520.0, 190.0, 150.0, 0.15


@dataclass(frozen=True)
class Drink:
    """Colours of a drink: deep inside, where light comes through, on top."""

    deep: str = "#190b06"
    lit: str = "#a5561a"
    top: str = "#6a3413"


COFFEE = Drink()


def half(y: float) -> float:
    """Half the inner width at a height (y negative upwards)."""
    return FOOT + (RIM - FOOT) * (y / TOP) - 9


def inside(level: float = TOP) -> Any:
    """The room inside the glass up to a level."""
    path, foot = skia.Path(), -34.0
    w, f = half(level), half(foot)
    path.moveTo(-w, level)
    path.lineTo(-f, foot - 14)
    path.cubicTo(-f, foot + 16, f, foot + 16, f, foot - 14)
    path.lineTo(w, level)
    path.cubicTo(w, level + w * FLAT * 1.33, -w, level + w * FLAT * 1.33, -w, level)
    path.close()
    path.addPath(oval(0, level, w, w * FLAT))
    path.setFillType(skia.PathFillType.kWinding)
    return path


def ice(seed: int) -> Sprite:
    """A cube of clear ice, 150 wide, seen a little from above."""

    def draw(c: Canvas) -> None:
        j = dots(8, seed, (-7, 7), (-7, 7))
        top = [(-70 + j[0][0], -36), (4, -72 + j[1][1]), (74 + j[2][0], -38), (0, -2 + j[3][1])]
        foot = [(-64 + j[4][0], 42), (0 + j[5][0], 80), (66 + j[6][0], 40)]
        left, right = [top[0], top[3], foot[1], foot[0]], [top[3], top[2], foot[2], foot[1]]
        whole = curve(top[0], top[1], top[2], foot[2], foot[1], foot[0], tension=0.28)
        c.drawPath(
            whole, fill(linear(-70, -70, 60, 80, (0, "#ffffff", 0.34), (0.5, "#dcefee", 0.10), (1, "#fff1dc", 0.28)))
        )
        with clipped(c, whole):
            c.drawPath(poly(*top), fill(linear(-60, -70, 40, 0, (0, "#ffffff", 0.58), (1, "#ffffff", 0.12))))
            c.drawPath(poly(*left), fill(linear(-70, 0, 10, 40, (0, "#ffffff", 0.35), (1, "#bfe0df", 0.05))))
            c.drawPath(poly(*right), fill(linear(0, 0, 74, 20, (0, "#1d1008", 0.10), (1, "#ffe3b8", 0.40))))
            for x, y, rx, ry in dots(5, seed + 50, (-46, 46), (-30, 50), (3, 15), (2, 7)):
                c.drawPath(oval(x, y, rx, ry), fill("#ffffff", 0.16, blur=2))
            c.drawPath(curve((-40, 20), (-14, -4), (6, 26), (38, 4), closed=False), line("#ffffff", 3, 0.25, blur=1.5))
        for one, two, strength in ((top[0], top[3], 0.75), (top[3], top[2], 0.6), (top[3], foot[1], 0.65)):
            c.drawLine(*one, *two, line("#ffffff", 3.5, strength, blur=1))
        c.drawPath(whole, line("#ffffff", 2.5, 0.6))
        c.drawPath(oval(top[1][0] - 16, top[1][1] + 20, 16, 5), fill("#ffffff", 0.9, blur=2))

    return sprite(("ice", seed), (-95, -95, 190, 195), 2.2, draw)


def back_of_glass(c: Canvas) -> None:
    """What lies behind the drink: far wall and rim."""
    shape = poly((-RIM, TOP), (RIM, TOP), (FOOT, -10), (-FOOT, -10))
    c.drawPath(
        shape,
        fill(
            linear(
                -RIM,
                0,
                RIM,
                0,
                (0, "#fff4e0", 0.20),
                (0.2, "#fff4e0", 0.04),
                (0.8, "#fff4e0", 0.03),
                (1, "#ffdca6", 0.22),
            )
        ),
    )
    c.drawPath(oval(0, TOP, RIM, RIM * FLAT), line("#fff4e0", 4, 0.45))


def fill_drink(c: Canvas, level: float, drink: Drink = COFFEE, strength: float = 0.94) -> None:
    """The body of the drink up to a level: amber where it is thin, dark inside."""
    path = inside(level)
    with clipped(c, path):
        c.drawRect(
            rect(-200, level - 40, 400, 600),
            fill(
                linear(
                    -180,
                    0,
                    180,
                    0,
                    (0, mixed(drink.deep, drink.lit, 0.75)),
                    (0.14, mixed(drink.deep, drink.lit, 0.45)),
                    (0.4, drink.deep),
                    (0.68, mixed(drink.deep, drink.lit, 0.2)),
                    (0.9, drink.lit),
                    (1, mixed(drink.lit, HONEY, 0.5)),
                ),
                alpha=strength,
            ),
        )
        c.drawRect(
            rect(-200, level - 40, 400, 600),
            fill(
                linear(
                    0,
                    level,
                    0,
                    -20,
                    (0, drink.lit, 0.4),
                    (0.25, drink.lit, 0.0),
                    (0.7, drink.lit, 0.05),
                    (1, HONEY, 0.55),
                )
            ),
        )


def surface(c: Canvas, level: float, t: float, stir: float = 0.0, drink: Drink = COFFEE) -> None:
    """The top of the drink with rings running out from where it is disturbed."""
    w = half(level)
    c.drawPath(
        oval(0, level, w, w * FLAT),
        fill(
            linear(
                -w,
                0,
                w,
                0,
                (0, mixed(drink.top, drink.deep, 0.5)),
                (0.35, drink.top),
                (0.75, mixed(drink.top, HONEY, 0.35)),
                (1, drink.top),
            )
        ),
    )
    with clipped(c, oval(0, level, w, w * FLAT)):
        for ring in range(5):
            grow = (t * 0.9 + ring / 5) % 1.0
            c.drawPath(
                oval(0, level, w * grow, w * grow * FLAT), line("#ffe2b0", 3 + 4 * (1 - grow), stir * 0.42 * (1 - grow))
            )
        c.drawPath(oval(-w * 0.45, level - 6, w * 0.35, 6), fill("#ffffff", 0.30, blur=4))
    c.drawPath(oval(0, level, w, w * FLAT), line("#ffcf8e", 2.5, 0.55))


def front_of_glass(c: Canvas) -> None:
    """Thick foot, reflections, near rim."""
    _thick_foot(c)
    c.drawPath(
        poly((-RIM + 22, TOP + 44), (-RIM + 48, TOP + 50), (-FOOT + 36, -78), (-FOOT + 20, -74)),
        fill("#ffffff", 0.26, blur=4),
    )
    c.drawPath(
        poly((-RIM + 56, TOP + 54), (-RIM + 64, TOP + 56), (-FOOT + 50, -120), (-FOOT + 44, -118)),
        fill("#ffffff", 0.22, blur=2),
    )
    c.drawPath(
        poly((RIM - 12, TOP + 30), (RIM - 20, TOP + 34), (FOOT - 14, -70), (FOOT - 8, -70)),
        fill("#ffe0ae", 0.65, blur=2),
    )
    for side in (-1, 1):
        c.drawLine(side * (RIM - 2), TOP, side * (FOOT - 1), -16, line("#fff0d6", 3.5, 0.6))
    rim = skia.Path()
    rim.addArc(rect(-RIM, TOP - RIM * FLAT, RIM * 2, RIM * FLAT * 2), 0, 180)
    c.drawPath(rim, line("#fff8ea", 6, 0.75))
    c.drawPath(oval(-RIM * 0.55, TOP + RIM * FLAT * 0.84, 34, 3), fill("#ffffff", 0.95, blur=2))


def _thick_foot(c: Canvas) -> None:
    """The heavy glass below the drink."""
    foot = skia.Path()
    foot.moveTo(-half(-44) - 9, -50)
    foot.lineTo(-FOOT + 4, -14)
    foot.cubicTo(-FOOT + 10, 14, FOOT - 10, 14, FOOT - 4, -14)
    foot.lineTo(half(-44) + 9, -50)
    foot.cubicTo(FOOT * 0.8, -12, -FOOT * 0.8, -12, -half(-44) - 9, -50)
    foot.close()
    c.drawPath(
        foot,
        fill(
            linear(
                -FOOT,
                0,
                FOOT,
                0,
                (0, "#fff4e0", 0.55),
                (0.2, "#6a4526", 0.5),
                (0.5, "#f0c88c", 0.45),
                (0.75, "#6a3d1a", 0.5),
                (1, "#ffe3b4", 0.65),
            )
        ),
    )
    c.drawPath(curve((-110, -6), (-30, 4), (60, 4), (118, -8), closed=False), line("#fff4e0", 4, 0.6, blur=2))


@dataclass(frozen=True)
class Cube:
    """Where a cube floats: across, below the top of the drink, size, turn, and when it bobs."""

    x: float
    depth: float
    size: float
    turn: float
    seed: int


HEAP = (
    Cube(-72, 330, 0.98, -14, 1),
    Cube(66, 318, 1.02, 18, 2),
    Cube(-4, 226, 1.04, 40, 3),
    Cube(-92, 172, 0.96, 12, 4),
    Cube(88, 150, 1.0, -24, 5),
    Cube(-14, 84, 1.06, 6, 6),
    Cube(-98, 32, 0.9, 32, 7),
    Cube(82, 24, 0.98, 12, 8),
)


def draw_heap(c: Canvas, t: float, level: float, alpha: float = 1.0, lift: float = 1.0) -> None:
    """The cubes: a heap on the floor of the glass that floats up once there is drink enough."""
    for cube in HEAP:
        rest = -70 - (330 - cube.depth)
        y = min(rest, level + cube.depth - 26) * lift + rest * (1 - lift)
        sway = wave(t * 2.1, cube.seed)
        ice(cube.seed).put(c, cube.x + sway * 3, y + sway * 4, cube.size, cube.turn + sway * 3, alpha)


def full_glass(
    c: Canvas, t: float, level: float, stir: float = 0.0, drink: Drink = COFFEE, cubes: bool = True, front: bool = True
) -> None:
    """Glass, ice and drink together."""
    back_of_glass(c)
    wet, room = level < -60, inside(TOP + 6)
    with clipped(c, room):
        if cubes:
            c.save()
            c.clipRect(rect(-220, -700, 440, 700 + (level if wet else 0)))
            draw_heap(c, t, level, 0.86)
            c.restore()
    if wet:
        fill_drink(c, level, drink, 0.93)
        with clipped(c, inside(level)):
            if cubes:
                draw_heap(c, t, level, 0.12)
        surface(c, level, t, stir, drink)
        if cubes:
            with clipped(c, room):
                c.save()
                c.clipRect(rect(-220, -700, 440, 700 + level + 9))
                draw_heap(c, t, level, 0.72)
                c.restore()
    if front:
        front_of_glass(c)


def stream(c: Canvas, start: Point, end: Point, t: float, width: float, drink: Drink = COFFEE) -> None:
    """A falling ribbon of drink: narrows as it speeds up, wobbles, catches the light on both edges."""
    left, right, glint = [], [], []
    for i in range(25):
        s = i / 24
        x = start[0] + (end[0] - start[0]) * (1 - (1 - min(1, s * 1.6)) ** 2)
        y = start[1] + (end[1] - start[1]) * s
        w = width * (1 - 0.42 * s**0.6) * (1 + 0.07 * math.sin(s * 13 - t * 24) + 0.05 * math.sin(s * 29 - t * 41))
        sway = 3.2 * s * math.sin(s * 7 - t * 15)
        left.append((x - w / 2 + sway, y))
        right.append((x + w / 2 + sway, y))
        glint.append((x - w * 0.24 + sway, y))
    body = curve(*left, *reversed(right), tension=0.9)
    c.drawPath(body, fill(mixed(drink.deep, drink.lit, 0.9)))
    with clipped(c, body):
        c.drawPath(curve(*glint, closed=False), line(drink.deep, width * 0.5, 0.85, blur=width * 0.13))
        c.drawPath(curve(*right, closed=False), line(HONEY, width * 0.16, 0.9, blur=width * 0.05))
    c.drawPath(curve(*glint[2:], closed=False), line("#fff0d0", width * 0.075, 0.7, blur=1.2))
    c.drawPath(oval(end[0], end[1], width * 1.15, width * 0.2), fill("#ffd9a0", 0.4, blur=4))


def spray(c: Canvas, x: float, y: float, t: float, strength: float, seed: int, drink: Drink = COFFEE) -> None:
    """Small drops thrown up where a stream or a cube meets the drink."""
    for speed, angle, size, phase in dots(26, seed, (120, 420), (-2.4, -0.75), (2.5, 8), (0, 1)):
        age = (t * 1.9 + phase) % 1.0
        px, py = x + math.cos(angle) * speed * age * 0.55, y + math.sin(angle) * speed * age + 620 * age * age
        if py < y + 8:
            c.drawPath(
                oval(px, py, size * strength * (1 - age * 0.5), size * strength),
                fill(
                    radial(
                        px - size * 0.3, py - size * 0.3, size * 1.4, (0, "#ffe9c4"), (0.5, drink.lit), (1, drink.deep)
                    )
                ),
            )


def bubbles(c: Canvas, level: float, t: float, seed: int, count: int = 22) -> None:
    """Foam that gathers at the wall and drifts round."""
    for angle, reach, size, phase in dots(count, seed, (0, math.tau), (0.5, 0.95), (3, 11), (0, 1)):
        turn = angle + t * 0.25 * (1 - reach * 0.4)
        x, y = math.cos(turn) * half(level) * reach, level + math.sin(turn) * half(level) * reach * FLAT
        size *= 0.7 + 0.3 * math.sin(t * 3 + phase * 9)
        c.drawPath(
            oval(x, y, size, size * 0.72),
            fill(radial(x, y, size, (0, "#e0a45c", 0.25), (0.8, "#f2c88a", 0.5), (1, "#ffe9c4", 0.75))),
        )
        c.drawPath(oval(x - size * 0.3, y - size * 0.25, size * 0.22, size * 0.18), fill("#ffffff", 0.9, blend=SCREEN))


def glass_at(c: Canvas, x: float, y: float, scale: float, t: float, level: float, **more: Any) -> None:
    """A full glass standing at a place."""
    with at(c, x, y, scale):
        full_glass(c, t, level, **more)
