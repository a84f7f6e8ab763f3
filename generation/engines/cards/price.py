"""The price card: a turning sunburst, the price struck in, name and offer round it.

The price falls in whole. Nothing counts up and no digit comes alone, because a number
that is not in the brief must never be on screen, not even for a frame.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from generation.contracts import TextBox
from generation.drawing import colours, easing
from generation.drawing.fonts import font
from generation.drawing.lettering import TextStyle, draw_text, glyph_height
from generation.engines.cards import shapes
from generation.engines.cards.palette import Palette, palettes
from generation.engines.cards.scene import Block, Order, Room, Scene, content_room, product_picture, shaken, text_block
from generation.engines.cards.stage import Sprite, place, sprite_of, turned_ground
from generation.engines.feeds import Frame

STRIKE_FROM = 9
STRIKE_FRAMES = 8
HOP_FRAMES = 12


@dataclass(frozen=True)
class Digit:
    """A character of the price and where it comes to stand."""

    sprite: Sprite
    x: float
    y: float
    order: int


@dataclass(frozen=True)
class PriceArt:
    """Everything the price card moves."""

    palette: Palette
    sunburst: Frame
    plate: Sprite
    wave: Sprite
    digits: tuple[Digit, ...]
    name: Block | None
    name_plate: Sprite | None
    offer: Block | None
    offer_plate: Sprite | None
    picture: Sprite | None
    centre: tuple[float, float]
    picture_at: tuple[float, float]
    name_at: tuple[float, float]
    offer_at: tuple[float, float]
    struck_at: int


def price_scene(order: Order) -> Scene:
    art = _art(order)

    def frame_at(at: int) -> Frame:
        frame = _ground(art, order, at)
        _place_picture(frame, art, order, at)
        _place_plate(frame, art, at)
        _place_digits(frame, art, order, at)
        _place_words(frame, art, order, at)
        return _struck(frame, art, order, at)

    return Scene(order.frames, frame_at, _boxes(order, art))


def _art(order: Order) -> PriceArt:
    bold, bright, _ = palettes(order.brand)
    palette = (bold, bright)[order.clip.seed % 2]
    unit, room = order.unit, content_room(order)
    wide = order.canvas.width > order.canvas.height * 1.1
    price_room = Room(room.centre_x, room.top, room.right, room.bottom) if wide and order.brand.picture_path else room
    has_picture = bool(order.brand.picture_path)
    side = round(min(price_room.width * 0.96, price_room.height * (0.80 if wide or not has_picture else 0.58)))
    picture = _picture(order, room, wide, side)
    centre_y = round(price_room.centre_y if wide or not has_picture else price_room.bottom - side * 0.53)
    centre = (round(price_room.centre_x), centre_y)
    digits = _digits(order.clip.price, centre, side * 0.86, unit * 40, palette.on_pop)
    name = text_block(order.text(0), price_room.width * 0.84, unit * 6.8, palette.ground) if order.text(0) else None
    offer = text_block(order.text(1), price_room.width * 0.84, unit * 6.8, palette.ground) if order.text(1) else None
    # Name and offer keep clear of the price: half its height and their plates' padding.
    half = max((digit.sprite.height for digit in digits), default=0) * 0.34 + unit * 3.2
    lift = side * 0.5 + unit * 1.0
    return PriceArt(
        palette=palette,
        sunburst=shapes.rays(
            order.canvas.width, order.canvas.height, palette.ground, colours.mix(palette.shape, colours.WHITE, 0.1)
        ),
        plate=_price_plate(side, unit, palette),
        wave=shapes.ring(side, unit * 2.2, palette.ink, 200),
        digits=digits,
        name=name,
        name_plate=_plate_for(name, unit, palette),
        offer=offer,
        offer_plate=_plate_for(offer, unit, palette),
        picture=picture,
        centre=centre,
        picture_at=_picture_place(room, wide, picture, centre_y, lift),
        name_at=(centre[0], round(centre_y - max(side * 0.36, half + (name.ink_height if name else 0) / 2))),
        offer_at=(centre[0], round(centre_y + max(side * 0.37, half + (offer.ink_height if offer else 0) / 2))),
        struck_at=STRIKE_FROM + STRIKE_FRAMES,
    )


def _price_plate(side: int, unit: float, palette: Palette) -> Sprite:
    """The round plate under the price, with a stitched rim."""
    plate = shapes.pill(side, side, palette.pop, radius=side / 2, shadow=unit * 2.2)
    rim = shapes.ring(side * 0.93, unit * 0.6, palette.on_pop, 130, dashes=40)
    x, y = (plate.width - rim.width) // 2, (plate.height - rim.height) // 2
    pixels = plate.pixels.copy()
    ground = pixels[y : y + rim.height, x : x + rim.width, :3]
    ground[:] = (ground.astype(int) * rim.keep // 255 + rim.colour).astype("uint8")
    return Sprite(pixels)


def _picture(order: Order, room: Room, wide: bool, side: float) -> Sprite | None:
    if wide:
        return product_picture(order, room.width * 0.42, room.height * 0.86)
    return product_picture(order, room.width * 0.80, max(order.unit * 20, room.height - side * 0.72))


def _picture_place(room: Room, wide: bool, picture: Sprite | None, centre_y: float, lift: float) -> tuple[float, float]:
    if wide:
        return room.left + room.width * 0.24, room.centre_y
    height = picture.height if picture else 0
    return room.centre_x, max(room.top + height * 0.46, centre_y - lift * 0.36 - height * 0.48)


def _plate_for(block: Block | None, unit: float, palette: Palette) -> Sprite | None:
    if block is None:
        return None
    width, height = block.ink_width + unit * 6, block.ink_height + unit * 4.2
    return shapes.pill(width, height, palette.ink, radius=min(height / 2, unit * 5), shadow=unit * 0.8)


def _digits(
    price: str, centre: tuple[float, float], width: float, largest: float, ink: colours.Rgb
) -> tuple[Digit, ...]:
    """Characters of the price set in one line; the currency sign and cents at two thirds of the size."""
    size = largest
    while size > 8 and _line_width(price, size) > width:
        size *= 0.96
    x = centre[0] - _line_width(price, size) / 2
    baseline = centre[1] + size * 0.36
    found = []
    for order, (character, share) in enumerate(_shares(price)):
        own = round(size * share)
        advance = font(own).getlength(character)
        drawn = draw_text(character, TextStyle(own, leading=1.0), ink)
        if not character.isspace():
            # Digits all stand on one baseline whatever their size; 0.38 em is from the line's middle to its baseline.
            found.append(Digit(sprite_of(drawn.image), x + advance / 2, baseline - own * 0.38, order))
        x += advance
    return tuple(found)


def _shares(price: str) -> list[tuple[str, float]]:
    whole_seen = False
    parts: list[tuple[str, float]] = []
    after_point = False
    for character in price:
        whole_seen = whole_seen or character.isdigit()
        after_point = after_point or (whole_seen and character == ".")
        is_small = after_point or not character.isdigit()
        parts.append((character, 0.62 if is_small and character not in ",." else 1.0 if not after_point else 0.62))
    return parts


def _line_width(price: str, size: float) -> float:
    return sum(font(round(size * share)).getlength(character) for character, share in _shares(price))


def _ground(art: PriceArt, order: Order, at: int) -> Frame:
    width, height = order.canvas.width, order.canvas.height
    frame = turned_ground(art.sunburst, width, height, at * 0.35)
    return frame


def _place_picture(frame: Frame, art: PriceArt, order: Order, at: int) -> None:
    if art.picture is None:
        return
    come = easing.spring(easing.progress(at, 2, 22), 1.1, 5.5)
    sway = math.sin(at * 0.07) * order.unit * 0.7
    x, y = art.picture_at
    place(frame, art.picture, x, y + (1 - come) * order.unit * 60 + sway, degrees=math.sin(at * 0.045) * 1.6)


def _place_plate(frame: Frame, art: PriceArt, at: int) -> None:
    grow = easing.spring(easing.progress(at, 0, 20), 1.2, 5.6)
    beat = 0.022 * easing.pulse(at - art.struck_at - 14, 40, 14) if at > art.struck_at + 14 else 0.0
    place(frame, art.plate, *art.centre, scale=max(0.02, round(grow, 4)) + beat)


def _place_digits(frame: Frame, art: PriceArt, order: Order, at: int) -> None:
    share = easing.progress(at, STRIKE_FROM, STRIKE_FRAMES)
    if share <= 0:
        return
    beat = 0.035 * easing.pulse(at - art.struck_at - 14, 40, 14) if at > art.struck_at + 14 else 0.0
    fall = easing.in_cubic(share)
    size = 2.4 - 1.4 * fall + beat
    for digit in art.digits:
        x = art.centre[0] + (digit.x - art.centre[0]) * size
        y = art.centre[1] + (digit.y - art.centre[1]) * size
        hop = math.sin(math.pi * easing.progress(at, art.struck_at + digit.order * 1.6, HOP_FRAMES))
        place(frame, digit.sprite, x, y - hop * order.unit * 3.2, round(size, 4), opacity=min(1.0, share * 1.4))


def _place_words(frame: Frame, art: PriceArt, order: Order, at: int) -> None:
    pairs = (
        (art.name, art.name_plate, art.name_at, 5, -1),
        (art.offer, art.offer_plate, art.offer_at, art.struck_at + 3, 1),
    )
    for block, plate, (x, y), start, side in pairs:
        share = easing.progress(at, start, 14)
        if block is None or plate is None or share <= 0:
            continue
        come = (1 - easing.out_back(share, 1.4)) * order.canvas.width * 0.8 * side
        tilt = -2.0 if side < 0 else 1.5
        nod = 0.8 * math.sin(at * 0.06 + side)
        place(frame, plate, x + come, y, degrees=tilt + nod)
        place(frame, block.sprite, x + come, y, degrees=tilt + nod)


def _struck(frame: Frame, art: PriceArt, order: Order, at: int) -> Frame:
    """A ring runs out and the picture jolts when the last digit lands."""
    age = at - art.struck_at
    if not 0 <= age < 14:
        return frame
    share = age / 14
    place(frame, art.wave, *art.centre, scale=1.0 + 0.9 * easing.out_cubic(share), opacity=0.75 * (1 - share))
    jolt = order.unit * 1.3 * (1 - share) ** 2
    return shaken(frame, jolt * math.sin(age * 2.1), jolt * math.cos(age * 2.6))


def _boxes(order: Order, art: PriceArt) -> tuple[TextBox, ...]:
    stands = min(order.frames, art.struck_at + 19)
    boxes: list[TextBox] = []
    left = min((d.x - d.sprite.width / 2 for d in art.digits), default=art.centre[0])
    right = max((d.x + d.sprite.width / 2 for d in art.digits), default=art.centre[0])
    tall = max((d.sprite.height for d in art.digits), default=0)
    place_ = (round(left), round(art.centre[1] - tall / 2), round(right), round(art.centre[1] + tall / 2))
    inks = colours.as_hex(art.palette.on_pop), colours.as_hex(art.palette.pop)
    glyph = glyph_height(order.clip.price, round(tall * 0.7))
    for start, end, moves in ((0, stands, True), (stands, order.frames, False)):
        if end > start and art.digits:
            boxes.append(TextBox("card", order.clip.price, start, end, *place_, glyph, *inks, moves))
        for block, centre in ((art.name, art.name_at), (art.offer, art.offer_at)):
            if end > start and block is not None:
                boxes.append(block.box(centre, start, end, art.palette.ink, moves))
    return tuple(boxes)
