"""Scenes of the sample references with a person in them."""

from __future__ import annotations

import math

from demo.draw import objects
from demo.draw.bottle import SANS
from demo.draw.paint import (
    Canvas,
    at,
    between,
    box,
    clipped,
    curve,
    dots,
    fill,
    font,
    line,
    linear,
    mixed,
    out,
    oval,
    rect,
    sprite,
    wave,
    write,
)
from demo.draw.people import Mood, blink, bust, hand_grip
from demo.draw.places import bokeh, glow, shafts, skyline
from demo.draw.ref_set import Draw, Scene, Set, back_of, top_of
from demo.draw.shots_day import room


def talk(mood: Mood, hold: bool = True, speak: bool = True) -> Scene:
    """A person speaks to the camera, the product in hand or not."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        push = between(t, -1, 4)
        back_of(s).put(c, -20 - 30 * push, -80, 1.08)
        gape = max(0.0, math.sin(t * 11) * 0.55 + math.sin(t * 7.3) * 0.35) if speak else 0.0
        face = Mood(
            mood.lids * blink(t, 0.8),
            mood.smile,
            max(mood.mouth, gape),
            mood.brow,
            mood.gaze,
            mood.turn + 0.15 * wave(t),
            mood.tilt + 2.5 * wave(t * 1.4, 3),
        )
        with at(c, 540 - 540 * (1 + 0.05 * push), 800 - 800 * (1 + 0.05 * push), 1 + 0.05 * push):
            with at(c, 540, 760, 1.62):
                bust(c, s.look, face, 800, 4 * wave(t * 1.1))
            if hold:
                lift = out((t + 0.1) / 0.7)
                with at(c, 770, 1700 - 130 * lift, 1.25 * s.size, -5 + 3 * wave(t)):
                    s.product(c, t)
                with at(c, 790, 1470 - 130 * lift, 1.0):
                    hand_grip(c, 160 * s.size, s.look.skin, 1, 1.15, s.look.top, (380, 520), fingers=s.size > 0.7)
        shafts(c, (1150, -240), [(104, 114), (119, 127)], 2300, "#fff0c8", 0.25, t)

    return draw


def slump(gray: float = 0.0) -> Scene:
    """A worn-out person behind a laptop."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        room(
            f"slump{s.wall}",
            ("#e6e8e2", "#cfc9b4"),
            (mixed(s.wall[0], "#9a9c98", 0.7), mixed(s.wall[1], "#4a504e", 0.7)),
            "#f2efe0",
        ).put(c, -30, -70, 1.08)
        nod = 9 * math.sin(t * 1.3)
        with at(c, 540, 830 + nod, 1.5):
            bust(
                c,
                s.look,
                Mood(
                    lids=0.40 + 0.1 * math.sin(t * 2),
                    smile=-0.6,
                    brow=-0.6,
                    gaze=(0.1, 0.8),
                    tilt=7 + 3 * math.sin(t * 0.9),
                ),
                760,
            )
        top_of(s, 1560).put(c)
        with at(c, 470, 1690):
            objects.laptop_back(c, 720, "#8a918e")
        if gray:
            c.drawRect(rect(0, 0, 1080, 1920), fill("#40484a", gray))

    return draw


