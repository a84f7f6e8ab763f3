"""The room with the body in front of it, ready for every breath and sway that was seen lately."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import TypeVar

import numpy as np

from avatar.faces.contracts import GONE_STEPS, Rect, Stance
from avatar.faces.layout import Layout
from avatar.faces.motion import SWAY_STEPS, SWAY_TILT, SWAY_UNIT
from avatar.faces.planes import Bytes, Frame, Sprite, blend, frame_of, warp
from avatar.faces.props import Product, standing_product
from avatar.faces.rooms import DESK
from avatar.faces.sheet import LayerSheet

KEPT = 48
"""Stances that are kept drawn: a calm host goes through fewer in a minute, at half a megabyte each."""
BARE = -1
"""The place of a desk without a product."""
Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Plates:
    """One picture per stance: pasting it costs a copy, where blending costs a body.

    `product` is the one of `products` that stands on the desk; while a hand holds it, it fades from there.
    """

    def __init__(self, sheet: LayerSheet, products: Sequence[Product | None]) -> None:
        layout = sheet.layout
        self.product = 0
        self._props = sheet.sprites["props"]
        self._standing = [standing_product(each, layout) if each is not None else [] for each in products]
        self._rooms = {place: frame_of(_with(sheet, things)) for place, things in self._places()}
        self._plain = frame_of(sheet.room)
        self._body = sheet.sprites["body"]
        self._scale = layout.scale
        self.desk = round(layout.place(0, DESK)[1] / 2) * 2
        self.body_box = _body_box(self._body, self.desk, layout)
        self._bodies: OrderedDict[Stance, Sprite] = OrderedDict()
        self._plates: OrderedDict[tuple[int, Stance], Frame] = OrderedDict()
        self._faded: dict[tuple[int, int], list[Sprite]] = {}

    def _places(self) -> list[tuple[int, list[Sprite]]]:
        return [(BARE, [self._props]), *((n, [self._props, *each]) for n, each in enumerate(self._standing))]

    def standing_box(self) -> Rect | None:
        """Where the product on the desk is seen, with its shadow; None where none stands there."""
        boxes = [sprite.box for sprite in self._standing[self.product]]
        whole = boxes[0] if boxes else None
        for box in boxes[1:]:
            whole = whole.around(box) if whole else box
        return whole

    def paste(self, frame: Frame, stance: Stance, rect: Rect, gone: int = 0) -> None:
        """Room, body and what stands on the desk; the product as far as it is not `gone` (0 to GONE_STEPS)."""
        place = self._place(gone)
        _copy(frame, self._rooms[place], rect, 0, 0)
        shared = self.body_box.within(rect)
        if shared is not None:
            _copy(frame, self._plate(place, stance), shared, self.body_box.x, self.body_box.y)
        for sprite in self._fading(gone):
            _blend_inside(frame, sprite, rect)

    def paste_room(self, frame: Frame, rect: Rect, gone: int = 0) -> None:
        """The room alone, with what stands on the desk."""
        _copy(frame, self._rooms[self._place(gone)], rect, 0, 0)

    def lay_things(self, frame: Frame, rect: Rect, gone: int = 0) -> None:
        """What stands on the desk, in front of a hand that comes up behind it."""
        standing = self._standing[self.product] if gone == 0 else self._fading(gone)
        for sprite in (self._props, *standing):
            if sprite.y < self.desk:
                _blend_inside(frame, sprite, rect)

    def lay_body(self, frame: Frame, stance: Stance, rect: Rect) -> None:
        """The body over what is there."""
        shared = self.body_box.within(rect)
        if shared is not None:
            blend(frame, self._standing_body(stance), shared)

    def _place(self, gone: int) -> int:
        return self.product if gone == 0 else BARE

    def _fading(self, gone: int) -> list[Sprite]:
        if not 0 < gone < GONE_STEPS:
            return []
        key = (self.product, gone)
        if key not in self._faded:
            self._faded[key] = self._faint(1 - gone / GONE_STEPS)
        return self._faded[key]

    def _faint(self, share: float) -> list[Sprite]:
        def faint(plane: Bytes) -> Bytes:
            return np.rint(plane * share).astype(np.uint8)

        return [
            Sprite(faint(each.luma), faint(each.alpha), faint(each.uva), each.x, each.y)
            for each in self._standing[self.product]
        ]

    def _standing_body(self, stance: Stance) -> Sprite:
        return _newest(self._bodies, stance, lambda: _moved(self._body, self.body_box, stance, self._scale))

    def _plate(self, place: int, stance: Stance) -> Frame:
        return _newest(self._plates, (place, stance), lambda: self._with_body(place, stance))

    def _with_body(self, place: int, stance: Stance) -> Frame:
        """Body and things over the room, as large as the body."""
        box = self.body_box
        rows, half = _stretch(box, 1), _stretch(box, 2)
        strip = Frame(self._plain.y[rows].copy(), self._plain.u[half].copy(), self._plain.v[half].copy())
        standing = self._standing[place] if place != BARE else []
        for sprite in (self._standing_body(stance), self._props, *standing):
            moved = sprite.at(sprite.x - box.x, sprite.y - box.y)
            shown = moved.box.within(strip.box)
            if shown is not None and sprite.y < self.desk:
                blend(strip, moved, shown)
        return strip


def _newest(kept: OrderedDict[Key, Value], key: Key, make: Callable[[], Value]) -> Value:
    """What is kept under `key`, made where it is not; those unused for longest go."""
    found = kept.get(key)
    if found is None:
        found = kept[key] = make()
        if len(kept) > KEPT:
            kept.popitem(last=False)
    else:
        kept.move_to_end(key)
    return found


def _blend_inside(frame: Frame, sprite: Sprite, rect: Rect) -> None:
    shown = sprite.box.within(frame.box)
    shared = shown.within(rect) if shown is not None else None
    if shared is not None:
        blend(frame, sprite, shared)


def _stretch(rect: Rect, step: int) -> tuple[slice, slice]:
    """Rows and columns of a rectangle in a plane that is `step` times smaller."""
    return slice(rect.y // step, rect.bottom // step), slice(rect.x // step, rect.right // step)


def _copy(frame: Frame, source: Frame, rect: Rect, left: int, top: int) -> None:
    """A rectangle of the frame from a picture whose corner lies at (left, top) of it."""
    inside = Rect(rect.x - left, rect.y - top, rect.width, rect.height)
    frame.y[_stretch(rect, 1)] = source.y[_stretch(inside, 1)]
    half, from_half = _stretch(rect, 2), _stretch(inside, 2)
    frame.u[half] = source.u[from_half]
    frame.v[half] = source.v[from_half]


def _with(sheet: LayerSheet, things: Sequence[Sprite]) -> Bytes:
    room = sheet.room.copy()
    frame = frame_of(room)
    for sprite in things:
        _blend_inside(frame, sprite, frame.box)
    return room


def _body_box(body: Sprite, desk: int, layout: Layout) -> Rect:
    """Where the body is seen however it sways: from its top to the desk's edge."""
    aside = round(SWAY_STEPS * SWAY_UNIT * layout.scale / 2) * 2 + 2
    left, right = max(0, body.x - aside), min(layout.width, body.box.right + aside)
    low = max(2, min(body.box.height, desk - body.y))
    return Rect(left, body.y, (right - left) // 2 * 2, low)


def _moved(body: Sprite, box: Rect, stance: Stance, scale: float) -> Sprite:
    """The body with its shoulders risen by a breath and swayed aside; at the desk's edge it stays where it is."""
    rise, aside = stance.breath * 0.25 * scale, stance.sway * SWAY_UNIT * scale
    high = max(body.box.height * 0.8, 1)
    grow = 1 + rise / high
    wide = 1 + (grow - 1) * 0.35
    middle = body.width / 2
    lean, tilt = -aside / high, SWAY_TILT * aside / max(body.width, 1)
    matrix = np.array(
        [
            [wide, lean, middle * (1 - wide) - lean * box.height + body.x],
            [-tilt, grow, box.height * (1 - grow) + tilt * middle + body.y],
        ]
    )
    return warp(body, matrix, box)
