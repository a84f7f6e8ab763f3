"""Faces: eyes, brows, mouth, hair, by a Look and a Mood. Origin: middle of the face, 330 high."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from demo.draw.paint import Canvas, Point, at, clipped, curve, dots, fill, line, linear, mixed, oval, poly, radial, rect


@dataclass(frozen=True)
class Look:
    """A person's colours and cut."""

    skin: str = "#f0c3a0"
    hair: str = "#2b1a14"
    cut: str = "bob"  # bob | long | bun | short | curly
    top: str = "#2f7f73"
    wear: str = "knit"  # knit | shirt | blazer | apron
    lips: str = "#b9554c"
    glasses: bool = False
    eyes: str = "#3a2116"


@dataclass(frozen=True)
class Mood:
    """What a face does: lids and mouth 0..1 open; smile, brow, gaze, turn -1..1; tilt in degrees."""

    lids: float = 1.0
    smile: float = 0.2
    mouth: float = 0.0
    brow: float = 0.0
    gaze: Point = (0.0, 0.0)
    turn: float = 0.0
    tilt: float = 0.0


def blink(t: float, offset: float = 0.0) -> float:
    """Openness of lids that blink every three seconds or so."""
    phase = (t + offset) % 2.9
    return abs(phase - 0.09) / 0.09 if phase < 0.18 else 1.0


def _eye(c: Canvas, x: float, look: Look, mood: Mood, side: int) -> None:
    openness, y = max(0.0, min(1.0, mood.lids)), -8.0
    lid = mixed(look.skin, "#5a2a1c", 0.35)
    inner, outer = (x - side * 27, y + 4), (x + side * 28, y - 1)
    top, foot = y - 17 * openness - 1, y + 12 * openness + 4 - 4 * max(0, mood.smile) * openness
    c.drawPath(curve((x - 32, y + 8), (x, y - 26), (x + 32, y + 4), (x, y + 22)), fill(lid, 0.30, blur=7))
    if openness > 0.12:
        white: Any = poly(inner, closed=False)
        white.cubicTo(x - side * 14, top - 3, x + side * 14, top - 4, *outer)
        white.cubicTo(x + side * 16, foot, x - side * 12, foot + 2, *inner)
        c.drawPath(white, fill(linear(0, top, 0, foot, "#cdbfb6", "#fffaf4")))
        with clipped(c, white):
            ix, iy = x + mood.gaze[0] * 9, y - 1 + mood.gaze[1] * 6
            c.drawPath(
                oval(ix, iy, 15, 15),
                fill(radial(ix, iy + 5, 16, mixed(look.eyes, "#c98a4a", 0.5), look.eyes, "#120806")),
            )
            c.drawPath(oval(ix, iy, 7, 7), fill("#0b0504"))
            c.drawPath(oval(ix - 5, iy - 6, 4.2, 4.2), fill("#ffffff"))
            c.drawPath(oval(ix + 5, iy + 5, 2, 2), fill("#ffffff", 0.6))
            c.drawRect(rect(x - 34, top - 6, 68, 11), fill("#2a1410", 0.25, blur=4))
    lash: Any = poly(inner, closed=False)
    lash.cubicTo(x - side * 14, top - 3, x + side * 14, top - 4, outer[0] + side * 4, outer[1] - 3 * openness)
    c.drawPath(lash, line("#1d0f0b", 5.2))
    c.drawLine(*outer, outer[0] + side * 8, outer[1] - 6 * openness + 3, line("#1d0f0b", 3.4))
    crease: Any = poly((inner[0] + side * 4, inner[1] - 12), closed=False)
    crease.cubicTo(x - side * 12, top - 13, x + side * 14, top - 14, outer[0] + side * 2, outer[1] - 12)
    c.drawPath(crease, line("#6b3626", 2.2, 0.45 * openness + 0.1))
    if openness < 0.75:
        c.drawPath(
            curve((x - 20, y + 20), (x, y + 25), (x + 20, y + 19), closed=False), line("#7a4436", 2.5, 0.35, blur=1.5)
        )


