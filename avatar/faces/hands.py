"""Hands modelled from limbs: wrist at the origin, fingers up, in units of the 720 × 1280 frame.

`side` 1 is the hand on the right of the picture: palm to the viewer, its thumb points to the middle. The other one is
the same hand mirrored before the light falls on it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import (
    Field,
    Grid,
    bump,
    crease,
    fill,
    join,
    limb,
    line,
    make_grid,
    smooth_step,
    spline,
    tilted_bump,
)
from avatar.faces.contracts import Persona, SkinTones
from avatar.faces.light import Picture, add_light, lay, light_up, mixed, multiply, scaled, skin_colour

Joint = tuple[float, float, float, float]
"""x, y, height over the palm, radius."""
BOX = (-110.0, -210.0, 110.0, 70.0)
"""Left, top, right and bottom of a hand's picture around its wrist."""
BASES = ((-29.0, -84.0), (-9.5, -91.0), (10.5, -88.0), (29.0, -77.0))
LENGTHS = (76.0, 86.0, 79.0, 60.0)
SPREAD = (-11.0, -3.0, 6.0, 16.0)
RADII = (10.9, 11.3, 10.7, 9.2)


@dataclass(frozen=True)
class HandDrawing:
    """A hand's layers: `back` lies behind what is held, `front` over it; height × width × 4, colours by alpha."""

    back: npt.NDArray[Any]
    front: npt.NDArray[Any] | None = None


@dataclass
class _Clay:
    """A hand in the making: its relief and the marks that follow once it is lit."""

    grid: Grid
    side: int
    heights: Field
    nails: list[tuple[float, float, float, float]]
    lines: list[tuple[list[tuple[float, float]], float]]

    def limb(self, *joints: Joint) -> Field:
        return limb(self.grid, [(self.side * x, y, z, r) for x, y, z, r in joints])

    def add(self, field: Field) -> None:
        self.heights = np.maximum(self.heights, field)

    def blend(self, field: Field, soft: float) -> None:
        self.heights = join(self.heights, field, soft)


HAND_SCALE = 1.2
"""A hand held up is nearer to the viewer than the face."""
BACKS_OF_HANDS = ("point", "hold")
PICTURES = ("open", "count1", "count2", "count3", "count4", "point", "hold", "pinch")


def draw_hand(picture: str, side: int, persona: Persona, scale: float, samples: int = 3) -> HandDrawing:
    """One of PICTURES at `scale` pixels a unit, before shrinking by `samples`."""
    left, top, right, bottom = BOX
    columns, rows = round((right - left) * scale) * samples, round((bottom - top) * scale) * samples
    grid = make_grid(left, top, columns, rows, (right - left) / columns)
    makers: dict[str, Callable[[Grid, int], tuple[_Clay, _Clay | None]]] = {
        "point": _point,
        "hold": _hold,
        "pinch": _pinch,
    }
    if picture in makers:
        back, front = makers[picture](grid, side)
    else:
        back, front = _raised(grid, side, 5 if picture == "open" else int(picture[-1])), None
    if picture not in BACKS_OF_HANDS:
        persona = replace(persona, skin=_palm_tones(persona.skin))
    return HandDrawing(_lit(back, persona), _lit(front, persona) if front else None)


def _palm_tones(tones: SkinTones) -> SkinTones:
    """The inside of a hand is paler and rosier, the more so the darker the skin."""
    share = 0.10 + 0.34 * (1 - sum(tones.base) / 650)
    return replace(
        tones,
        lit=mixed(tones.lit, (250, 214, 190), share),
        base=mixed(tones.base, (232, 178, 150), share),
        mix=mixed(tones.mix, (196, 128, 104), share),
        shade=mixed(tones.shade, (128, 70, 54), share),
    )


def _clay(grid: Grid, side: int) -> _Clay:
    return _Clay(grid, side, np.full(grid.shape, -1000.0, np.float32), [], [])


def _palm(clay: _Clay) -> None:
    """Wrist and palm with the mounds of thumb and little finger."""
    palm = clay.limb((0, 34, 0, 23), (0, 10, 0, 24))
    for x, y in BASES:
        palm = join(palm, clay.limb((x * 0.55, -6, 1, 21), (x * 0.86, y * 0.62, 1, 17), (x * 0.95, y + 6, 2, 14)), 12)
    clay.heights = palm
    side = clay.side
    inside = palm > -500
    clay.heights += inside * (7.0 * tilted_bump(clay.grid, side * -26, -32, 13, 24, side * 24))
    clay.heights += inside * (
        4.5 * bump(clay.grid, side * 24, -34, 11, 24) - 4.5 * bump(clay.grid, side * 2, -46, 14, 18)
    )
    clay.lines += [
        ([(-37, -62), (-16, -66), (4, -60), (22, -44)], 0.9),
        ([(-36, -58), (-18, -44), (-8, -22), (-9, -4)], 1.0),
        ([(34, -62), (16, -68), (-4, -76), (-14, -84)], 0.9),
    ]


