"""The room behind the host and the desk before it: planes out of focus, one source of light, things on the desk sharp.

Planes are drawn sharp and blurred like a lens does it, as discs in linear light: small lights bloom.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from avatar.faces.backdrops import draw_backdrop
from avatar.faces.clay import Field, Grid, Point, bump, fill, line, noise, smooth_step, spline
from avatar.faces.contracts import Colour, Persona
from avatar.faces.light import Picture, add_light, lay, mixed, multiply, ramp, scaled

DESK = 988.0
"""Where the desk's far edge lies, in units of the 720 × 1280 frame."""
BLOOM = {"tea": (610.0, 330.0), "kitchen": (70.0, 340.0), "showroom": (120.0, 330.0), "studio": (360.0, 300.0)}
"""Where daylight blooms over the lens."""


class Plane:
    """A sheet of the room: colours and coverage before the blur."""

    def __init__(self, grid: Grid, colour: Colour | None = None) -> None:
        self.grid = grid
        self.picture = np.zeros((*grid.shape, 3), np.float32)
        self.alpha = np.zeros(grid.shape, np.float32)
        if colour is not None:
            self.picture += np.array(colour, np.float32)
            self.alpha += 1.0

    def put(self, mask: Field, colour: Colour | Picture) -> None:
        lay(self.picture, mask, colour)
        self.alpha = np.maximum(self.alpha, mask)

    def box(self, left: float, top: float, right: float, bottom: float, colour: Colour, radius: float = 0.0) -> None:
        self.put(self._box(left, top, right, bottom, radius), colour)

    def _box(self, left: float, top: float, right: float, bottom: float, radius: float) -> Field:
        g = self.grid
        dx = np.maximum(np.maximum(left + radius - g.x, g.x - right + radius), 0)
        dy = np.maximum(np.maximum(top + radius - g.y, g.y - bottom + radius), 0)
        return smooth_step(radius + 0.9 - np.sqrt(dx * dx + dy * dy), 0, 0.9)

    def jar(self, x: float, foot: float, profile: Sequence[Point], colour: Colour, gloss: float = 0.35) -> None:
        """Something turned on a lathe: (height over the foot, radius) from the foot up."""
        turned(self.picture, self.grid, x, foot, profile, colour, gloss)
        self.alpha = np.maximum(self.alpha, turned_mask(self.grid, x, foot, profile))

    def over(self, base: Picture, radius: float) -> Picture:
        """This plane, out of focus by `radius` samples, over a picture in linear light (0–1)."""
        import cv2

        linear = (self.picture / 255.0) ** 2.2 * self.alpha[..., None]
        sheet: Picture = np.dstack([linear, self.alpha]).astype(np.float32)
        if radius >= 1:
            size = 2 * int(radius) + 1
            disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size)).astype(np.float32)
            kernel: Field = cv2.GaussianBlur(disc, (0, 0), max(radius * 0.14, 0.5))
            sheet = cv2.filter2D(sheet, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)
        return sheet[..., :3] + base * (1 - np.clip(sheet[..., 3:], 0, 1))


def rounded(profile: Sequence[Point]) -> list[Point]:
    """A profile without corners."""
    return [(float(height), float(radius)) for height, radius in spline(profile)]


def turned_mask(grid: Grid, x: float, foot: float, profile: Sequence[Point]) -> Field:
    """Coverage of something turned on a lathe."""
    wide = np.interp(foot - grid.y, [h for h, _ in profile], [r for _, r in profile], left=0, right=0)
    return smooth_step(wide - np.abs(grid.x - x), -0.4, 0.8) * (wide > 0)


def turned(
    picture: Picture, grid: Grid, x: float, foot: float, profile: Sequence[Point], colour: Colour, gloss: float = 0.35
) -> None:
    """Paint something turned on a lathe: lit from the left, a soft shine, the far side dark."""
    wide = np.interp(foot - grid.y, [h for h, _ in profile], [r for _, r in profile], left=0, right=0)
    across = np.clip((grid.x - x) / np.maximum(wide, 1e-3), -1, 1)
    value = np.clip(0.62 - 0.40 * across - 0.30 * across**2 + 0.10 * smooth_step(across, 0.75, 1.0), 0, 1)
    tones = (scaled(colour, 0.28), scaled(colour, 0.66), colour, mixed(colour, (255, 250, 240), 0.35))
    skin = ramp(tones, value.astype(np.float32))
    add_light(skin, (gloss * np.exp(-(((across + 0.48) / 0.13) ** 2))).astype(np.float32), (255, 252, 244))
    add_light(skin, (gloss * 0.35 * np.exp(-(((across - 0.72) / 0.10) ** 2))).astype(np.float32), (230, 240, 250))
    lay(picture, turned_mask(grid, x, foot, profile), skin)


