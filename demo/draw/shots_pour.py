"""Shots of the drink itself: poured, iced, clouded with milk."""

from __future__ import annotations

from demo.draw import glass
from demo.draw.bottle import bottle, contact
from demo.draw.paint import AMBER, HONEY, Canvas, Sprite, at, between, dots, fill, rect, sprite
from demo.draw.places import bokeh, dust, glow, studio, table
from demo.draw.stage import shot

DARK_LIGHTS = ("#d9862b", "#f4bb5c", "#2f8f80", "#b4541c")


def dark_bar(seed: int = 4) -> Sprite:
    """A bar at night far behind: shelves and lamps, blurred by depth."""

    def draw(c: Canvas) -> None:
        studio("#2a1810", "#8a4c1d").put(c)
        for shelf in (330, 690, 1050):
            c.drawRect(rect(-60, shelf, 1200, 14), fill("#8a5a30", 0.55))
            for x, w, h, shade in dots(13, seed + shelf, (-40, 1080), (34, 70), (110, 230), (0, 1)):
                c.drawRect(
                    rect(x, shelf - h, w, h), fill(["#5d3418", "#274f48", "#7a4a22", "#3a2213"][int(shade * 4)], 0.8)
                )
        bokeh(c, dots(20, seed, (-20, 1100), (60, 1150), (24, 84), (0.10, 0.42)), DARK_LIGHTS)

    return sprite(("dark_bar", seed), (-60, -60, 1200, 2040), 0.5, draw, 15)


def counter(top: float) -> Sprite:
    return sprite(
        ("counter", top),
        (-80, top - 4, 1240, 2000 - top),
        1.0,
        lambda c: table(c, top, (1080, 1920), "#3b2214", "#e39a45"),
    )


@shot(
    "pour-over-ice-close", 3.6, "selling_point", "倒 咖啡 冰块 玻璃杯 冷萃 特写 pour coffee ice glass cold brew close"
)
def pour_over_ice(c: Canvas, t: float) -> None:
    push = 1.0 + 0.075 * between(t, 0, 3.6)
    dark_bar().put(
        c, 540 - 540 * (1 + (push - 1) * 0.35), 900 - 900 * (1 + (push - 1) * 0.35) - 8 * t, 1 + (push - 1) * 0.35
    )
    with at(c, 540 * (1 - push), 1330 * (1 - push), push):
        counter(1500).put(c)
        level = -64 - 318 * between(t, 0.15, 3.7)
        glow(c, 640, 1250, 520, AMBER, 0.35)
        contact(c, 540, 1668, 560, 0.75)
        with at(c, 540, 1690, 1):
            c.scale(1, 0.20)
            glow(c, 130, 60, 360, HONEY, 0.45)
        with at(c, 540, 1672, 1.52):
            draw_poured(c, t, level)
        pouring_bottle(c, t)
    dust(c, t, 6, 26, (0, 0, 1080, 1900), 0.5)


def draw_poured(c: Canvas, t: float, level: float) -> None:
    """Glass of ice with the ribbon falling into it; in the glass's own scale."""
    glass.full_glass(c, t, level, 1.0, front=False)
    glass.bubbles(c, level, t, 31)
    glass.stream(c, (24, -944), (-4, level + 4), t, 37)
    glass.spray(c, -4, level, t, 0.8, 9)
    glass.front_of_glass(c)


def pouring_bottle(c: Canvas, t: float) -> None:
    """The open bottle comes in from above on the right, tilted, and gives a little while it pours."""
    with at(c, 556, 262, 1.18, -118 + 3.0 * between(t, 0, 3.6)):
        c.translate(20, 826)
        bottle(1.25, cap=False).put(c)