def _finger(clay: _Clay, index: int) -> None:
    """A stretched finger with its joints' creases."""
    (x, y), long, radius = BASES[index], LENGTHS[index], RADII[index]
    lean = np.radians(SPREAD[index])
    dx, dy = np.sin(lean), -np.cos(lean)

    def at(share: float, z: float, r: float) -> Joint:
        bow = 1.6 * np.sin(np.pi * share) * (1 if index < 2 else -1)
        return x + dx * long * share + bow, y + 8 + dy * (long + 8) * share, z, r

    finger = clay.limb(
        at(0, 3, radius * 1.08),
        at(0.30, 4, radius * 0.98),
        at(0.40, 4, radius * 1.0),
        at(0.66, 4, radius * 0.9),
        at(0.74, 4, radius * 0.9),
        at(0.93, 3, radius * 0.76),
    )
    clay.blend(finger, 5.0)
    for share in (0.10, 0.38, 0.42, 0.71):
        cx, cy, _, r = at(share, 0, radius)
        clay.lines.append(([(cx - r * 0.75, cy + 1), (cx, cy - 0.6), (cx + r * 0.75, cy + 1)], 0.75))


def _folded(clay: _Clay, index: int) -> None:
    """A finger bent into the palm: its middle bone and its nail are seen."""
    (x, y), radius = BASES[index], RADII[index]
    knuckle: Joint = (x * 0.96, y + 4, 12, radius * 1.04)
    over: Joint = (x * 0.92, y - 3, 22, radius * 1.10)
    tip: Joint = (x * 0.80, y + 38 - 3 * abs(index - 1.5), 24, radius * 0.90)
    clay.add(clay.limb(knuckle, over, tip))
    clay.nails.append((tip[0], tip[1] - 1.0, radius * 0.52, 180.0))
    clay.lines.append(
        ([(x * 0.9 - radius * 0.7, y + 13), (x * 0.88, y + 14.5), (x * 0.86 + radius * 0.7, y + 13)], 0.8)
    )


def _thumb(clay: _Clay, is_out: bool) -> None:
    if is_out:
        thumb = clay.limb(
            (-20, -22, 4, 18), (-38, -44, 7, 14.5), (-55, -66, 8, 11.6), (-61, -76, 8, 11.2), (-70, -98, 6, 8.4)
        )
        clay.blend(thumb, 8.0)
        clay.lines.append(([(-66, -66), (-58, -71), (-51, -70)], 0.8))
    else:
        thumb = clay.limb(
            (-26, -20, 6, 18), (-36, -42, 18, 14), (-22, -56, 32, 12.4), (-14, -59, 34, 12.2), (8, -58, 34, 10.4)
        )
        clay.blend(thumb, 4.0)
        clay.nails.append((6.0, -59.5, 6.2, 100.0))
        clay.lines.append(([(-16, -70), (-14, -60), (-16, -50)], 0.8))


def _raised(grid: Grid, side: int, fingers: int) -> _Clay:
    clay = _clay(grid, side)
    _palm(clay)
    up = min(fingers, 4)
    for index in range(4):
        if index < up:
            _finger(clay, index)
    for index in range(3, up - 1, -1):
        _folded(clay, index)
    _thumb(clay, fingers == 5)
    return clay


def _point(grid: Grid, side: int) -> tuple[_Clay, None]:
    """The back of the hand, the forefinger stretched, the others bent away."""
    clay = _clay(grid, side)
    back = clay.limb((0, 34, 0, 22), (0, 10, 2, 23))
    for (x, y), _ in zip(BASES, RADII, strict=True):
        back = join(back, clay.limb((x * 0.6, -4, 3, 20), (x * 0.88, y + 12, 5, 14.5)), 12)
    clay.heights = back
    for index in (3, 2, 1):
        (x, y), radius = BASES[index], RADII[index]
        stub = clay.limb(
            (x * 0.9, y + 10, 8, radius * 1.18), (x * 0.9, y - 8, 3, radius * 1.12), (x * 0.84, y - 14, -8, radius)
        )
        clay.blend(stub, 4.0)
        clay.lines.append(([(x * 0.9 - 6, y + 6), (x * 0.9, y + 3), (x * 0.9 + 6, y + 6)], 0.55))
    finger = clay.limb(
        (-27, -74, 7, 12.6), (-30, -106, 6, 10.8), (-31, -114, 7, 11.0), (-33, -138, 4, 9.4), (-34, -158, 2, 7.8)
    )
    clay.blend(finger, 5.0)
    clay.nails.append((-34.0, -157.0, 5.2, 2.0))
    clay.lines += [
        ([(-38, -110), (-31, -108), (-24, -110)], 0.8),
        ([(-37, -113.5), (-31, -112), (-25, -113.5)], 0.6),
        ([(-40, -138), (-33, -137), (-27, -138)], 0.6),
    ]
    thumb = clay.limb((-24, -18, 4, 17), (-42, -48, 8, 12.5), (-43, -72, 10, 10.6), (-40, -90, 10, 8.6))
    clay.blend(thumb, 5.0)
    clay.nails.append((-40.5, -89.0, 5.0, 8.0))
    return clay, None


