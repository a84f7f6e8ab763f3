"""People: bust, limbs, and the hand that holds things."""

from __future__ import annotations

from typing import Any

import skia

from demo.draw.faces import Look, Mood, blink, hair_back, head
from demo.draw.paint import Canvas, Point, at, clipped, curve, fill, line, linear, mixed, oval, poly


def ribbon(points: list[Point], widths: list[float]) -> Any:
    """A limb: spline through points with a width at each, round at both ends."""
    path = curve(*points, closed=False)
    measure = skia.PathMeasure(path, False)
    count, length = 22, measure.getLength()
    left, right = [], []
    for i in range(count + 1):
        (x, y), (dx, dy) = _place(measure, length * i / count)
        place = i / count * (len(widths) - 1)
        low = min(int(place), len(widths) - 2)
        half = (widths[low] + (widths[low + 1] - widths[low]) * (place - low)) / 2
        left.append((x - dy * half, y + dx * half))
        right.append((x + dy * half, y - dx * half))
    shape = poly(*left, *reversed(right))
    for point, width in ((points[0], widths[0]), (points[-1], widths[-1])):
        shape = skia.Op(shape, oval(*point, width / 2, width / 2), skia.PathOp.kUnion_PathOp) or shape
    return shape


def _place(measure: Any, distance: float) -> tuple[Point, Point]:
    position, tangent = measure.getPosTan(distance)
    return (position.x(), position.y()), (tangent.x(), tangent.y())


def limb(
    c: Canvas, points: list[Point], widths: list[float], colour: str, light: float = 0.25, shade: float = 0.55
) -> None:
    """A ribbon with a lit upper and a shaded lower side."""
    shape = ribbon(points, widths)
    c.drawPath(shape, fill(colour))
    wide = max(widths)
    with clipped(c, shape):
        lower = [(x + wide * 0.12, y + wide * 0.40) for x, y in points]
        upper = [(x - wide * 0.06, y - wide * 0.28) for x, y in points]
        c.drawPath(
            curve(*lower, closed=False), line(mixed(colour, "#1a0a06", 0.75), wide * 0.5, shade, blur=wide * 0.16)
        )
        c.drawPath(
            curve(*upper, closed=False), line(mixed(colour, "#fff3e0", 0.75), wide * 0.2, light, blur=wide * 0.10)
        )


def _neck(c: Canvas, look: Look) -> None:
    c.drawPath(
        curve((-54, 100), (-56, 200), (-104, 262), (0, 300), (104, 262), (56, 200), (54, 100)),
        fill(linear(-60, 0, 60, 0, mixed(look.skin, "#a0583a", 0.12), look.skin, mixed(look.skin, "#7a3a20", 0.5))),
    )
    c.drawPath(curve((-56, 130), (0, 196), (56, 130), (54, 190), (0, 226), (-56, 184)), fill("#6b2f1a", 0.42, blur=12))


def _torso(c: Canvas, look: Look, foot: float) -> None:
    base, dark, light = look.top, mixed(look.top, "#0a0504", 0.6), mixed(look.top, "#fff4e4", 0.35)
    body = curve(
        (-84, 236),
        (-190, 276),
        (-262, 340),
        (-298, 520),
        (-310, foot),
        (310, foot),
        (298, 520),
        (262, 340),
        (190, 276),
        (84, 236),
        (46, 274),
        (0, 288),
        (-46, 274),
        tension=0.8,
    )
    c.drawPath(body, fill(linear(-300, 240, 300, foot, (0, light), (0.3, base), (1, dark))))
    with clipped(c, body):
        for x0, y0, x1, y1, wide in (
            (-196, 420, -168, foot, 22),
            (200, 400, 176, foot, 30),
            (-120, 330, -40, 430, 18),
            (130, 330, 60, 440, 20),
            (-60, 560, 40, 620, 16),
        ):
            c.drawPath(
                curve((x0, y0), ((x0 + x1) / 2 + 12, (y0 + y1) / 2), (x1, y1), closed=False),
                line(dark, wide, 0.5, blur=14),
            )
        c.drawPath(curve((-236, 330), (-262, 430), (-272, foot), closed=False), line(light, 16, 0.5, blur=10))
        c.drawPath(curve((240, 330), (272, 460), (284, foot), closed=False), line("#ffcf90", 12, 0.4, blur=8))
    _wear(c, base, foot, light, look)


