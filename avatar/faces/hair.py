"""Six ways to wear the hair, each as sheaves of strands in front of and behind the head."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from avatar.faces.clay import Field, Grid, Point, fill, smooth_step, spline
from avatar.faces.contracts import HairLook, Persona
from avatar.faces.face import FaceSpace
from avatar.faces.strands import Canvas, Sheaf, draw_loose, draw_mass, draw_ringlets, draw_sheaf


@dataclass(frozen=True)
class HairPictures:
    """What hangs behind the head and what lies over it: height × width × 4, 0–255, multiplied by alpha."""

    back: Canvas
    front: Canvas


def draw_hair(grid: Grid, persona: Persona) -> HairPictures:
    """Both hair layers of a persona over the grid."""
    return _KINDS[persona.hair.kind](_Barber(grid, persona))


class _Barber:
    """The grid, the look and the persona's seed, with the turn of the head applied to every guide."""

    def __init__(self, grid: Grid, persona: Persona) -> None:
        self.grid, self.look, self.seed = grid, persona.hair, persona.seed * 100
        self.space = FaceSpace(grid, persona.face)
        self.width = persona.face.width

    def canvas(self) -> Canvas:
        return np.zeros((*self.grid.shape, 4), np.uint8)

    def guide(self, points: list[Point]) -> list[Point]:
        placed = self.space.place([(x * self.width, y) for x, y in points])
        return [(float(x), float(y)) for x, y in placed]

    def sheaf(self, canvas: Canvas, sheaf: Sheaf) -> None:
        self.seed += 1
        placed = replace(sheaf, inner=self.guide(list(sheaf.inner)), outer=self.guide(list(sheaf.outer)))
        draw_sheaf(canvas, self.grid, placed, self.look, self.seed)

    def loose(self, canvas: Canvas, sheaf: Sheaf) -> None:
        self.seed += 1
        placed = replace(sheaf, inner=self.guide(list(sheaf.inner)), outer=self.guide(list(sheaf.outer)))
        draw_loose(canvas, self.grid, placed, self.look, self.seed)

    def mass(self, canvas: Canvas, outline: list[Point], tone: float = 0.16) -> None:
        draw_mass(canvas, self.grid, spline(self.guide(outline), closed=True), self.look, tone)

    def fade_below(self, canvas: Canvas, top: float, bottom: float) -> None:
        keep = (1 - smooth_step(self.grid.y, top, bottom)) * np.ones(self.grid.shape, np.float32)
        canvas[:] = canvas * keep[..., None]


def _mirror(points: list[Point], side: int) -> list[Point]:
    return [(side * x, y) for x, y in points]


CURTAIN_IN = [(0, -111), (30, -106), (62, -88), (84, -54), (91, -6), (93, 44), (95, 110), (100, 190), (104, 300)]
CURTAIN_OUT = [(0, -161), (50, -160), (97, -133), (118, -72), (122, -6), (123, 54), (125, 120), (131, 200), (138, 310)]


def _curtain(parting: float, side: int, low: float, spread: float = 0.0) -> tuple[list[Point], list[Point]]:
    """Guides of one side from the parting, ending at `low`; `spread` swings the ends out."""

    def cut(points: list[Point]) -> list[Point]:
        kept = [(x + parting * side * (1 if i == 0 else 0.35 if i == 1 else 0), y) for i, (x, y) in enumerate(points)]
        kept = [(x + spread * max(0.0, (y - 40) / 200), y) for x, y in kept if y < low]
        last, after = kept[-1], next((p for p in points if p[1] >= low), points[-1])
        share = (low - last[1]) / max(after[1] - last[1], 1e-3)
        return [*kept, (last[0] + (after[0] - last[0]) * share, low)]

    return _mirror(cut(CURTAIN_IN), side), _mirror(cut(CURTAIN_OUT), side)