def draw_room(grid: Grid, persona: Persona, scale: float) -> Picture:
    """The whole background behind the host as RGB 0–255."""
    planes = _ROOMS[persona.room.kind](grid, persona)
    base = np.zeros((*grid.shape, 3), np.float32)
    for plane, radius in planes:
        base = plane.over(base, radius * scale)
    picture = np.clip(base, 0, 1) ** (1 / 2.2) * 255
    picture = picture.astype(np.float32)
    add_light(picture, 0.10 * bump(grid, 120, 160, 420, 480), persona.room.light)
    if persona.room.kind in BLOOM:
        add_light(picture, 0.14 * bump(grid, *BLOOM[persona.room.kind], 150, 230), (255, 250, 236))
    # The wall falls off behind the shoulders, so that the edge of the host carries.
    multiply(picture, 0.34 * bump(grid, 360, 760, 300, 230), (70, 70, 78))
    multiply(picture, 0.16 * smooth_step(grid.y, 600, 1000) * np.ones(grid.shape, np.float32), (60, 60, 66))
    grain = noise(grid.shape, 2.0, 9, 1)
    return picture + grain[..., None] * 0.9


def _wall(grid: Grid, persona: Persona, light_x: float, light_y: float, strength: float = 0.5) -> Plane:
    room = persona.room
    plane = Plane(grid, scaled(room.wall, 0.86))
    add_light(plane.picture, strength * bump(grid, light_x, light_y, 360, 420), room.light)
    multiply(
        plane.picture, 0.35 * smooth_step(grid.y + 0.3 * np.abs(grid.x - light_x), 500, 1300), scaled(room.wall, 0.45)
    )
    multiply(
        plane.picture, np.clip(0.06 * noise(grid.shape, 120, persona.seed, 3) + 0.03, 0, 1), scaled(room.wall, 0.6)
    )
    return plane


def _window(
    plane: Plane, left: float, top: float, right: float, bottom: float, panes: tuple[int, int], frame: Colour
) -> None:
    """A bright window with leaves behind it and thin bars."""
    rng = np.random.default_rng(77)
    g = plane.grid
    plane.box(left, top, right, bottom, (238, 243, 236))
    for _ in range(46):
        x, y = rng.uniform(left, right), rng.uniform(top, bottom)
        size = rng.uniform(14, 46)
        green = mixed((122, 160, 96), (214, 226, 178), float(rng.uniform()))
        spot = smooth_step(1.0 - ((g.x - x) / size) ** 2 - ((g.y - y) / (size * 0.7)) ** 2, 0, 0.3)
        inside = plane._box(left, top, right, bottom, 0)
        lay(plane.picture, (spot * inside * 0.75).astype(np.float32), green)
    for column in range(panes[0] + 1):
        x = left + (right - left) * column / panes[0]
        plane.box(x - 6, top, x + 6, bottom, frame)
        plane.box(x - 6, top, x - 3, bottom, mixed(frame, (255, 240, 220), 0.4))
    for row in range(panes[1] + 1):
        y = top + (bottom - top) * row / panes[1]
        plane.box(left, y - 6, right, y + 6, frame)


def _shelf(plane: Plane, wall: Plane, left: float, right: float, y: float, wood: Colour) -> None:
    """A board with its shadow on the wall behind."""
    multiply(wall.picture, 0.45 * wall._box(left, y + 18, right, y + 58, 10), (96, 84, 76))
    plane.box(left, y, right, y + 24, wood)
    plane.box(left, y, right, y + 6, mixed(wood, (255, 244, 226), 0.40))
    plane.box(left, y + 18, right, y + 24, scaled(wood, 0.7))


