"""Short words over skia: colours, shaders, paints, paths, sprites. Lengths in scene pixels, angles in degrees."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import skia

Point = tuple[float, float]
Canvas = Any  # skia ships no type stubs

SMOOTH = skia.SamplingOptions(skia.FilterMode.kLinear, skia.MipmapMode.kLinear)
SCREEN, MULTIPLY, PLUS = skia.BlendMode.kScreen, skia.BlendMode.kMultiply, skia.BlendMode.kPlus
SOFT, ATOP, OUT = skia.BlendMode.kSoftLight, skia.BlendMode.kSrcATop, skia.BlendMode.kDstOut

NIGHT, ESPRESSO, BROWN, WALNUT = "#120c0a", "#22150f", "#4a2f1f", "#6f472a"
AMBER, HONEY, CREAM, PAPER = "#d9862b", "#f4bb5c", "#f8ecd6", "#efe0c4"
VERDIGRIS, DEEP, MINT = "#2f8f80", "#103d38", "#8fd3c3"


def ink(colour: str, alpha: float = 1.0) -> int:
    """'#rrggbb' and an opacity as skia's 32-bit colour."""
    return int(max(0, min(255, round(alpha * 255)))) << 24 | int(colour[1:], 16)


def mixed(one: str, two: str, share: float) -> str:
    """A colour between two."""
    pairs = [(int(one[i : i + 2], 16), int(two[i : i + 2], 16)) for i in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _stops(stops: Sequence[Any]) -> tuple[list[int], list[float] | None]:
    """Stops are 'colour', (place, colour) or (place, colour, alpha)."""
    if isinstance(stops[0], str):
        return [ink(stop) for stop in stops], None
    return [ink(stop[1], stop[2] if len(stop) > 2 else 1.0) for stop in stops], [stop[0] for stop in stops]


def linear(x0: float, y0: float, x1: float, y1: float, *stops: Any) -> Any:
    """Linear gradient shader."""
    colours, places = _stops(stops)
    return skia.GradientShader.MakeLinear([(x0, y0), (x1, y1)], colours, places)


def radial(x: float, y: float, radius: float, *stops: Any) -> Any:
    """Radial gradient shader."""
    colours, places = _stops(stops)
    return skia.GradientShader.MakeRadial((x, y), max(radius, 0.01), colours, places)


def fill(colour: Any, alpha: float = 1.0, blur: float = 0.0, blend: Any = None) -> Any:
    """A paint from a '#rrggbb' or a shader."""
    paint = skia.Paint(AntiAlias=True)
    if isinstance(colour, str):
        paint.setColor(ink(colour, alpha))
    else:
        paint.setShader(colour)
        paint.setAlphaf(alpha)
    if blur:
        paint.setMaskFilter(skia.MaskFilter.MakeBlur(skia.kNormal_BlurStyle, blur))
    if blend is not None:
        paint.setBlendMode(blend)
    return paint


def line(colour: Any, width: float, alpha: float = 1.0, blur: float = 0.0, blend: Any = None) -> Any:
    """A stroking paint with round ends."""
    paint = fill(colour, alpha, blur, blend)
    paint.setStyle(skia.Paint.kStroke_Style)
    paint.setStrokeWidth(width)
    paint.setStrokeCap(skia.Paint.kRound_Cap)
    paint.setStrokeJoin(skia.Paint.kRound_Join)
    return paint


def rect(x: float, y: float, width: float, height: float) -> Any:
    return skia.Rect.MakeXYWH(x, y, width, height)


def box(x: float, y: float, width: float, height: float, radius: float = 0.0) -> Any:
    """Rounded rectangle path."""
    path = skia.Path()
    path.addRoundRect(rect(x, y, width, height), radius, radius)
    return path


def oval(x: float, y: float, rx: float, ry: float) -> Any:
    """Ellipse path round a centre."""
    path = skia.Path()
    path.addOval(rect(x - rx, y - ry, rx * 2, ry * 2))
    return path


def poly(*points: Point, closed: bool = True) -> Any:
    """Straight-sided path."""
    path = skia.Path()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    if closed:
        path.close()
    return path


def curve(*points: Point, closed: bool = True, tension: float = 1.0) -> Any:
    """Smooth path through points (Catmull-Rom)."""
    count, path = len(points), skia.Path()
    path.moveTo(*points[0])
    pick = (lambda i: points[i % count]) if closed else (lambda i: points[max(0, min(count - 1, i))])
    for i in range(count if closed else count - 1):
        a, b, c, d = pick(i - 1), pick(i), pick(i + 1), pick(i + 2)
        k = tension / 6
        path.cubicTo(
            b[0] + (c[0] - a[0]) * k, b[1] + (c[1] - a[1]) * k, c[0] - (d[0] - b[0]) * k, c[1] - (d[1] - b[1]) * k, *c
        )
    if closed:
        path.close()
    return path


class at:
    """Save, move, turn, scale; restore at the end."""

    def __init__(
        self, canvas: Canvas, x: float = 0, y: float = 0, scale: float = 1, turn: float = 0, flip: bool = False
    ) -> None:
        self.canvas, self.move, self.scale, self.turn, self.flip = canvas, (x, y), scale, turn, flip

    def __enter__(self) -> Canvas:
        self.canvas.save()
        self.canvas.translate(*self.move)
        self.canvas.rotate(self.turn)
        self.canvas.scale(-self.scale if self.flip else self.scale, self.scale)
        return self.canvas

    def __exit__(self, *_: object) -> None:
        self.canvas.restore()


class clipped:
    """Draw only inside a path."""

    def __init__(self, canvas: Canvas, path: Any) -> None:
        self.canvas, self.path = canvas, path

    def __enter__(self) -> Canvas:
        self.canvas.save()
        self.canvas.clipPath(self.path, doAntiAlias=True)
        return self.canvas

    def __exit__(self, *_: object) -> None:
        self.canvas.restore()


class layer:
    """Draw a group and lay it down at once: opacity, blur, blend."""

    def __init__(self, canvas: Canvas, alpha: float = 1.0, blur: float = 0.0, blend: Any = None) -> None:
        self.canvas, self.paint = canvas, skia.Paint(Alphaf=alpha)
        if blur:
            self.paint.setImageFilter(skia.ImageFilters.Blur(blur, blur, skia.TileMode.kDecal))
        if blend is not None:
            self.paint.setBlendMode(blend)

    def __enter__(self) -> Canvas:
        self.canvas.saveLayer(None, self.paint)
        return self.canvas

    def __exit__(self, *_: object) -> None:
        self.canvas.restore()


class Sprite:
    """A picture drawn once: `draw(canvas)` in a box of scene pixels, kept at `scale` pixels a scene pixel."""

    def __init__(
        self, bounds: tuple[float, float, float, float], scale: float, draw: Callable[[Canvas], None], blur: float = 0.0
    ) -> None:
        x, y, width, height = bounds
        pad = blur * 3
        self.x, self.y, self.scale = x - pad, y - pad, scale
        surface = skia.Surface(math.ceil((width + 2 * pad) * scale), math.ceil((height + 2 * pad) * scale))
        canvas = surface.getCanvas()
        canvas.scale(scale, scale)
        canvas.translate(-self.x, -self.y)
        if blur:
            with layer(canvas, blur=blur):
                draw(canvas)
        else:
            draw(canvas)
        self.image = surface.makeImageSnapshot().withDefaultMipmaps()

    def put(
        self,
        canvas: Canvas,
        x: float = 0,
        y: float = 0,
        scale: float = 1,
        turn: float = 0,
        alpha: float = 1.0,
        blend: Any = None,
        flip: bool = False,
    ) -> None:
        """Draw with the sprite's own origin at (x, y)."""
        paint = skia.Paint(Alphaf=alpha)
        if blend is not None:
            paint.setBlendMode(blend)
        with at(canvas, x, y, scale, turn, flip):
            canvas.translate(self.x, self.y)
            canvas.scale(1 / self.scale, 1 / self.scale)
            canvas.drawImage(self.image, 0, 0, SMOOTH, paint)


_SPRITES: dict[Any, Sprite] = {}


def sprite(
    key: Any, bounds: tuple[float, float, float, float], scale: float, draw: Callable[[Canvas], None], blur: float = 0.0
) -> Sprite:
    """The sprite of a key, drawn at first use in this process."""
    whole = (key, bounds, scale, blur)
    if whole not in _SPRITES:
        _SPRITES[whole] = Sprite(bounds, scale, draw, blur)
    return _SPRITES[whole]


@lru_cache(maxsize=64)
def font(family: str, size: float, bold: bool = False) -> Any:
    """A font by family name of the machine that draws."""
    style = skia.FontStyle.Bold() if bold else skia.FontStyle.Normal()
    out = skia.Font(skia.Typeface(family, style), size)
    out.setEdging(skia.Font.Edging.kAntiAlias)
    out.setSubpixel(True)
    return out


def write(canvas: Canvas, text: str, x: float, y: float, face: Any, paint: Any, spacing: float = 0.0) -> float:
    """Centred text with letter spacing, on a baseline; gives its width."""
    widths = [face.measureText(letter) + spacing for letter in text]
    pen = x - (sum(widths) - spacing) / 2
    for letter, width in zip(text, widths, strict=True):
        canvas.drawString(letter, pen, y, face, paint)
        pen += width
    return sum(widths) - spacing


def ease(value: float) -> float:
    """0..1 to 0..1, slow at both ends."""
    value = max(0.0, min(1.0, value))
    return value * value * value * (value * (value * 6 - 15) + 10)


def out(value: float) -> float:
    """Fast, then slow."""
    return 1 - (1 - max(0.0, min(1.0, value))) ** 3


def between(time: float, start: float, end: float) -> float:
    """Eased progress of a stretch of time."""
    return ease((time - start) / (end - start))


def wave(time: float, seed: float = 0.0) -> float:
    """Slow wander in -1..1 without a visible period."""
    return (math.sin(time + seed * 1.7) + math.sin(time * 1.618 + seed * 3.1) + math.sin(time * 0.731 + seed * 5.3)) / 3


def dots(count: int, seed: int, *spans: tuple[float, float]) -> list[list[float]]:
    """Seeded random rows, one value per span."""
    random = np.random.default_rng(seed)
    return [[float(random.uniform(low, high)) for low, high in spans] for _ in range(count)]