def _long(barber: _Barber) -> HairPictures:
    part = barber.look.parting * 60
    back, front = barber.canvas(), barber.canvas()
    barber.mass(
        back, [(-104, -110), (0, -150), (104, -110), (121, 0), (124, 120), (132, 300), (-132, 300), (-124, 120)], 0.06
    )
    for side in (-1, 1):
        inner, outer = _curtain(part, side, 300)
        hidden = [(x * 0.25, y) for x, y in inner]
        barber.sheaf(back, Sheaf(hidden, inner, 150, 0.9, -0.10, shine=0.2))
        light = 0.06 if side < 0 else -0.05
        barber.sheaf(back, Sheaf(inner, outer, 300, 0.21, light, wave=1.6))
        barber.mass(front, [*inner[:7], *outer[6::-1]], 0.14)
        barber.sheaf(front, Sheaf(inner, outer, 340, 0.21, light, wave=1.6))
        barber.loose(front, Sheaf(_shift(inner, -side * 2.0), outer, 9, 0.25, 0.1, wave=5.0, coarse=0.5))
    _parting(barber, front, part)
    barber.fade_below(front, 66, 132)
    return HairPictures(back, front)


def _shift(points: list[Point], by: float) -> list[Point]:
    return [(x + by, y) for x, y in points]


def _parting(barber: _Barber, front: Canvas, part: float) -> None:
    """Where the hair divides: a narrow shade, not a line."""
    path = barber.guide([(part * 1.1, -157), (part * 1.05, -136), (part, -110)])
    mask = fill(
        barber.grid,
        spline(
            [
                (path[0][0] - 0.6, path[0][1]),
                path[1],
                (path[2][0] - 2.2, path[2][1]),
                (path[2][0] + 2.2, path[2][1]),
                (path[1][0] + 1.4, path[1][1]),
            ],
            closed=True,
        ),
        0.8,
    )
    front[..., :3] = front[..., :3] * (1 - 0.55 * mask[..., None])


def _bob(barber: _Barber) -> HairPictures:
    part = barber.look.parting * 60
    back, front = barber.canvas(), barber.canvas()
    barber.mass(
        back, [(-104, -110), (0, -150), (104, -110), (122, 0), (124, 92), (96, 124), (-96, 124), (-124, 92)], 0.05
    )
    for side in (-1, 1):
        inner, outer = _curtain(part, side, 96)
        inner = [*inner[:-1], (side * 88, 98), (side * 74, 116)]
        outer = [*outer[:-1], (side * 122, 96), (side * 100, 127)]
        light = 0.06 if side < 0 else -0.05
        barber.mass(front, [*inner, *outer[::-1]], 0.14)
        barber.sheaf(front, Sheaf(inner, outer, 380, 0.26, light, wave=1.8, tips=0.05))
        barber.loose(front, Sheaf(_shift(inner, -side * 3.0), outer, 9, 0.25, 0.1, wave=5.0, coarse=0.5))
    if barber.look.fringe:
        _fringe(barber, front)
    else:
        _parting(barber, front, part)
    return HairPictures(back, front)


def _fringe(barber: _Barber, front: Canvas) -> None:
    low = -112 + 66 * barber.look.fringe
    barber.sheaf(
        front,
        Sheaf(
            [(-8, -150), (-46, -132), (-74, -96), (-80, low + 8)],
            [(8, -150), (46, -132), (74, -96), (80, low + 8)],
            360,
            0.5,
            0.02,
            wave=1.4,
            tips=0.12,
        ),
    )


