"""The product: a stubby glass bottle of cold brew, its label on a cylinder. Origin bottom centre, 300 x 900."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

import skia

from demo.draw.paint import (
    HONEY,
    Canvas,
    Sprite,
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
    sprite,
    write,
)

RADIUS = 150.0
LABEL_TOP, LABEL_FOOT, LABEL_SAG = -478.0, -128.0, 11.0
SERIF, SANS = "Noto Serif CJK SC", "Noto Sans CJK SC"


@dataclass(frozen=True)
class Brand:
    """What a label says and its colours; the liquid seen through the glass."""

    name: str = "澄夜"
    latin: str = "CHENGYE"
    kind: str = "COLD BREW  冷萃咖啡"
    band: str = "#1d665b"
    paper: str = "#f7e6c4"
    ink: str = "#2a1810"
    dark: str = "#160a06"
    glow: str = "#b0601f"
    cap: str = "#2f8f80"


CHENGYE = Brand()


def outline(inset: float = 0.0) -> Any:
    """The glass seen from the side."""
    path, r, n = skia.Path(), RADIUS - inset, 46 - inset
    path.moveTo(-n, -822)
    path.lineTo(-n, -728)
    path.cubicTo(-n, -650, -r, -665, -r, -545)
    path.lineTo(-r, -36)
    path.cubicTo(-r, -8, -r + 20, -inset, -r + 44, -inset)
    path.lineTo(r - 44, -inset)
    path.cubicTo(r - 20, -inset, r, -8, r, -36)
    path.lineTo(r, -545)
    path.cubicTo(r, -665, n, -650, n, -728)
    path.lineTo(n, -822)
    path.close()
    return path


def _moon(c: Canvas, x: float, y: float, size: float, brand: Brand) -> None:
    """The mark: a night disc with a crescent over still water."""
    with clipped(c, oval(x, y, size, size)):
        c.drawRect(
            rect(x - size, y - size, size * 2, size * 2),
            fill(
                linear(
                    0, y - size, 0, y + size, (0, brand.ink), (0.55, mixed(brand.ink, brand.band, 0.7)), (1, brand.band)
                )
            ),
        )
        c.drawPath(oval(x + size * 0.05, y - size * 0.2, size * 0.46, size * 0.46), fill(HONEY))
        c.drawPath(
            oval(x + size * 0.25, y - size * 0.32, size * 0.42, size * 0.42), fill(mixed(brand.ink, brand.band, 0.3))
        )
        for row in range(4):
            top = y + size * (0.36 + row * 0.17)
            wavy = curve(
                *[
                    (x - size + i * size * 0.25, top + (size * 0.05 if (i + row) % 2 else -size * 0.05))
                    for i in range(9)
                ],
                closed=False,
            )
            c.drawPath(wavy, line(brand.paper, size * 0.035, 0.85 - row * 0.16))
    c.drawPath(oval(x, y, size, size), line(brand.ink, size * 0.03))


def label_art(brand: Brand = CHENGYE) -> Any:
    """The whole label unrolled, 1884 x 700 (two pixels a scene pixel), front in the middle."""
    width, height = 1884, 700

    def draw(c: Canvas) -> None:
        c.drawPaint(fill(brand.paper))
        for x, y, length, alpha in dots(900, 3, (0, width), (0, height), (6, 40), (0.01, 0.05)):
            c.drawLine(x, y, x + length, y + 2, line("#7a5a34", 1.2, alpha))
        c.drawRect(rect(0, 0, width, 74), fill(brand.band))
        c.drawRect(rect(0, 84, width, 5), fill(brand.band))
        c.drawRect(rect(0, height - 30, width, 30), fill(brand.band))
        for step in range(24):
            x, phase = 40 + step * 78.5, (step % 6) / 6
            c.drawPath(oval(x, 37, 15, 15), fill(HONEY))
            c.drawPath(oval(x - 30 + phase * 60, 37, 16, 16), fill(brand.band))
        middle = width / 2
        _moon(c, middle, 236, 112, brand)
        write(c, brand.name, middle, 494, font(SERIF, 150, True), fill(brand.ink), 26)
        write(c, brand.latin, middle, 566, font(SANS, 50, True), fill(brand.band), 17)
        write(c, brand.kind, middle, 630, font(SANS, 30), fill(brand.ink, alpha=0.8), 4)
        for back in (250, width - 250):
            _moon(c, back, 300, 62, brand)
            for row in range(5):
                c.drawRect(rect(back - 120 + row * 14, 420 + row * 36, 240 - row * 28, 7), fill(brand.ink, 0.30))

    return sprite(("label", brand), (0, 0, width, height), 1.0, draw).image


def draw_label(c: Canvas, turn: float, brand: Brand = CHENGYE, radius: float = RADIUS, sag: float = LABEL_SAG) -> None:
    """The label wrapped round the glass; `turn` in degrees moves its front to the left."""
    art, columns = label_art(brand), 48
    where, texture = [], []
    for i in range(columns + 1):
        angle = -math.pi / 2 + math.pi * i / columns
        x, bend = math.sin(angle) * (radius - 0.5), math.cos(angle) * sag
        u = 942 + (angle + math.radians(turn)) * 1884 / math.tau
        where += [(x, LABEL_TOP + bend), (x, LABEL_FOOT + bend)]
        texture += [(u, 2), (u, 698)]
    paint = skia.Paint(
        AntiAlias=True,
        Shader=art.makeShader(
            skia.TileMode.kRepeat, skia.TileMode.kClamp, skia.SamplingOptions(skia.CubicResampler.Mitchell())
        ),
    )
    mesh = skia.Vertices(skia.Vertices.kTriangleStrip_VertexMode, where, texture, None)
    c.drawVertices(mesh, paint, skia.BlendMode.kDst)
    shape = poly(*where[0::2], *reversed(where[1::2]))
    shade = linear(
        -radius,
        0,
        radius,
        0,
        (0, "#1a0d06", 0.88),
        (0.1, "#2a160a", 0.55),
        (0.3, "#3a2010", 0.10),
        (0.42, "#ffffff", 0.0),
        (0.66, "#3a2010", 0.12),
        (0.9, "#1a0d06", 0.62),
        (0.965, "#5a3212", 0.5),
        (1, "#1a0d06", 0.9),
    )
    c.drawPath(shape, fill(shade))
    c.drawPath(
        shape,
        fill(linear(-radius, 0, radius, 0, (0.16, "#fff3dd", 0.0), (0.25, "#fff3dd", 0.32), (0.34, "#fff3dd", 0.0))),
    )


def _liquid(c: Canvas, brand: Brand, level: float) -> None:
    """Dark in the middle, glowing where the light comes through at the sides and the foot."""
    c.drawRect(
        rect(-160, -900, 320, 900),
        fill(
            linear(
                -RADIUS,
                0,
                RADIUS,
                0,
                (0, "#6b655c", 0.9),
                (0.2, "#3b3631", 0.75),
                (0.6, "#2a2622", 0.7),
                (1, "#7d7468", 0.9),
            )
        ),
    )
    body = rect(-160, level, 320, -level)
    dark, glow = brand.dark, brand.glow
    c.drawRect(
        body,
        fill(
            linear(
                -RADIUS,
                0,
                RADIUS,
                0,
                (0, mixed(dark, glow, 0.25)),
                (0.07, mixed(dark, glow, 0.9)),
                (0.2, mixed(dark, glow, 0.22)),
                (0.5, dark),
                (0.78, mixed(dark, glow, 0.25)),
                (0.92, glow),
                (1, mixed(dark, glow, 0.3)),
            )
        ),
    )
    _lit_foot(c, body, dark, glow, level)


def _lit_foot(c: Canvas, body: Any, dark: str, glow: float, level: float) -> None:
    """Light through the top and the foot of the liquid."""
    c.drawRect(
        body, fill(linear(0, level, 0, 0, (0, glow, 0.55), (0.12, glow, 0.0), (0.9, glow, 0.0), (1, HONEY, 0.45)))
    )
    c.drawPath(oval(0, level, 150, 9), fill(mixed(dark, glow, 0.8)))
    c.drawPath(oval(0, -16, 128, 13), fill(HONEY, 0.35, blur=6))


def _shine(c: Canvas) -> None:
    """Reflections of a window on the left, of a warm lamp on the right."""
    c.drawPath(
        curve(
            (-116, -560),
            (-106, -600),
            (-70, -655),
            (-58, -668),
            (-80, -630),
            (-92, -560),
            (-94, -70),
            (-106, -52),
            (-116, -70),
        ),
        fill("#ffffff", 0.30, blur=3),
    )
    c.drawPath(box(-128, -540, 7, 470, 4), fill("#ffffff", 0.55, blur=1.5))
    c.drawPath(box(126, -560, 11, 510, 6), fill("#ffd9a0", 0.55, blur=2.5))
    c.drawPath(
        curve((52, -735), (56, -690), (96, -648), (124, -602), (118, -600), (84, -640), (46, -688), (44, -735)),
        fill("#ffe6bf", 0.45, blur=2),
    )
    c.drawPath(box(-34, -812, 11, 90, 5), fill("#ffffff", 0.40, blur=2))


def _cap(c: Canvas, brand: Brand) -> None:
    dark = mixed(brand.cap, "#04110f", 0.75)
    light = mixed(brand.cap, "#ffffff", 0.55)
    c.drawPath(
        box(-58, -900, 116, 86, 12),
        fill(
            linear(
                -58,
                0,
                58,
                0,
                (0, dark),
                (0.18, brand.cap),
                (0.3, light),
                (0.42, brand.cap),
                (0.8, dark),
                (0.93, brand.cap),
                (1, dark),
            )
        ),
    )
    for i in range(15):
        x = -58 + 58 * (1 + math.sin(-1.45 + i * 0.207))
        c.drawLine(x, -882, x, -822, line("#02110f", 2.2, 0.35))
    c.drawPath(box(-58, -900, 116, 14, 8), fill("#ffffff", 0.18))
    c.drawPath(box(-60, -822, 120, 9, 4), fill(dark, 0.9))


def draw_bottle(
    c: Canvas, turn: float = 0.0, brand: Brand = CHENGYE, cap: bool = True, level: float = -742.0, label: bool = True
) -> None:
    """The whole bottle without its shadow."""
    glass = outline()
    with clipped(c, glass):
        _liquid(c, brand, level)
    if label:
        draw_label(c, turn, brand)
    with clipped(c, glass):
        _shine(c)
    c.drawPath(
        glass,
        line(
            linear(
                -150,
                0,
                150,
                0,
                (0, "#fff0d8", 0.55),
                (0.2, "#fff0d8", 0.08),
                (0.8, "#ffd28a", 0.1),
                (1, "#ffd9a0", 0.75),
            ),
            3,
        ),
    )
    c.drawPath(
        box(-52, -832, 104, 22, 8),
        fill(linear(-52, 0, 52, 0, (0, "#8a7a66"), (0.3, "#e6d8c2"), (0.5, "#6b5c4b"), (1, "#b99f7c")), alpha=0.9),
    )
    if cap:
        _cap(c, brand)


def bottle(scale: float = 1.0, brand: Brand = CHENGYE, cap: bool = True, blur: float = 0.0) -> Sprite:
    """The bottle facing us as a sprite kept at a scale."""
    return sprite(("bottle", brand, cap), (-170, -920, 340, 930), scale, lambda c: draw_bottle(c, 0, brand, cap), blur)


def contact(c: Canvas, x: float, y: float, width: float, alpha: float = 0.6, colour: str = "#050302") -> None:
    """Soft shadow where a thing stands: a tight dark core in a wide one."""
    c.drawPath(oval(x, y, width * 0.62, width * 0.10), fill(colour, alpha * 0.6, blur=width * 0.07))
    c.drawPath(oval(x, y - width * 0.01, width * 0.48, width * 0.045), fill(colour, alpha, blur=width * 0.025))


def bead(c: Canvas, x: float, y: float, size: float, tall: float = 1.15) -> None:
    """One drop of condensation: dark above, lit below, a spark."""
    c.drawPath(
        oval(x, y, size, size * tall),
        fill(
            radial(
                x + size * 0.2,
                y + size * 0.55,
                size * 1.5,
                (0, "#fff4dc", 0.75),
                (0.45, "#e8b877", 0.28),
                (1, "#1a0d06", 0.5),
            )
        ),
    )
    c.drawPath(oval(x, y, size, size * tall), line("#fff4dc", max(0.8, size * 0.07), 0.28))
    c.drawPath(oval(x - size * 0.32, y - size * 0.42, size * 0.26, size * 0.2), fill("#ffffff", 0.92))


def dew(seed: int, count: int, smallest: float = 1.5, largest: float = 6.5) -> Sprite:
    """Fine condensation over the whole bottle, above the label as below it."""

    def draw(c: Canvas) -> None:
        with clipped(c, outline(4)):
            for x, y, grow in dots(count, seed, (-148, 148), (-700, -10), (0, 1)):
                bead(c, x, y, smallest + (largest - smallest) * grow**4)

    return sprite(("dew", seed, count, smallest, largest), (-160, -900, 320, 900), 2.4, draw)
