"""Shots on the move: the train and the bottling line."""

from __future__ import annotations

import math

from demo.draw.bottle import bottle, contact, draw_bottle
from demo.draw.paint import (
    SCREEN,
    Canvas,
    Sprite,
    at,
    between,
    box,
    clipped,
    dots,
    fill,
    layer,
    line,
    linear,
    oval,
    poly,
    radial,
    rect,
    sprite,
)
from demo.draw.people import Look, Mood, blink, bust, hand_grip
from demo.draw.places import dust, glow, skyline
from demo.draw.stage import WIDE, shot

RIDER = Look(cut="long", wear="knit", top="#b9673c", skin="#eebf9c", hair="#231511")


def _city(seed: int, base: float, colour: str, tall: tuple[float, float], lights: float, blur: float) -> Sprite:
    return sprite(
        ("city", seed, colour),
        (0, 0, 2400, 900),
        0.6,
        lambda c: skyline(c, 0, base, 2400, seed, colour, tall, lights),
        blur,
    )


@shot(
    "subway-commute-window-city",
    3.8,
    "hook",
    "地铁 通勤 车窗 城市 傍晚 瓶子 subway commute train window city passing",
    size=WIDE,
    vignette=0.6,
)
def subway(c: Canvas, t: float) -> None:
    shake = math.sin(t * 17) * 1.2 + math.sin(t * 7.3) * 1.6
    c.drawPaint(fill(linear(0, 0, 0, 1080, "#33424a", "#1c2528", "#0f1416")))
    with at(c, 0, shake):
        pane = box(120, 90, 1180, 640, 56)
        _view_from_train(c, t, pane)
        c.drawPath(pane, line("#0e1416", 30))
        c.drawPath(pane, line("#8aa0a4", 4, 0.6))
        for y in (776, 800):
            c.drawLine(0, y, 1920, y, line("#0c1112", 10, 0.8))
        c.drawPath(box(-40, 840, 2000, 300, 40), fill(linear(0, 840, 0, 1080, "#2f8074", "#1a4a44", "#0c2320")))
        c.drawPath(box(-40, 840, 2000, 26, 20), fill("#8fd3c3", 0.25))
        _handles(c, t)
    glance = between(t, 0.6, 1.3) - between(t, 2.6, 3.2)
    with at(c, 1460, 470 + shake * 1.5, 1.12):
        bust(
            c,
            RIDER,
            Mood(
                lids=blink(t, 1.2),
                smile=0.35 + 0.25 * glance,
                gaze=(-0.9 * glance, 0.25 - 0.2 * glance),
                turn=-0.55 * glance,
                tilt=-3 * glance,
            ),
            760,
            2 * math.sin(t * 2),
        )
    with at(c, 1330, 1150 + shake, 1, -4 + 1.5 * math.sin(t * 2)):
        bottle(0.9).put(c, 0, 0, 0.72)
        with at(c, 0, -240):
            hand_grip(c, 108, RIDER.skin, 1, 0.86, RIDER.top, (420, 420))
    for i in range(3):
        x = 2200 - (t * 1500 + i * 1060) % 3180
        c.drawPath(
            poly((x, 0), (x + 150, 0), (x - 90, 1080), (x - 240, 1080)), fill("#ffd79a", 0.10, blur=40, blend=SCREEN)
        )
    dust(c, t, 71, 26, (0, 100, 1920, 900), 0.5)


def _view_from_train(c: Canvas, t: float, pane: float) -> None:
    """The evening city in the pane."""
    with clipped(c, pane):
        c.drawRect(rect(100, 80, 1240, 680), fill(linear(0, 90, 0, 720, "#2c3a63", "#8a5a7a", "#f09a5a", "#ffd08a")))
        glow(c, 900 - 20 * t, 560, 420, "#ffdf9a", 0.8)
        for city, speed in (
            (_city(31, 700, "#6a5470", (160, 420), 0.10, 4), 60),
            (_city(33, 760, "#3f3a56", (160, 470), 0.22, 2), 190),
        ):
            for copy in (0, 1):
                city.put(c, 120 - (t * speed) % 2400 + copy * 2400, 0)
        for i in range(6):
            x = 1500 - (t * 1500 + i * 530) % 3180
            c.drawRect(rect(x, 60, 46, 700), fill("#141a22", 0.78, blur=16))
            c.drawPath(oval(x + 180, 260, 120, 9), fill("#ffe0a0", 0.45, blur=7, blend=SCREEN))
        c.drawPath(poly((160, 60), (420, 60), (120, 760), (-140, 760)), fill("#ffffff", 0.07))


def _handles(c: Canvas, t: float) -> None:
    """Hand straps that swing."""
    for x in (330, 760, 1190, 1620):
        with at(c, x, -30, 1, 5 * math.sin(t * 2.3 + x)):
            c.drawLine(0, 0, 0, 160, line("#1a2022", 16))
            c.drawPath(oval(0, 214, 52, 58), line("#d9c9a8", 17))
            c.drawPath(oval(0, 214, 52, 58), line("#fff4dc", 5, 0.6))


