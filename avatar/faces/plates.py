"""The room with the body in front of it, ready for every step of a breath."""

from __future__ import annotations

import numpy as np

from avatar.faces.contracts import Rect
from avatar.faces.motion import BREATH_STEPS
from avatar.faces.planes import Frame, Sprite, blend, frame_of, warp
from avatar.faces.props import Product, standing_product
from avatar.faces.rooms import DESK
from avatar.faces.sheet import LayerSheet


class Plates:
    """One whole picture per breath step: pasting it costs a copy, where blending cost a body."""

    def __init__(self, sheet: LayerSheet, product: Product | None) -> None:
        layout = sheet.layout
        self._room = frame_of(_with_things(sheet, product))
        body = sheet.sprites["body"]
        self.desk = round(layout.place(0, DESK)[1] / 2) * 2
        low = max(2, min(body.box.height, self.desk - body.y))
        self.body_box = Rect(body.x, body.y, body.box.width, low)
        self._bodies = [_breathing(body, self.body_box, step * 0.25 * layout.scale) for step in range(BREATH_STEPS + 1)]
        self._things = [sprite for sprite in _things(sheet, product) if sprite.y < self.desk]
        self._plates = [self._with_body(sheet, step) for step in range(BREATH_STEPS + 1)]

    def _with_body(self, sheet: LayerSheet, step: int) -> Frame:
        """Body and things over the room; only the rows of the body are kept apart from the room's picture."""
        box = self.body_box
        rows = slice(box.y, box.bottom), slice(box.y // 2, box.bottom // 2)
        plain = frame_of(sheet.room)
        strip = Frame(plain.y[rows[0]].copy(), plain.u[rows[1]].copy(), plain.v[rows[1]].copy())
        for sprite in (self._bodies[step], *self._things):
            moved = sprite.at(sprite.x, sprite.y - box.y)
            shown = moved.box.within(strip.box)
            if shown is not None:
                blend(strip, moved, shown)
        return strip

    def paste(self, frame: Frame, step: int, rect: Rect) -> None:
        """Room, body and what stands on the desk."""
        box = self.body_box
        for part, source, top in (
            (Rect(0, 0, frame.box.width, box.y).within(rect), self._room, 0),
            (Rect(0, box.y, frame.box.width, box.height).within(rect), self._plates[step], box.y),
            (Rect(0, box.bottom, frame.box.width, frame.box.height - box.bottom).within(rect), self._room, 0),
        ):
            if part is not None:
                _copy(frame, source, part, top)

    def paste_room(self, frame: Frame, rect: Rect) -> None:
        """The room alone."""
        _copy(frame, self._room, rect, 0)

    def lay_things(self, frame: Frame, rect: Rect) -> None:
        """What stands on the desk, in front of a hand that comes up behind it."""
        for sprite in self._things:
            blend(frame, sprite, rect)

    def lay_body(self, frame: Frame, step: int, rect: Rect) -> None:
        """The body over what is there."""
        shared = self.body_box.within(rect)
        if shared is not None:
            blend(frame, self._bodies[step], shared)


def _copy(frame: Frame, source: Frame, rect: Rect, top: int) -> None:
    y, x = slice(rect.y, rect.bottom), slice(rect.x, rect.right)
    frame.y[y, x] = source.y[rect.y - top : rect.bottom - top, x]
    half = slice(rect.y // 2, rect.bottom // 2), slice(rect.x // 2, rect.right // 2)
    from_rows = slice((rect.y - top) // 2, (rect.bottom - top) // 2)
    frame.u[half] = source.u[from_rows, half[1]]
    frame.v[half] = source.v[from_rows, half[1]]


def _things(sheet: LayerSheet, product: Product | None) -> list[Sprite]:
    return [sheet.sprites["props"], *(standing_product(product, sheet.layout) if product is not None else [])]


def _with_things(sheet: LayerSheet, product: Product | None) -> np.ndarray:
    room = sheet.room.copy()
    frame = frame_of(room)
    for sprite in _things(sheet, product):
        shown = sprite.box.within(frame.box)
        if shown is not None:
            blend(frame, sprite, shown)
    return room


def _breathing(body: Sprite, box: Rect, rise: float) -> Sprite:
    """The body with its shoulders `rise` pixels higher; the desk's edge stays where it is."""
    grow = 1 + rise / max(box.height * 0.8, 1)
    wide = 1 + (grow - 1) * 0.35
    middle = box.width / 2
    matrix = np.array([[wide, 0.0, middle * (1 - wide)], [0.0, grow, box.height * (1 - grow)]])
    return warp(body, matrix, Rect(0, 0, box.width, box.height)).at(box.x, box.y)