def _wear(c: Canvas, base: str, foot: float, light: str, look: Look) -> None:
    """What is worn: a knit collar, a shirt, or an apron."""
    if look.wear == "knit":
        c.drawPath(
            curve((-80, 246), (-52, 278), (0, 294), (52, 278), (80, 246), closed=False),
            line(mixed(base, "#000000", 0.22), 26),
        )
        c.drawPath(
            curve((-78, 244), (-52, 273), (0, 288), (52, 273), (78, 244), closed=False), line(light, 5, 0.5, blur=2)
        )
    elif look.wear in ("shirt", "blazer"):
        _collar(c, look, foot)
    else:
        c.drawPath(
            poly((-130, 420), (130, 420), (190, foot), (-190, foot)),
            fill(linear(-150, 0, 150, 0, "#6b4a2e", "#8a6238", "#4a301c")),
        )
        for side in (-1, 1):
            c.drawPath(curve((side * 84, 242), (side * 110, 330), (side * 118, 424), closed=False), line("#5a3a22", 22))


def _collar(c: Canvas, look: Look, foot: float) -> None:
    shirt = "#f4eee4" if look.wear == "blazer" else mixed(look.top, "#ffffff", 0.25)
    if look.wear == "blazer":
        c.drawPath(
            poly((-66, 246), (66, 246), (16, foot - 60), (-16, foot - 60)),
            fill(linear(0, 240, 0, foot, shirt, mixed(shirt, "#6b5a4a", 0.4))),
        )
        for side in (-1, 1):
            c.drawPath(
                poly(
                    (side * 84, 234),
                    (side * 150, 300),
                    (side * 120, 380),
                    (side * 142, 400),
                    (side * 8, foot - 40),
                    (side * 12, foot - 120),
                ),
                fill(linear(0, 240, 0, foot, mixed(look.top, "#ffffff", 0.14), mixed(look.top, "#000000", 0.4))),
            )
    for side in (-1, 1):
        c.drawPath(
            poly((side * 58, 224), (side * 92, 246), (side * 62, 322), (side * 4, 288)),
            fill(linear(0, 224, 0, 320, shirt, mixed(shirt, "#6b5a4a", 0.28))),
        )
        c.drawPath(poly((side * 92, 246), (side * 62, 322), (side * 4, 288), closed=False), line("#3a2a1c", 2, 0.25))


def bust(c: Canvas, look: Look, mood: Mood, foot: float = 820.0, sway: float = 0.0) -> None:
    """Head, neck and torso down to `foot`; the head sways over the body."""
    with at(c, sway, 120, 1, mood.tilt * (0.35 if look.cut == "long" else 1)):
        c.translate(0, -120)
        hair_back(c, look)
    with at(c, sway * 0.3, 0):
        _neck(c, look)
        c.scale(0.9, 1)
        _torso(c, look, foot)
    with at(c, sway, 0):
        head(c, look, mood)


