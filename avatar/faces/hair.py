"""Six ways to wear the hair, each as sheaves of strands in front of and behind the head."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from avatar.faces.clay import Field, Grid, Point, fill, line, smooth_step, spline
from avatar.faces.contracts import Persona
from avatar.faces.face import FaceSpace
from avatar.faces.light import mixed
from avatar.faces.strands import Canvas, Sheaf, draw_loose, draw_mass, draw_ringlets, draw_sheaf, draw_strokes


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
        self.skin = mixed(persona.skin.mix, persona.skin.base, 0.5)

    def canvas(self) -> Canvas:
        return np.zeros((*self.grid.shape, 4), np.uint8)

    def guide(self, points: Sequence[Point]) -> Sequence[Point]:
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

    def mass(self, canvas: Canvas, outline: Sequence[Point], tone: float = 0.16) -> None:
        draw_mass(canvas, self.grid, spline(self.guide(outline), closed=True), self.look, tone)

    def fade_below(self, canvas: Canvas, top: float, bottom: float) -> None:
        keep = (1 - smooth_step(self.grid.y, top, bottom)) * np.ones(self.grid.shape, np.float32)
        canvas[:] = canvas * keep[..., None]


def _mirror(points: Sequence[Point], side: int) -> Sequence[Point]:
    return [(side * x, y) for x, y in points]


CURTAIN_IN = [(0, -111), (30, -106), (62, -88), (84, -54), (91, -6), (93, 44), (95, 110), (100, 190), (104, 300)]
CURTAIN_OUT = [(0, -161), (50, -160), (97, -133), (118, -72), (122, -6), (123, 54), (125, 120), (131, 200), (138, 310)]


def _curtain(parting: float, side: int, low: float, spread: float = 0.0) -> tuple[Sequence[Point], Sequence[Point]]:
    """Guides of one side from the parting, ending at `low`; `spread` swings the ends out."""

    def cut(points: Sequence[Point]) -> Sequence[Point]:
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
        barber.loose(
            front, Sheaf(_shift(inner[:6], -side * 2.6), inner[:6], 46, 0.2, 0.02, wave=1.2, coarse=0.5, tips=0.6)
        )
    _parting(barber, front, part)
    barber.fade_below(front, 66, 132)
    return HairPictures(back, front)


def _shift(points: Sequence[Point], by: float) -> Sequence[Point]:
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
    front[..., :3] = front[..., :3] * (1 - 0.30 * mask[..., None])
    scalp = line(barber.grid, spline(path), 1.0, 0.5)[..., None] * 0.42
    front[..., :3] = front[..., :3] * (1 - scalp) + scalp * np.array(barber.skin, np.float32)


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


BUN = [(-62, -170), (-44, -206), (0, -220), (46, -206), (62, -170), (40, -140), (-40, -140)]
PULLED_BACK = [
    (-92, -30),
    (-95, -80),
    (-80, -124),
    (-40, -150),
    (0, -157),
    (40, -150),
    (80, -124),
    (95, -80),
    (92, -30),
]
PULLED_BACK += [(86, -62), (66, -100), (34, -116), (0, -120), (-34, -116), (-66, -100), (-86, -62)]


def _bun(barber: _Barber) -> HairPictures:
    """Combed back from the hairline into a knot on the crown."""
    back, front = barber.canvas(), barber.canvas()
    barber.mass(back, list(BUN), 0.12)
    for side in (-1, 1):
        light = 0.05 if side < 0 else -0.02
        inner, outer = (
            [(side * 6, -142), (side * 22, -178), (-side * 8, -206)],
            [(side * 40, -140), (side * 64, -180), (side * 4, -219)],
        )
        barber.sheaf(back, Sheaf(inner, outer, 170, 0.5, light, wave=1.6))
    barber.mass(front, list(PULLED_BACK), 0.16)
    for side in (-1, 1):
        _combed_back(barber, front, side)
        inner, outer = (
            [(side * 89, -40), (side * 95, 0), (side * 93, 44)],
            [(side * 93, -50), (side * 99, 6), (side * 90, 60)],
        )
        barber.loose(front, Sheaf(inner, outer, 12, 0.3, 0.05, 4.0, 0.6))
    return HairPictures(back, front)


def _combed_back(barber: _Barber, front: Canvas, side: int) -> None:
    hairline = [(side * 91, -22), (side * 90, -60), (side * 74, -96), (side * 40, -116), (0, -121)]
    light = 0.08 if side < 0 else -0.03
    for start in range(4):
        inner = [hairline[start], _between(hairline[start], (side * 26, -152), 0.55), (side * 12, -158)]
        outer = [hairline[start + 1], _between(hairline[start + 1], (side * 10, -158), 0.5), (0, -160)]
        barber.sheaf(front, Sheaf(inner, outer, 130, 0.45, light, wave=1.0, tips=0.02))


def _between(a: Point, b: Point, share: float) -> Point:
    """A point on the way, pushed out from the middle of the head so that the hair keeps its volume."""
    x, y = a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share
    return x * 1.10, y - 6


def _short(barber: _Barber) -> HairPictures:
    """Parted at the side, swept over the top, close at the sides."""
    back, front = barber.canvas(), barber.canvas()
    way = -1 if barber.look.parting < 0 else 1
    top = [(-94, -104), (-74, -140), (-30, -164), (22, -168), (70, -150), (98, -104)]
    barber.mass(front, [*top, (90, -70), (76, -86), (50, -97), (6, -104), (-44, -100), (-74, -86), (-90, -70)], 0.12)
    for side in (-1, 1):
        light = 0.05 if side < 0 else -0.05
        hairline = [(side * 78, -100), (side * 88, -72), (side * 92, -40), (side * 90, -4), (side * 87, 12)]
        edge = [(side * 84, -130), (side * 101, -90), (side * 104.5, -44), (side * 99, -8), (side * 90, 12)]
        barber.mass(front, [*hairline, *edge[::-1]], 0.13)
        for place in range(3):
            ahead = [
                _on(hairline, 0.27 * place + 0.02),
                _on(hairline, 0.27 * place + 0.24),
                _on(hairline, 0.27 * place + 0.46),
            ]
            aside = [_on(edge, 0.27 * place + 0.02), _on(edge, 0.27 * place + 0.24), _on(edge, 0.27 * place + 0.46)]
            barber.sheaf(
                front,
                Sheaf(ahead, aside, 150, 0.45, light - 0.05, wave=0.8, coarse=0.9, roots=0.25, tips=0.45, shine=0.6),
            )
    crown_in = [(way * 72, -98), (way * 40, -120), (-way * 10, -124), (-way * 56, -112), (-way * 90, -84)]
    crown_out = [(way * 84, -131), (way * 46, -163), (-way * 14, -174), (-way * 70, -156), (-way * 103, -100)]
    barber.sheaf(front, Sheaf(crown_in, crown_out, 460, 0.40, 0.03, wave=3.0, tips=0.10, coarse=1.4))
    front_in = [(way * 68, -92), (way * 46, -102), (way * 6, -105), (-way * 44, -99), (-way * 82, -78)]
    front_out = [(way * 76, -110), (way * 40, -142), (-way * 4, -148), (-way * 52, -132), (-way * 95, -92)]
    barber.sheaf(front, Sheaf(front_in, front_out, 320, 0.36, 0.08, wave=2.6, tips=0.16, coarse=1.2))
    barber.loose(
        front, Sheaf([(x, y + 3.5) for x, y in front_in], front_in, 60, 0.4, 0.02, wave=2.0, coarse=0.5, tips=0.5)
    )
    barber.loose(front, Sheaf(front_in, _shift(front_out, way * 2), 16, 0.4, 0.1, wave=5.0, coarse=0.5))
    return HairPictures(back, front)


def _on(points: Sequence[Point], share: float) -> Point:
    """A point at `share` of the way along."""
    path = spline(points)
    x, y = path[min(len(path) - 1, int(share * (len(path) - 1)))]
    return float(x), float(y)


CREW = [
    (-89, 10),
    (-97, -30),
    (-99, -84),
    (-76, -130),
    (-34, -151),
    (10, -154),
    (50, -146),
    (82, -120),
    (99, -80),
    (97, -30),
    (89, 10),
    (90, -36),
    (82, -76),
    (62, -97),
    (30, -105),
    (-30, -105),
    (-62, -97),
    (-82, -76),
    (-90, -36),
]


def _crew(barber: _Barber) -> HairPictures:
    """Cropped close: short strokes that follow the skull."""
    back, front = barber.canvas(), barber.canvas()
    barber.mass(front, list(CREW), 0.17)
    edge = spline(barber.guide(list(CREW)), closed=True)
    inside = fill(barber.grid, edge)
    rng = np.random.default_rng(barber.seed)
    spots = np.stack([rng.uniform(-104, 104, 5200), rng.uniform(-156, 12, 5200)], 1)
    rows = np.clip(((spots[:, 1] - barber.grid.top) / barber.grid.step).astype(int), 0, inside.shape[0] - 1)
    columns = np.clip(((spots[:, 0] - barber.grid.left) / barber.grid.step).astype(int), 0, inside.shape[1] - 1)
    spots = spots[inside[rows, columns] > 0.3]
    lean = spots[:, 0] / 100
    heading = np.stack([lean * 4, 8 * np.abs(lean) - 5 * (1 - np.abs(lean))], 1) + rng.normal(0, 0.8, spots.shape)
    bright = 0.30 - 0.16 * lean - 0.0022 * (spots[:, 1] + 90) + rng.normal(0, 0.07, len(spots))
    draw_strokes(front, barber.grid, spots, heading, bright, barber.look, 0.9)
    return HairPictures(back, front)


CLOUD = [
    (-88, 84),
    (-124, 62),
    (-144, 4),
    (-142, -80),
    (-110, -140),
    (-52, -174),
    (8, -182),
    (68, -168),
    (118, -130),
    (144, -70),
    (143, 4),
    (122, 62),
    (88, 84),
    (60, 60),
    (-60, 60),
]
CROWN = [
    (-88, 6),
    (-114, -30),
    (-126, -92),
    (-100, -144),
    (-46, -170),
    (12, -175),
    (70, -160),
    (114, -112),
    (122, -50),
    (90, 6),
    (88, -34),
    (78, -70),
    (48, -92),
    (0, -98),
    (-48, -92),
    (-78, -70),
    (-88, -34),
]


def _curls(barber: _Barber) -> HairPictures:
    """A cloud of ringlets; they cover its outline and the hairline."""
    back, front = barber.canvas(), barber.canvas()
    rng = np.random.default_rng(barber.seed)
    barber.mass(back, list(CLOUD), 0.10)
    draw_ringlets(back, barber.grid, _places(barber, rng, 820, CLOUD, 0.74), barber.look, barber.seed + 1)
    barber.mass(front, list(CROWN), 0.11)
    draw_ringlets(front, barber.grid, _places(barber, rng, 1150, CROWN, 0.9), barber.look, barber.seed + 2)
    return HairPictures(back, front)


def _places(
    barber: _Barber, rng: np.random.Generator, count: int, shape: Sequence[Point], dark: float
) -> list[tuple[float, float, float, float]]:
    """Where ringlets sit inside a shape and along its edge; the light comes from up left."""
    edge = spline(barber.guide(list(shape)), closed=True)
    inside = fill(barber.grid, edge)
    around = edge[rng.integers(0, len(edge), count // 3)] + rng.normal(0, 2.2, (count // 3, 2))
    spread = np.stack([rng.uniform(-150, 150, count * 4), rng.uniform(-186, 90, count * 4)], 1)
    rows = np.clip(((spread[:, 1] - barber.grid.top) / barber.grid.step).astype(int), 0, inside.shape[0] - 1)
    columns = np.clip(((spread[:, 0] - barber.grid.left) / barber.grid.step).astype(int), 0, inside.shape[1] - 1)
    spread = spread[inside[rows, columns] > 0.5][: count - len(around)]
    spots = []
    for x, y in np.vstack([around, spread]):
        facing = -0.50 * x / 147 - 0.62 * (y + 52) / 132 + 0.20
        bright = float(np.clip(0.40 + 0.55 * facing + rng.normal(0, 0.13), 0.10, 1.0)) * dark
        spots.append((float(x), float(y), float(rng.uniform(4.0, 7.2)), bright))
    return sorted(spots, key=lambda spot: spot[3] + 0.25 * float(rng.uniform()))


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