def _hold(grid: Grid, side: int) -> tuple[_Clay, _Clay]:
    """A grip around something upright whose axis stands 40 units to the thumb's side of the wrist."""
    back = _clay(grid, side)
    body = back.limb((4, 34, 0, 23), (2, 8, 0, 24), (4, -40, 2, 27), (0, -84, 2, 22))
    back.heights = join(body, back.limb((-6, -20, 0, 24), (-10, -84, 0, 20)), 10)
    thumb = back.limb((-10, -40, 0, 18), (-50, -92, -4, 12), (-84, -112, 2, 10))
    back.blend(thumb, 6.0)
    front = _clay(grid, side)
    for index, y in enumerate((-98.0, -75.5, -53.5, -33.0)):
        r = (11.6, 12.0, 11.4, 9.8)[index]
        reach = (-64.0, -70.0, -66.0, -54.0)[index]
        finger = front.limb(
            (16, y + 10, 4, r * 1.0),
            (9, y + 4, 14, r * 1.08),
            (-6, y, 25, r * 1.02),
            (-32, y + 0.5, 31, r),
            (-40, y + 1, 31, r * 0.98),
            (reach, y + 4, 24, r * 0.80),
        )
        front.add(finger)
        front.nails.append((reach + 1.5, y + 3.2, r * 0.52, -84.0))
        front.lines += [
            ([(-36, y - r * 0.7), (-34.5, y), (-36, y + r * 0.7)], 0.8),
            ([(0, y - r * 0.6), (2, y), (0, y + r * 0.7)], 0.7),
        ]
    return back, front


def _pinch(grid: Grid, side: int) -> tuple[_Clay, _Clay]:
    """A card held at its edge: the fingers go behind it, the thumb lies in front."""
    back = _clay(grid, side)
    palm = back.limb((0, 34, 0, 23), (0, 6, 0, 25), (-6, -42, 2, 27), (-16, -62, 2, 24))
    back.heights = join(palm, back.limb((10, -20, 0, 20), (4, -64, 2, 18)), 10)
    for y, reach in ((-92.0, -96.0), (-74.0, -104.0), (-56.0, -98.0), (-40.0, -80.0)):
        back.blend(back.limb((4, y + 14, 4, 12), (-30, y, 2, 10.6), (reach, y - 8, -6, 8.4)), 6.0)
    front = _clay(grid, side)
    front.heights = front.limb(
        (-2, -14, 6, 19), (-24, -38, 16, 15), (-44, -54, 21, 12.6), (-51, -58, 21, 12.2), (-72, -68, 17, 9.2)
    )
    front.nails.append((-70.5, -67.5, 5.8, -62.0))
    front.lines.append(([(-50, -68), (-47, -57), (-52, -46)], 0.8))
    return back, front


def _lit(clay: _Clay, persona: Persona) -> npt.NDArray[Any]:
    grid, heights = clay.grid, clay.heights
    cover = (heights > -500).astype(np.float32)
    relief = np.where(heights > -500, heights, -8).astype(np.float32)
    for path, deep in clay.lines:
        relief -= 0.9 * deep * crease(grid, _mirrored(path, clay.side), 1.6)
    picture = skin_colour(light_up(relief, grid.step, 20.0, (3, 8, 16)), persona.skin, grid.step, 0.8)
    for path, deep in clay.lines:
        multiply(picture, 0.42 * deep * line(grid, _mirrored(path, clay.side), 1.0, 0.5), persona.skin.shade)
    _finger_tips(clay, picture, persona)
    for x, y, size, degrees in clay.nails:
        _nail(clay, picture, persona, x, y, size, degrees)
    return np.dstack([np.clip(picture, 0, 255) * cover[..., None], cover * 255]).astype(np.float32)


def _mirrored(path: list[tuple[float, float]], side: int) -> npt.NDArray[Any]:
    points = spline(path, 6)
    points[:, 0] *= side
    return points


