"""Shots of giving and sharing: the table from above, the bag, the toast, the box."""

from __future__ import annotations

import math

from demo.draw import glass, objects
from demo.draw.bottle import bottle, contact, draw_bottle
from demo.draw.paint import (
    AMBER,
    CREAM,
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
    layer,
    line,
    linear,
    mixed,
    out,
    oval,
    poly,
    radial,
    rect,
    sprite,
    wave,
)
from demo.draw.people import Look, hand_grip
from demo.draw.places import bokeh, dust, glow, leaf_plant, shafts, skyline
from demo.draw.shots_day import LIN, LIN_KNIT, desk, morning
from demo.draw.shots_drink import bean
from demo.draw.stage import shot


def _planks() -> Sprite:
    def draw(c: Canvas) -> None:
        for i in range(9):
            x = -300 + i * 200
            tone = mixed("#9a6a42", "#6b4528", (i * 37 % 10) / 10)
            c.drawRect(
                rect(x, -400, 200, 2800),
                fill(
                    linear(
                        x,
                        0,
                        x + 200,
                        0,
                        mixed(tone, "#000000", 0.25),
                        tone,
                        mixed(tone, "#ffffff", 0.08),
                        mixed(tone, "#000000", 0.2),
                    )
                ),
            )
            for px, py, length, alpha in dots(70, 100 + i, (x + 6, x + 192), (-400, 2300), (80, 500), (0.03, 0.14)):
                c.drawPath(
                    curve((px, py), (px + 4 * math.sin(py), py + length / 2), (px, py + length), closed=False),
                    line("#2a1408", 2, alpha),
                )
            c.drawLine(x, -400, x, 2400, line("#1a0c05", 5, 0.6))

    return sprite("planks", (-300, -400, 1750, 2750), 0.8, draw)


def _top_glass(c: Canvas, t: float) -> None:
    """A glass of iced coffee seen from straight above; origin its middle."""
    c.drawPath(oval(46, 60, 190, 190), fill("#1a0a04", 0.5, blur=34))
    c.drawPath(oval(60, 76, 120, 120), fill("#d98a3a", 0.35, blur=30, blend=SCREEN))
    c.drawPath(
        oval(0, 0, 190, 190),
        fill(radial(-40, -50, 260, (0, "#ffffff", 0.4), (0.7, "#e9dcc8", 0.25), (1, "#ffffff", 0.55))),
    )
    c.drawPath(oval(0, 0, 166, 166), fill(radial(-30, -40, 220, "#6a3413", "#3a1a0a", "#1c0c06")))
    with clipped(c, oval(0, 0, 166, 166)):
        for i, (x, y, turn) in enumerate(((-64, -50, 12), (66, -34, 38), (-20, 74, -18))):
            glass.ice(70 + i).put(c, x + 5 * wave(t, i), y + 5 * wave(t, i + 4), 0.82, turn + 8 * t * (-1) ** i, 0.8)
        for ring in range(3):
            grow = (t * 0.5 + ring / 3) % 1
            c.drawPath(oval(10, 10, 166 * grow, 166 * grow), line("#ffe2b0", 4, 0.25 * (1 - grow)))
    c.drawPath(oval(0, 0, 178, 178), line("#fff8ea", 9, 0.55))
    c.drawPath(curve((-150, -80), (-110, -132), (-50, -164), closed=False), line("#ffffff", 12, 0.85, blur=3))


def _croissant(c: Canvas) -> None:
    c.drawPath(oval(24, 34, 250, 250), fill("#1a0a04", 0.45, blur=30))
    c.drawPath(oval(0, 0, 245, 245), fill(radial(-60, -70, 380, "#fbf6ea", "#e6dcc8", "#b8a88c")))
    c.drawPath(oval(0, 0, 176, 176), line("#a8987c", 4, 0.4, blur=2))
    c.drawPath(
        curve((-160, 60), (-110, -60), (0, -116), (120, -70), (168, 50), (100, 20), (0, -16), (-90, 16)),
        fill("#5a3010", 0.4, blur=16),
    )
    body = curve((-168, 44), (-120, -76), (0, -130), (126, -82), (172, 40), (104, 12), (0, -30), (-96, 8))
    c.drawPath(body, fill(linear(-100, -120, 80, 60, "#f4c070", "#c8803a", "#7a4018")))
    with clipped(c, body):
        for i in range(-3, 4):
            x = i * 46
            c.drawPath(curve((x - 20, -150), (x + 6, -60), (x * 1.3, 60), closed=False), line("#6b3510", 5, 0.55))
            c.drawPath(
                curve((x - 6, -150), (x + 20, -60), (x * 1.3 + 12, 60), closed=False), line("#ffe0a0", 8, 0.45, blur=4)
            )


