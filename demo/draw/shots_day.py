"""Shots of the office day: morning window, the hand, three o'clock, the clock, the sip."""

from __future__ import annotations

import math

from demo.draw import glass, objects
from demo.draw.bottle import bottle, contact
from demo.draw.paint import (
    AMBER,
    HONEY,
    SCREEN,
    Canvas,
    Sprite,
    at,
    between,
    box,
    dots,
    fill,
    layer,
    line,
    linear,
    mixed,
    oval,
    poly,
    rect,
    sprite,
)
from demo.draw.people import Look, Mood, blink, bust, hand_grip, limb
from demo.draw.places import bokeh, dust, glow, leaf_plant, shafts, skyline, table, window_light
from demo.draw.stage import shot

LIN = Look(cut="bob", wear="blazer", top="#3d4a55", skin="#f1c5a3", hair="#2b1a14")
LIN_KNIT = Look(cut="bob", wear="knit", top="#2f7f73", skin="#f1c5a3", hair="#2b1a14")


def room(key: str, sky: tuple[str, str], wall: tuple[str, str], lamp: str, blur: float = 11.0) -> Sprite:
    """An office wall with a wide window, shelves and a plant, out of focus."""

    def draw(c: Canvas) -> None:
        c.drawPaint(fill(linear(0, 0, 1080, 1920, *wall)))
        window_light(c, 90, 130, 620, 900, sky, 3, mixed(wall[1], "#1a0f0a", 0.5))
        c.save()
        c.clipRect(rect(104, 144, 592, 872))
        skyline(c, 60, 1020, 700, 6, mixed(sky[1], "#5a4a4a", 0.42), (150, 520), 0.1)
        skyline(c, 60, 1020, 700, 12, mixed(sky[1], "#3a3438", 0.62), (70, 330), 0.16)
        c.restore()
        for i in (1, 2):
            c.drawRect(rect(90 + 620 * i / 3 - 9, 130, 18, 900), fill(mixed(wall[1], "#1a0f0a", 0.5)))
        for shelf in (420, 700, 980):
            c.drawRect(rect(800, shelf, 400, 16), fill(mixed(wall[1], "#000000", 0.35)))
            for x, w, h, shade in dots(6, shelf, (820, 1080), (26, 60), (80, 190), (0, 1)):
                c.drawRect(rect(x, shelf - h, w, h), fill(["#2f7f73", "#c98a4a", "#e9dcc6", "#6b3f2a"][int(shade * 4)]))
        glow(c, 400, 500, 760, lamp, 0.5)
        leaf_plant(c, 880, 1420, 360, 0, "#3d7a54", 5)

    return sprite(("room", key), (-60, -60, 1200, 2040), 0.5, draw, blur)


def morning() -> Sprite:
    return room("morning", ("#fff3d6", "#ffce8a"), ("#e3c49c", "#8d6a4c"), "#fff0cc")


def afternoon() -> Sprite:
    return room("afternoon", ("#eef2ec", "#d8d2bc"), ("#b5b0a0", "#5f6560"), "#fff6e0")


def evening() -> Sprite:
    return room("evening", ("#3d3a5c", "#e08a4c"), ("#54382a", "#2a1a14"), "#f0a050")


def desk(top: float, colour: str, light: str, spot: float = 0.5) -> Sprite:
    return sprite(
        ("desk", top, colour, light, spot),
        (-80, top - 4, 1240, 2000 - top),
        1.0,
        lambda c: table(c, top, (1080, 1920), colour, light, spot),
    )


@shot(
    "morning-window-desk-wide",
    3.8,
    "hook",
    "清晨 窗边 阳光 书桌 瓶子 冰咖啡 morning window sunlight desk bottle iced coffee wide",
    bloom=0.4,
)
def morning_desk(c: Canvas, t: float) -> None:
    push = between(t, -0.6, 4.4)
    morning().put(c, -20 - 40 * push, -60 - 30 * push, 1.04 + 0.05 * push)
    with at(c, 540 - 540 * (1 + 0.10 * push), 1400 - 1400 * (1 + 0.10 * push), 1 + 0.10 * push):
        desk(1330, "#9a6b42", "#ffe3b0", 0.35).put(c)
        for x, width in ((470, 300), (770, 380)):
            c.drawPath(
                poly((x - 90, 1560), (x + 90, 1560), (x + width + 240, 1800), (x + width - 80, 1800)),
                fill("#2a1408", 0.38, blur=26),
            )
        with at(c, 205, 1500):
            c.drawPath(poly((-190, 0), (120, -40), (170, 40), (-170, 92)), fill("#f7efdd"))
            c.drawPath(poly((-190, 0), (-170, 92), (-166, 108), (-188, 16)), fill("#c9b48e"))
            c.drawPath(poly((-170, 92), (170, 40), (170, 56), (-166, 108)), fill("#d9c6a2"))
            c.drawPath(poly((-120, 40), (110, 0), closed=False), line("#b9855a", 8, 0.8))
        contact(c, 460, 1562, 330, 0.55, "#2a1005")
        bottle(1.15).put(c, 460, 1560, 1.08)
        contact(c, 800, 1606, 300, 0.5, "#2a1005")
        glass.glass_at(c, 800, 1606, 0.78, t, -380)
        c.drawPath(oval(930, 1640, 110, 22), fill("#ffb85c", 0.45, blur=16, blend=SCREEN))
    shafts(c, (250, -260), [(48, 58), (62, 74), (79, 88)], 2300, "#fff0c8", 0.42, t)
    dust(c, t, 21, 90, (0, 200, 1080, 1500), 1.0)
    with layer(c, 0.9, blur=16):
        leaf_plant(c, 1060 + 60 * push, 2040, 620, t, "#2f6a48", 9, None)


