"""The end card: product, name, and what to do next, with a button that asks for it."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from generation.contracts import TextBox
from generation.drawing import colours, easing
from generation.drawing.lettering import TextStyle, draw_text
from generation.engines.cards import shapes
from generation.engines.cards.backdrop import Backdrop, backdrop
from generation.engines.cards.palette import Palette, palettes
from generation.engines.cards.scene import (
    Block,
    Order,
    Room,
    Scene,
    content_room,
    fitted_block,
    product_picture,
    text_block,
)
from generation.engines.cards.stage import Sprite, place, sprite_of
from generation.engines.feeds import Frame

SHINE_EVERY = 56
SHINE_FRAMES = 18


@dataclass(frozen=True)
class EndArt:
    """Everything the end card moves."""

    palette: Palette
    ground: Backdrop
    halo: Sprite
    orbit: Sprite
    picture: Sprite
    picture_at: tuple[float, float]
    name: Block
    name_at: tuple[float, float]
    button: Sprite
    button_at: tuple[float, float]
    cta: Block
    link: Block | None
    link_at: tuple[float, float]


def end_scene(order: Order) -> Scene:
    art = _art(order)

    def frame_at(at: int) -> Frame:
        frame = art.ground.draw(at)
        _place_picture(frame, art, order, at)
        _place_words(frame, art, order, at)
        _place_button(frame, art, order, at)
        return frame

    return Scene(order.frames, frame_at, _boxes(order, art))


def _art(order: Order) -> EndArt:
    bold, _, paper = palettes(order.brand)
    palette = bold if order.clip.seed % 2 else paper
    unit, room = order.unit, content_room(order)
    wide = order.canvas.width > order.canvas.height * 0.9
    words = Room(room.centre_x + unit * 4, room.top, room.right, room.bottom) if wide else room
    share = 0.42 if wide else 0.17
    name = fitted_block(order.text(0) or order.brand.name, words.width, room.height * share, unit * 10.5, palette.ink)
    cta = text_block(order.text(1), words.width * 0.74, unit * 7, palette.on_pop, 2) if order.text(1) else None
    link = text_block(order.text(2), words.width, unit * 4.6, palette.ink, 1, smallest=0.5) if order.text(2) else None
    cta = cta or text_block(order.brand.name, words.width * 0.74, unit * 7, palette.on_pop, 1)
    button_height = cta.ink_height + unit * 8.5
    foot = link.ink_height + unit * 5 if link else 0.0
    below = name.ink_height + unit * 7 + button_height + foot
    picture_room = (
        Room(room.left, room.top, room.centre_x - unit * 4, room.bottom)
        if wide
        # Words stay inside the safe area; the picture may reach above it, where no platform puts buttons over it.
        else Room(room.left, order.canvas.height * 0.06, room.right, room.bottom - below - unit * 7)
    )
    y = words.centre_y - below / 2 if wide else picture_room.bottom + unit * 6
    side = min(picture_room.width, picture_room.height)
    picture = product_picture(order, picture_room.width * 0.9, min(picture_room.height * 0.97, side * 1.2))
    centre = round(words.centre_x)
    button_y = round(y + name.ink_height + unit * 7 + button_height / 2)
    return EndArt(
        palette=palette,
        ground=backdrop(order, palette, order.clip.seed + 5, order.brand.name),
        halo=shapes.disc(side * 0.94, palette.pop),
        orbit=shapes.ring(side * 1.06, unit * 0.9, palette.pop, 255, dashes=28),
        picture=picture or _monogram(order, palette, side * 0.6),
        picture_at=(round(picture_room.centre_x), round(picture_room.centre_y)),
        name=name,
        name_at=(centre, round(y + name.ink_height / 2)),
        button=shapes.pill(cta.ink_width + unit * 16, button_height, palette.pop, shadow=unit * 1.4),
        button_at=(centre, button_y),
        cta=cta,
        link=link,
        link_at=(centre, round(button_y + button_height / 2 + unit * 4 + (link.ink_height / 2 if link else 0))),
    )


def _monogram(order: Order, palette: Palette, side: float) -> Sprite:
    """The brand's first letter, for advertisers without a product picture."""
    letter = next((c for c in order.brand.name if c.isalnum()), "·").upper()
    drawn = draw_text(letter, TextStyle(round(side), leading=1.0), palette.on_pop)
    left, top, right, bottom = drawn.ink
    return sprite_of(drawn.image[top:bottom, left:right])


