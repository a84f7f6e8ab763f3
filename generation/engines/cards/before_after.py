"""Before and after: a drab panel with a cross, wiped away by a bright one with a tick."""

from __future__ import annotations

import math
from dataclasses import dataclass

from generation.contracts import TextBox
from generation.drawing import colours, easing
from generation.drawing.colours import WHITE, Rgb
from generation.engines.cards import shapes
from generation.engines.cards.palette import palettes
from generation.engines.cards.scene import Block, Order, Room, Scene, content_room, fitted_block, product_picture
from generation.engines.cards.stage import Sprite, place
from generation.engines.feeds import Frame

DRAB: Rgb = (74, 78, 80)
WIPE_FRAMES = 16
MARK_STEPS = 8


@dataclass(frozen=True)
class Half:
    """One side: its words, mark and where they stand once both sides are seen."""

    block: Block
    block_at: tuple[float, float]
    badge: Sprite
    strokes: tuple[Sprite, ...]
    mark_at: tuple[float, float]
    ground: Rgb
    alone: float
    """How much larger it can be shown while it has the card to itself."""


@dataclass(frozen=True)
class SplitArt:
    """Everything the card moves."""

    drab: Frame
    streaks: Sprite
    panel: Sprite
    halo: Sprite
    before: Half
    after: Half
    picture: Sprite | None
    picture_at: tuple[float, float]
    wipe_from: int
    panel_top: float


def before_after_scene(order: Order) -> Scene:
    art = _art(order)

    def frame_at(at: int) -> Frame:
        frame = art.drab.copy()
        _place_before(frame, art, order, at)
        _place_after(frame, art, order, at)
        return frame

    return Scene(order.frames, frame_at, _boxes(order, art))


def _art(order: Order) -> SplitArt:
    unit, room = order.unit, content_room(order)
    width, height = order.canvas.width, order.canvas.height
    bold = palettes(order.brand)[0]
    split = room.top + room.height * 0.36
    slant = -unit * 11
    panel = shapes.slanted_panel(width, height + round(unit * 8), slant, bold.ground, bold.pop, unit * 2.2)
    upper = Room(room.left, room.top, room.right, split - unit * 10)
    lower = Room(room.left, split + unit * 8, room.right, room.bottom)
    picture = product_picture(order, lower.width * 0.34, lower.height * 0.86)
    words = Room(lower.left, lower.top, lower.right - (picture.width * 0.92 if picture else 0), lower.bottom)
    return SplitArt(
        drab=shapes.grained(width, height, DRAB, order.clip.seed + 1, colours.mix(DRAB, WHITE, 0.06)),
        streaks=shapes.stripes(width * 1.5, unit * 60, unit * 9, (0, 0, 0), 30),
        panel=panel,
        halo=shapes.disc(min(unit * 62, lower.height * 0.92), bold.shape),
        before=_half(order, 0, upper, (236, 238, 239), DRAB, (176, 58, 46), "cross"),
        after=_half(order, 1, words, bold.ink, bold.ground, bold.pop, "tick"),
        picture=picture,
        picture_at=(lower.right - (picture.width if picture else 0) * 0.46, lower.centre_y),
        wipe_from=max(14, round(order.frames * 0.42)),
        panel_top=split - unit * 6,
    )


def _half(order: Order, index: int, room: Room, ink: Rgb, ground: Rgb, badge: Rgb, kind: str) -> Half:
    unit = order.unit
    badge_size = round(min(unit * 13, room.height * 0.3))
    free = room.height - badge_size - unit * 4.5
    block = fitted_block(order.text(index) or "…", room.width, free, unit * 13, ink)
    stroke = colours.text_on(badge)
    strokes = tuple(shapes.mark(badge_size, kind, stroke, (step + 1) / MARK_STEPS) for step in range(MARK_STEPS))
    total = block.ink_height + badge_size + unit * 4.5
    mark_y = round(room.centre_y - total / 2 + badge_size / 2)
    block_y = round(room.centre_y + total / 2 - block.ink_height / 2)
    centre = round(room.centre_x)
    alone = max(1.0, min(1.5, room.width / max(1, block.ink_width)))
    return Half(block, (centre, block_y), shapes.disc(badge_size, badge), strokes, (centre, mark_y), ground, alone)


