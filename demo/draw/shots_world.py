"""Shots of where it comes from and where it waits: the drip tower and the fridge."""

from __future__ import annotations

import math
from typing import Any

from demo.draw.bottle import bead, bottle, contact
from demo.draw.glass import ice
from demo.draw.paint import (
    AMBER,
    HONEY,
    SCREEN,
    Canvas,
    Sprite,
    at,
    between,
    box,
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
from demo.draw.places import bokeh, dust, glow, studio
from demo.draw.stage import shot

BRASS = ("#5a3c14", "#e8c070", "#9a6c2a", "#3a2408")


def _tower() -> Sprite:
    """The standing parts of a cold-drip tower, 1080 x 2700."""

    def draw(c: Canvas) -> None:
        _ice_globe(c)
        bed = box(408, 906, 264, 470, 40)
        c.drawPath(bed, fill(linear(408, 0, 672, 0, (0, "#fff4e0", 0.35), (0.3, "#fff4e0", 0.06), (1, "#ffdca6", 0.4))))
        with clipped(c, bed):
            c.drawRect(
                rect(400, 1010, 280, 330), fill(linear(408, 0, 672, 0, "#1c0d06", "#4a2a16", "#2a150a", "#5a3218"))
            )
            for x, y, size, alpha in dots(500, 6, (408, 672), (1012, 1336), (1.5, 4.5), (0.15, 0.6)):
                c.drawPath(oval(x, y, size, size * 0.8), fill("#8a5a34", alpha))
            c.drawPath(oval(540, 1012, 132, 15), fill("#6b4226"))
        c.drawPath(bed, line("#fff6e4", 4, 0.65))
        c.drawPath(box(424, 930, 14, 400, 7), fill("#ffffff", 0.5, blur=4))
        c.drawPath(box(520, 1376, 40, 100, 8), fill(linear(520, 0, 560, 0, *BRASS)))
        c.drawPath(
            _flask(), fill(linear(300, 0, 780, 0, (0, "#fff4e0", 0.30), (0.3, "#fff4e0", 0.05), (1, "#ffdca6", 0.35)))
        )

    return sprite("tower", (180, 90, 740, 2530), 1.0, draw)


def _ice_globe(c: Canvas) -> None:
    """Frame, globe of ice water, tap."""
    for x in (262, 790):
        c.drawPath(box(x, 120, 28, 2440, 12), fill(linear(x, 0, x + 28, 0, "#3a2010", "#a56f40", "#5a3720", "#26140a")))
    for y, wide in ((120, 600), (748, 600), (1436, 600), (2540, 720)):
        c.drawPath(
            box(540 - wide / 2, y, wide, 38 if y < 2500 else 64, 12),
            fill(linear(0, y, 0, y + 44, "#b07a48", "#6b4226", "#2e1a0e")),
        )
    globe = oval(540, 430, 236, 248)
    c.drawPath(globe, fill(radial(470, 340, 420, (0, "#ffffff", 0.22), (0.6, "#cfe8e6", 0.10), (1, "#fff0d8", 0.34))))
    with clipped(c, globe):
        c.drawRect(rect(280, 396, 520, 320), fill(linear(0, 396, 0, 690, (0, "#cfeae6", 0.45), (1, "#7fb5ae", 0.35))))

        for i, (x, y, turn) in enumerate(
            ((430, 420, 10), (560, 404, -24), (670, 430, 30), (500, 520, 50), (620, 530, 12), (550, 620, -10))
        ):
            ice(40 + i).put(c, x, y, 0.86, turn, 0.85)
    c.drawPath(globe, line("#fff6e4", 5, 0.7))
    c.drawPath(curve((350, 330), (392, 252), (462, 208), closed=False), line("#ffffff", 16, 0.55, blur=6))
    c.drawPath(box(486, 668, 108, 40, 10), fill(linear(486, 0, 594, 0, *BRASS)))
    c.drawPath(box(520, 700, 40, 120, 8), fill(linear(520, 0, 560, 0, *BRASS)))
    c.drawPath(box(556, 732, 62, 16, 8), fill(linear(0, 732, 0, 748, *BRASS)))


def _flask() -> Any:
    return curve(
        (492, 1990),
        (490, 2110),
        (420, 2230),
        (330, 2430),
        (372, 2532),
        (540, 2540),
        (708, 2532),
        (750, 2430),
        (660, 2230),
        (590, 2110),
        (588, 1990),
        tension=0.8,
    )


def _coil(c: Canvas, t: float) -> None:
    for turn in range(6):
        y = 1520 + turn * 66
        for front in (False, True):
            path: Any = poly((0, 0), closed=False)
            path.reset()
            path.addArc(rect(444, y, 192, 62), 0 if front else 180, 180)
            c.drawPath(path, line("#fff4e0", 22, 0.30 if front else 0.14))
            c.drawPath(path, line(AMBER, 10, 0.55 if front else 0.25))
            if front:
                c.drawPath(path, line("#ffffff", 3, 0.6))
    for bead_ in range(9):
        place = (t * 0.42 + bead_ / 9) % 1 * 6
        angle = place * math.tau
        x, y = 540 + math.cos(angle) * 96, 1551 + place * 66 + math.sin(angle) * 31
        if math.sin(angle) > -0.2:
            c.drawPath(oval(x, y, 11, 9), fill(radial(x - 3, y - 3, 14, "#ffe9c4", "#c8741f", "#3a1808")))


def _drop(
    c: Canvas, x: float, top: float, foot: float, t: float, every: float, shift: float, colour: tuple[str, str, str]
) -> None:
    """A drop that swells, falls, and rings where it lands."""
    age = (t + shift) % every
    swell = min(1.0, age / (every * 0.55))
    if age < every * 0.55:
        c.drawPath(oval(x, top + 8 * swell, 7 * swell, 11 * swell), fill(radial(x - 2, top, 14, *colour)))
        return
    fall = age - every * 0.55
    y = top + 14 + 1500 * fall * fall
    if y < foot:
        c.drawPath(oval(x, y, 7, 11 + fall * 22), fill(radial(x - 2, y - 4, 16, *colour)))
        c.drawPath(oval(x - 2.5, y - 4, 2, 3), fill("#ffffff", 0.9))
    else:
        ring = (fall - math.sqrt((foot - top - 14) / 1500)) / 0.5
        if ring < 1:
            c.drawPath(
                oval(x, foot, 90 * ring + 6, (90 * ring + 6) * 0.14),
                line("#ffe2b0", 4 * (1 - ring) + 0.5, 0.8 * (1 - ring)),
            )


@shot(
    "cold-drip-tower-slow", 4.0, "proof", "冰滴 慢萃 萃取 一滴一滴 夜 cold drip tower slow extraction drops overnight"
)
def drip(c: Canvas, t: float) -> None:
    tilt = between(t, -0.3, 4.2)
    studio("#16201e", "#8a5420", x=0.3, y=0.3).put(c)
    bokeh(c, dots(18, 52, (-40, 1120), (0, 1900), (30, 100), (0.08, 0.3)), (AMBER, "#2f8f80", HONEY), t)
    scale = 0.96
    with at(c, 540 - 540 * scale, -60 - 560 * tilt, scale):
        glow(c, 820, 1500, 900, "#f0a850", 0.35)
        c.drawPath(box(-200, 2596, 1600, 500, 0), fill(linear(0, 2596, 0, 2900, "#6b4226", "#1a0d06")))
        contact(c, 540, 2610, 760, 0.7)
        _tower().put(c)
        _coil(c, t)
        level = 2300 - 26 * tilt
        with clipped(c, _flask()):
            c.drawRect(
                rect(300, level, 500, 300),
                fill(
                    linear(
                        330,
                        0,
                        750,
                        0,
                        (0, "#6a3413"),
                        (0.15, "#3a1a0a"),
                        (0.5, "#190b06"),
                        (0.85, "#8a4a18"),
                        (1, "#d98a3a"),
                    )
                ),
            )
            c.drawPath(oval(540, level, 178, 24), fill(linear(360, 0, 720, 0, "#3a1c0a", "#8a4a18", "#b0681f")))
            c.drawPath(oval(540, level, 178, 24), line("#ffcf8e", 3, 0.6))
            c.drawRect(rect(300, 2470, 500, 90), fill(linear(0, 2470, 0, 2540, (0, HONEY, 0.0), (1, HONEY, 0.5))))
        c.drawPath(_flask(), line("#fff6e4", 5, 0.7))
        c.drawPath(curve((448, 2230), (392, 2340), (372, 2430), closed=False), line("#ffffff", 14, 0.55, blur=5))
        c.drawPath(oval(540, 1990, 48, 9), line("#fff6e4", 5, 0.8))
        _drop(c, 540, 822, 1008, t, 0.9, 0.2, ("#ffffff", "#bfe0dc", "#5a8a84"))
        _drop(c, 540, 1478, 1530, t, 0.9, 0.55, ("#ffe9c4", "#c8741f", "#3a1808"))
        _drop(c, 540, 1930, level, t, 0.9, 0.0, ("#ffe9c4", "#c8741f", "#3a1808"))
    dust(c, t, 51, 36, (0, 0, 1080, 1900), 0.6)


def _inside_fridge() -> Sprite:
    def draw(c: Canvas) -> None:
        c.drawRect(rect(150, 240, 780, 1420), fill(linear(0, 240, 0, 1660, "#e6ebe2", "#c3d6d4", "#8fb0af")))
        c.drawRect(
            rect(150, 240, 780, 1420),
            fill(
                linear(
                    150,
                    0,
                    930,
                    0,
                    (0, "#4a6a6a", 0.55),
                    (0.14, "#4a6a6a", 0.0),
                    (0.86, "#4a6a6a", 0.0),
                    (1, "#4a6a6a", 0.6),
                )
            ),
        )
        c.drawRect(rect(230, 262, 620, 16), fill("#ffffff", 1.0, blur=10))
        _shelves(c)
        for i in range(3):
            c.drawPath(
                box(190 + i * 240, 1380, 220, 240, 16),
                fill(linear(0, 1380, 0, 1620, (0, "#ffffff", 0.75), (1, "#8fb4b4", 0.5))),
            )
            for x, y, size, _ in dots(8, i, (210 + i * 240, 390 + i * 240), (1470, 1600), (26, 44), (0, 1)):
                c.drawPath(
                    oval(x, y, size, size),
                    fill(radial(x - 8, y - 10, size * 1.4, "#f4f0d8", ["#7ea860", "#d98a3a"][i % 2], "#3a5a2a")),
                )

    return sprite("fridge-inside", (140, 230, 800, 1440), 0.75, draw, 4)


def _shelves(c: Canvas) -> None:
    """Fruit and the glass shelves."""
    for i, colour in enumerate(("#d98a3a", "#7ea860", "#c4532d", "#e6c25a", "#7ea860")):
        c.drawPath(
            oval(250 + i * 140, 520 - (i % 2) * 14, 66, 62),
            fill(
                radial(230 + i * 140, 490, 110, mixed(colour, "#ffffff", 0.45), colour, mixed(colour, "#000000", 0.5))
            ),
        )
    for y in (590, 1240):
        c.drawRect(rect(150, y, 780, 18), fill(linear(0, y, 0, y + 18, "#ffffff", "#8fb4b4")))
        c.drawRect(
            rect(150, y + 18, 780, 60),
            fill(linear(0, y + 18, 0, y + 78, (0, "#2a4a4a", 0.35), (1, "#2a4a4a", 0.0))),
        )


@shot(
    "fridge-door-opens-cold-bottles",
    3.5,
    "offer",
    "冰箱 打开 一排 瓶子 冷气 囤货 fridge opens row of cold bottles mist stock",
    bloom=0.45,
)
def fridge(c: Canvas, t: float) -> None:
    opened, push = between(t, 0.1, 1.7), between(t, 0, 3.6)
    studio("#16211f", "#2a4a48", x=0.9, y=0.3).put(c)
    with at(c, 540 - 540 * (1 + 0.12 * push), 920 - 920 * (1 + 0.12 * push), 1 + 0.12 * push):
        c.drawRect(rect(-80, 1760, 1300, 400), fill(linear(0, 1760, 0, 2000, "#2a2018", "#0a0705")))
        c.drawPath(box(110, 190, 860, 1600, 34), fill(linear(110, 0, 970, 0, "#24403d", "#3f6f69", "#1a2e2c")))
        _inside_fridge().put(c)
        for i, x in enumerate((262, 446, 630, 814)):
            contact(c, x, 1240, 176, 0.4, "#12302e")
            bottle(0.75).put(c, x, 1240, 0.62)
            for bx, by, size in dots(16, 60 + i, (-80, 80), (-330, -10), (1.4, 4)):
                bead(c, x + bx, 1240 + by * 1.05, size)
        c.drawRect(rect(150, 240, 780, 1420), fill("#0a1413", 0.85 * (1 - opened)))
        _fridge_door(c, opened)
        glow(c, 540, 760, 1000, "#dff5f0", 0.24 * opened)
        c.drawPath(
            poly((150, 1660), (930, 1660), (1240, 2000), (-60, 2000)),
            fill(linear(0, 1660, 0, 1960, (0, "#dff5f0", 0.42 * opened), (1, "#dff5f0", 0.0)), blur=20, blend=SCREEN),
        )
        for x, y, size, phase in dots(16, 66, (180, 900), (0, 1), (90, 190), (0, 6)):
            fall = (y + t * 0.16) % 1
            c.drawPath(
                oval(x + wave(t, phase) * 40, 1180 + fall * 640, size, size * 0.36),
                fill("#eafaf6", 0.13 * opened * math.sin(fall * math.pi), blur=30),
            )


def _fridge_door(c: Canvas, opened: float) -> None:
    """The door on its hinge."""
    angle = math.radians(4 + 104 * opened)
    edge, grow = 130 + 820 * math.cos(angle), 1 + 0.26 * math.sin(angle)
    middle = 985
    door = poly((130, 200), (edge, middle - 785 * grow), (edge, middle + 795 * grow), (130, 1782))
    c.drawPath(
        door,
        fill(
            linear(
                130,
                0,
                edge if abs(edge - 130) > 5 else 140,
                0,
                mixed("#2f5a55", "#ffffff", 0.10 + 0.45 * opened),
                "#2f5a55" if math.cos(angle) > 0 else "#cfe2df",
            )
        ),
    )
    c.drawPath(door, line("#8fd3c3", 3, 0.35))
    if math.cos(angle) > 0.25:
        hx = 130 + 740 * math.cos(angle)
        c.drawPath(
            box(hx, 760, 26 * math.cos(angle) + 6, 420, 10), fill(linear(hx, 0, hx + 26, 0, "#d9e6e2", "#6a8a86"))
        )
