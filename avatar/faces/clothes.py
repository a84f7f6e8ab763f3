"""Four outfits over one body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.body import Outfit, folds, outline
from avatar.faces.clay import Field, Grid, Point, bump, crease, fill, smooth_step, spline
from avatar.faces.contracts import Persona
from avatar.faces.light import add_light, lay, mixed, multiply, scaled


def draw_body(grid: Grid, persona: Persona) -> npt.NDArray[Any]:
    """Neck and clothed body as height × width × 4 from 0 to 255, colours multiplied by alpha."""
    outfit = Outfit(grid, persona)
    _OUTFITS[persona.clothes.kind](outfit)
    for piece in persona.jewellery:
        if piece == "necklace":
            _necklace(outfit)
    return outfit.rgba()


def _below(outfit: Outfit, neckline: list[Point]) -> Field:
    """The body below a neckline given from its left end to its right."""
    body = fill(outfit.grid, outline(outfit.persona), 0.5)
    cut = [*spline(neckline), (200.0, 380.0), (-200.0, 380.0)]
    return np.asarray(body * (1 - fill(outfit.grid, cut, 0.4)), np.float32)


def _thick_edge(grid: Grid, path: list[Point], width: float) -> Field:
    """The rounding of a hem."""
    return 2.4 * crease(grid, spline(path), width)


def _stand_collar(outfit: Outfit) -> None:
    """A linen jacket with a standing collar, a slanting front edge and knotted buttons."""
    grid, look = outfit.grid, outfit.persona.clothes
    wrinkles = folds(grid, outfit.persona)
    neckline: list[Point] = [(-72, 560), (-64, 596), (-36, 628), (0, 646), (36, 628), (64, 596), (72, 560)]
    front: list[Point] = [(2, 652), (30, 676), (84, 702), (140, 728), (178, 760)]
    flap = fill(grid, [*spline(front), (320, 820), (320, 1100), (-320, 1100), (-320, 560), (0, 600)], 1.0)
    flap = flap * (1 - smooth_step(grid.x, 150, 180))
    edge = _thick_edge(grid, [(x - 3, y - 1) for x, y in front], 5) + 2.6 * flap
    body = _below(outfit, neckline)
    outfit.wear(body, outfit.cloth(body, look.colour, wrinkles + edge, 0.10))
    outfit.seam([(x, y + 2) for x, y in front], look.colour)
    _collar_band(outfit)
    outfit.piping(front, look.trim, 3.0)
    for x, y, turn in ((20, 668, 32), (84, 703, 24), (140, 729, 26)):
        _knot(outfit, x, y, turn)


def _collar_band(outfit: Outfit) -> None:
    grid, look = outfit.grid, outfit.persona.clothes
    for side in (1, -1):
        top: list[Point] = [(side * 66, 562), (side * 57, 586), (side * 35, 612), (side * 3, 634)]
        low: list[Point] = [(side * 1, 662), (side * 42, 648), (side * 78, 622), (side * 92, 590)]
        band = fill(grid, np.vstack([spline(top), spline(low)]), 0.4)
        height = 16 * np.exp(-((np.abs(grid.x) / 66) ** 4)) * np.ones(grid.shape, np.float32)
        cloth = outfit.cloth(
            band, look.colour, height + 2.0 * _thick_edge(grid, top, 3) + 1.5 * _thick_edge(grid, low, 3), 0.12
        )
        if side > 0:
            cloth *= 0.88
        outfit.wear(band, cloth, 0.75, (2, 3), 4)
        outfit.piping(top, look.trim, 2.6)
        outfit.seam([(x, y - 3) for x, y in low], look.colour, 1.2)


def _knot(outfit: Outfit, x: float, y: float, degrees: float) -> None:
    """A knotted button: two loops and the knot between them."""
    grid, trim = outfit.grid, outfit.persona.clothes.trim
    cos, sin = np.cos(np.radians(degrees + 90)), np.sin(np.radians(degrees + 90))
    t = np.linspace(0, 2 * np.pi, 25)
    for way in (-1, 1):
        along, across = way * (10 + 8.5 * np.cos(t)), 5.0 * np.sin(t)
        loop = np.stack([x + along * cos - across * sin, y + along * sin + across * cos], 1)
        outfit.piping([(float(a), float(b)) for a, b in loop], trim, 2.4)
    ball = bump(grid, x, y, 3.6, 3.6)
    multiply(outfit.picture, np.clip(bump(grid, x + 1.5, y + 3, 5, 5), 0, 1) * 0.6, (40, 34, 28))
    lay(outfit.picture, smooth_step(ball, 0.35, 0.55), scaled(trim, 0.82))
    add_light(outfit.picture, 0.8 * bump(grid, x - 1.2, y - 1.4, 1.4, 1.3), (255, 250, 230))


def _jacket(outfit: Outfit) -> None:
    """A tailored jacket over an open shirt."""
    grid, look = outfit.grid, outfit.persona.clothes
    _shirt(outfit)
    wrinkles = folds(grid, outfit.persona, 0.7)
    opening: list[Point] = [(-92, 596), (-84, 640), (-44, 800), (-4, 930), (10, 1040)]
    other: list[Point] = [(14, 1040), (18, 930), (52, 800), (86, 640), (92, 596)]
    hole = fill(grid, [*spline(opening), *spline(other), (80, 500), (-80, 500)], 0.4)
    body = fill(grid, outline(outfit.persona), 0.5) * (1 - hole)
    edge = _thick_edge(grid, opening, 5) + _thick_edge(grid, other, 5)
    outfit.wear(body, outfit.cloth(body, look.colour, wrinkles + edge, 0.03), 0.75, (5, 5), 8)
    for side in (1, -1):
        _lapel(outfit, side, wrinkles)
        outfit.seam([(side * 196, 668), (side * 186, 720), (side * 180, 790)], look.colour, 1.4)
    pocket: list[Point] = [(92, 786), (128, 778), (150, 776)]
    outfit.seam(pocket, look.colour, 2.0)
    lay(
        outfit.picture,
        fill(grid, spline([(98, 783), (110, 762), (122, 772), (132, 758), (144, 777)], 4), 0.6),
        scaled(look.second, 0.93),
    )
    _button(outfit, 6, 948, scaled(look.colour, 0.55), 8)


def _shirt(outfit: Outfit) -> None:
    grid, second = outfit.grid, outfit.persona.clothes.second
    neckline: list[Point] = [(-82, 560), (-70, 600), (-34, 660), (0, 716), (34, 660), (70, 600), (82, 560)]
    small = 0.3 * folds(grid, outfit.persona, 0.5) + 2.0 * crease(grid, spline([(0, 716), (2, 800), (4, 960)]), 8)
    front = _below(outfit, neckline) * (np.abs(grid.x) < 130)
    outfit.wear(front, outfit.cloth(front, second, small, 0.04, 0.85), 0.6)
    outfit.seam([(-9, 724), (-8, 820), (-4, 960)], scaled(second, 0.9), 1.0)
    outfit.seam([(10, 722), (11, 820), (14, 960)], scaled(second, 0.9), 1.0)
    for y in (752, 836, 916):
        _button(outfit, 2, y, mixed(second, (255, 255, 255), 0.5), 4.6)
    for side in (1, -1):
        points = [(58, 572), (72, 586), (96, 622), (66, 706), (4, 720), (34, 654), (54, 604)]
        corner = np.array([(side * x, y) for x, y in points], np.float32)
        mask = fill(grid, corner, 0.5)
        tilt = 0.10 * side * grid.x + 0.0 * grid.y
        cloth = outfit.cloth(mask, second, tilt + 4 * fill(grid, corner, 3.0), 0.05, 0.8)
        outfit.wear(mask, cloth, 0.62, (2, 6), 6)
        outfit.seam([(side * 90, 618), (side * 63, 698), (side * 8, 712)], scaled(second, 0.92), 0.8)


def _lapel(outfit: Outfit, side: int, wrinkles: Field) -> None:
    grid, look = outfit.grid, outfit.persona.clothes
    sharp = [
        (side * 90, 586),
        (side * 112, 612),
        (side * 136, 690),
        (side * 112, 702),
        (side * 130, 722),
        (side * 92, 820),
        (side * 30 + 4, 930),
        (side * 6 + 6, 962),
        (side * 30 + 2, 860),
        (side * 62, 740),
        (side * 80, 660),
    ]
    shape = np.array(sharp, np.float32)
    mask = fill(grid, shape, 0.5)
    roll = 4.0 * fill(grid, shape, 5.0) + 3.0 * fill(grid, shape, 1.5) - side * 0.05 * grid.x
    cloth = outfit.cloth(mask, mixed(look.colour, (255, 255, 255), 0.03), 0.5 * wrinkles + roll, 0.04)
    outfit.wear(mask, cloth, 0.70, (3, 6), 6)
    outfit.seam([(side * 133, 690), (side * 104, 703), (side * 88, 680)], look.colour, 1.3)
    rim = [*sharp[3:7]]
    add_light(
        outfit.picture, 0.20 * fill(grid, shape, 0.4) * crease(grid, np.array(rim, np.float32), 1.4), (230, 236, 246)
    )


def _button(outfit: Outfit, x: float, y: float, colour: tuple[int, int, int], radius: float) -> None:
    g = outfit.grid
    away = np.sqrt((g.x - x) ** 2 + (g.y - y) ** 2)
    multiply(
        outfit.picture,
        0.6 * smooth_step(radius + 3.5 - np.sqrt((g.x - x - 1) ** 2 + (g.y - y - 2) ** 2), 0, 4),
        (40, 36, 40),
    )
    lay(outfit.picture, smooth_step(radius + 0.4 - away, 0, 0.8), colour)
    add_light(
        outfit.picture,
        0.35 * smooth_step(radius - away, 0, 2) * smooth_step(-(g.x - x) - (g.y - y), 0, radius),
        (255, 255, 255),
    )
    for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        hole = np.sqrt((g.x - x - dx * radius * 0.3) ** 2 + (g.y - y - dy * radius * 0.3) ** 2)
        multiply(outfit.picture, 0.8 * smooth_step(radius * 0.17 - hole, -0.4, 0.4), (50, 46, 48))


def _knit(outfit: Outfit) -> None:
    """A ribbed pullover with a round neck."""
    grid, look = outfit.grid, outfit.persona.clothes
    neckline: list[Point] = [(-104, 596), (-86, 630), (-50, 660), (0, 672), (50, 660), (86, 630), (104, 596)]
    ribs = _ribs(grid)
    wrinkles = folds(grid, outfit.persona, 0.55)
    jersey = _below(outfit, neckline)
    outfit.wear(jersey, outfit.cloth(jersey, look.colour, wrinkles + ribs, 0.04, 1.05), 0.6)
    band_low: list[Point] = [(x * 1.13, y + 19 if abs(x) < 90 else y + 10) for x, y in neckline]
    band = fill(grid, np.vstack([spline(neckline), spline(band_low)[::-1]]), 0.5)
    across = np.arctan2(grid.x, 760 - grid.y - 0 * grid.x)
    cord = 1.3 * np.abs(np.sin(across * 74)).astype(np.float32) + 5 * np.clip(
        fill(grid, np.vstack([spline(neckline), spline(band_low)[::-1]]), 4), 0, 1
    )
    body = fill(grid, outline(outfit.persona), 0.5)
    outfit.wear(band * body, outfit.cloth(band, look.colour, wrinkles * 0.3 + cord, 0.04), 0.55, (1, 5), 4)


def _ribs(grid: Grid) -> Field:
    """Upright ribs that narrow where the body turns away and break into stitches."""
    turned = np.arcsin(np.clip(grid.x / 262, -0.98, 0.98)) * 262 + 3.0 * np.sin(grid.y / 70.0)
    rib = np.abs(np.sin(turned * (np.pi / 9.5))) ** 0.8
    stitch = 0.22 * np.sin(grid.y * (2 * np.pi / 6.5) + 0.8 * np.cos(turned * (2 * np.pi / 9.5)))
    return (1.9 * rib + stitch * rib).astype(np.float32)


def _blouse(outfit: Outfit) -> None:
    """A soft V-neck blouse with a turned collar."""
    grid, look = outfit.grid, outfit.persona.clothes
    neckline: list[Point] = [(-88, 590), (-66, 630), (-28, 696), (0, 742), (28, 696), (66, 630), (88, 590)]
    wrinkles = folds(grid, outfit.persona, 1.25)
    placket = 2.2 * fill(grid, [(-12, 742), (14, 742), (18, 1060), (-12, 1060)], 1.5)
    body = _below(outfit, neckline)
    outfit.wear(body, outfit.cloth(body, look.colour, wrinkles + placket, 0.20, 1.0), 0.6)
    outfit.seam([(-11, 752), (-9, 860), (-10, 1040)], look.colour, 1.2)
    for y in (786, 866, 946):
        _button(outfit, 3, y, mixed(look.colour, (255, 255, 255), 0.35), 5)
    for side in (1, -1):
        leaf = [
            (side * 70, 572),
            (side * 100, 604),
            (side * 112, 650),
            (side * 74, 706),
            (side * 40, 690),
            (side * 1, 746),
            (side * 26, 694),
            (side * 62, 628),
        ]
        shape = spline(leaf, 5, closed=True)
        cloth = outfit.cloth(fill(grid, shape, 0.5), look.colour, 6 * fill(grid, shape, 5.0) + 0.5 * wrinkles, 0.22)
        outfit.wear(fill(grid, shape, 0.5), cloth, 0.6, (2, 6), 6)


def _necklace(outfit: Outfit) -> None:
    chain = spline([(-62, 598), (-50, 634), (-24, 660), (0, 668), (24, 660), (50, 634), (62, 598)])
    gold = (236, 196, 110)
    outfit.piping([(float(x), float(y)) for x, y in chain], gold, 1.5)
    g = outfit.grid
    lay(outfit.picture, smooth_step(5.2 - np.sqrt(g.x**2 + (g.y - 673) ** 2), 0, 1), scaled(gold, 0.9))
    add_light(outfit.picture, 0.8 * bump(g, -1.4, 671, 1.6, 1.6), (255, 250, 230))


_OUTFITS: dict[str, Callable[[Outfit], None]] = {
    "stand_collar": _stand_collar,
    "jacket": _jacket,
    "knit": _knit,
    "blouse": _blouse,
}
