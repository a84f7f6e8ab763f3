"""How a shot fills the canvas: cropped round its subject, or whole over a blurred fill. Pure.

Where a shot was described, the crop keeps the advertiser's product and leaves out lines burnt into the picture,
so that our captions do not stand on somebody else's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from generation.contracts import Box, Canvas, Framing, ShotDescription

SAME_SHAPE = 0.12
"""Sources this near the canvas's aspect lose next to nothing to a plain crop."""

MOST_HEIGHT_LOST = 1.9
"""A tall source on a wider canvas keeps at least about half of its height, else it is shown whole."""

STILL_ZOOM = 1.10
"""What stands still grows by a tenth while it is shown, so that something moves in every shot."""

STILL_MOTION = 0.15
"""Shots that move less on average stand still for seconds: a tripod before a room that somebody crosses now and then
moves by 0.09 to 0.13. A viewer, and the check for stills, sees a photograph."""

MOST_ZOOM_FOR_LINES = 1.5
"""So far a crop goes in to leave burnt-in lines out: past it a phone's picture gets soft."""

LINE_MARGIN = 0.012
"""Kept between a burnt-in line and the edge of the crop: outlines and shadows reach past the letters."""


def is_still(motion: float, is_picture: bool) -> bool:
    """Whether a shot needs a camera move of ours: a picture, or footage of `motion` (0..1) next to none."""
    return is_picture or motion < STILL_MOTION


def framing_for(
    width: int,
    height: int,
    subject: tuple[float, float],
    fits_portrait: bool,
    is_still: bool,
    canvas: Canvas,
    shows: ShotDescription | None = None,
) -> Framing:
    """The framing of a source of `width` × `height` whose subject is centred at `subject` (0..1).

    `shows` is what was found in the shot, where anybody looked: then the crop is laid round that.
    """
    zoom_to = STILL_ZOOM if is_still else None
    source, target = width / height, canvas.width / canvas.height
    seen = _visible(width, height, canvas)
    subject, fits = _round_what_is_sold(subject, fits_portrait, shows, seen)
    if abs(source - target) / target <= SAME_SHAPE:
        framing = Framing("crop", 0.5, 0.5, to_zoom=zoom_to)
    elif not (fits if source > target else target / source <= MOST_HEIGHT_LOST):
        return Framing("blur", 0.5, 0.5, to_zoom=zoom_to)
    else:
        framing = Framing("crop", _inside(subject[0]), _inside(subject[1]), to_zoom=zoom_to)
    is_crossed = shows is not None and shows_lines(framing, width, height, canvas, shows)
    return _without_lines(framing, subject, shows, seen) if shows and is_crossed else framing


def shows_lines(framing: Framing, width: int, height: int, canvas: Canvas, shows: ShotDescription | None) -> bool:
    """Whether lines burnt into the picture are still seen under `framing`."""
    if shows is None or not _lines(shows):
        return False
    if framing.mode == "blur":
        return True
    seen = _visible(width, height, canvas)
    left, right = _stretch(framing.centre_x, seen[0] / framing.zoom)
    top, bottom = _stretch(framing.centre_y, seen[1] / framing.zoom)
    return any(
        line.left < right and line.left + line.width > left and line.top < bottom and line.top + line.height > top
        for line in _lines(shows)
    )


def _lines(shows: ShotDescription) -> list[Box]:
    """The burnt-in lines, without what is printed on the product itself."""
    return [line for line in shows.subtitles if not any(_is_on(line, product) for product in shows.products)]


def _is_on(line: Box, product: Box) -> bool:
    x, y = line.left + line.width / 2, line.top + line.height / 2
    return product.left <= x <= product.left + product.width and product.top <= y <= product.top + product.height


def _visible(width: int, height: int, canvas: Canvas) -> tuple[float, float]:
    """The shares of a source's width and height that an unzoomed crop shows."""
    shape = canvas.width / canvas.height * height / width
    return min(1.0, shape), min(1.0, 1 / shape)


def _stretch(centre: float, share: float) -> tuple[float, float]:
    """Where a crop of `share` begins and ends: round `centre`, inside the source."""
    first = min(max(centre - share / 2, 0.0), 1.0 - share)
    return first, first + share


def _round_what_is_sold(
    subject: tuple[float, float], fits: bool, shows: ShotDescription | None, seen: tuple[float, float]
) -> tuple[tuple[float, float], bool]:
    """(centre, whether it fits): the product where it was found, with the persons beside it where both fit.

    Without a product, a centre that lies beside every person moves to the largest of them.
    """
    if shows is None or not (shows.products or shows.persons):
        return subject, fits
    for boxes in ((*shows.products, *shows.persons), shows.products) if shows.products else ():
        left, right = min(box.left for box in boxes), max(box.left + box.width for box in boxes)
        top, bottom = min(box.top for box in boxes), max(box.top + box.height for box in boxes)
        if right - left <= seen[0]:
            return ((left + right) / 2, (top + bottom) / 2), fits
    if shows.products:
        return subject, False
    if any(box.left <= subject[0] <= box.left + box.width for box in shows.persons):
        return subject, fits
    largest = max(shows.persons, key=lambda box: box.width * box.height)
    return (largest.left + largest.width / 2, largest.top + largest.height / 2), fits


def _without_lines(
    framing: Framing, subject: tuple[float, float], shows: ShotDescription, seen: tuple[float, float]
) -> Framing:
    """The same crop moved up or down, and in where it has to, so that no burnt-in line is seen; as it was where the
    product or the subject would be lost by it."""
    best = framing
    for top, bottom in _bands(_lines(shows)):
        zoom = _upward(max(1.0, seen[1] / (bottom - top)))
        if zoom > MOST_ZOOM_FOR_LINES or not top <= subject[1] <= bottom:
            continue
        half = seen[1] / zoom / 2
        centre = min(max(framing.centre_y, top + half), bottom - half)
        to_zoom = _upward(framing.to_zoom * zoom) if framing.to_zoom else None
        moved = replace(framing, centre_x=_inside(subject[0]), centre_y=_inside(centre), zoom=zoom, to_zoom=to_zoom)
        if _keeps(moved, shows.products, seen) and (best is framing or moved.zoom < best.zoom):
            best = moved
    return best


def _bands(lines: Sequence[Box]) -> list[tuple[float, float]]:
    """The stretches of a picture's height that no line crosses."""
    bands, clear_from = [], 0.0
    for line in sorted(lines, key=lambda line: line.top):
        bands.append((clear_from, line.top - LINE_MARGIN))
        clear_from = max(clear_from, line.top + line.height + LINE_MARGIN)
    return [(top, bottom) for top, bottom in [*bands, (clear_from, 1.0)] if bottom > top]


def _keeps(framing: Framing, products: Sequence[Box], seen: tuple[float, float]) -> bool:
    """Whether a crop shows every product whole."""
    left, right = _stretch(framing.centre_x, seen[0] / framing.zoom)
    top, bottom = _stretch(framing.centre_y, seen[1] / framing.zoom)
    return all(
        box.left >= left and box.left + box.width <= right and box.top >= top and box.top + box.height <= bottom
        for box in products
    )


def _upward(zoom: float) -> float:
    """Rounded so that no less is cut off."""
    return math.ceil(zoom * 1e4) / 1e4


def _inside(share: float) -> float:
    return round(min(1.0, max(0.0, share)), 4)