def _bun(barber: _Barber) -> HairPictures:
    back, front = barber.canvas(), barber.canvas()
    barber.mass(back, [(-62, -170), (-44, -206), (0, -220), (46, -206), (62, -170), (40, -140), (-40, -140)], 0.12)
    barber.sheaf(
        back,
        Sheaf(
            [(-56, -150), (-62, -186), (-30, -214), (14, -214)],
            [(56, -150), (60, -180), (34, -196), (-10, -190)],
            220,
            0.45,
            0.02,
        ),
    )
    barber.mass(
        front,
        [
            (-92, -30),
            (-95, -80),
            (-80, -124),
            (-40, -150),
            (0, -157),
            (40, -150),
            (80, -124),
            (95, -80),
            (92, -30),
            (86, -62),
            (66, -100),
            (34, -116),
            (0, -120),
            (-34, -116),
            (-66, -100),
            (-86, -62),
        ],
        0.16,
    )
    for side in (-1, 1):
        hairline = [(side * 91, -22), (side * 90, -60), (side * 74, -96), (side * 40, -120), (0, -128)]
        light = 0.08 if side < 0 else -0.03
        for start in range(4):
            inner = [hairline[start], _between(hairline[start], (side * 26, -152), 0.55), (side * 12, -158)]
            outer = [hairline[start + 1], _between(hairline[start + 1], (side * 10, -158), 0.5), (0, -160)]
            barber.sheaf(front, Sheaf(inner, outer, 120, 0.45, light, wave=1.0, tips=0.02))
        barber.loose(
            front,
            Sheaf(
                [(side * 89, -40), (side * 95, 0), (side * 93, 44)],
                [(side * 93, -50), (side * 99, 6), (side * 90, 60)],
                12,
                0.3,
                0.05,
                4.0,
                0.6,
            ),
        )
    return HairPictures(back, front)


def _between(a: Point, b: Point, share: float) -> Point:
    """A point on the way, pushed out from the middle of the head so that the hair keeps its volume."""
    x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
    return x * 1.10, y - 6


def _short(barber: _Barber) -> HairPictures:
    back, front = barber.canvas(), barber.canvas()
    sign = -1 if barber.look.parting < 0 else 1
    barber.mass(
        front,
        [
            (-96, 8),
            (-101, -40),
            (-100, -92),
            (-76, -138),
            (-30, -160),
            (24, -164),
            (72, -146),
            (100, -98),
            (101, -40),
            (96, 8),
            (90, -20),
            (88, -58),
            (76, -84),
            (50, -100),
            (6, -108),
            (-44, -104),
            (-76, -84),
            (-88, -56),
            (-90, -20),
        ],
        0.12,
    )
    for side in (-1, 1):
        light = 0.03 if side < 0 else -0.06
        for top in (0, 1, 2):
            inner = [(side * (90 - 2 * top), -78 + 30 * top), (side * 93, -56 + 26 * top), (side * 91, -34 + 20 * top)]
            outer = [(side * (101 - top), -92 + 30 * top), (side * 102.5, -62 + 26 * top), (side * 97, -34 + 20 * top)]
            barber.sheaf(front, Sheaf(inner, outer, 110, 0.4, light - 0.04, wave=0.7, coarse=1.0, tips=0.4, roots=0.3))
    sweep_in = [(sign * 74, -92), (sign * 40, -118), (-sign * 10, -122), (-sign * 56, -108), (-sign * 88, -76)]
    sweep_out = [(sign * 86, -118), (sign * 44, -160), (-sign * 14, -170), (-sign * 70, -152), (-sign * 102, -92)]
    barber.sheaf(front, Sheaf(sweep_in, sweep_out, 420, 0.36, 0.05, wave=2.6, tips=0.12, coarse=1.6))
    front_in = [(sign * 72, -90), (sign * 46, -108), (sign * 6, -112), (-sign * 44, -104), (-sign * 80, -80)]
    front_out = [(sign * 78, -104), (sign * 40, -136), (-sign * 4, -140), (-sign * 52, -126), (-sign * 92, -84)]
    barber.sheaf(front, Sheaf(front_in, front_out, 260, 0.42, 0.09, wave=2.2, tips=0.2, coarse=1.3))
    barber.loose(front, Sheaf(front_in, _shift(front_out, sign * 2), 14, 0.4, 0.1, wave=5.0, coarse=0.5))
    return HairPictures(back, front)


