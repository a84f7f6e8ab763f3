"""Where things stand: rooms, tables, light. Backgrounds overlap the frame so that a camera can move."""

from __future__ import annotations

import math
from typing import Any

from demo.draw.paint import (
    CREAM,
    HONEY,
    PLUS,
    SCREEN,
    Canvas,
    Point,
    Sprite,
    box,
    dots,
    fill,
    line,
    linear,
    mixed,
    oval,
    poly,
    radial,
    rect,
    sprite,
    wave,
)


def glow(c: Canvas, x: float, y: float, radius: float, colour: str, alpha: float) -> None:
    """A soft light added to what is there."""
    c.drawRect(
        rect(x - radius, y - radius, radius * 2, radius * 2),
        fill(
            radial(
                x,
                y,
                radius,
                (0, colour, alpha),
                (0.35, colour, alpha * 0.45),
                (0.7, colour, alpha * 0.1),
                (1, colour, 0),
            ),
            blend=SCREEN,
        ),
    )


def bokeh(c: Canvas, points: list[list[float]], colours: tuple[str, ...], t: float = 0.0) -> None:
    """Lights out of focus: discs with a faint bright edge. Rows are x, y, radius, alpha."""
    for index, (x, y, radius, alpha) in enumerate(points):
        colour, pulse = colours[index % len(colours)], 1 + 0.15 * wave(t * 1.3, index)
        c.drawPath(
            oval(x, y, radius, radius),
            fill(
                radial(
                    x,
                    y,
                    radius,
                    (0, colour, alpha * 0.7 * pulse),
                    (0.82, colour, alpha * 0.85 * pulse),
                    (0.95, colour, alpha * pulse),
                    (1, colour, 0),
                ),
                blend=SCREEN,
            ),
        )


def dust(
    c: Canvas,
    t: float,
    seed: int,
    count: int,
    area: tuple[float, float, float, float],
    strength: float = 1.0,
    rise: float = 14,
) -> None:
    """Motes drifting in the light, near ones large and soft."""
    x0, y0, w, h = area
    for x, y, near, phase in dots(count, seed, (0, w), (0, h), (0, 1), (0, 9)):
        px = x0 + (x + wave(t * 0.7, phase) * 40 * (0.4 + near) + t * 12 * near) % w
        py = y0 + (y - t * rise * (0.4 + near) + wave(t * 0.5, phase + 3) * 26) % h
        size = 1.3 + 5.5 * near**4
        alpha = strength * (0.25 + 0.55 * abs(math.sin(t * 0.9 + phase))) * (0.9 - near * 0.62)
        c.drawPath(oval(px, py, size, size), fill("#ffe9c0", alpha, blur=size * 0.45))


def shafts(
    c: Canvas, source: Point, spread: list[tuple[float, float]], length: float, colour: str, alpha: float, t: float
) -> None:
    """Beams through a window; spread gives start and end angle in degrees of each."""
    for index, (one, two) in enumerate(spread):
        breathe = alpha * (0.8 + 0.2 * wave(t * 0.8, index))
        ends = [
            (source[0] + math.cos(math.radians(a)) * length, source[1] + math.sin(math.radians(a)) * length)
            for a in (one, two)
        ]
        c.drawPath(
            poly(source, *ends),
            fill(
                radial(*source, length, (0, colour, breathe), (0.5, colour, breathe * 0.5), (1, colour, 0)),
                blur=16,
                blend=SCREEN,
            ),
        )


def studio(base: str, light: str, size: tuple[int, int] = (1080, 1920), x: float = 0.6, y: float = 0.42) -> Sprite:
    """A dark sweep with one pool of light behind the product."""
    w, h = size

    def draw(c: Canvas) -> None:
        c.drawPaint(
            fill(
                linear(
                    0, -60, 0, h + 60, (0, mixed(base, "#000000", 0.45)), (0.6, base), (1, mixed(base, "#000000", 0.35))
                )
            )
        )
        glow(c, w * x, h * y, h * 0.62, light, 0.55)
        glow(c, w * (x - 0.1), h * (y + 0.1), h * 0.30, HONEY, 0.22)

    return sprite(("studio", base, light, size, x, y), (-60, -60, w + 120, h + 120), 0.5, draw)


def table(c: Canvas, top: float, size: tuple[int, int], colour: str, light: str, spot: float = 0.55) -> None:
    """A wooden top from a line down to the frame's foot, lit in a pool, edge catching the light."""
    w, h = size
    c.drawRect(
        rect(-80, top, w + 160, h - top + 80),
        fill(
            linear(0, top, 0, h, (0, mixed(colour, light, 0.22)), (0.18, colour), (1, mixed(colour, "#000000", 0.72)))
        ),
    )
    for x, y, length, alpha in dots(90, 17, (-60, w), (top + 6, h), (120, 620), (0.02, 0.09)):
        c.drawLine(x, y, x + length, y + 2, line("#000000", 2 + (y - top) * 0.006, alpha))
    for x, y, length, alpha in dots(50, 18, (-60, w), (top + 6, h), (120, 520), (0.01, 0.05)):
        c.drawLine(x, y, x + length, y + 1, line(light, 1.5, alpha))
    c.save()
    c.clipRect(rect(-80, top, w + 160, h))
    c.translate(w * spot, top + 120)
    c.scale(1, 0.34)
    glow(c, 0, 0, w * 0.75, light, 0.5)
    c.restore()
    c.drawLine(-80, top, w + 80, top, line(light, 2.5, 0.4, blur=1.2))


