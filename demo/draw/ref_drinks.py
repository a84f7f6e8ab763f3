"""Scenes of the sample references close to what is made, poured, grown."""

from __future__ import annotations

import math

from demo.draw import glass, goods
from demo.draw.bottle import bead, contact
from demo.draw.paint import (
    HONEY,
    SCREEN,
    Canvas,
    at,
    between,
    box,
    clipped,
    curve,
    dots,
    ease,
    fill,
    layer,
    line,
    linear,
    mixed,
    out,
    oval,
    poly,
    rect,
    wave,
)
from demo.draw.places import bokeh, dust, glow, leaf_plant, studio
from demo.draw.ref_set import Scene, Set, back_of, top_of


def pour(ice: bool = False, foot: bool = True) -> Scene:
    """A ribbon of the drink fills a glass."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        studio(s.base, s.light, x=0.6, y=0.4).put(c)
        bokeh(c, dots(16, 8, (-40, 1120), (80, 1200), (30, 90), (0.1, 0.36)), (s.light, s.accent, HONEY), t)
        top_of(s, 1330).put(c)
        zoom = 1 + 0.06 * between(t, 0, 3)
        with at(c, 540 - 540 * zoom, 1300 - 1300 * zoom, zoom):
            contact(c, 540, 1496, 560, 0.7)
            level = -70 - 330 * between(t, -0.4, 3.4)
            with at(c, 540, 1500, 1.55):
                glass.full_glass(c, t, level, 1.0, s.drink, cubes=ice, front=False)
                glass.bubbles(c, level, t, 5)
                glass.stream(c, (10, -1100), (0, level + 4), t, 26, s.drink)
                glass.spray(c, 0, level, t, 0.7, 4, s.drink)
                glass.front_of_glass(c)
            if not ice:
                goods.steam(c, t, 540, 700, 1.2, 0.22)
        dust(c, t, 6, 24, (0, 0, 1080, 1900), 0.6)

    return draw


def leaves_open(c: Canvas, t: float, s: Set) -> None:
    """Tea leaves open in a tall glass."""
    back_of(s).put(c, -30, -40 - 8 * t, 1.08)
    top_of(s, 1330).put(c)
    contact(c, 540, 1516, 600, 0.5)
    with at(c, 540, 1520, 1.75):
        glass.back_of_glass(c)
        glass.fill_drink(c, -430, s.drink, 0.55)
        with clipped(c, glass.inside(-430)):
            for i, (x, y, lean, phase) in enumerate(dots(26, 12, (-120, 120), (-360, -40), (-40, 40), (0, 6))):
                unfold = ease((t + 0.4 + (i % 5) * 0.15) / 2.4)
                py = y + 26 * wave(t * 0.8, phase)
                with at(c, x + 12 * wave(t, phase), py, 0.5 + 0.6 * unfold, lean + 16 * wave(t * 0.7, phase)):
                    c.drawPath(
                        curve(
                            (0, -62),
                            (8 + 16 * unfold, -20),
                            (5 + 8 * unfold, 30),
                            (0, 56),
                            (-5 - 8 * unfold, 30),
                            (-8 - 16 * unfold, -20),
                        ),
                        fill(linear(0, -60, 0, 56, "#8aa84a", "#3d6a2a")),
                    )
                    c.drawLine(0, -56, 0, 54, line("#d9e6a0", 2.5, 0.6))
        glass.surface(c, -430, t, 0.3, s.drink)
        glass.front_of_glass(c)
    goods.steam(c, t, 540, 720, 1.3, 0.3)
    dust(c, t, 16, 40, (0, 200, 1080, 1400), 0.8)


def hills(c: Canvas, t: float, s: Set) -> None:
    """Terraced hills in the early mist, the sun coming up."""
    c.drawPaint(fill(linear(0, 0, 0, 1920, "#cfe0dc", "#f4e6c4", "#a9c4a4", "#3d6a4a")))
    rise = between(t, -1, 4)
    glow(c, 760, 620 - 80 * rise, 620, "#fff0c0", 0.9)
    c.drawPath(oval(760, 620 - 80 * rise, 96, 96), fill("#fffbe6"))
    for k, (base, colour) in enumerate(
        ((820, "#9dbfae"), (980, "#6fa284"), (1160, "#47805c"), (1380, "#2c6244"), (1640, "#184630"))
    ):
        shift = -(10 + k * 22) * rise * 2
        points = [
            (-260 + i * 150 + shift, base - 90 * math.sin(i * 0.8 + k * 1.9) - 30 * math.sin(i * 2.1 + k))
            for i in range(12)
        ]
        ridge = curve(*points, (1700, 2100), (-400, 2100), tension=0.9)
        c.drawPath(ridge, fill(linear(0, base - 120, 0, base + 320, mixed(colour, "#f4f0d0", 0.30), colour)))
        with clipped(c, ridge):
            for row in range(5 if k > 1 else 0):
                lower = [(x, y + 50 + row * 54) for x, y in points]
                c.drawPath(curve(*lower, closed=False), line(mixed(colour, "#0a2014", 0.5), 13, 0.55))
                c.drawPath(curve(*[(x, y - 10) for x, y in lower], closed=False), line("#d9ecb0", 4, 0.35))
        c.drawPath(oval(300 + k * 140 + 50 * wave(t * 0.4, k), base + 60, 560, 40), fill("#f6f4e4", 0.34, blur=30))
    dust(c, t, 26, 30, (0, 200, 1080, 1400), 0.8)


def skin(tissue: bool = False) -> Scene:
    """Macro of a drop on skin."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        tone = s.look.skin
        c.drawPaint(fill(linear(0, 0, 1080, 1920, mixed(tone, "#ffffff", 0.45), tone, mixed(tone, "#9a5030", 0.35))))
        for x, y, size, alpha in dots(700, 9, (0, 1080), (0, 1920), (2, 6), (0.03, 0.10)):
            c.drawPath(oval(x, y, size, size * 0.8), fill("#9a5030", alpha))
        fall = min(1.0, t / 0.5)
        y = -200 + 1060 * fall * fall
        spread = out((t - 0.5) / 1.6) if t > 0.5 else 0.0
        if tissue:
            _tissue(c, t)
        elif t < 0.5:
            bead(c, 540, y, 62, 1.35)
        else:
            _spread_drop(c, spread)
        if not tissue:
            with at(c, 760, 560 - 60 * out(t), 1.5, 38):
                c.drawPath(box(-26, -700, 52, 640, 20), fill("#dff2f6", 0.65))
                c.drawPath(poly((-26, -80), (26, -80), (10, 20), (-10, 20)), fill("#dff2f6", 0.75))
                c.drawPath(box(-16, -660, 10, 560, 5), fill("#ffffff", 0.8))

    return draw