@shot(
    "hand-lifts-bottle-desk",
    3.4,
    "selling_point",
    "手 拿起 瓶子 办公桌 傍晚 hand reaches lifts bottle desk evening office",
)
def hand_lifts(c: Canvas, t: float) -> None:
    pan = between(t, -0.4, 3.8)
    evening().put(c, -70 * pan, -30, 1.06)
    bokeh(c, dots(9, 91, (0, 1080), (300, 1150), (30, 80), (0.1, 0.35)), (AMBER, HONEY, "#8fd3c3"), t)
    with layer(c, blur=7), at(c, 190 - 30 * pan, 1440, 0.95):
        objects.laptop_back(c, 620, "#5f6664")
    desk(1400, "#5a3620", "#f0a850", 0.6).put(c)
    grab, lift = between(t, 0.35, 1.25), between(t, 1.7, 3.3)
    x, y = 500, 1700 - 560 * lift
    contact(c, 500 + 30 * lift, 1704, 470 * (1 + 0.4 * lift), 0.75 * (1 - 0.75 * lift))
    with at(c, x + 30 * lift, y, 1.0, 4 * lift):
        bottle(1.5).put(c, 0, 0, 1.42)
        slide = 760 * (1 - grab)
        if slide < 700:
            with at(c, slide, -640 + 90 * (1 - grab)):
                hand_grip(c, 213, LIN.skin, between(t, 1.05, 1.55), 1.28, "#3d4a55") if slide < 2 else _reaching(
                    c, between(t, 1.05, 1.55)
                )
    dust(c, t, 27, 34, (0, 200, 1080, 1500), 0.7)


def _reaching(c: Canvas, close: float) -> None:
    """The hand while it comes: open, no finger tips round the bottle yet."""
    c.save()
    c.clipRect(rect(100, -500, 1400, 1400))
    hand_grip(c, 213, LIN.skin, close, 1.28, "#3d4a55")
    c.restore()


def _cheek_hand(c: Canvas, skin: str, sleeve: str) -> None:
    """Forearm up from the desk, hand under the cheek; in the bust's own pixels."""
    limb(c, [(262, 660), (236, 480), (196, 330)], [150, 128, 104], sleeve, 0.35, 0.5)
    limb(c, [(158, 322), (236, 316)], [36, 36], "#f4eee4", 0.2, 0.3)
    limb(c, [(192, 318), (176, 250), (150, 190)], [84, 88, 96], skin, 0.4, 0.45)
    for x, y, tx, ty, wide in (
        (182, 196, 158, 96, 38),
        (160, 186, 134, 78, 40),
        (136, 190, 110, 92, 39),
        (116, 206, 92, 122, 36),
    ):
        limb(c, [(x, y), ((x + tx) / 2 + 8, (y + ty) / 2), (tx, ty)], [wide + 3, wide, wide - 5], skin, 0.35, 0.4)


@shot(
    "tired-worker-three-pm",
    3.8,
    "pain",
    "下午 三点 犯困 上班族 托腮 笔记本电脑 tired office worker afternoon slump laptop",
)
def tired(c: Canvas, t: float) -> None:
    push = between(t, -0.5, 4.4)
    afternoon().put(c, -40 - 20 * push, -70 - 30 * push, 1.06 + 0.04 * push)
    with layer(c, 0.95, blur=4), at(c, 850, 330):
        objects.wall_clock(c, 118, 3, 0 + t * 0.4, math.floor(t * 2) * 1 + 20)
    with at(c, 540 - 540 * (1 + 0.07 * push), 800 - 800 * (1 + 0.07 * push), 1 + 0.07 * push):
        sigh = math.sin(t * 1.5) * 4
        lids = 0.42 - 0.16 * between(t, 0.4, 1.3) + 0.16 * between(t, 1.3, 1.9) - 0.42 * between(t, 2.3, 2.9)
        with at(c, 500, 800 + sigh, 1.42):
            bust(
                c,
                LIN,
                Mood(
                    lids=lids, smile=-0.45, brow=-0.5, gaze=(-0.2, 0.7), tilt=11 + 2.5 * between(t, 2.2, 3.2), turn=0.15
                ),
                720,
                6,
            )
            with at(c, 6, 2 + 6 * between(t, 2.2, 3.2)):
                _cheek_hand(c, LIN.skin, LIN.top)
        desk(1560, "#7c6248", "#e8dcc0", 0.4).put(c)
        contact(c, 400, 1660, 640, 0.5)
        with at(c, 392, 1664):
            objects.laptop_back(c, 660, "#8a918e")
        contact(c, 860, 1700, 190, 0.5)
        with at(c, 860, 1704, 0.78):
            objects.paper_cup(c)
        for i in range(5):
            c.drawPath(
                box(800 - i * 3, 1800 - i * 9, 330, 60, 4), fill(mixed("#f4efe4", "#a89878", 0.12 * (i % 2) + 0.06))
            )
    dust(c, t, 33, 26, (0, 200, 1080, 1200), 0.5)