@shot(
    "table-topdown-breakfast",
    3.6,
    "selling_point",
    "俯拍 早餐 餐桌 咖啡 可颂 笔记本 top-down table breakfast coffee croissant",
    vignette=0.65,
)
def topdown(c: Canvas, t: float) -> None:
    spin = between(t, -0.5, 4.2)
    with at(c, 540, 960, 1.16 - 0.12 * spin, -7 + 9 * spin):
        c.translate(-540, -960)
        _planks().put(c)
        with at(c, 800, 420, 1, 16):
            objects.notebook(c, 420, 560)
            c.drawPath(box(-250, -250, 16, 520, 8), fill(linear(-250, 0, -234, 0, "#e8c070", "#9a6c2a")))
        with at(c, 300, 520):
            _croissant(c)
        with at(c, 800, 1190, 1.12):
            _top_glass(c, t)
        with at(c, 330, 1800, 1.12, 12):
            c.drawPath(box(-118, -880, 290, 890, 60), fill("#150803", 0.55, blur=28))
            draw_bottle(c, -8)
        for i, (x, y, turn) in enumerate(dots(17, 19, (540, 1060), (1500, 1840), (0, 360))):
            c.drawPath(oval(x + 6, y + 9, 30, 22), fill("#1a0a04", 0.5, blur=6))
            bean(c, x, y, 62 + (i % 4) * 8, turn, i * 1.3)
    with layer(c, 0.22, blur=20):
        c.save()
        c.translate(-80 + wave(t * 0.8) * 26, 60)
        leaf_plant(c, 1180, 2050, 1500, t * 1.5, "#0a1408", 25, None)
        c.restore()
    glow(c, 60, 0, 1500, "#ffe0a0", 0.42)
    dust(c, t, 29, 26, (0, 0, 1080, 1900), 0.6)


@shot("bottle-into-tote-bag", 3.4, "cta", "放进 帆布包 带走 出门 早上 bottle into tote bag take away morning")
def into_tote(c: Canvas, t: float) -> None:
    push, down = between(t, -0.4, 3.8), between(t, 0.25, 1.9)
    morning().put(c, -20 - 60 * push, -70, 1.08)
    with at(c, 540 - 540 * (1 + 0.05 * push), 1500 - 1500 * (1 + 0.05 * push), 1 + 0.05 * push):
        desk(1690, "#8a5f3c", "#ffe3b0", 0.4).put(c)
        contact(c, 540, 1846, 820, 0.55)
        sway = 2.2 * math.exp(-max(0.0, t - 1.9) * 2.4) * math.sin(max(0.0, t - 1.9) * 9)
        with at(c, 540, 1000, 0.97, sway):
            objects.tote(c, front=False)
            leave = between(t, 2.15, 3.1)
            for i, (x, turn) in enumerate(((-210, -9), (-120, 5))):
                with at(c, x, 420, 1, turn):
                    c.drawPath(
                        box(-70, -640, 120, 600, 10),
                        fill(
                            linear(
                                -70,
                                0,
                                50,
                                0,
                                ["#c98a4a", "#2f7f73"][i],
                                mixed(["#c98a4a", "#2f7f73"][i], "#000000", 0.45),
                            )
                        ),
                    )
            with at(c, 90, -140 + 690 * down, 1, -5 + 9 * down):
                bottle(1.05).put(c)
                with at(c, 10, -700 - 640 * leave, 1, -28 - 10 * leave):
                    hand_grip(c, 62, LIN.skin, 1 - 0.9 * between(t, 1.95, 2.3), 0.98, LIN.top, (430, -560))
            objects.tote(c, front=True)
            with clipped(c, poly((-380, 60), (380, 60), (320, 880), (-320, 880))), at(c, 0, 520):
                c.drawPath(oval(0, 0, 118, 118), fill("#1d665b", 0.9))
                c.drawPath(oval(6, -16, 56, 56), fill("#e8b45c"))
                c.drawPath(oval(30, -32, 50, 50), fill("#1d665b"))
    shafts(c, (1150, -240), [(102, 112), (118, 126)], 2400, "#fff0c8", 0.34, t)
    dust(c, t, 43, 60, (0, 200, 1080, 1500), 0.9)