def _tissue(c: Canvas, t: float) -> None:
    """A tissue pressed on."""
    with at(c, 540, 1100, 1, -8):
        press = between(t, 0.2, 1.0)
        c.drawPath(
            box(-380, -520 - 240 * (1 - press), 760, 900, 20),
            fill(linear(-380, -500, 380, 400, "#ffffff", "#ece6da", "#fffaf0")),
        )
        for k in range(7):
            c.drawPath(
                curve(
                    (-360, -420 + k * 120 - 240 * (1 - press)),
                    (0, -400 + k * 120 - 240 * (1 - press)),
                    (360, -430 + k * 120 - 240 * (1 - press)),
                    closed=False,
                ),
                line("#c9bfa8", 4, 0.4),
            )


def _spread_drop(c: Canvas, spread: float) -> None:
    """The drop as it runs out."""
    rx = 70 + 300 * spread
    c.drawPath(
        oval(540, 880 + 30 * spread, rx, rx * (0.9 - 0.35 * spread)),
        fill(linear(540 - rx, 700, 540 + rx, 1060, "#ffffff", "#d9f2f6"), 0.62 - 0.25 * spread),
    )
    c.drawPath(oval(540 - rx * 0.35, 850, rx * 0.35, rx * 0.10), fill("#ffffff", 0.9, blur=6))
    c.drawPath(oval(540, 880 + 30 * spread, rx, rx * (0.9 - 0.35 * spread)), line("#ffffff", 6, 0.7, blur=2))


def fizz(c: Canvas, t: float, s: Set) -> None:
    """Bubbles rising in a cold pale drink, very close."""
    c.drawPaint(
        fill(linear(0, 0, 0, 1920, mixed(s.accent, "#fff6c8", 0.75), "#f4d868", mixed("#e0a830", "#6a4a10", 0.2)))
    )
    glow(c, 360, 500, 800, "#fffbe0", 0.8)
    for x, y, size, phase in dots(120, 13, (0, 1080), (0, 2100), (5, 30), (0, 6)):
        py = (y - t * (240 + size * 22)) % 2100 - 90
        px = x + 16 * wave(t * 2, phase)
        c.drawPath(oval(px, py, size, size), fill("#ffffff", 0.25))
        c.drawPath(oval(px, py, size, size), line("#ffffff", 3, 0.75))
        c.drawPath(oval(px - size * 0.35, py - size * 0.35, size * 0.25, size * 0.2), fill("#ffffff", 0.95))
    for i, (x, y, turn) in enumerate(((250, 420, 14), (830, 760, -22), (330, 1260, 40))):
        glass.ice(80 + i).put(c, x + 18 * wave(t, i), y + 22 * wave(t * 1.2, i + 5), 2.5, turn + 10 * t, 0.8)


def sunset_deck(c: Canvas, t: float, s: Set) -> None:
    """A low sun over the sea, the product on a rail."""
    c.drawPaint(fill(linear(0, 0, 0, 1920, "#3a6a8a", "#f0a06a", "#ffd890", "#c9744a")))
    drop = between(t, -1, 4) * 50
    glow(c, 560, 900 + drop, 900, "#ffe9a8", 0.9)
    c.drawPath(oval(560, 900 + drop, 170, 170), fill("#fff6d8"))
    c.drawRect(rect(0, 1060, 1080, 400), fill(linear(0, 1060, 0, 1460, "#e08a5a", "#4a5a78")))
    for x, y, length, phase in dots(60, 14, (-100, 1080), (1070, 1430), (40, 220), (0, 6)):
        c.drawPath(
            box(x + 18 * wave(t * 2, phase), y, length, 5, 3),
            fill("#ffe6b0", 0.15 + 0.4 * abs(wave(t * 1.5, phase)), blend=SCREEN),
        )
    top_of(s, 1290).put(c)
    contact(c, 560, 1460, 420 * s.size, 0.55)
    with at(c, 560, 1454, 1.7 * s.size * (1 + 0.06 * between(t, 0, 3))):
        s.product(c, t)
    with layer(c, 0.9, blur=14):
        leaf_plant(c, 1060, 2000, 600, t, "#2f5a48", 8, None)
