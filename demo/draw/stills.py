"""Still pictures of the product for cards: cut out, on a plain backdrop, and served beside a glass."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import skia
from PIL import Image

from demo.draw import glass
from demo.draw.bottle import contact, dew, draw_bottle
from demo.draw.paint import Canvas, at, fill, linear
from demo.draw.places import dust, glow
from demo.draw.shots_day import desk, morning
from demo.draw.stage import Film

# Words of each still for the catalogue.
STILLS = {
    "product.png": "产品图 瓶子 抠图 product bottle cut-out",
    "product-backdrop.jpg": "产品图 瓶子 背景 product bottle backdrop",
    "product-served.jpg": "产品图 瓶子 冰咖啡 玻璃杯 窗边 product bottle iced coffee glass window",
}


def _cut_out(path: Path) -> None:
    """The bottle alone on nothing, 640 x 1600."""
    pixels = np.zeros((1600, 640, 4), np.uint8)
    canvas = skia.Surface(pixels, colorType=skia.kRGBA_8888_ColorType).getCanvas()
    with at(canvas, 320, 1570, 1.68):
        draw_bottle(canvas)
        dew(3, 260, 1.2, 4.0).put(canvas, alpha=0.75)
    image = skia.Image.fromarray(pixels, colorType=skia.kRGBA_8888_ColorType)
    straight = image.toarray(colorType=skia.kRGBA_8888_ColorType)
    Image.fromarray(straight, "RGBA").save(path, optimize=True)


def _backdrop(c: Canvas, t: float) -> None:
    c.drawPaint(fill(linear(0, 0, 0, 1350, (0, "#1a5a52"), (0.66, "#2f8f80"), (0.74, "#1d665b"), (1, "#0d322e"))))
    glow(c, 540, 560, 760, "#f4d49a", 0.75)
    contact(c, 540, 1206, 380, 0.7)
    with at(c, 540, 1200, 1.24):
        draw_bottle(c)
        dew(3, 260, 1.2, 4.0).put(c, alpha=0.75)


def _served(c: Canvas, t: float) -> None:
    morning().put(c, -20, -300, 1.06)
    desk(930, "#9a6b42", "#ffe3b0", 0.35).put(c)
    contact(c, 400, 1212, 330, 0.6, "#2a1005")
    with at(c, 400, 1210, 1.08):
        draw_bottle(c, 6)
        dew(3, 260, 1.2, 4.0).put(c, alpha=0.75)
    contact(c, 770, 1262, 340, 0.55, "#2a1005")
    glass.glass_at(c, 770, 1262, 0.94, 0.4, -390)
    dust(c, 0.5, 21, 60, (0, 0, 1080, 1350), 0.9)


def make_stills(folder: Path) -> None:
    """Write every still into a folder."""
    _cut_out(folder / "product.png")
    for name, draw in (("product-backdrop.jpg", _backdrop), ("product-served.jpg", _served)):
        film = Film((1080, 1350), 1.0, 0.35, 0.3)
        picture = Image.fromarray(film.frame(draw, 0.0)[:, :, 2::-1].copy())
        picture.save(folder / name, quality=88, subsampling=0, optimize=True)
