"""The fact card: a big headline on a panel, ticks that draw themselves, the detail below."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

import numpy as np

from generation.contracts import TextBox
from generation.drawing import easing
from generation.drawing.colours import contrast
from generation.engines.cards import shapes
from generation.engines.cards.backdrop import Backdrop, backdrop
from generation.engines.cards.palette import Palette, palettes
from generation.engines.cards.scene import Block, Order, Room, Scene, content_room, product_picture, text_block
from generation.engines.cards.stage import Sprite, place
from generation.engines.feeds import Frame

_NUMBERS = re.compile(
    r"[¥￥$€£]?\d[\d.,]*\s?(?:[%％℃]|[a-zA-Z]{1,3}\b|小时|分钟|毫升|公斤|千克|[天秒倍年克斤杯个元折度层步])?"
)
_PARTS = re.compile(r"[；;\n]+|(?<=[。！？!?])\s*")
TICK_STEPS = 8


@dataclass(frozen=True)
class Row:
    """A line of detail with its tick, at its place."""

    block: Block
    x: float
    y: float
    tick_x: float
    start: float


@dataclass(frozen=True)
class FactArt:
    """Everything the fact card moves."""

    ground: Backdrop
    palette: Palette
    panel: Sprite
    panel_at: tuple[float, float]
    headline: Block
    headline_at: tuple[float, float]
    bar: Sprite
    bar_at: tuple[float, float]
    rows: tuple[Row, ...]
    badge: Sprite
    ticks: tuple[Sprite, ...]
    big_tick_at: tuple[float, float]
    picture: Sprite | None
    picture_at: tuple[float, float]


def fact_scene(order: Order) -> Scene:
    art = _art(order)

    def frame_at(at: int) -> Frame:
        frame = art.ground.draw(at)
        _place_panel(frame, art, order, at)
        _place_rows(frame, art, order, at)
        return frame

    return Scene(order.frames, frame_at, _boxes(order, art))


def _art(order: Order) -> FactArt:
    unit, room = order.unit, content_room(order)
    schemes = palettes(order.brand)
    palette = schemes[order.clip.seed % 2]
    paper = schemes[2]
    headline = _headline(order, room, paper)
    details = [part.strip() for part in _PARTS.split(order.text(1)) if part and part.strip()]
    inner = room.width - unit * 14
    blocks = [text_block(part, inner - unit * 11, unit * 6.4, paper.ink, 3, align="left") for part in details]
    badge = unit * 8
    heights = [max(block.ink_height, badge) for block in blocks]
    written = headline.ink_height + unit * 20 + sum(heights) + unit * 4.5 * len(blocks) + (unit * 5 if blocks else 0)
    picture = _picture(order, room, written)
    total = min(room.height, written + (picture.height * 0.86 if picture else 0))
    top = room.centre_y - total / 2
    left = room.left + unit * 7
    y = top + unit * 9 + headline.ink_height
    bar_y = y + unit * 4
    y += unit * 9
    rows = []
    for index, (block, height) in enumerate(zip(blocks, heights, strict=True)):
        x = left + unit * 11 + block.ink_width / 2
        rows.append(Row(block, x, round(y + height / 2), left + unit * 4, 20 + index * 9))
        y += height + unit * 4.5
    return FactArt(
        ground=backdrop(order, palette, order.clip.seed + 3, order.text(0)),
        palette=paper,
        panel=shapes.pill(room.width, round(total), paper.ground, radius=unit * 4, shadow=unit * 2),
        panel_at=(round(room.centre_x), round(room.centre_y)),
        headline=headline,
        headline_at=(left + headline.ink_width / 2, top + unit * 8 + headline.ink_height / 2),
        bar=shapes.pill(unit * 22, unit * 1.8, paper.pop, radius=unit * 0.9),
        bar_at=(left + unit * 11, round(bar_y)),
        rows=tuple(rows),
        badge=shapes.disc(badge, paper.pop),
        ticks=tuple(shapes.mark(badge, "tick", paper.on_pop, (i + 1) / TICK_STEPS) for i in range(TICK_STEPS)),
        big_tick_at=(room.right - unit * 9, round(top)),
        picture=picture,
        picture_at=(room.centre_x, top + total - (picture.height * 0.47 if picture else 0)),
    )


def _picture(order: Order, room: Room, written: float) -> Sprite | None:
    """The product below the text, where the panel can grow enough to show it well."""
    free = min(room.height - written, order.unit * 62)
    return product_picture(order, room.width * 0.7, free) if free > order.unit * 26 else None


def _headline(order: Order, room: Room, paper: Palette) -> Block:
    text = order.text(0) or order.brand.name
    marked = tuple(found.group().strip() for found in _NUMBERS.finditer(text))
    tint = paper.pop if contrast(paper.pop, paper.ground) >= 3.0 else paper.ink
    size = order.unit * (19 if len(text) <= 6 else 15.5 if len(text) <= 10 else 12.5)
    most = 3 if order.canvas.height >= order.canvas.width else 2
    return text_block(text, room.width - order.unit * 14, size, paper.ink, most, "left", 1.16, 0.4, marked, tint)


def _place_panel(frame: Frame, art: FactArt, order: Order, at: int) -> None:
    come = easing.spring(easing.progress(at, 0, 20), 1.0, 5.8)
    away = (1 - come) * order.canvas.width * 1.1
    sway = math.sin(at * 0.05) * order.unit * 0.35
    place(frame, art.panel, art.panel_at[0] - away, art.panel_at[1] + sway)
    if art.picture is not None:
        rise = (1 - easing.spring(easing.progress(at, 12, 22), 1.1, 5.4)) * order.canvas.height * 0.7
        x, y = art.picture_at
        place(frame, art.picture, x, y + rise + sway * 2, degrees=math.sin(at * 0.05) * 1.6)
    text = easing.progress(at, 8, 12)
    if text > 0:
        rise = (1 - easing.out_back(text, 1.6)) * order.unit * 9
        x, y = art.headline_at
        place(frame, art.headline.sprite, x - away, y + rise + sway, opacity=min(1.0, text * 2))
    grown = easing.out_expo(easing.progress(at, 14, 14))
    if grown > 0:
        x, y = art.bar_at
        clip = (x - art.bar.width / 2, 0.0, x - art.bar.width / 2 + art.bar.width * grown, float(order.canvas.height))
        place(frame, art.bar, x, y + sway, clip=clip)
    pop = easing.spring(easing.progress(at, 16, 18), 1.4, 5.0)
    if at >= 16:
        beat = 1 + 0.08 * easing.pulse(at - 40, 44, 14) if at >= 40 else 1.0
        x, y = art.big_tick_at
        place(frame, art.badge, x, y + sway, scale=round(2.0 * pop * beat, 4))
        place(frame, _tick(art, at - 20), x, y + sway, scale=round(2.0 * pop * beat, 4))


def _tick(art: FactArt, age: float) -> Sprite:
    return art.ticks[int(np.clip(age, 0, TICK_STEPS - 1))]


def _place_rows(frame: Frame, art: FactArt, order: Order, at: int) -> None:
    sway = math.sin(at * 0.05) * order.unit * 0.35
    for row in art.rows:
        share = easing.progress(at, row.start, 12)
        if share <= 0:
            continue
        slide = (1 - easing.out_cubic(share)) * order.unit * 14
        place(frame, art.badge, row.tick_x, row.y + sway, scale=round(easing.spring(share, 1.2, 5.0), 4))
        if at >= row.start + 3:
            place(frame, _tick(art, at - row.start - 3), row.tick_x, row.y + sway)
        place(frame, row.block.sprite, row.x + slide, row.y + sway, opacity=min(1.0, share * 1.6))


def _boxes(order: Order, art: FactArt) -> tuple[TextBox, ...]:
    entries = [(art.headline, art.headline_at, 22)] + [(row.block, (row.x, row.y), row.start + 13) for row in art.rows]
    boxes = []
    for block, centre, stands in entries:
        still_from = min(order.frames, int(stands))
        for start, end, moves in ((0, still_from, True), (still_from, order.frames, False)):
            if end > start:
                boxes.append(block.box(centre, start, end, art.palette.ground, moves))
    return tuple(boxes)