@shot(
    "cheers-night-terrace",
    3.4,
    "offer",
    "碰杯 朋友 露台 夜景 灯串 cheers friends terrace night city lights glasses",
    bloom=0.5,
)
def cheers(c: Canvas, t: float) -> None:
    def city(s: Canvas) -> None:
        s.drawPaint(fill(linear(0, 0, 0, 1920, "#0c1424", "#2a2444", "#8a4a3a", "#2a1814")))
        skyline(s, -60, 1500, 1250, 41, "#1d2236", (300, 900), 0.22)
        skyline(s, -60, 1580, 1250, 45, "#141624", (160, 520), 0.30)
        bokeh(s, dots(26, 47, (-40, 1120), (700, 1500), (16, 56), (0.15, 0.5)), (AMBER, HONEY, "#8fd3c3", "#e0704a"))

    sprite("terrace", (-60, -60, 1200, 2040), 0.5, city, 12).put(c, -20 + 14 * t, -20, 1.03)
    for strand, (y, sag) in enumerate(((220, 190), (430, 240))):
        points = [(-60 + i * 120, y + sag * (1 - ((i - 5) / 5) ** 2) * 0.9 + 8 * wave(t, i)) for i in range(11)]
        with layer(c, 1, blur=4):
            c.drawPath(curve(*points, closed=False), line("#0a0806", 5, 0.9))
            for i, (x, py) in enumerate(points):
                glow(c, x, py + 26, 150, "#ffc66a", 0.5 + 0.14 * wave(t * 2, i + strand * 7))
                c.drawPath(oval(x, py + 24, 15, 21), fill("#fff0c8"))
    meet = between(t, 0.1, 1.15)
    back = out((t - 1.2) / 0.9) if t > 1.2 else 0.0
    apart = 330 * (1 - meet) + 46 * back
    other = Look(skin="#c98d66", top="#b9673c")
    for side, person in ((-1, LIN_KNIT), (1, other)):
        tilt = side * (-9 * meet + 3 * back)
        with at(c, 540 + side * (200 + apart), 1440 + 60 * (1 - meet), 1.0, tilt):
            slosh = 12 * math.sin(max(0.0, t - 1.15) * 9) * math.exp(-max(0.0, t - 1.15) * 1.6)
            glass.glass_at(c, 0, 0, 1.18, t + side, -392 + slosh * side, stir=max(0.0, 1 - abs(t - 1.5)))
            with at(c, 0, -230, 1, 0, side < 0):
                hand_grip(c, 200, person.skin, 1, 1.2, person.top, (420, 520), fingers=False)
    if t > 1.12:
        age = t - 1.12
        glow(c, 540, 870, 340 * out(age), "#fff0c8", 0.9 * max(0.0, 1 - age / 0.5))
        for speed, angle, size, _ in dots(30, 49, (160, 620), (-2.8, -0.34), (4, 13), (0, 1)):
            x, y = 540 + math.cos(angle) * speed * age, 850 + math.sin(angle) * speed * age + 560 * age * age
            if y < 1150:
                c.drawPath(
                    oval(x, y, size, size * 1.1),
                    fill(radial(x - 3, y - 3, size * 1.3, "#fff0d0", "#b8671f", "#2a1208")),
                )
    dust(c, t, 47, 30, (0, 200, 1080, 1500), 0.6)


