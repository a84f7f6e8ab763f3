"""Scenes of the sample references with the product or an offer in them."""

from __future__ import annotations

import math

from demo.draw import goods, objects
from demo.draw.bottle import SANS, contact
from demo.draw.paint import (
    HONEY,
    SCREEN,
    Canvas,
    at,
    between,
    box,
    dots,
    fill,
    font,
    layer,
    line,
    linear,
    mixed,
    out,
    oval,
    poly,
    rect,
    wave,
    write,
)
from demo.draw.places import bokeh, dust, glow, leaf_plant, shafts, studio
from demo.draw.ref_set import Draw, Scene, Set, back_of, top_of


def hero(zoom: float = 2.0, y: float = 1350) -> Scene:
    """The product alone under one light, on a dark floor."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        push = between(t, -0.8, 3.6)
        studio(s.base, s.light, x=0.5, y=0.42).put(c)
        bokeh(c, dots(14, 7, (-40, 1120), (100, 1200), (30, 100), (0.08, 0.3)), (s.light, s.accent, HONEY), t)
        c.drawRect(
            rect(-10, y - 40, 1100, 600),
            fill(linear(0, y - 40, 0, 1920, mixed(s.base, s.light, 0.35), mixed(s.base, "#000000", 0.6))),
        )
        scale = zoom * (1 + 0.10 * push) * s.size
        contact(c, 540, y + 8, 330 * scale, 0.7)
        with at(c, 540, y, scale, 1.5 * wave(t)):
            s.product(c, t)
        sweep = -300 + 1700 * between(t, 0.3, 2.2)
        c.drawPath(
            poly((sweep, 200), (sweep + 130, 200), (sweep - 130, 1600), (sweep - 260, 1600)),
            fill("#ffffff", 0.14, blur=40, blend=SCREEN),
        )
        dust(c, t, 9, 40, (0, 200, 1080, 1500), 0.8)

    return draw


def desk(other: Draw | None = None, laptop: bool = True) -> Scene:
    """The product on a desk by the window, in the morning light."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        push = between(t, -0.8, 4)
        back_of(s).put(c, -20 - 40 * push, -60, 1.06)
        if laptop:
            with layer(c, 1, blur=5), at(c, 260 - 40 * push, 1250, 0.9):
                objects.laptop_back(c, 600, "#7d8583")
        top_of(s, 1190).put(c)
        with at(c, 540 - 540 * (1 + 0.10 * push), 1400 - 1400 * (1 + 0.10 * push), 1 + 0.10 * push):
            contact(c, 600, 1440, 460 * s.size, 0.5)
            with at(c, 600, 1432, 1.55 * s.size):
                s.product(c, t)
            if other:
                contact(c, 236, 1500, 440, 0.5)
                with at(c, 236, 1496, 0.9):
                    other(c, t)
        shafts(c, (200, -260), [(50, 60), (66, 76)], 2300, "#fff0c8", 0.36, t)
        dust(c, t, 21, 60, (0, 200, 1080, 1500), 0.9)

    return draw


def versus(left: Draw, tint: str = "#59605e") -> Scene:
    """Split picture: the dull one on the left, ours on the right."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        edge = 540 + 20 * wave(t)
        c.drawRect(
            rect(0, 0, edge, 1920),
            fill(linear(0, 0, 0, 1920, mixed(tint, "#ffffff", 0.18), tint, mixed(tint, "#000000", 0.5))),
        )
        c.save()
        c.clipRect(rect(edge, 0, 1080 - edge, 1920))
        studio(s.base, s.light, x=0.75, y=0.45).put(c)
        bokeh(c, dots(10, 8, (540, 1120), (100, 1200), (30, 90), (0.1, 0.36)), (s.light, s.accent, HONEY), t)
        c.restore()
        top_of(s, 1230).put(c)
        c.drawRect(rect(0, 1226, edge, 700), fill("#2a3030", 0.55))
        for x, thing, size in ((272, left, 1.35), (812, s.product, 1.45 * s.size)):
            contact(c, x, 1390, 380, 0.55)
            with at(c, x, 1386, size * (1 + 0.05 * between(t, 0, 3))):
                thing(c, t)
        c.drawRect(rect(edge - 5, 0, 10, 1920), fill("#fff6e4"))
        dust(c, t, 36, 26, (540, 200, 540, 1300), 0.9)

    return draw


def card(big: str, small: str, badge: str = "") -> Scene:
    """An offer in type: words come in one after another over the brand's colour."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        c.drawPaint(
            fill(linear(0, 0, 1080, 1920, mixed(s.base, s.accent, 0.25), s.base, mixed(s.base, "#000000", 0.45)))
        )
        glow(c, 800, 560, 900, s.light, 0.5)
        slide = out(t / 0.6)
        for k, (y, tall, alpha) in enumerate(((190, 150, 1.0), (380, 26, 0.55))):
            x = -1500 * (1 - slide) * (1 if k else -1)
            c.drawPath(
                poly((x - 40, y + 190), (x + 1120, y - 90), (x + 1120, y - 90 + tall), (x - 40, y + 190 + tall)),
                fill(HONEY, alpha),
            )
        scale = min(1.28 * s.size, 560 / s.tall) if s.tall else 1.28 * s.size
        contact(c, 730, 1450, 281.25 * scale, 0.55)
        with at(c, 730 + 340 * (1 - slide), 1440, scale, 4 + 1.5 * wave(t)):
            s.product(c, t)
        latin = big.isascii()
        size = min(230.0, (1640.0 if latin else 960.0) / len(big))
        face = font(SANS, size, True)
        pop = out((t - 0.15) / 0.45)
        with at(c, 540, 690 + 60 * (1 - pop), 0.86 + 0.14 * pop), layer(c, pop):
            write(c, big, 0, 0, face, line("#1a0d06", 22, 0.45, blur=8))
            write(c, big, 0, 0, face, fill("#fff6e4"), 0)
        with layer(c, out((t - 0.4) / 0.4)):
            write(c, small, 540, 806, font(SANS, 62), fill("#fff6e4", 0.92), 2)
        if badge:
            with at(c, 270, 1060, out((t - 0.6) / 0.5) * (1 + 0.03 * math.sin(t * 6)), -8):
                c.drawPath(box(-190, -70, 380, 140, 70), fill(HONEY))
                write(c, badge, 0, 24, font(SANS, 66, True), fill("#2a1408"), 2)
        dust(c, t, 46, 30, (0, 200, 1080, 1500), 0.7)

    return draw


