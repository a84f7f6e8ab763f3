"""The products of the sample references. Each draws at its bottom centre, about 300 wide; t moves what lives in it."""

from __future__ import annotations

import math

from demo.draw.bottle import SANS, SERIF
from demo.draw.objects import phone
from demo.draw.paint import (
    HONEY,
    SCREEN,
    Canvas,
    at,
    box,
    clipped,
    curve,
    dots,
    fill,
    font,
    line,
    linear,
    mixed,
    oval,
    poly,
    radial,
    rect,
    wave,
    write,
)
from demo.draw.places import glow


def _round(c: Canvas, w: float, top: float, foot: float, colour: str, radius: float = 12) -> None:
    """A cylinder's side: dark edges, a lit band on the left, a rim of light on the right."""
    dark, light = mixed(colour, "#000000", 0.62), mixed(colour, "#ffffff", 0.42)
    stops = (
        (0, dark),
        (0.14, colour),
        (0.26, light),
        (0.4, colour),
        (0.82, dark),
        (0.95, mixed(colour, HONEY, 0.3)),
        (1, dark),
    )
    c.drawPath(box(-w, top, w * 2, foot - top, radius), fill(linear(-w, 0, w, 0, *stops)))


def steam(c: Canvas, t: float, x: float, y: float, size: float = 1.0, strength: float = 0.3) -> None:
    """Slow ribbons of steam."""
    for i in range(3):
        points = []
        for k in range(7):
            rise = k / 6
            points.append(
                (
                    x + (i - 1) * 34 * size + math.sin(rise * 5 - t * 2.2 + i * 2) * 30 * size * rise,
                    y - rise * 330 * size,
                )
            )
        c.drawPath(
            curve(*points, closed=False), line("#ffffff", 26 * size, strength * 0.55, blur=15 * size, blend=SCREEN)
        )


def tea_tin(c: Canvas, t: float) -> None:
    """Oolong in a green tin with a paper label."""
    _round(c, 150, -470, 0, "#1f5a48", 16)
    _round(c, 154, -520, -440, "#2c7660", 16)
    c.drawPath(oval(0, -518, 148, 16), fill("#4f9a80"))
    c.drawPath(box(-72, -370, 144, 280, 6), fill(linear(-72, 0, 72, 0, "#d8c8a2", "#f8eed6", "#cdb98e")))
    for i, letter in enumerate("岚雨"):
        write(c, letter, 0, -262 + i * 92, font(SERIF, 84, True), fill("#1c2a22"))
    c.drawPath(box(-20, -134, 40, 34, 5), fill("#b23a2a"))


def drip_cup(c: Canvas, t: float) -> None:
    """A mug with a drip bag hung over its rim."""
    c.drawPath(curve((150, -250), (250, -240), (246, -110), (140, -90), closed=False), line("#d9cbb4", 34))
    _round(c, 170, -290, 0, "#efe4d0", 40)
    c.drawPath(oval(0, -288, 168, 26), fill(linear(-168, 0, 168, 0, "#8a5a34", "#3a1e10", "#5a3218")))
    c.drawPath(
        poly((-118, -420), (118, -420), (86, -250), (-86, -250)),
        fill(linear(-118, 0, 118, 0, "#e9dcc2", "#fffaf0", "#cdbb98")),
    )
    c.drawPath(oval(0, -418, 116, 18), fill("#4a2a16"))
    for side in (-1, 1):
        c.drawPath(poly((side * 118, -420), (side * 178, -300), (side * 160, -280), (side * 98, -370)), fill("#b98a54"))
    write(c, "椿午", 0, -300, font(SERIF, 62, True), fill("#8a3a2a"), 6)
    steam(c, t, 0, -430)


def instant_cup(c: Canvas, t: float) -> None:
    """A paper cup of instant coffee, pale and flat."""
    c.drawPath(
        poly((-130, -310), (130, -310), (98, 0), (-98, 0)),
        fill(linear(-130, 0, 130, 0, "#8f8c86", "#d9d6cf", "#aaa69e", "#77736c")),
    )
    c.drawPath(oval(0, -308, 130, 22), fill("#b59a7c"))
    c.drawPath(oval(-20, -308, 70, 9), fill("#d9c6aa", 0.8))