def hand_grip(
    c: Canvas,
    half: float,
    skin: str,
    close: float = 1.0,
    size: float = 1.0,
    sleeve: str | None = None,
    arm: Point = (700, 250),
    fingers: bool = True,
) -> None:
    """A hand round an upright thing `half` wide each way, arm from the right, thumb in front, tips at the left.

    Origin in the middle of the thing at the height of the grip; `close` 0..1 shuts the hand.
    """
    _finger_tips(c, close, fingers, half, size, skin)
    _forearm(c, arm, half, size, sleeve)
    wrist = half + 150 * size
    palm = curve(
        (half - 34 * size, -74 * size),
        (half + 40 * size, -92 * size),
        (wrist, -8 * size),
        (wrist + 24 * size, 60 * size),
        (wrist, 128 * size),
        (half + 60 * size, 118 * size),
        (half - 4 * size, 100 * size),
        (half - 44 * size, 40 * size),
    )
    c.drawPath(
        palm,
        fill(linear(half - 40, -80, half + 120, 130, mixed(skin, "#fff4e4", 0.3), skin, mixed(skin, "#8a4024", 0.5))),
    )
    with clipped(c, palm):
        c.drawPath(
            curve(
                (half - 30 * size, 90 * size), (half + 60 * size, 126 * size), (wrist + 20, 130 * size), closed=False
            ),
            line("#6b2f1a", 40 * size, 0.4, blur=14 * size),
        )
    _thumb(c, close, half, size, skin)


def _finger_tips(c: Canvas, close: float, fingers: bool, half: float, size: float, skin: str) -> None:
    """Four tips that come round the left edge."""
    reach = 60 * close * size
    for i, (y, tall, more) in enumerate(
        ((-78, 50, 0), (-26, 52, 10), (26, 50, 6), (74, 44, -6)) if fingers and close > 0.3 else ()
    ):
        y, tall = y * size, tall * size
        tip = -half + reach + more * size - 10
        limb(c, [(-half - 6 * size, y + 6), (tip, y)], [tall, tall * 0.86], skin, 0.4, 0.5)
        c.drawPath(oval(tip + tall * 0.10, y - 1, tall * 0.22, tall * 0.27), fill(mixed(skin, "#ffffff", 0.45), 0.85))
        c.drawPath(oval(tip + tall * 0.10, y - 1, tall * 0.22, tall * 0.27), line("#9a5a44", 1.6, 0.35))
        if i:
            c.drawPath(
                curve((-half - 20 * size, y - tall * 0.5 + 4), (tip, y - tall * 0.5), closed=False),
                line("#5a2614", 4, 0.35, blur=2),
            )


def _forearm(c: Canvas, arm: Point, half: float, size: float, sleeve: str) -> None:
    """Sleeve and cuff."""
    wrist = half + 150 * size
    if sleeve:
        limb(
            c,
            [
                (wrist + 40 * size, 66 * size),
                (wrist + arm[0] * 0.5 * size, (66 + (arm[1] - 66) * 0.42) * size),
                (wrist + arm[0] * size, arm[1] * size),
            ],
            [150 * size, 190 * size, 250 * size],
            sleeve,
        )
        limb(
            c,
            [(wrist + 22 * size, 10 * size), (wrist + 2 * size, 124 * size)],
            [40 * size, 40 * size],
            mixed(sleeve, "#000000", 0.25),
        )


def _thumb(c: Canvas, close: float, half: float, size: float, skin: str) -> None:
    """The thumb across the front."""
    with at(c, half + 26 * size, -30 * size, 1, 34 * (1 - close)):
        limb(
            c,
            [(40 * size, 26 * size), (-30 * size, -16 * size), (-half * 0.55 - 50 * size, -34 * size)],
            [92 * size, 70 * size, 50 * size],
            skin,
            0.45,
            0.4,
        )
        nail = (-half * 0.55 - 54 * size, -40 * size)
        c.drawPath(oval(*nail, 17 * size, 13 * size), fill(mixed(skin, "#ffffff", 0.5), 0.9))
        c.drawPath(oval(*nail, 17 * size, 13 * size), line("#9a5a44", 1.6, 0.35))
        c.drawPath(
            curve((-24 * size, -38 * size), (-16 * size, -24 * size), (-20 * size, -8 * size), closed=False),
            line("#8a4630", 2.4, 0.3, blur=1),
        )


__all__ = ["Look", "Mood", "blink", "bust", "hand_grip", "head", "limb", "ribbon"]