def _crew(barber: _Barber) -> HairPictures:
    """Cropped close: short strokes that follow the skull."""
    back, front = barber.canvas(), barber.canvas()
    shape = [
        (-92, 0),
        (-97, -44),
        (-95, -92),
        (-72, -130),
        (-30, -149),
        (30, -149),
        (72, -130),
        (95, -92),
        (97, -44),
        (92, 0),
        (89, -40),
        (80, -76),
        (60, -96),
        (30, -104),
        (-30, -104),
        (-60, -96),
        (-80, -76),
        (-89, -40),
    ]
    barber.mass(front, [(x, y) for x, y in shape], 0.15)
    mask = fill(barber.grid, spline(barber.guide([(x, y) for x, y in shape]), closed=True))
    rng = np.random.default_rng(barber.seed)
    for _ in range(900):
        x, y = rng.uniform(-98, 98), rng.uniform(-150, 0)
        column = int((x - barber.grid.left) / barber.grid.step)
        row = int((y - barber.grid.top) / barber.grid.step)
        if 0 <= row < mask.shape[0] and 0 <= column < mask.shape[1] and mask[row, column] > 0.3:
            lean = x / 98
            tip = (x + lean * 4, y + 7 * abs(lean) - 4 * (1 - abs(lean)))
            light = 0.12 * (-lean) + 0.10 * ((-60 - y) / 90)
            barber.sheaf(
                front, Sheaf([(x, y), tip, tip], [(x + 3, y), (tip[0] + 3, tip[1]), tip], 3, 0.4, light, 0.3, 1.0)
            )
    return HairPictures(back, front)


def _curls(barber: _Barber) -> HairPictures:
    back, front = barber.canvas(), barber.canvas()
    rng = np.random.default_rng(barber.seed)
    cloud = [
        (-92, 96),
        (-134, 60),
        (-150, -10),
        (-146, -86),
        (-110, -146),
        (-50, -178),
        (10, -184),
        (70, -170),
        (122, -132),
        (148, -70),
        (148, 0),
        (132, 62),
        (92, 96),
        (60, 60),
        (-60, 60),
    ]
    barber.mass(back, cloud, 0.10)
    draw_ringlets(back, barber.grid, _places(barber, rng, 620, False), barber.look, barber.seed + 1)
    crown = [
        (-88, 10),
        (-116, -30),
        (-128, -92),
        (-100, -146),
        (-44, -172),
        (14, -176),
        (72, -160),
        (118, -112),
        (124, -50),
        (90, 10),
        (88, -34),
        (78, -70),
        (48, -92),
        (0, -98),
        (-48, -92),
        (-78, -70),
        (-88, -34),
    ]
    barber.mass(front, crown, 0.11)
    draw_ringlets(front, barber.grid, _places(barber, rng, 1150, True), barber.look, barber.seed + 2)
    return HairPictures(back, front)


def _places(
    barber: _Barber, rng: np.random.Generator, count: int, front: bool
) -> list[tuple[float, float, float, float]]:
    """Where ringlets sit: outlines and the hairline are covered first, lights lie up left."""
    spots = []
    while len(spots) < count:
        angle, reach = rng.uniform(0, 2 * np.pi), np.sqrt(rng.uniform(0.0, 1.0))
        x, y = np.cos(angle) * 147 * reach, -52 + np.sin(angle) * 132 * reach
        inside = (x / 84) ** 2 + ((y - 2) / 94) ** 2
        if (front and (inside < 1.0 or y > 20 - 0.35 * abs(x) + 12)) or (not front and (inside < 0.6 or y > 104)):
            continue
        x, y = x * barber.width, y - 6 if front else y
        facing = -0.55 * x / 147 - 0.75 * (y + 52) / 132 + 0.35 * (1 - reach)
        bright = float(np.clip(0.42 + 0.55 * facing + rng.normal(0, 0.12), 0.03, 1.0)) * (1.0 if front else 0.8)
        placed = barber.guide([(x, y)])[0]
        spots.append((*placed, float(rng.uniform(4.0, 7.5)), bright))
    return sorted(spots, key=lambda spot: spot[3] + 0.2 * float(rng.uniform()))


def hair_mask(front: Canvas) -> Field:
    """How much of the face the front hair covers, 0–1."""
    return front[..., 3].astype(np.float32) / 255.0


_KINDS: dict[str, Callable[[_Barber], HairPictures]] = {
    "long": _long,
    "bob": _bob,
    "bun": _bun,
    "short": _short,
    "crew": _crew,
    "curls": _curls,
}
__all__ = ["HairLook", "HairPictures", "draw_hair", "hair_mask"]