def _machine(c: Canvas, x: float, width: float, glowing: float) -> None:
    """A stainless head over the belt."""
    steel = linear(
        x,
        0,
        x + width,
        0,
        (0, "#3a4244"),
        (0.15, "#c9d2d2"),
        (0.3, "#8a9696"),
        (0.7, "#5a6666"),
        (0.9, "#d9e2e0"),
        (1, "#2a3234"),
    )
    c.drawPath(box(x, -40, width, 330, 18), fill(steel))
    c.drawPath(box(x + 30, 60, width - 60, 90, 12), fill("#12302c"))
    for i in range(5):
        lit = 0.35 + 0.65 * max(0.0, math.sin(glowing * 3 - i))
        c.drawPath(oval(x + 70 + i * (width - 140) / 4, 105, 12, 12), fill("#5fd3bb", lit))


@shot(
    "bottling-line-conveyor",
    3.8,
    "proof",
    "产线 灌装 传送带 一排 瓶子 工厂 bottling line conveyor filling factory row",
    size=WIDE,
)
def bottling(c: Canvas, t: float) -> None:
    def hall(s: Canvas) -> None:
        s.drawPaint(fill(linear(0, 0, 0, 1080, "#2b3f3f", "#5a7672", "#31423f")))
        for x, w, h, tone in dots(22, 83, (-60, 1980), (60, 170), (300, 760), (0, 1)):
            s.drawPath(
                box(x, 860 - h, w, h, 26),
                fill(linear(x, 0, x + w, 0, "#2a3a3a", "#a9bcb8" if tone > 0.5 else "#c98a4a", "#1d2a2a")),
            )
        for i in range(7):
            s.drawRect(rect(i * 300 - 40, 70, 200, 26), fill("#fff6e0"))
            glow(s, i * 300 + 60, 90, 260, "#fff0d0", 0.5)

    sprite("hall", (-60, -60, 2040, 1200), 0.5, hall, 12).put(c, -30 - 18 * t, 0, 1.03)
    speed, gap, belt = 250.0, 250.0, 930
    with layer(c, 0.9, blur=6):
        for i in range(14):
            x = (i * 170 + t * 120) % 2380 - 200
            bottle(0.5).put(c, x, 800, 0.42)
        c.drawRect(rect(-40, 800, 2000, 60), fill(linear(0, 800, 0, 860, "#8a9694", "#2a3432")))
    c.drawPath(box(-40, 700, 2000, 14, 6), fill(linear(0, 700, 0, 714, "#e9f0ee", "#5a6664")))
    for x, width in ((520, 330), (1130, 300)):
        _machine(c, x, width, t)
    for i in range(-1, 11):
        x = i * gap + (t * speed) % gap - 120
        filled = max(0.0, min(1.0, (x - 520) / 300))
        done = x > 1280
        contact(c, x, belt + 2, 230, 0.5)
        with at(c, x, belt, 0.70):
            if done:
                bottle(0.75).put(c)
            else:
                draw_bottle(c, 0, cap=False, level=-8 - 734 * filled, label=False)
        _heads(c, belt, filled, x)
    _belt(c, t, belt, speed)
    c.drawPath(poly((0, 0), (500, 0), (200, 1080), (-300, 1080)), fill("#fff4da", 0.10, blur=60, blend=SCREEN))


def _heads(c: Canvas, belt: float, filled: float, x: float) -> None:
    """The nozzle that fills or the head that caps."""
    if 0.02 < filled < 0.98:
        c.drawPath(
            box(x - 9, 290, 18, belt - 290 - 600, 4),
            fill(linear(x - 9, 0, x + 9, 0, "#5a6666", "#e9f0ee", "#4a5656")),
        )
        c.drawPath(
            box(x - 5, belt - 560, 10, max(10.0, 540 - 500 * filled), 5),
            fill(linear(x - 5, 0, x + 5, 0, "#d98a3a", "#3a1a0a", "#8a4a18")),
        )
    elif 1130 < x < 1430:
        press = math.sin((x - 1130) / 300 * math.pi)
        c.drawPath(
            box(x - 40, 280 - 70 + 70 * press, 80, 90, 10),
            fill(linear(x - 40, 0, x + 40, 0, "#4a5656", "#e9f0ee", "#5a6666")),
        )


def _belt(c: Canvas, t: float, belt: float, speed: float) -> None:
    """The belt and the rollers below it."""
    c.drawRect(rect(-40, belt, 2000, 44), fill(linear(0, belt, 0, belt + 44, "#c2cccb", "#6a7674", "#2f3836")))
    for i in range(30):
        x = (i * 80 + t * speed) % 2400 - 200
        c.drawLine(x, belt + 4, x - 8, belt + 40, line("#1d2624", 4, 0.6))
    c.drawRect(rect(-40, belt + 44, 2000, 200), fill(linear(0, belt + 44, 0, 1080, "#26302e", "#0c1110")))
    for i in range(14):
        x = i * 150 + 30
        c.drawPath(oval(x, belt + 92, 34, 34), fill(radial(x - 10, belt + 82, 46, "#d9e2e0", "#5a6664", "#1d2624")))
        angle = t * 4 + i
        c.drawLine(x, belt + 92, x + 26 * math.cos(angle), belt + 92 + 26 * math.sin(angle), line("#1d2624", 4, 0.8))
