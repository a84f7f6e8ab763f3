"""Shots that set the scene: the office in the evening, the queue, the late window."""

from __future__ import annotations

import math

from demo.draw import objects
from demo.draw.bottle import bottle, contact
from demo.draw.paint import (
    AMBER,
    HONEY,
    SCREEN,
    Canvas,
    at,
    between,
    box,
    clipped,
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
    wave,
)
from demo.draw.people import Look, Mood, blink, bust
from demo.draw.places import bokeh, dust, glow, leaf_plant, skyline
from demo.draw.shots_day import LIN, desk
from demo.draw.stage import WIDE, shot

CROWD = (
    Look(cut="short", wear="shirt", top="#8fa6b5", skin="#e9b994", glasses=True),
    Look(cut="long", wear="knit", top="#b9673c", skin="#f3cba8", hair="#3a2018"),
    Look(cut="bun", wear="blazer", top="#54433a", skin="#edc09c", hair="#4a2c1c"),
    Look(cut="short", wear="knit", top="#46605a", skin="#d9a47c", hair="#15100e"),
    Look(cut="curly", wear="shirt", top="#d9b45c", skin="#b87f58", hair="#20130e"),
)


def _floor(c: Canvas) -> None:
    """Window wall over a dusk city, ceiling lights running to the depth."""
    c.drawPaint(fill(linear(0, 0, 0, 1080, "#2a2230", "#3a2c30", "#1a1214")))
    with clipped(c, box(-60, 150, 2100, 470)):
        c.drawRect(rect(-60, 150, 2100, 480), fill(linear(0, 150, 0, 620, "#2f3663", "#8a5476", "#f0965a", "#ffcf8a")))
        skyline(c, -60, 630, 2200, 51, "#5a4668", (120, 330), 0.12)
        skyline(c, -60, 640, 2200, 55, "#352c48", (60, 230), 0.3)
    for i in range(9):
        c.drawRect(rect(-60 + i * 262, 140, 16, 490), fill("#171013"))
    c.drawRect(rect(-60, 610, 2100, 30), fill("#171013"))
    c.drawRect(rect(-60, 380, 2100, 8), fill("#171013"))
    c.drawRect(rect(-60, 640, 2100, 460), fill(linear(0, 640, 0, 1080, "#4a352c", "#1d1412")))
    for i in range(6):
        x = 120 + i * 330
        c.drawPath(poly((x, 30), (x + 200, 30), (x + 190, 60), (x + 20, 60)), fill("#fff0d0"))
        glow(c, x + 100, 50, 260, "#ffe0a8", 0.5)


@shot(
    "office-evening-wide",
    3.8,
    "hook",
    "办公室 傍晚 加班 同事 全景 office evening wide overtime colleagues",
    size=WIDE,
    bloom=0.4,
)
def office_wide(c: Canvas, t: float) -> None:
    pan = between(t, -0.5, 4.4)
    sprite("floor", (-60, -60, 2080, 1200), 0.6, _floor, 7).put(c, -20 - 50 * pan, 0, 1.04)
    for row, (y, scale, blur, shift) in enumerate(((660, 0.36, 5, 90), (790, 0.56, 2.5, 170))):
        with layer(c, 1, blur=blur):
            for i in range(4 - row):
                x = 260 + i * (500 + row * 130) - shift * pan + row * 150
                look = CROWD[(i * 2 + row) % 5]
                with at(c, x, y - 345 * scale, scale):
                    bust(
                        c,
                        look,
                        Mood(lids=0.75 * blink(t, i * 0.7), smile=-0.1, gaze=(0, 0.7), tilt=3 * wave(t * 0.6, i)),
                        560,
                    )
                c.drawPath(
                    box(x - 300 * scale, y + 70 * scale, 600 * scale, 40 * scale, 4),
                    fill(linear(0, y, 0, y + 90 * scale, "#8a6242", "#3a2418")),
                )
                with at(c, x - 10, y + 74 * scale, scale * 0.74):
                    objects.laptop_back(c, 560, "#596060")
                glow(c, x, y - 120 * scale, 330 * scale, "#cfe6ee", 0.28)
    with at(c, 1320 - 260 * pan, 500, 0.98):
        bust(
            c,
            LIN,
            Mood(lids=0.85 * blink(t, 0.6), smile=0.25, gaze=(-0.5, 0.5), tilt=-4 + 2 * math.sin(t), turn=-0.2),
            620,
        )
    c.drawPath(box(-60, 960, 2100, 200, 0), fill(linear(0, 960, 0, 1080, "#a06c42", "#4a2c1a")))
    c.drawLine(-60, 961, 2000, 961, line("#ffcf90", 3, 0.5, blur=1))
    with at(c, 1330 - 290 * pan, 1006, 0.8):
        objects.laptop_back(c, 560, "#6a7270")
    contact(c, 900 - 300 * pan, 1036, 230, 0.6)
    bottle(0.9).put(c, 900 - 300 * pan, 1036, 0.72)
    with layer(c, 1, blur=12):
        leaf_plant(c, 1900 - 420 * pan, 1180, 520, t, "#2f6a48", 61, None)
    glow(c, 500, 460, 800, "#ffb46a", 0.30)
    dust(c, t, 73, 36, (0, 100, 1920, 900), 0.6)