def can(c: Canvas, t: float) -> None:
    """Sparkling yuzu in a slim can."""
    _round(c, 118, -520, -14, "#e8c547", 26)
    c.drawPath(
        poly((-112, -30), (112, -30), (92, 0), (-92, 0)), fill(linear(-100, 0, 100, 0, "#5a5a54", "#e6e6e0", "#7a7a72"))
    )
    c.drawPath(
        poly((-112, -506), (112, -506), (90, -546), (-90, -546)),
        fill(linear(-100, 0, 100, 0, "#6a6a64", "#f4f4ee", "#8a8a82")),
    )
    c.drawPath(oval(0, -546, 90, 12), fill("#c9c9c2"))
    with clipped(c, box(-118, -505, 236, 480, 10)):
        for i in range(3):
            wavy = curve(
                *[(-130 + k * 44, -150 + i * 44 + (12 if (k + i) % 2 else -12)) for k in range(7)], closed=False
            )
            c.drawPath(wavy, line("#1f7a6a", 15, 0.9 - 0.2 * i))
        c.drawPath(oval(0, -270, 68, 68), fill("#fff6d0"))
        c.drawPath(oval(0, -270, 56, 56), fill("#f0a830"))
        for k in range(8):
            c.drawLine(0, -270, math.cos(k * 0.785) * 52, -270 + math.sin(k * 0.785) * 52, line("#fff6d0", 5))
    write(c, "LUMO", 0, -388, font(SANS, 74, True), fill("#12463e"), 6)


def pouch(c: Canvas, t: float) -> None:
    """Granola in a stand-up bag."""
    bag = curve(
        (-168, -500), (-184, -250), (-196, -30), (-150, 0), (150, 0), (196, -30), (184, -250), (168, -500), tension=0.5
    )
    c.drawPath(
        bag,
        fill(
            linear(
                -190, 0, 190, 0, (0, "#8a4a1c"), (0.2, "#e8944a"), (0.35, "#ffc07a"), (0.6, "#dd8438"), (1, "#7a3c14")
            )
        ),
    )
    c.drawRect(rect(-168, -500, 336, 44), fill("#6b3210", 0.55))
    with clipped(c, oval(0, -150, 112, 96)):
        c.drawRect(rect(-120, -250, 240, 200), fill("#5a3014"))
        for x, y, size, tone in dots(90, 5, (-115, 115), (-245, -55), (9, 20), (0, 1)):
            c.drawPath(oval(x, y, size, size * 0.7), fill(mixed("#b9773a", "#f0cf94", tone)))
    c.drawPath(oval(0, -150, 112, 96), line("#fff2da", 7, 0.8))
    write(c, "谷屿", 0, -310, font(SERIF, 112, True), fill("#3a1a08"), 12)
    write(c, "燕麦脆", 0, -266, font(SANS, 34, True), fill("#fff2da"), 12)


def bowl(c: Canvas, t: float) -> None:
    """A bowl of granola with milk and berries."""
    c.drawPath(oval(0, -190, 250, 62), fill("#f8f2e6"))
    c.drawPath(oval(0, -190, 232, 52), fill("#fffaf0"))
    with clipped(c, oval(0, -196, 226, 66)):
        for x, y, size, tone in dots(120, 6, (-220, 220), (-250, -140), (12, 26), (0, 1)):
            c.drawPath(
                oval(x, y, size, size * 0.66),
                fill(
                    radial(
                        x - 4, y - 5, size * 1.3, mixed("#e8b468", "#ffe6b4", tone), mixed("#8a5220", "#c98a44", tone)
                    )
                ),
            )
        for x, y in ((-120, -214), (-30, -176), (60, -226), (130, -190), (10, -232)):
            c.drawPath(oval(x, y, 26, 24), fill(radial(x - 8, y - 8, 34, "#8a9adf", "#34408a", "#141a4a")))
        for x, y in ((-70, -228), (96, -172), (-160, -186)):
            c.drawPath(oval(x, y, 28, 26), fill(radial(x - 8, y - 8, 36, "#ff9a8a", "#d93a34", "#7a1414")))
    shape = curve(
        (-250, -190), (-214, -60), (-110, 0), (110, 0), (214, -60), (250, -190), (120, -136), (-120, -136), tension=0.8
    )
    c.drawPath(shape, fill(linear(-250, 0, 250, 0, "#8f9a94", "#eef2ee", "#c2ccc6", "#6d7872")))