def _mouth(c: Canvas, look: Look, mood: Mood) -> None:
    s, gape, y = mood.smile, mood.mouth, 98.0
    wide = 37 + 11 * max(0, s) - 8 * gape
    lift = -12 * s
    left, right = (-wide, y + lift), (wide, y + lift)
    drop = 9 * s + 30 * gape
    if gape > 0.05 or s > 0.62:
        lower = y + drop + 7 + 8 * max(0.0, s - 0.5)
        opening: Any = poly(left, closed=False)
        opening.cubicTo(-wide * 0.4, y + 3 * s, wide * 0.4, y + 3 * s, *right)
        opening.cubicTo(wide * 0.55, lower + 7, -wide * 0.55, lower + 7, *left)
        c.drawPath(opening, fill("#5a1c1c"))
        with clipped(c, opening):
            c.drawPath(oval(0, y - 6, wide * 0.86, 16), fill("#fffaf2"))
            c.drawPath(oval(0, lower + 8, wide * 0.5, 12), fill("#c9645c"))
        c.drawPath(opening, line(look.lips, 7))
        c.drawPath(
            curve((-wide * 0.5, lower + 5), (0, lower + 8), (wide * 0.5, lower + 5), closed=False),
            line(mixed(look.lips, "#ffffff", 0.3), 4, 0.8, blur=1.5),
        )
    else:
        upper: Any = poly(left, closed=False)
        upper.cubicTo(-wide * 0.5, y - 9, -9, y - 13, 0, y - 8)
        upper.cubicTo(9, y - 13, wide * 0.5, y - 9, *right)
        upper.cubicTo(wide * 0.4, y + 5 * s + 2, -wide * 0.4, y + 5 * s + 2, *left)
        lower_lip: Any = poly(left, closed=False)
        lower_lip.cubicTo(-wide * 0.4, y + 5 * s + 1, wide * 0.4, y + 5 * s + 1, *right)
        lower_lip.cubicTo(wide * 0.5, y + 19 + 5 * s, -wide * 0.5, y + 19 + 5 * s, *left)
        c.drawPath(lower_lip, fill(mixed(look.lips, "#ffffff", 0.18)))
        c.drawPath(upper, fill(look.lips))
        c.drawPath(oval(0, y + 9 + 4 * s, 14, 3.5), fill("#ffffff", 0.35, blur=2))
        seam: Any = poly(left, closed=False)
        seam.cubicTo(-wide * 0.4, y + 5 * s + 1.5, wide * 0.4, y + 5 * s + 1.5, *right)
        c.drawPath(seam, line("#5a1f1c", 3, 0.75))
    for side in (-1, 1):
        c.drawPath(oval(side * (wide + 7), y + lift, 7, 8), fill("#8a4630", 0.22, blur=5))


def _features(c: Canvas, look: Look, mood: Mood) -> None:
    shift = mood.turn * 22
    with at(c, shift, 0):
        for side in (-1, 1):
            c.drawPath(oval(side * 66, 52, 34, 24), fill("#e0604a", 0.20 + 0.10 * max(0, mood.smile), blur=14))
            _eye(c, side * (51 - 4 * mood.turn * side), look, mood, side)
            inner = (side * 27, -46 - 8 * mood.brow)
            top = (side * 54, -60 - 3 * mood.brow)
            c.drawPath(
                curve(inner, top, (side * 84, -46), (side * 56, -52 - 3 * mood.brow)),
                fill(mixed(look.hair, "#6b4630", 0.25), 0.9, blur=0.8),
            )
        c.drawPath(
            curve((8 + mood.turn * 6, -18), (13 + mood.turn * 8, 24), (17 + mood.turn * 8, 46), (6, 40)),
            fill("#8a4630", 0.20, blur=7),
        )
        c.drawPath(
            curve((-17, 50), (-8, 58), (0, 55), (9, 59), (18, 49), closed=False), line("#8a4630", 3.4, 0.6, blur=0.8)
        )
        c.drawPath(oval(-2, 40, 7, 12), fill("#ffffff", 0.30, blur=4))
        _mouth(c, look, mood)
        c.drawPath(oval(0, 134, 22, 7), fill("#8a4630", 0.16, blur=6))
        if look.glasses:
            for side in (-1, 1):
                c.drawPath(oval(side * 52, -4, 43, 37), line("#2a1b16", 5.5, 0.9))
                c.drawPath(curve((side * 52 - 22, -26), (side * 52 - 30, -12), closed=False), line("#ffffff", 4, 0.5))
            c.drawPath(curve((-10, -8), (0, -13), (10, -8), closed=False), line("#2a1b16", 5, 0.9))


FACE = (
    (-113, -70),
    (-115, 10),
    (-101, 82),
    (-66, 138),
    (-22, 166),
    (22, 166),
    (66, 138),
    (101, 82),
    (115, 10),
    (113, -70),
    (76, -148),
    (0, -172),
    (-76, -148),
)