def _finger_tips(clay: _Clay, picture: Picture, persona: Persona) -> None:
    """Blood shines through at the tips and the mound of the thumb."""
    tone = mixed(persona.skin.blush, persona.skin.base, 0.3)
    multiply(picture, 0.16 * smooth_step(-clay.grid.y, 110, 170) * np.ones(clay.grid.shape, np.float32), tone)
    multiply(picture, 0.14 * bump(clay.grid, clay.side * -24, -30, 18, 24), tone)


def _nail(clay: _Clay, picture: Picture, persona: Persona, x: float, y: float, size: float, degrees: float) -> None:
    """A nail: a paler plate with a soft edge, a pale tip and one glint; `degrees` is where its tip points, 0 up."""
    g = clay.grid
    turn = np.radians(degrees * clay.side)
    u = (g.x - clay.side * x) * np.cos(turn) + (g.y - y) * np.sin(turn)
    v = (g.y - y) * np.cos(turn) - (g.x - clay.side * x) * np.sin(turn)
    plate = (np.abs(u) / size) ** 2.6 + (np.abs(v) / (size * 1.28)) ** 2.6
    multiply(picture, 0.5 * smooth_step(1.45 - plate, 0.0, 0.4), mixed(persona.skin.mix, persona.skin.shade, 0.4))
    inside = smooth_step(1.12 - plate, 0.0, 0.25)
    lay(picture, inside * 0.85, mixed(persona.skin.lit, (240, 168, 158), 0.42))
    lay(
        picture, inside * 0.6 * smooth_step(-v, size * 0.70, size * 0.95), mixed(persona.skin.lit, (255, 250, 244), 0.6)
    )
    glint = np.exp(-(((u + size * 0.35) / (size * 0.22)) ** 2) - ((v + size * 0.1) / (size * 0.55)) ** 2)
    add_light(picture, (0.55 * inside * glint).astype(np.float32), (255, 255, 255))


def sleeve_grid(scale: float, samples: int) -> Grid:
    """The grid of a forearm: elbow at (0, 0), wrist at (0, −200)."""
    columns, rows = round(140 * scale) * samples, round(280 * scale) * samples
    return make_grid(-70, -216, columns, rows, 140 / columns)


def draw_sleeve(
    persona: Persona, scale: float, samples: int = 2, melt: tuple[float, float] = (-10, 44)
) -> npt.NDArray[Any]:
    """A clothed forearm with a cuff as height × width × 4, colours by alpha; the elbow melts away over `melt`."""
    from avatar.faces.light import cloth_colour

    grid = sleeve_grid(scale, samples)
    z = limb(grid, [(0, 40, 0, 52), (0, -40, 4, 51), (0, -130, 2, 44), (0, -196, 0, 38)])
    edge = 1 - smooth_step(-(grid.y - 0.0009 * grid.x**2 * 6), 196, 198.5) * np.ones(grid.shape, np.float32)
    cover = (z > -500) * edge * (1 - smooth_step(grid.y, *melt))
    z = np.where(z > -500, z, -12).astype(np.float32)
    for y, lean, deep in (
        (-176, 8, 3.0),
        (-150, -10, 4.0),
        (-118, 12, 5.0),
        (-84, -12, 4.2),
        (-44, 14, 5.0),
        (-6, -8, 4.0),
    ):
        path = spline([(-50, y + lean), (-10, y + 5), (48, y - lean)])
        z -= deep * 0.7 * crease(grid, path, 7)
        z += deep * 0.5 * crease(grid, path + np.array((2, 11), np.float32), 8)
    z += 3.0 * smooth_step(-grid.y, 180, 186)
    if persona.clothes.kind == "knit":
        z += 1.9 * np.abs(np.sin(np.arcsin(np.clip(grid.x / 48, -0.97, 0.97)) * 16)).astype(np.float32) ** 0.8
    gloss = {"stand_collar": 0.10, "blouse": 0.14}.get(persona.clothes.kind, 0.03)
    picture = cloth_colour(light_up(z, grid.step, 14.0, (5, 14, 30)), persona.clothes.colour, gloss)
    trim = persona.clothes.trim if persona.clothes.kind == "stand_collar" else scaled(persona.clothes.colour, 0.7)
    rim = spline([(-41, -189), (0, -193), (41, -189)])
    lay(picture, line(grid, rim, 2.0, 0.3) * 0.9, trim)
    inside = fill(grid, [(-36, -197), (0, -201), (36, -197), (24, -192), (-24, -192)], 1.5)
    multiply(picture, inside * 0.4, (40, 40, 50))
    return np.dstack([np.clip(picture, 0, 255) * cover[..., None], cover * 255]).astype(np.float32)