def serum(c: Canvas, t: float) -> None:
    """A dropper bottle."""
    _round(c, 112, -330, 0, "#7fb5c4", 30)
    with clipped(c, box(-112, -330, 224, 330, 30)):
        c.drawRect(rect(-112, -260, 224, 260), fill("#d9f0f4", 0.35))
        c.drawRect(rect(-8, -400, 16, 320), fill("#ffffff", 0.35))
    _round(c, 58, -400, -320, "#c9a45c", 8)
    c.drawPath(
        curve((-40, -400), (-46, -480), (-30, -540), (30, -540), (46, -480), (40, -400)),
        fill(linear(-46, 0, 46, 0, "#2a3a40", "#7a8a90", "#20303a")),
    )
    c.drawPath(box(-78, -236, 156, 170, 8), fill("#f6fbfb", 0.92))
    write(c, "檐露", 0, -140, font(SERIF, 66, True), fill("#1d4a58"), 6)
    write(c, "SERUM", 0, -96, font(SANS, 24, True), fill("#1d4a58"), 7)


def candle(c: Canvas, t: float) -> None:
    """A candle in a glass jar, burning."""
    flicker = 1 + 0.06 * wave(t * 9)
    glow(c, 0, -330, 420, "#ffb84a", 0.55 * flicker)
    _round(c, 160, -330, 0, "#7a5a3e", 26)
    with clipped(c, box(-160, -330, 320, 330, 26)):
        c.drawRect(
            rect(-160, -270, 320, 270),
            fill(linear(0, -270, 0, 0, (0, "#ffe2a8", 0.95), (0.35, "#f0cf9a", 0.75), (1, "#a87a4c", 0.5))),
        )
        c.drawPath(oval(0, -270, 158, 24), fill("#fff0cc"))
    c.drawPath(oval(0, -328, 158, 24), line("#ffe9c4", 5, 0.6))
    c.drawLine(0, -270, 0, -310, line("#2a1a10", 7))
    with at(c, 0, -305, flicker, 3 * wave(t * 5)):
        c.drawPath(
            curve((0, -120), (26, -44), (18, 0), (0, 8), (-18, 0), (-26, -44)),
            fill(radial(0, -16, 96, "#fffbe6", "#ffd060", "#ff8a1f")),
        )
    c.drawPath(box(-90, -190, 180, 130, 6), fill("#f4ead6"))
    write(c, "栖木", 0, -112, font(SERIF, 74, True), fill("#3a2414"), 8)


def headphones(c: Canvas, t: float, colour: str = "#2a3438") -> None:
    """Over-ear headphones facing us; origin between the cups at their foot."""
    c.drawPath(
        curve((-178, -170), (-176, -380), (0, -486), (176, -380), (178, -170), closed=False),
        line(mixed(colour, "#000000", 0.3), 50),
    )
    c.drawPath(
        curve((-178, -180), (-172, -372), (0, -474), (172, -372), (178, -180), closed=False),
        line(mixed(colour, "#ffffff", 0.4), 9, 0.8, blur=2),
    )
    for side in (-1, 1):
        with at(c, side * 178, -120, 1, side * 4):
            c.drawPath(
                box(-66, -140, 132, 280, 62),
                fill(linear(-66, -140, 66, 140, mixed(colour, "#ffffff", 0.45), colour, mixed(colour, "#000000", 0.6))),
            )
            c.drawPath(box(-44 - side * 14, -112, 88, 224, 42), line("#e0a050", 5, 0.8))
            c.drawPath(oval(side * 18, -70, 14, 30), fill("#ffffff", 0.35, blur=6))


def mat(c: Canvas, t: float) -> None:
    """A rolled exercise mat and a dumbbell."""
    c.drawPath(box(-240, -190, 480, 180, 88), fill(linear(0, -190, 0, -10, "#8fd3c3", "#2f8f80", "#14504a")))
    c.drawPath(oval(222, -100, 40, 88), fill("#1d6a60"))
    for k in range(4):
        c.drawPath(oval(222, -100, 34 - k * 8, 76 - k * 18), line("#8fd3c3", 5, 0.7))
    for x in (-120, 60):
        c.drawRect(rect(x, -192, 30, 184), fill("#20302e", 0.75))
    write(c, "跃川", -34, -78, font(SANS, 62, True), fill("#f4fbf8"), 8)
    for x in (-300, -150):
        c.drawPath(box(x - 30, -96, 60, 96, 14), fill(linear(x - 30, 0, x + 30, 0, "#1c2224", "#7a8688", "#20282a")))
    c.drawPath(box(-280, -60, 112, 26, 10), fill("#aab4b4"))