def window_light(
    c: Canvas,
    x: float,
    y: float,
    width: float,
    height: float,
    sky: tuple[str, str],
    bars: int = 2,
    frame: str = "#3a271b",
) -> None:
    """A window with panes and a bright sky."""
    c.drawPath(box(x, y, width, height, 6), fill(linear(0, y, 0, y + height, *sky)))
    for i in range(1, bars):
        c.drawRect(rect(x + width * i / bars - 9, y, 18, height), fill(frame))
    c.drawRect(rect(x, y + height * 0.42, width, 16), fill(frame))
    c.drawPath(box(x - 10, y - 10, width + 20, height + 20, 8), line(frame, 26))


def skyline(
    c: Canvas,
    x: float,
    base: float,
    width: float,
    seed: int,
    colour: str,
    tall: tuple[float, float],
    lights: float,
    lamp: str = "#ffcf87",
    wide: tuple[float, float] = (60, 150),
) -> None:
    """A row of buildings, some windows lit."""
    pen = x
    for index, (w, h, kind, _) in enumerate(dots(200, seed, wide, tall, (0, 1), (0, 1))):
        if pen > x + width:
            break
        c.drawRect(
            rect(pen, base - h, w, h + 4),
            fill(linear(0, base - h, 0, base, (0, colour), (1, mixed(colour, "#ffffff", 0.06)))),
        )
        if kind > 0.7:
            c.drawRect(rect(pen + w * 0.4, base - h - 30, w * 0.2, 32), fill(colour))
        for px, py, lit, warm in dots(int(h / 9), seed + index, (0.1, 0.82), (0.04, 0.9), (0, 1), (0, 1)):
            if lit < lights:
                gx, gy = pen + round(px * w / 14) * 14, base - h + round(py * h / 20) * 20
                if gx < pen + w - 12:
                    c.drawRect(rect(gx, gy, 7, 10), fill(lamp if warm > 0.25 else CREAM, 0.35 + 0.6 * warm))
        pen += w + (0 if kind > 0.5 else 8)


def leaf_plant(
    c: Canvas, x: float, y: float, size: float, t: float, colour: str, seed: int, pot: str | None = "#b9855a"
) -> None:
    """A plant whose long leaves stir a little."""
    for index, (angle, length, width, shade) in enumerate(
        dots(11, seed, (-2.75, -0.4), (0.6, 1.15), (0.09, 0.16), (0, 1))
    ):
        _leaf(c, t, angle, colour, index, length, shade, size, width, x, y)
    if pot:
        c.drawPath(
            poly(
                (x - size * 0.24, y - 4),
                (x + size * 0.24, y - 4),
                (x + size * 0.18, y + size * 0.36),
                (x - size * 0.18, y + size * 0.36),
            ),
            fill(
                linear(
                    x - size * 0.24,
                    0,
                    x + size * 0.24,
                    0,
                    mixed(pot, "#000000", 0.5),
                    pot,
                    mixed(pot, "#000000", 0.3),
                    mixed(pot, "#ffffff", 0.15),
                )
            ),
        )


def _leaf(
    c: Canvas,
    t: float,
    angle: float,
    colour: str,
    index: float,
    length: float,
    shade: float,
    size: float,
    width: float,
    x: float,
    y: float,
) -> None:
    """One blade and its vein."""
    lean = angle + 0.025 * wave(t * 1.2, index)
    tip = (
        x + math.cos(lean) * size * length,
        y + math.sin(lean) * size * length + size * 0.12 * abs(math.cos(lean)),
    )
    mid = (x + math.cos(lean) * size * length * 0.5, y + math.sin(lean) * size * length * 0.62)
    nx, ny = -math.sin(lean) * size * width, math.cos(lean) * size * width
    blade: Any = poly((x, y), closed=False)
    blade.quadTo(mid[0] + nx, mid[1] + ny, *tip)
    blade.quadTo(mid[0] - nx, mid[1] - ny, x, y)
    c.drawPath(
        blade,
        fill(linear(x, y, *tip, mixed(colour, "#000000", 0.45), mixed(colour, "#e8f0c0", 0.10 + 0.3 * shade))),
    )
    vein: Any = poly((x, y), closed=False)
    vein.quadTo(*mid, *tip)
    c.drawPath(vein, line("#ffffff", 1.6, 0.14))


def add_light(c: Canvas, x: float, y: float, rx: float, ry: float, colour: str, alpha: float) -> None:
    """A flat pool of light."""
    c.drawPath(oval(x, y, rx, ry), fill(colour, alpha, blur=min(rx, ry) * 0.4, blend=PLUS))