def _cafe(c: Canvas) -> None:
    c.drawPaint(fill(linear(0, 0, 0, 1920, "#8a7460", "#5f4c3e", "#3a2c24")))
    c.drawRect(rect(-60, 380, 1200, 520), fill(linear(0, 380, 0, 900, "#c9b79c", "#8a7660")))
    for i in range(4):
        c.drawPath(box(40 + i * 270, 430, 220, 210, 10), fill("#2a211c"))
        for k in range(5):
            c.drawRect(rect(66 + i * 270, 470 + k * 32, 90 + (k * 37 % 70), 8), fill("#d9c9a8", 0.6))
    for i in range(4):
        x = 120 + i * 280
        c.drawLine(x, -60, x, 190, line("#1a1210", 6))
        c.drawPath(poly((x - 70, 250), (x - 24, 180), (x + 24, 180), (x + 70, 250)), fill("#2a1c16"))
        glow(c, x, 270, 300, "#ffe0a0", 0.7)
    c.drawRect(rect(-60, 880, 1200, 260), fill(linear(0, 880, 0, 1140, "#6b4a34", "#2a1c14")))


@shot("long-queue-at-cafe", 3.6, "pain", "排队 咖啡店 等待 赶时间 人多 long queue cafe waiting rush line")
def queue(c: Canvas, t: float) -> None:
    truck = between(t, -0.5, 4.2)
    sprite("cafe", (-60, -60, 1200, 2040), 0.5, _cafe, 14).put(c, -30 * truck, -30, 1.05)
    places = ((1010, 800, 0.52, 6.0), (90, 830, 0.60, 4.0), (545, 830, 0.72, 2.5), (300, 1000, 1.02, 0.0))
    for i, (x, y, scale, blur) in enumerate(places):
        look, drift = CROWD[(i + 1) % 5], (40 + 130 * scale) * truck
        impatient = wave(t * 1.4, i * 2)
        mood = Mood(
            lids=0.62 * blink(t, i * 0.8),
            smile=-0.35,
            brow=-0.35,
            gaze=(0.8 * impatient, -0.3 if i % 2 else 0.5),
            tilt=4 * impatient,
            turn=0.3 * impatient,
        )
        with layer(c, 1, blur=blur) if blur else at(c), at(c, x - drift + 60, y + 6 * math.sin(t * 1.3 + i), scale):
            bust(c, look, mood, 1500)
    with at(c, 810 - 90 * truck, 1110, 1.3):
        watch = between(t, 0.7, 1.3) - between(t, 2.3, 2.9)
        bust(
            c,
            LIN,
            Mood(
                lids=(0.72 - 0.2 * watch) * blink(t, 1.0),
                smile=-0.5,
                brow=-0.5,
                gaze=(-0.6 * watch, 0.8 * watch),
                tilt=-5 * watch,
                turn=-0.3 * watch,
            ),
            900,
        )
    with layer(c, 1, blur=12):
        c.drawRect(rect(-40, 1800, 1200, 200), fill(linear(0, 1800, 0, 1920, "#7a5236", "#2a1a10")))
        with at(c, 180 + 60 * truck, 1850, 1.1):
            objects.paper_cup(c)
    glow(c, 540, 240, 900, "#ffe0a0", 0.25)