def coat(c: Canvas, t: float) -> None:
    """A belted coat on a hanger, 620 high."""
    sway = 1.6 * math.sin(t * 1.7)
    with at(c, 0, -700, 1, sway):
        c.drawPath(curve((0, -90), (26, -66), (0, -40), (0, 0), closed=False), line("#b9a27c", 10))
        c.drawPath(curve((-150, 50), (0, -6), (150, 50), closed=False), line("#8a6a44", 18))
        for side in (-1, 1):
            sleeve = curve((side * 130, 40), (side * 220, 120), (side * 250, 420), (side * 180, 440), (side * 150, 200))
            c.drawPath(sleeve, fill(linear(side * 130, 0, side * 250, 0, "#b08a5a", "#7a5a38")))
        body = curve(
            (-150, 40), (-40, 10), (40, 10), (150, 40), (168, 300), (210, 700), (-210, 700), (-168, 300), tension=0.6
        )
        c.drawPath(body, fill(linear(-200, 0, 200, 0, "#8a6640", "#cfa670", "#b98e58", "#7a5836")))
        c.drawLine(0, 120, 14, 700, line("#5a3e22", 4, 0.7))
        for side in (-1, 1):
            c.drawPath(
                poly((side * 20, 14), (side * 120, 40), (side * 96, 150), (side * 60, 170), (side * 6, 250)),
                fill(linear(0, 14, 0, 250, "#d9b27c", "#946c40")),
            )
            for k in range(4):
                c.drawPath(oval(side * 40, 300 + k * 90, 11, 11), fill("#3a2612"))
        c.drawRect(rect(-172, 360, 346, 48), fill(linear(0, 360, 0, 408, "#a87e4c", "#6b4a28")))
        c.drawPath(box(-34, 352, 68, 64, 10), line("#e0c490", 9))


def lesson_phone(c: Canvas, t: float) -> None:
    """A phone in a speaking lesson: a teacher's tile and a moving voice line."""
    with at(c, 0, -430):
        x, y, w, h = phone(c, 400)
        screen = box(x, y, w, h, 46)
        c.drawPath(screen, fill("#f3f6fb"))
        with clipped(c, screen):
            c.drawRect(rect(x, y, w, h * 0.52), fill(linear(x, y, x + w, y + h * 0.5, "#5a86d9", "#8fb4f0")))
            c.drawPath(oval(0, y + h * 0.24, 78, 88), fill("#f1c5a3"))
            c.drawPath(oval(0, y + h * 0.56, 150, 130), fill("#f4f0e6"))
            c.drawPath(
                curve(
                    (-84, y + h * 0.25),
                    (-80, y + h * 0.13),
                    (0, y + h * 0.10),
                    (80, y + h * 0.13),
                    (84, y + h * 0.25),
                    (60, y + h * 0.19),
                    (-50, y + h * 0.18),
                ),
                fill("#3a2418"),
            )
            for side in (-1, 1):
                c.drawPath(oval(side * 28, y + h * 0.245, 7, 8), fill("#2a1810"))
            c.drawPath(oval(0, y + h * 0.298, 18, 5 + 6 * abs(math.sin(t * 9))), fill("#b9453c"))
            for k in range(17):
                tall = 12 + 74 * abs(math.sin(t * 7 + k * 0.9) * math.sin(k * 0.55 + t))
                c.drawPath(box(x + 38 + k * 17.5, y + h * 0.66 - tall / 2, 9, tall, 5), fill("#2f6fd0"))
            for k, share in enumerate((0.8, 0.6)):
                c.drawPath(box(x + 36, y + h * (0.77 + k * 0.045), w * share - 60, 18, 9), fill("#b8c6dc"))
            c.drawPath(oval(0, y + h * 0.915, 42, 42), fill("#e9573a"))
            c.drawPath(box(-11, y + h * 0.895, 22, 32, 10), fill("#ffffff"))