TIN = ((0, 26), (6, 28), (70, 28), (72, 25), (76, 27), (92, 27), (95, 24))
VASE = ((0, 18), (10, 30), (40, 40), (70, 34), (92, 16), (104, 13), (112, 17))
BOWL = ((0, 14), (6, 18), (20, 36), (40, 46), (44, 46))
BOX = ((0, 30), (84, 30))


def _tea(grid: Grid, persona: Persona) -> list[tuple[Plane, float]]:
    room = persona.room
    wall = _wall(grid, persona, 60, 120)
    _window(wall, 452, 60, 800, 690, (3, 4), (116, 92, 70))
    near = Plane(grid)
    wood = (172, 116, 70)
    for y, things in (
        (350, ((40, TIN, (84, 124, 96), 1.2), (104, BOX, (216, 190, 140), 0.9), (176, TIN, (190, 120, 96), 1.0))),
        (576, ((42, BOX, (232, 222, 200), 1.2), (120, TIN, (70, 112, 88), 0.9), (182, VASE, (172, 150, 100), 1.1))),
        (800, ((46, VASE, (146, 62, 50), 1.1), (132, BOWL, (226, 218, 202), 1.0), (206, TIN, (96, 128, 104), 0.9))),
    ):
        _shelf(near, wall, -60, 226, y, wood)
        for x, profile, colour, size in things:
            near.jar(x, y, [(h * size, r * size) for h, r in profile], colour)
    _lantern(near, 640, 250, room.light)
    return [(wall, 10), (near, 7)]


def _lantern(plane: Plane, x: float, y: float, light: Colour) -> None:
    g = plane.grid
    plane.put(line(g, [(x, -20), (x, y - 60)], 2.5), (70, 56, 44))
    shade = smooth_step(1.0 - (np.abs(g.x - x) / 62) ** 2.6 - (np.abs(g.y - y) / 52) ** 2.6, 0, 0.06)
    plane.put(shade.astype(np.float32), mixed(light, (255, 226, 170), 0.5))
    add_light(plane.picture, 0.6 * bump(g, x, y + 10, 34, 26) * shade, (255, 248, 226))


def _showroom(grid: Grid, persona: Persona) -> list[tuple[Plane, float]]:
    room = persona.room
    wall = _wall(grid, persona, 520, 230, 0.40)
    wall.box(-40, 120, 290, 640, (172, 198, 214))
    add_light(wall.picture, 0.5 * wall._box(-40, 120, 290, 420, 0), (255, 255, 255))
    for x in (70, 190, 284):
        wall.box(x - 6, 110, x + 6, 650, (74, 84, 94))
    wall.put(0.9 * wall._box(-60, 640, 800, 1000, 0), scaled(room.wall, 0.62))
    lamps = Plane(grid)
    for x, y in ((380, 66), (520, 56), (662, 74), (452, 128), (612, 134), (702, 190)):
        glow = smooth_step(1.0 - ((grid.x - x) / 30) ** 2 - ((grid.y - y) / 9) ** 2, 0, 0.3)
        lamps.put(glow.astype(np.float32), (255, 246, 224))
    lamps.box(300, 196, 800, 204, (255, 214, 150))
    car = Plane(grid)
    _car(car, room.accent)
    _plant(car, 70, 800, (96, 128, 96), (206, 204, 198))
    return [(wall, 11), (lamps, 9), (car, 7)]


def _car(plane: Plane, paint: Colour) -> None:
    """A car's nose coming in from the right."""
    g = plane.grid
    body = spline(
        [(505, 812), (512, 742), (548, 706), (610, 690), (650, 622), (720, 596), (800, 590), (800, 860), (520, 850)],
        closed=True,
    )
    mask = fill(g, body)
    tones = (scaled(paint, 0.25), scaled(paint, 0.7), paint, mixed(paint, (255, 255, 255), 0.5))
    value = np.clip(0.95 - (g.y - 600) / 260 + 0.0 * g.x, 0, 1)
    plane.put(mask, ramp(tones, (value * np.ones(g.shape)).astype(np.float32)))
    add_light(plane.picture, 0.6 * line(g, spline([(520, 748), (600, 712), (800, 704)]), 8, 3) * mask, (255, 255, 255))
    glass = spline([(640, 690), (668, 636), (730, 614), (800, 612), (800, 690)], closed=True)
    plane.put(fill(g, glass), (52, 62, 74))
    add_light(plane.picture, 0.35 * fill(g, [(676, 640), (720, 622), (700, 690), (652, 690)]), (220, 236, 250))
    plane.put(
        smooth_step(1 - ((g.x - 548) / 34) ** 2 - ((g.y - 752) / 13) ** 2, 0, 0.3).astype(np.float32), (252, 248, 232)
    )
    for radius, colour in ((74, (22, 24, 28)), (50, (150, 154, 160)), (40, (70, 74, 80)), (14, (170, 174, 180))):
        plane.put(smooth_step(radius - np.sqrt((g.x - 640) ** 2 + (g.y - 850) ** 2), 0, 2), colour)