# Outlines of hair behind the head and over the brow, by cut.
_BEHIND = {
    "bob": (
        (-128, -90),
        (-152, 30),
        (-150, 132),
        (-110, 176),
        (0, 150),
        (110, 176),
        (150, 132),
        (152, 30),
        (128, -90),
        (70, -190),
        (-70, -190),
    ),
    "long": (
        (-126, -90),
        (-150, 60),
        (-164, 220),
        (-176, 380),
        (-90, 410),
        (0, 330),
        (90, 410),
        (176, 380),
        (164, 220),
        (150, 60),
        (126, -90),
        (66, -192),
        (-66, -192),
    ),
    "short": ((-122, -60), (-128, 20), (-100, 60), (100, 60), (128, 20), (122, -60), (66, -186), (-66, -186)),
}
_BROW = {
    "bob": (
        (-126, 74),
        (-140, 10),
        (-132, -90),
        (-78, -178),
        (10, -200),
        (92, -172),
        (136, -86),
        (140, 20),
        (124, 74),
        (117, 8),
        (106, -62),
        (70, -104),
        (30, -128),
        (-20, -96),
        (-78, -66),
        (-108, -34),
        (-114, 20),
    ),
    "long": (
        (-122, 60),
        (-132, -20),
        (-122, -110),
        (-62, -186),
        (10, -196),
        (80, -178),
        (126, -104),
        (132, -16),
        (122, 64),
        (114, -10),
        (98, -86),
        (44, -134),
        (-14, -150),
        (-74, -112),
        (-108, -50),
        (-116, 0),
    ),
    "curly": (
        (-124, -20),
        (-138, -96),
        (-92, -178),
        (0, -204),
        (92, -178),
        (138, -96),
        (124, -20),
        (104, -88),
        (60, -124),
        (0, -118),
        (-60, -126),
        (-104, -88),
    ),
    "short": (
        (-118, -16),
        (-130, -96),
        (-92, -178),
        (0, -206),
        (88, -190),
        (128, -110),
        (120, -16),
        (110, -70),
        (76, -122),
        (20, -112),
        (-50, -122),
        (-98, -92),
        (-110, -60),
    ),
}


def hair_back(c: Canvas, look: Look) -> None:
    """Hair behind head and neck."""
    dark = mixed(look.hair, "#000000", 0.35)
    if look.cut == "curly":
        _curls(c, look, dark)
        return
    if look.cut == "bun":
        bun = linear(-50, -280, 60, -170, mixed(look.hair, "#c98a5a", 0.3), look.hair, dark)
        c.drawPath(oval(18, -226, 68, 58), fill(bun))
    shape = curve(*_BEHIND.get(look.cut, _BEHIND["short"]))
    c.drawPath(shape, fill(linear(-150, -150, 120, 180, mixed(look.hair, "#8a5a3a", 0.22), look.hair, dark)))


def _curls(c: Canvas, look: Look, dark: str) -> None:
    c.drawPath(oval(0, -60, 176, 178), fill(dark))
    for angle, reach, size in dots(70, 8, (0, math.tau), (0.86, 1.04), (22, 42)):
        x, y = math.cos(angle) * 165 * reach, -60 + math.sin(angle) * 165 * reach
        c.drawPath(oval(x, y, size, size), fill(mixed(dark, look.hair, 0.5)))


def _fringe(look: Look) -> Any:
    """The hair over the brow as a path."""
    points = _BROW["long" if look.cut == "bun" else look.cut]
    return curve(*points, tension=1.0 if look.cut in ("curly", "short") else 0.9)


def _hair_front(c: Canvas, look: Look) -> None:
    shape = _fringe(look)
    c.drawPath(shape, fill("#2a0f06", 0.35, blur=9))
    c.drawPath(
        shape,
        fill(
            linear(-130, -190, 130, 60, mixed(look.hair, "#b57a4c", 0.38), look.hair, mixed(look.hair, "#000000", 0.3))
        ),
    )
    with clipped(c, shape):
        for x, bend, alpha, tone in dots(46, 12, (-130, 130), (-30, 30), (0.05, 0.22), (0, 1)):
            strand: Any = poly((x * 0.25 + 10, -204), closed=False)
            strand.cubicTo(x * 0.8 + bend, -150, x * 1.15, -70, x * 1.16, 80)
            c.drawPath(strand, line("#000000" if tone < 0.5 else "#d9a06a", 3, alpha))
        c.drawPath(curve((-112, -96), (-66, -152), (0, -168), closed=False), line("#f0c090", 20, 0.26, blur=10))


def head(c: Canvas, look: Look, mood: Mood) -> None:
    """Face and hair, without the neck."""
    with at(c, 0, 120, 1, mood.tilt):
        c.translate(0, -120)
        for side in (-1, 1):
            if look.cut in ("bun", "short", "curly"):
                c.drawPath(oval(side * 116, 14, 19, 31), fill(mixed(look.skin, "#a0583a", 0.28)))
                c.drawPath(oval(side * 117, 14, 9, 18), fill("#8a4630", 0.35, blur=4))
        face = curve(*FACE)
        c.drawPath(
            face,
            fill(
                linear(
                    -130,
                    -60,
                    130,
                    60,
                    (0, mixed(look.skin, "#fff4e6", 0.45)),
                    (0.5, look.skin),
                    (1, mixed(look.skin, "#9a5030", 0.45)),
                )
            ),
        )
        with clipped(c, face):
            c.drawRect(
                rect(-140, 90, 280, 110), fill(linear(0, 100, 0, 178, (0, "#8a4024", 0.0), (1, "#8a4024", 0.36)))
            )
            c.drawPath(_fringe(look), line("#7a3a20", 44, 0.34, blur=18))
            c.drawPath(oval(-40, 20, 46, 60), fill("#fff4e4", 0.22, blur=24))
        _features(c, look, mood)
        _hair_front(c, look)