def _place_before(frame: Frame, art: SplitArt, order: Order, at: int) -> None:
    unit = order.unit
    height, width = frame.shape[:2]
    place(frame, art.streaks, width / 2 - (at * 1.4) % (unit * 9), height * 0.55)
    # Alone at first, the old way stands in the middle; it gives way when the new one comes up.
    moved = easing.in_out(easing.progress(at, art.wipe_from, WIPE_FRAMES))
    room = content_room(order)
    drop = (1 - moved) * (room.centre_y - (art.before.block_at[1] + art.before.mark_at[1]) / 2)
    tremble = math.sin(at * 0.9) * unit * 0.25 * (1 - moved)
    size = art.before.alone + (1 - art.before.alone) * moved
    _place_half(frame, art.before, unit, at, 2, drop, tremble, size)


def _place_after(frame: Frame, art: SplitArt, order: Order, at: int) -> None:
    age = at - art.wipe_from
    if age < 0:
        return
    unit, height = order.unit, frame.shape[0]
    come = easing.spring(easing.progress(age, 0, 24), 1.0, 6.0)
    top = height + (art.panel_top - height) * come + math.sin(at * 0.05) * unit * 0.4
    panel_y = top + art.panel.height / 2
    place(frame, art.panel, frame.shape[1] / 2, panel_y)
    low = top - art.panel_top
    x, y = art.picture_at if art.picture else (frame.shape[1] * 0.82, art.after.block_at[1])
    place(frame, art.halo, x + math.cos(at * 0.04) * unit * 2, y + low + math.sin(at * 0.04) * unit * 2)
    if art.picture:
        rise = (1 - easing.spring(easing.progress(age, 5, 22), 1.1, 5.5)) * height * 0.9
        place(frame, art.picture, x, y + rise + math.sin(at * 0.07) * unit * 0.7, degrees=math.sin(at * 0.05) * 1.8)
    _place_half(frame, art.after, unit, age, 8, (1 - come) * height * 0.4, 0.0)


def _place_half(
    frame: Frame, half: Half, unit: float, age: int, start: int, drop: float, shift: float, size: float = 1.0
) -> None:
    share = easing.progress(age, start, 12)
    if share <= 0:
        return
    middle = (half.block_at[1] + half.mark_at[1]) / 2
    x, y = half.block_at[0], middle + (half.block_at[1] - middle) * size
    rise = (1 - easing.out_back(share, 1.8)) * unit * 10
    breath = size * (1 + 0.012 * math.sin(age * 0.08))
    place(frame, half.block.sprite, x + shift, y + drop + rise, scale=round(breath, 4), opacity=min(1.0, share * 2))
    mark_share = easing.progress(age, start + 7, 12)
    if mark_share <= 0:
        return
    x, y = half.mark_at[0], middle + (half.mark_at[1] - middle) * size
    beat = 1 + 0.07 * easing.pulse(age, 40, 14) if age > start + 20 else 1.0
    grown = round(easing.spring(mark_share, 1.3, 5.0) * beat * size, 4)
    stroke = half.strokes[min(MARK_STEPS - 1, max(0, age - start - 9))]
    place(frame, half.badge, x + shift, y + drop, scale=grown)
    place(frame, stroke, x + shift, y + drop, scale=grown)


def _boxes(order: Order, art: SplitArt) -> tuple[TextBox, ...]:
    room = content_room(order)
    drop = room.centre_y - (art.before.block_at[1] + art.before.mark_at[1]) / 2
    x, y = art.before.block_at
    wipe, settled = min(order.frames, art.wipe_from), min(order.frames, art.wipe_from + 26)
    before, after = art.before, art.after
    middle = (before.block_at[1] + before.mark_at[1]) / 2
    y_alone = middle + (y - middle) * before.alone + drop
    plan = [
        (before, (x, y_alone), 0, min(16, wipe), True),
        (before, (x, y_alone), min(16, wipe), wipe, False),
        (before, (x, y), wipe, settled, True),
        (before, (x, y), settled, order.frames, False),
        (after, after.block_at, wipe, settled, True),
        (after, after.block_at, settled, order.frames, False),
    ]
    return tuple(
        half.block.box(at, start, end, half.ground, moves) for half, at, start, end, moves in plan if end > start
    )