def point(number: str, inner: Scene) -> Scene:
    """A numbered reason over another scene."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        inner(c, t, s)
        pop = out(t / 0.4)
        with at(c, 210, 300, pop, -6 * (1 - pop)):
            c.drawPath(oval(8, 12, 132, 132), fill("#1a0d06", 0.4, blur=16))
            c.drawPath(oval(0, 0, 130, 130), fill(s.accent))
            write(c, number, 0, 64, font(SANS, 180, True), fill("#fff6e4"))

    return draw


def meter(top: str, bars: int = 22) -> Scene:
    """A sound level that falls when the button is pressed."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        studio(s.base, s.light, x=0.5, y=0.4).put(c)
        quiet = between(t, 0.9, 1.7)
        for k in range(bars):
            x = 110 + k * 860 / (bars - 1)
            tall = (60 + 330 * abs(math.sin(t * 8 + k * 0.8) * math.sin(t * 5.1 + k * 0.37))) * (1 - 0.88 * quiet)
            colour = mixed("#ff7a50", s.accent, quiet)
            c.drawPath(
                box(x - 14, 560 - tall, 28, tall * 2, 14),
                fill(linear(0, 560 - tall, 0, 560 + tall, mixed(colour, "#ffffff", 0.35), colour)),
            )
        contact(c, 540, 1410, 620, 0.6)
        with at(c, 540, 1400, 1.3):
            s.product(c, t)
        write(c, top, 540, 250, font(SANS, 96, True), fill("#fff6e4"), 2)
        dust(c, t, 56, 26, (0, 200, 1080, 1500), 0.6)

    return draw


def rack(c: Canvas, t: float, s: Set) -> None:
    """The product on a rail in a bright room."""
    back_of(s).put(c, -30 - 12 * t, -60, 1.08)
    c.drawRect(rect(-20, 470, 1140, 18), fill(linear(0, 470, 0, 488, "#e8d0a0", "#6b4a28")))
    with layer(c, 1, blur=7):
        for x in (90, 1010):
            with at(c, x, 1290, 1.15):
                goods.coat(c, t + x)
    with at(c, 540, 1560, 1.62):
        s.product(c, t)
    shafts(c, (200, -260), [(50, 60), (66, 76)], 2300, "#fff0c8", 0.36, t)


def unroll(c: Canvas, t: float, s: Set) -> None:
    """From above: a mat rolls out over the boards."""
    planks = ("#a5835e", "#977550")
    for i in range(8):
        x = -60 + i * 160
        c.drawRect(
            rect(x, 0, 160, 1920),
            fill(
                linear(
                    x,
                    0,
                    x + 160,
                    0,
                    mixed(planks[i % 2], "#000000", 0.15),
                    planks[i % 2],
                    mixed(planks[i % 2], "#ffffff", 0.10),
                )
            ),
        )
        c.drawLine(x, 0, x, 1920, line("#3a2614", 4, 0.6))
    end = 300 + 1080 * out((t + 0.25) / 1.9)
    _rolling_mat(c, s, end)
    glow(c, 120, 100, 1200, "#fff0c8", 0.45)
    with layer(c, 0.25, blur=20):
        leaf_plant(c, 1150, 1500, 1200, t * 1.4, "#0a1408", 25, None)


def _rolling_mat(c: Canvas, s: Set, end: float) -> None:
    """The mat as far as it has rolled."""
    with at(c, 540, 0, 1, 0):
        c.drawPath(box(-250, 190, 520, end - 170, 26), fill("#1a0d06", 0.45, blur=26))
        c.drawPath(
            box(-270, 170, 520, end - 170, 22),
            fill(linear(-270, 0, 250, 0, mixed(s.accent, "#ffffff", 0.28), s.accent, mixed(s.accent, "#000000", 0.2))),
        )
        for k in range(18):
            y = 200 + k * 64
            if y < end - 40:
                c.drawLine(-250, y, 230, y, line("#ffffff", 3, 0.16))
        c.drawPath(
            box(-282, end - 60, 544, 150, 70),
            fill(
                linear(
                    0, end - 60, 0, end + 90, mixed(s.accent, "#ffffff", 0.5), s.accent, mixed(s.accent, "#000000", 0.6)
                )
            ),
        )