@shot(
    "night-overtime-window-rain",
    3.8,
    "hook",
    "深夜 加班 窗外 城市 雨 台灯 瓶子 night overtime window rain city lamp bottle",
    bloom=0.45,
)
def night(c: Canvas, t: float) -> None:
    push = between(t, -0.5, 4.4)

    def city(s: Canvas) -> None:
        s.drawPaint(fill(linear(0, 0, 0, 1920, "#0a1420", "#1b2c44", "#4a3a4a", "#1a1418")))
        skyline(s, -60, 1360, 1250, 81, "#182338", (420, 1000), 0.20)
        skyline(s, -60, 1400, 1250, 85, "#0f1626", (200, 620), 0.30)
        bokeh(s, dots(46, 87, (-40, 1120), (560, 1380), (8, 30), (0.2, 0.7)), (AMBER, HONEY, "#8fd3c3", "#d9604a"))

    sprite("night-city", (-60, -60, 1200, 2040), 0.5, city, 9).put(c, -20 - 16 * push, -40, 1.06)
    for x, y, size, phase in dots(80, 89, (0, 1080), (0, 1300), (2, 6.5), (0, 6)):
        slide = (max(0.0, math.sin(t * 0.9 + phase)) ** 3) * 130 if size > 4 else 0
        if slide:
            c.drawLine(x, y, x + 3, y + slide, line("#cfe0f0", size * 0.7, 0.16))
        c.drawPath(
            oval(x + 2, y + slide, size, size * 1.2),
            fill(linear(0, y + slide - size, 0, y + slide + size, (0, "#0a1420", 0.5), (1, "#ffe3b8", 0.65))),
        )
    for i in (0, 1, 2):
        c.drawRect(rect(-20 + i * 545 - 12 * push, -20, 26, 1440), fill("#0c0a0a"))
    c.drawRect(rect(-20, 1390, 1200, 40), fill("#0c0a0a"))
    with at(c, 540 - 540 * (1 + 0.08 * push), 1500 - 1500 * (1 + 0.08 * push), 1 + 0.08 * push):
        desk(1440, "#3d2617", "#ffb860", 0.32).put(c)
        glow(c, 250, 1240, 760, "#ffb860", 0.55)
        _desk_lamp(c)
        with at(c, 700, 1640, 0.92):
            objects.laptop_open(c, t, 620)
        glow(c, 700, 1420, 520, "#cfe6ee", 0.25)
        contact(c, 390, 1716, 350, 0.7)
        bottle(1.25).put(c, 390, 1714, 1.12)
    dust(c, t, 93, 34, (0, 900, 700, 700), 0.9)


def _desk_lamp(c: Canvas) -> None:
    """A brass lamp with a green shade and its cone of light."""
    c.drawPath(
        poly((226, 1560), (240, 1130), (256, 1130), (262, 1560)),
        fill(linear(226, 0, 262, 0, "#2a1c10", "#c99a54", "#3a2410")),
    )
    c.drawPath(oval(244, 1566, 110, 22), fill(linear(134, 0, 354, 0, "#2a1c10", "#a87c40", "#2a1c10")))
    c.drawPath(
        poly((150, 1160), (206, 1000), (290, 1000), (350, 1160)),
        fill(linear(150, 0, 350, 0, mixed("#2f8f80", "#000000", 0.4), "#57b5a2", mixed("#2f8f80", "#000000", 0.55))),
    )
    c.drawPath(oval(250, 1160, 98, 14), fill("#fff3cf"))
    c.drawPath(
        poly((156, 1164), (344, 1164), (560, 1560), (-60, 1560)),
        fill(linear(0, 1164, 0, 1560, (0, "#ffd890", 0.30), (1, "#ffd890", 0.02)), blur=18, blend=SCREEN),
    )