@shot(
    "office-clock-afternoon-shadows",
    3.2,
    "pain",
    "时钟 滴答 下午 光影 百叶窗 等下班 clock ticking afternoon shadows slow",
)
def clock(c: Canvas, t: float) -> None:
    push = between(t, -0.4, 3.8)

    def wall(s: Canvas) -> None:
        s.drawPaint(fill(linear(0, -60, 1080, 1980, "#d8c8a8", "#a98c66", "#6b533c")))
        for x, y, size, alpha in dots(500, 3, (-60, 1140), (-60, 1980), (2, 7), (0.01, 0.05)):
            s.drawPath(oval(x, y, size, size), fill("#4a3420", alpha))

    sprite("plaster", (-60, -60, 1200, 2040), 0.5, wall).put(c)
    for i in range(11):
        y = -300 + i * 215 + 110 * push
        c.drawPath(
            poly((-100, y + 260), (1180, y - 190), (1180, y - 85), (-100, y + 365)),
            fill("#ffe9b8", 0.34, blur=9, blend=SCREEN),
        )
    second = math.floor(t * 1.25) + 12
    spring = (t * 1.25) % 1
    jerk = 1 - math.exp(-spring * 22) * math.cos(spring * 46)
    with at(c, 560 - 30 * push, 790, 1 + 0.09 * push, -2):
        objects.wall_clock(c, 370, 3, 4 + t * 0.5, second - 1 + jerk)
    with layer(c, 0.92, blur=13):
        leaf_plant(c, 60 - 50 * push, 1990, 720, t, "#3d6a4a", 14, None)
    with layer(c, 0.96, blur=8):
        c.drawRect(rect(-40, 1730, 1200, 300), fill(linear(0, 1730, 0, 1920, "#6a4a30", "#2a1a10")))
        with at(c, 850 - 40 * push, 1776, 0.9):
            objects.paper_cup(c)
    dust(c, t, 37, 40, (0, 200, 1080, 1500), 0.8)


@shot(
    "worker-sips-and-smiles",
    3.8,
    "selling_point",
    "上班族 喝 冰咖啡 微笑 放松 办公室 worker sips iced coffee smiles refreshed",
    bloom=0.4,
)
def sip(c: Canvas, t: float) -> None:
    push = between(t, -0.4, 4.4)
    morning().put(c, -30 - 30 * push, -90, 1.08)
    up, down = between(t, 0.15, 1.0), between(t, 1.9, 2.8)
    raised = up - down
    glad = between(t, 2.0, 2.9)
    with at(c, 540 - 540 * (1 + 0.05 * push), 760 - 760 * (1 + 0.05 * push), 1 + 0.05 * push):
        lids = (1 - between(t, 0.7, 1.05) + between(t, 2.1, 2.5)) * (blink(t, 0.2) if t > 2.7 else 1)
        mood = Mood(
            lids=max(0.0, min(1.0, lids)),
            smile=0.25 + 0.6 * glad - 0.2 * raised,
            brow=0.3 * glad + 0.25 * raised,
            tilt=-3 * raised + 4 * glad,
            gaze=(0.1, 0.2 * raised),
        )
        with at(c, 560, 720, 1.5):
            bust(c, LIN_KNIT, mood, 900, 0)
        x, y = 380 + 150 * raised, 1500 - 440 * raised
        with at(c, x, y, 1.0, 24 * raised):
            level = -372 + 40 * between(t, 1.0, 2.0)
            glass.glass_at(c, 0, 190, 0.82, t, level)
            with at(c, 0, 0, 1, 0, True):
                hand_grip(c, 138, LIN_KNIT.skin, 1.0, 1.05, LIN_KNIT.top, (210 + 60 * raised, 640))
    with layer(c, 1, blur=9):
        desk(1730, "#a5764c", "#ffe3b0", 0.4).put(c)
        with at(c, 890, 1880):
            bottle(1.0).put(c, 0, 0, 0.95)
    shafts(c, (1120, -200), [(105, 114), (119, 128)], 2200, "#fff0c8", 0.30, t)
    dust(c, t, 41, 60, (0, 200, 1080, 1400), 0.9)
