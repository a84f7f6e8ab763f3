"""Shot of the order: a phone in the hand, a thumb, a tick."""

from __future__ import annotations

import math

from demo.draw import objects
from demo.draw.bottle import bottle, contact
from demo.draw.paint import (
    AMBER,
    CREAM,
    HONEY,
    VERDIGRIS,
    Canvas,
    at,
    between,
    box,
    clipped,
    curve,
    dots,
    fill,
    layer,
    line,
    linear,
    mixed,
    out,
    oval,
    poly,
    rect,
)
from demo.draw.people import limb
from demo.draw.places import bokeh, dust
from demo.draw.shots_day import LIN, desk, evening
from demo.draw.stage import shot


def _order_screen(c: Canvas, area: tuple[float, float, float, float], tapped: float, t: float) -> None:
    """A product page without words: picture, rows, a round button that turns into a tick."""
    x, y, w, h = area
    screen = box(x, y, w, h, 46)
    c.drawPath(screen, fill("#f6efe2"))
    with clipped(c, screen):
        c.drawRect(rect(x, y, w, h * 0.56), fill(linear(x, y, x + w, y + h * 0.56, "#124843", "#2f8f80", "#0f3b36")))
        c.drawPath(oval(x + w / 2, y + h * 0.25, w * 0.34, w * 0.34), fill("#f4cf86"))
        with at(c, x + w / 2, y + h * 0.53 - 6 * math.sin(t * 2), w / 840):
            contact(c, 0, 6, 300, 0.6)
            bottle(0.8).put(c)
        for i, share in enumerate((0.62, 0.44)):
            c.drawPath(
                box(x + w * 0.08, y + h * (0.605 + i * 0.05), w * share, h * (0.026 - 0.008 * i), 12),
                fill("#2a1810", 0.85 - 0.4 * i),
            )
        _order_button(c, h, tapped, w, x, y)


def _order_button(c: Canvas, h: float, tapped: float, w: float, x: float, y: float) -> None:
    """Choices, and the button that turns from a cart to a tick."""
    for i in range(3):
        c.drawPath(box(x + w * (0.08 + i * 0.29), y + h * 0.72, w * 0.26, h * 0.07, 16), fill("#e6d8bc"))
        c.drawPath(oval(x + w * (0.21 + i * 0.29), y + h * 0.755, 16, 16), fill([AMBER, VERDIGRIS, "#2a1810"][i]))
    c.drawPath(
        box(x + w * 0.08, y + h * 0.845, w * 0.84, h * 0.092, h * 0.046), fill(mixed("#d9862b", "#2f8f80", tapped))
    )
    ring = out(tapped)
    c.drawPath(oval(x + w / 2, y + h * 0.891, w * 0.42 * ring, h * 0.046 * ring), fill("#ffffff", 0.35 * (1 - ring)))
    cx, cy = x + w / 2, y + h * 0.891
    if tapped > 0.35:
        k = out((tapped - 0.35) / 0.65)
        c.drawPath(
            curve((cx - 30, cy), (cx - 10, cy + 20), (cx - 10 + 44 * k, cy + 20 - 44 * k), closed=False, tension=0.05),
            line("#ffffff", 10),
        )
    else:
        c.drawPath(
            curve(
                (cx - 34, cy - 20),
                (cx - 22, cy - 20),
                (cx - 10, cy + 14),
                (cx + 26, cy + 14),
                (cx + 34, cy - 10),
                (cx - 16, cy - 10),
                closed=False,
                tension=0.1,
            ),
            line("#ffffff", 7),
        )


@shot("phone-order-tap", 3.4, "cta", "手机 下单 点击 购买 手指 phone order tap buy thumb screen")
def order(c: Canvas, t: float) -> None:
    push = between(t, -0.4, 3.8)
    evening().put(c, -30 - 30 * push, -60, 1.07)
    bokeh(c, dots(10, 63, (0, 1080), (200, 1500), (40, 110), (0.08, 0.3)), (AMBER, HONEY, "#8fd3c3"), t)
    with layer(c, 1, blur=13):
        desk(1460, "#5a3620", "#f0a850", 0.6).put(c)
        bottle(1.0).put(c, 905 - 40 * push, 1640, 1.22)
    press = between(t, 1.05, 1.35) - between(t, 1.6, 2.0)
    tapped = between(t, 1.35, 2.3)
    skin = LIN.skin
    with at(c, 470, 940, 1.0 + 0.05 * push, -5):
        limb(c, [(360, 1300), (250, 800), (170, 520)], [460, 400, 330], LIN.top, 0.3, 0.5)
        palm = curve((-60, 260), (120, 140), (300, 200), (340, 420), (290, 640), (120, 720), (-60, 640))
        c.drawPath(
            palm, fill(linear(-60, 200, 340, 640, mixed(skin, "#fff4e4", 0.25), skin, mixed(skin, "#8a4024", 0.5)))
        )
        area = objects.phone(c, 560)
        _order_screen(c, area, tapped, t)
        c.drawPath(poly((area[0], area[1]), (area[0] + 220, area[1]), (area[0], area[1] + 520)), fill("#ffffff", 0.10))
        for y in (60, 170, 276, 374):
            limb(c, [(-330, y + 30), (-300, y + 6), (-262, y)], [84, 86, 72], skin, 0.4, 0.5)
            c.drawPath(oval(-262, y - 2, 20, 24), fill(mixed(skin, "#ffffff", 0.45), 0.85))
        _tapping_thumb(c, t, press, skin)
    if tapped > 0.3:
        _sparks(c, t, tapped)
    dust(c, t, 69, 30, (0, 200, 1080, 1500), 0.6)


def _tapping_thumb(c: Canvas, t: float, press: float, skin: str) -> None:
    """The thumb that reaches over and taps."""
    reach = 1 - between(t, 0.3, 1.05) * 0.9 - press * 0.1 + between(t, 1.75, 2.5) * 0.8
    tip = (36 + 150 * reach, 458 + 70 * reach)
    c.drawPath(
        curve((330, 560), (250, 520), (tip[0] + 20, tip[1] + 30), closed=False), line("#150803", 90, 0.28, blur=22)
    )
    limb(
        c,
        [(330, 640), (296, 520), ((tip[0] + 290) / 2 + 30, (tip[1] + 470) / 2), tip],
        [190, 150, 112, 82],
        skin,
        0.45,
        0.4,
    )
    with at(c, tip[0] - 4, tip[1] - 10, 1, -60):
        c.drawPath(oval(0, -6, 26, 32), fill(mixed(skin, "#ffffff", 0.5), 0.9))
        c.drawPath(oval(0, -6, 26, 32), line("#9a5a44", 2, 0.35))


def _sparks(c: Canvas, t: float, tapped: float) -> None:
    """What flies off the tapped button."""
    for i, (angle, speed, size, _) in enumerate(dots(22, 67, (0, math.tau), (160, 520), (7, 16), (0, 1))):
        k = out((tapped - 0.3) / 0.7)
        x, y = 440 + math.cos(angle) * speed * k, 1400 + math.sin(angle) * speed * k * 0.9 - 60 * k
        c.drawPath(
            oval(x, y, size * (1 - 0.5 * k), size * (1 - 0.5 * k)),
            fill([HONEY, "#8fd3c3", CREAM][i % 3], 0.95 * (1 - between(t, 2.0, 3.0))),
        )