def _plant(plane: Plane, x: float, foot: float, green: Colour, pot: Colour) -> None:
    rng = np.random.default_rng(12)
    for index in range(15):
        lean = (index - 7) / 7 * 0.75 + float(rng.normal(0, 0.08))
        long = rng.uniform(130, 230)
        tip = (x + np.sin(lean) * long, foot - 90 - np.cos(lean) * long)
        middle = (x + np.sin(lean) * long * 0.4, foot - 90 - np.cos(lean) * long * 0.55)
        wide = rng.uniform(10, 19)
        leaf = spline(
            [(x, foot - 84), (middle[0] - wide, middle[1]), tip, (middle[0] + wide, middle[1] + 8)], 8, closed=True
        )
        plane.put(fill(plane.grid, leaf), mixed(scaled(green, float(rng.uniform(0.6, 1.15))), (240, 244, 200), 0.12))
    plane.jar(x, foot, [(0, 34), (80, 48), (96, 50), (98, 50)], pot, 0.2)


def _kitchen(grid: Grid, persona: Persona) -> list[tuple[Plane, float]]:
    wall = _wall(grid, persona, 90, 200, 0.7)
    _window(wall, -80, 150, 236, 560, (2, 2), (244, 240, 232))
    wall.put(0.9 * wall._box(-60, 640, 800, 1000, 0), (150, 128, 106))
    wall.box(-60, 612, 800, 644, (222, 210, 192))
    near = Plane(grid)
    for y, things in (
        (132, ((520, BOX, (204, 118, 88), 0.95), (628, BOWL, (120, 150, 146), 1.3), (700, TIN, (226, 214, 190), 0.9))),
        (
            300,
            (
                (496, VASE, (236, 230, 220), 0.9),
                (562, TIN, (62, 130, 136), 1.0),
                (628, TIN, (220, 168, 80), 1.2),
                (698, BOWL, (240, 234, 222), 1.2),
            ),
        ),
        (470, ((540, BOWL, (196, 110, 84), 1.1), (640, VASE, (88, 120, 112), 1.0), (704, BOX, (232, 214, 180), 0.8))),
    ):
        _shelf(near, wall, 452, 800, y, (204, 150, 96))
        for x, profile, colour, size in things:
            near.jar(x, y, [(h * size, r * size) for h, r in profile], colour)
    _plant(near, 76, 650, (112, 150, 92), (202, 118, 86))
    return [(wall, 10), (near, 7.5)]


def _studio(grid: Grid, persona: Persona) -> list[tuple[Plane, float]]:
    room = persona.room
    wall = _wall(grid, persona, 360, 330, 0.75)
    far = Plane(grid)
    for x, top in ((-30, 150), (640, 210)):
        far.box(x, top, x + 110, top + 420, mixed(room.light, (255, 255, 255), 0.5), 18)
    rng = np.random.default_rng(8)
    for _ in range(16):
        at, high = rng.uniform(120, 640), rng.uniform(60, 320)
        far.put(
            smooth_step(4.5 - np.sqrt((grid.x - at) ** 2 + (grid.y - high) ** 2), 0, 1),
            mixed(room.accent, (255, 250, 236), 0.5),
        )
    _plant(far, 640, 900, (104, 136, 104), scaled(room.accent, 0.9))
    return [(wall, 6), (far, 10)]


def _picture(grid: Grid, persona: Persona) -> list[tuple[Plane, float]]:
    plane = Plane(grid)
    plane.put(np.ones(grid.shape, np.float32), draw_backdrop(Path(persona.room.picture), grid.shape))
    return [(plane, 6.0)]


