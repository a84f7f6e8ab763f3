"""What an advertiser's colours do: a still of a card in them, and how type reads on them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import lru_cache

from core.errors import InputError
from generation.contracts import Brand, Canvas, CardClip, SafeArea
from generation.drawing import colours
from generation.engines.cards import card_scene
from generation.engines.cards.palette import PAPER, palettes
from generation.engines.cards.scene import Order

STILL_CANVAS = Canvas(540, 960)
STILL_SAFE_AREA = SafeArea(30, 96, 510, 800)
"""Sides alike, so that the still stands in the middle of its frame."""
SETTLED = 0.7
"""By this share of a card everything has come in and nothing leaves yet."""


@dataclass(frozen=True)
class ColourHint:
    """How type reads with one brand colour: `text` and the colour reach `contrast` (1..21, WCAG 2.2).

    `used` is what cards take instead where that is too little, else the colour itself.
    """

    colour: str
    text: str
    contrast: float
    used: str

    @property
    def reads(self) -> bool:
        return self.used.lower() == self.colour.lower()


@dataclass(frozen=True)
class ColourHints:
    """The three colours of a brand: `primary` and `accent` as grounds, `secondary` as type on paper.

    Below 3, `accent_on_primary` keeps highlights on the primary colour in the colour of the type.
    """

    primary: ColourHint
    secondary: ColourHint
    accent: ColourHint
    accent_on_primary: float


@lru_cache(maxsize=64)
def card_still(card: CardClip, brand: Brand, language: str) -> bytes:
    """The card as it stands once everything has come in: a PNG of 540 × 960. InputError for a colour that is none."""
    from PIL import Image

    _check(brand)
    order = Order(card, STILL_CANVAS, STILL_SAFE_AREA, brand, language, False)
    frame = card_scene(order).frame_at(round(order.frames * SETTLED))
    file = io.BytesIO()
    Image.fromarray(frame).save(file, "PNG", compress_level=3)
    return file.getvalue()


def colour_hints(brand: Brand) -> ColourHints:
    """How type reads on the brand's colours, and what cards use where it does not. InputError names a bad colour."""
    _check(brand)
    bold, _bright, paper = palettes(brand)
    secondary = colours.parse(brand.secondary)
    return ColourHints(
        primary=_ground_hint(brand.primary),
        secondary=ColourHint(
            brand.secondary,
            brand.secondary,
            round(colours.contrast(secondary, PAPER), 1),
            colours.as_hex(paper.ink),
        ),
        accent=_ground_hint(brand.accent),
        accent_on_primary=round(colours.contrast(bold.pop, bold.ground), 1),
    )


def _ground_hint(value: str) -> ColourHint:
    colour = colours.parse(value)
    ground, ink = colours.ground_for(colour)
    return ColourHint(value, colours.as_hex(ink), round(colours.contrast(ink, colour), 1), colours.as_hex(ground))


def _check(brand: Brand) -> None:
    for name in ("primary", "secondary", "accent"):
        value = getattr(brand, name)
        try:
            colours.parse(value)
        except ValueError as error:
            raise InputError(f"color_{name}", f"{value!r} is not a colour such as #00776A", "colour") from error