def train(wear: Draw | None = None, calm: float = 0.0) -> Scene:
    """On the train, the city running past; `wear` draws on the head."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        shake = (1 - calm) * (5 * math.sin(t * 31) + 5 * math.sin(t * 19))
        c.drawPaint(fill(linear(0, 0, 0, 1920, "#3a464c", "#1c2528")))
        _city_outside(c, t)
        c.drawPath(box(60, 180, 960, 800, 60), line("#0e1416", 34))
        c.drawRect(
            rect(-10, 1240, 1100, 700),
            fill(linear(0, 1240, 0, 1920, mixed(s.accent, "#ffffff", 0.08), mixed(s.accent, "#000000", 0.65))),
        )
        with at(c, 540, 850 + shake, 1.5):
            bust(
                c,
                s.look,
                Mood(
                    lids=(1 - calm * 0.95) * blink(t),
                    smile=-0.45 + 1.1 * calm,
                    brow=-0.5 + 0.7 * calm,
                    tilt=(1 - calm) * 4 * wave(t * 5) + calm * 5 * wave(t),
                ),
                820,
            )
            if wear:
                with at(c, 0, 170, 0.78):
                    wear(c, t)
        if not calm:
            _din(c, t)

    return draw


def _city_outside(c: Canvas, t: float) -> None:
    """Two depths of city and the posts that rush by."""
    with clipped(c, box(60, 180, 960, 800, 60)):
        c.drawRect(rect(40, 160, 1000, 840), fill(linear(0, 180, 0, 980, "#38507a", "#8a6a8a", "#f0a868")))
        for seed, speed, colour, tall in ((31, 90, "#5a4f70", (200, 480)), (33, 300, "#353450", (160, 420))):
            one = sprite(
                ("ref-city", seed),
                (0, 0, 2400, 1000),
                0.4,
                lambda k, seed=seed, colour=colour, tall=tall: skyline(k, 0, 990, 2400, seed, colour, tall, 0.2),
                4,
            )
            for copy in (0, 1):
                one.put(c, 60 - (t * speed) % 2400 + copy * 2400, 0)
        for i in range(5):
            x = 1300 - (t * 1900 + i * 480) % 2400
            c.drawRect(rect(x, 150, 50, 860), fill("#11161d", 0.7, blur=16))


def _din(c: Canvas, t: float) -> None:
    """Noise closing in from both sides."""
    for i in range(6):
        grow = (t * 1.3 + i / 6) % 1
        c.drawPath(
            curve(
                (60 + 40 * grow, 700 - 300 * grow),
                (30 - 10 * grow, 860),
                (60 + 40 * grow, 1020 + 300 * grow),
                closed=False,
            ),
            line("#ff8a6a", 12, 0.6 * (1 - grow), blur=3),
        )
        c.drawPath(
            curve(
                (1020 - 40 * grow, 700 - 300 * grow),
                (1050 + 10 * grow, 860),
                (1020 - 40 * grow, 1020 + 300 * grow),
                closed=False,
            ),
            line("#ff8a6a", 12, 0.6 * (1 - grow), blur=3),
        )


def halves(label_left: str, label_right: str) -> Scene:
    """Half a face dull, half a face bright."""

    def draw(c: Canvas, t: float, s: Set) -> None:
        push = between(t, -0.6, 3.4)
        back_of(s).put(c, -30, -60, 1.08)
        with at(c, 540, 900, 2.35 + 0.15 * push):
            bust(c, s.look, Mood(smile=0.15 + 0.3 * push, lids=blink(t, 0.3)), 700)
        c.drawRect(rect(540, 0, 540, 1920), fill("#4a4038", 0.30))
        for x, y, size, alpha in dots(70, 10, (590, 780), (900, 1180), (2, 6), (0.2, 0.5)):
            c.drawPath(oval(x, y, size, size), fill("#b0604a", alpha))
        glow(c, 380, 980, 330, "#fffaf0", 0.55)
        c.drawRect(rect(537, 0, 6, 1920), fill("#ffffff"))
        for x, text in ((270, label_left), (810, label_right)):
            c.drawPath(box(x - 170, 210, 340, 104, 52), fill("#1a1412", 0.62))
            write(c, text, x, 282, font(SANS, 60, True), fill("#ffffff"), 4)

    return draw


def rain_street(c: Canvas, t: float, s: Set) -> None:
    """A street in the rain, headlights, the person in it."""
    c.drawPaint(fill(linear(0, 0, 0, 1920, "#2a3440", "#4a525c", "#1d2228")))
    bokeh(
        c,
        dots(24, 15, (-40, 1120), (500, 1200), (30, 90), (0.15, 0.5)),
        ("#ffcf87", "#ff7a50", "#8fb4d9", "#f4bb5c"),
        t,
    )
    with at(c, 540, 850 + 10 * math.sin(t * 7), 1.5):
        bust(c, s.look, Mood(lids=0.6, smile=-0.6, brow=-0.7, tilt=-5 + 3 * wave(t * 2), gaze=(-0.4, 0.4)), 1000)
    for x, y, length, speed in dots(130, 16, (-200, 1200), (0, 2000), (40, 120), (1500, 2600)):
        py = (y + t * speed) % 2100 - 100
        c.drawLine(x, py, x - length * 0.16, py + length, line("#dfe9f4", 3, 0.35))