def _place_picture(frame: Frame, art: EndArt, order: Order, at: int) -> None:
    x, y = art.picture_at
    unit = order.unit
    grow = easing.spring(easing.progress(at, 0, 22), 1.1, 5.6)
    place(frame, art.halo, x, y, scale=round(max(0.02, grow), 4))
    if at >= 10:
        spread = easing.out_cubic(easing.progress(at, 10, 18))
        place(frame, art.orbit, x, y, scale=round(0.8 + 0.2 * spread, 4), degrees=at * 0.5, opacity=spread)
    come = easing.spring(easing.progress(at, 5, 24), 1.1, 5.2)
    rise = (1 - come) * order.canvas.height * 0.6
    place(frame, art.picture, x, y + rise + math.sin(at * 0.075) * unit * 0.9, degrees=math.sin(at * 0.05) * 1.5)


def _place_words(frame: Frame, art: EndArt, order: Order, at: int) -> None:
    for block, (x, y), start in ((art.name, art.name_at, 12), (art.link, art.link_at, 26)):
        share = easing.progress(at, start, 13)
        if block is None or share <= 0:
            continue
        rise = (1 - easing.out_back(share, 1.6)) * order.unit * 8
        place(frame, block.sprite, x, y + rise, opacity=min(1.0, share * 1.8))


def _place_button(frame: Frame, art: EndArt, order: Order, at: int) -> None:
    share = easing.progress(at, 18, 18)
    if share <= 0:
        return
    x, y = art.button_at
    beat = 0.05 * easing.pulse(at - 40, 30, 16) if at >= 40 else 0.0
    size = round(max(0.02, easing.spring(share, 1.2, 5.2)) + beat, 4)
    place(frame, art.button, x, y, scale=size)
    place(frame, art.cta.sprite, x, y, scale=size)
    if at >= 44:
        _shine(frame, art, order, (at - 44) % SHINE_EVERY)


def _shine(frame: Frame, art: EndArt, order: Order, phase: int) -> None:
    """A slanted light runs over the button, round its words: lit ground behind them would be hard to read."""
    import cv2

    if phase >= SHINE_FRAMES:
        return
    x, y = art.button_at
    room = order.unit * 1.4 * 2.4
    width, height = round(art.button.width - 2 * room), round(art.button.height - 2 * room)
    left, top = round(x - width / 2), round(y - height / 2)
    region = frame[max(0, top) : top + height, max(0, left) : left + width]
    if region.size == 0:
        return
    mask = np.zeros(region.shape[:2], np.uint8)
    slant = height * 0.5
    at = -slant + (width + 2 * slant) * (phase + 0.5) / SHINE_FRAMES
    band = order.unit * 5
    shape = [(at, 0), (at + band, 0), (at + band - slant, height), (at - slant, height)]
    cv2.fillPoly(mask, [np.array(shape, np.int32)], 62, lineType=cv2.LINE_AA)
    dx, dy = (width - art.cta.ink_width) // 2 - 4, (height - art.cta.ink_height) // 2 - 4
    mask[max(0, dy) : height - max(0, dy), max(0, dx) : width - max(0, dx)] = 0
    # Only the button itself shines: its own shape, without the shadow, limits the light.
    body = art.button.pixels[round(room) : round(room) + height, round(room) : round(room) + width, 3]
    body = body[: region.shape[0], : region.shape[1]]
    light = cv2.multiply(mask, np.ascontiguousarray(body), scale=1 / 255)
    region[:] = cv2.add(region, cv2.merge([light] * 3))


def _boxes(order: Order, art: EndArt) -> tuple[TextBox, ...]:
    entries: list[tuple[Block, tuple[float, float], int, colours.Rgb]] = [
        (art.name, art.name_at, 26, art.palette.ground),
        (art.cta, art.button_at, 37, art.palette.pop),
    ]
    if art.link:
        entries.append((art.link, art.link_at, 40, art.palette.ground))
    boxes = []
    for block, centre, stands, edge in entries:
        still_from = min(order.frames, stands)
        for start, end, moves in ((0, still_from, True), (still_from, order.frames, False)):
            if end > start:
                boxes.append(block.box(centre, start, end, edge, moves))
    return tuple(boxes)