@shot(
    "delivery-box-opens-six-bottles", 3.6, "offer", "开箱 快递 礼盒 一箱 六瓶 unboxing delivery box carton bottles gift"
)
def unbox(c: Canvas, t: float) -> None:
    push, opened, rise = between(t, -0.3, 4.0), between(t, 0.15, 1.35), between(t, 0.9, 2.6)
    morning().put(c, -30 + 20 * push, -100, 1.1)
    with at(c, 540 - 540 * (1 + 0.07 * push), 1400 - 1400 * (1 + 0.07 * push), 1 + 0.07 * push):
        desk(1480, "#8a5f3c", "#ffe3b0", 0.5).put(c)
        contact(c, 540, 1752, 1010, 0.6)
        kraft, dark = "#c2935c", "#7a5228"
        c.drawPath(poly((90, 1080), (990, 1080), (930, 980), (150, 980)), fill("#3a2410"))
        _side_flaps(c, dark, kraft, opened)
        for row, (y, scale, xs) in enumerate(((1290, 0.80, (290, 540, 790)), (1400, 0.88, (250, 540, 830)))):
            for i, x in enumerate(xs):
                lift = 150 * between(t, 0.9 + 0.12 * (i + row), 2.3 + 0.12 * (i + row))
                bottle(1.0).put(c, x, y + 150 - lift, scale)
        glow(c, 540, 980, 620, "#ffe3a8", 0.20 * opened)
        _box_front(c, dark, kraft)
        flap = math.radians(20 + 120 * opened)
        drop = 240 * math.cos(flap)
        c.drawPath(
            poly((90, 1080), (990, 1080), (1030, 1080 - drop), (50, 1080 - drop)),
            fill(linear(0, 1080, 0, 1080 - drop, mixed(kraft, "#000000", 0.1), mixed(kraft, "#ffffff", 0.25))),
        )
        c.drawLine(90, 1080, 990, 1080, line("#fff0d0", 3, 0.4))
        _confetti(c, t, rise)
    shafts(c, (-80, -200), [(52, 62), (67, 75)], 2400, "#fff0c8", 0.30, t)
    dust(c, t, 53, 50, (0, 200, 1080, 1400), 0.9)


def _side_flaps(c: Canvas, dark: str, kraft: str, opened: float) -> None:
    """The flaps left and right."""
    for side in (-1, 1):
        angle = math.radians(6 + 128 * opened)
        tip = (540 + side * (450 - 330 * math.cos(angle) * 0.9), 1060 - 250 * math.sin(angle) * 0.9)
        c.drawPath(
            poly(
                (540 + side * 390, 980),
                (540 + side * 450, 1080),
                (tip[0] + side * 8, tip[1] + 56),
                (tip[0] - side * 20, tip[1] - 34),
            ),
            fill(linear(tip[0], tip[1], 540 + side * 450, 1080, mixed(kraft, "#ffffff", 0.18), dark)),
        )


def _box_front(c: Canvas, dark: str, kraft: str) -> None:
    """The front with grain and the mark."""
    front = poly((90, 1080), (990, 1080), (966, 1750), (114, 1750))
    c.drawPath(front, fill(linear(90, 1080, 990, 1750, mixed(kraft, "#ffffff", 0.22), kraft, dark)))
    with clipped(c, front):
        for x, y, length, alpha in dots(240, 58, (80, 960), (1080, 1750), (20, 120), (0.02, 0.08)):
            c.drawLine(x, y, x + length, y, line("#5a3a18", 2, alpha))
        with at(c, 540, 1420):
            c.drawPath(oval(0, 0, 150, 150), fill("#1d665b"))
            c.drawPath(oval(8, -20, 72, 72), fill("#f0c06a"))
            c.drawPath(oval(38, -40, 64, 64), fill("#1d665b"))
            for i in range(3):
                c.drawPath(
                    curve(*[(-130 + k * 32, 62 + i * 26 + (6 if (k + i) % 2 else -6)) for k in range(9)], closed=False),
                    line(CREAM, 5, 0.8 - 0.2 * i),
                )


def _confetti(c: Canvas, t: float, rise: float) -> None:
    """Paper bits thrown up by the opening."""
    for i, (x, y, size, phase) in enumerate(dots(14, 59, (220, 860), (0, 260), (16, 30), (0, 6))):
        if rise > 0.05:
            px, py = x + 60 * wave(t, phase), 1040 - y * rise * 2.6 + 150 * rise * rise
            with at(c, px, py, 1, t * 120 + phase * 60):
                c.drawPath(
                    box(-size / 2, -size / 4, size, size / 2, 4),
                    fill(["#e8b45c", "#2f8f80", "#f8ecd6", "#d9862b"][i % 4], 0.9 * (1 - between(t, 2.6, 3.5))),
                )