def draw_desk(grid: Grid, persona: Persona) -> Picture:
    """The desk from its far edge to the foot of the frame as RGB 0–255; sharp."""
    room = persona.room
    depth = np.clip((grid.y - DESK) / 292.0, 0, 1)
    value = 0.66 - 0.50 * depth**0.8 + np.zeros(grid.shape, np.float32)
    if room.kind != "showroom":
        value += _grain(grid, persona.seed) * (1 - 0.5 * depth)
    tones = (scaled(room.desk, 0.12), scaled(room.desk, 0.55), room.desk, mixed(room.desk, (255, 240, 220), 0.30))
    picture = ramp(tones, np.clip(value, 0, 1).astype(np.float32))
    add_light(picture, 0.20 * bump(grid, 150, DESK + 26, 210, 44), room.light)
    multiply(picture, 0.45 * bump(grid, 360, DESK - 6, 240, 24), (24, 18, 18))
    add_light(
        picture, 0.55 * np.exp(-(((grid.y - DESK - 1.6) / 1.4) ** 2)) * np.ones(grid.shape, np.float32), room.light
    )
    multiply(picture, 0.5 * np.exp(-(((grid.y - DESK - 6) / 2.5) ** 2)) * np.ones(grid.shape, np.float32), (60, 48, 44))
    return picture


def _grain(grid: Grid, seed: int) -> Field:
    """Wood seen along the grain: fine lines that wander, broad clouds, the gaps between planks."""
    wander = noise(grid.shape, 420 / grid.step, seed + 3, 2) * 9
    rows = grid.y + wander
    lines = 0.030 * np.sin(rows * 1.9 + 2.2 * np.sin(rows * 0.31)) + 0.022 * np.sin(rows * 4.7 + wander)
    cloud = 0.05 * noise(grid.shape, 260 / grid.step, seed + 4, 3, 0.18)
    gaps = sum(np.exp(-(((grid.y - DESK - at) / 1.1) ** 2)) for at in (58.0, 138.0, 232.0))
    return (lines + cloud - 0.22 * np.asarray(gaps)).astype(np.float32)


def draw_rim(picture: Picture, alpha: Field, grid: Grid, x: float, y: float, wide: float, colour: Colour) -> None:
    """The open mouth of a bowl: its lit lip and the dark inside, in place."""
    for rx, ry, tone in (
        (wide, wide * 0.13, mixed(colour, (255, 255, 255), 0.35)),
        (wide - 3, wide * 0.10, scaled(colour, 0.5)),
    ):
        ring = smooth_step(1 - ((grid.x - x) / rx) ** 2 - ((grid.y - y) / ry) ** 2, 0, 0.12).astype(np.float32)
        lay(picture, ring, tone)
        alpha[:] = np.maximum(alpha, ring)


def draw_cup(picture: Picture, alpha: Field, grid: Grid, x: float, foot: float, colour: Colour, drink: Colour) -> None:
    """A cup on its saucer, in place over a picture and its coverage."""
    shade = np.clip(1.2 * bump(grid, x + 14, foot + 3, 66, 7), 0, 0.7)
    multiply(picture, shade, (12, 10, 10))
    saucer = rounded([(0, 40), (3, 58), (6, 64), (8, 65)])
    body = rounded([(6, 22), (10, 26), (26, 40), (48, 47), (66, 49), (68, 49)])
    for profile in (saucer, body):
        turned(picture, grid, x, foot, profile, colour, 0.5)
        alpha[:] = np.maximum(alpha, turned_mask(grid, x, foot, profile))
    top = foot - 68
    for rx, ry, tone in (
        (49, 8.5, mixed(colour, (255, 255, 255), 0.3)),
        (46, 7.2, scaled(drink, 0.7)),
        (43, 6.0, drink),
    ):
        ring = smooth_step(1 - ((grid.x - x) / rx) ** 2 - ((grid.y - top) / ry) ** 2, 0, 0.12).astype(np.float32)
        lay(picture, ring, tone)
        alpha[:] = np.maximum(alpha, ring)
    add_light(picture, 0.5 * bump(grid, x - 16, top + 1, 12, 1.8), (255, 250, 220))


_ROOMS: dict[str, Callable[[Grid, Persona], list[tuple[Plane, float]]]] = {
    "tea": _tea,
    "showroom": _showroom,
    "kitchen": _kitchen,
    "studio": _studio,
    "picture": _picture,
}
