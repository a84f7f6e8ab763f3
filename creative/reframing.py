"""How a shot fills the canvas: cropped round its subject, or whole over a blurred fill. Pure."""

from __future__ import annotations

from generation.contracts import Canvas, Framing

SAME_SHAPE = 0.12
"""Sources this near the canvas's aspect lose next to nothing to a plain crop."""

MOST_HEIGHT_LOST = 1.9
"""A tall source on a wider canvas keeps at least about half of its height, else it is shown whole."""

STILL_ZOOM = 1.10
"""What stands still grows by a tenth while it is shown, so that something moves in every shot."""

STILL_MOTION = 0.15
"""Shots that move less on average stand still for seconds: a tripod before a room that somebody crosses now and then
moves by 0.09 to 0.13. A viewer, and the check for stills, sees a photograph."""


def is_still(motion: float, is_picture: bool) -> bool:
    """Whether a shot needs a camera move of ours: a picture, or footage of `motion` (0..1) next to none."""
    return is_picture or motion < STILL_MOTION


def framing_for(
    width: int, height: int, subject: tuple[float, float], fits_portrait: bool, is_still: bool, canvas: Canvas
) -> Framing:
    """The framing of a source of `width` × `height` whose subject is centred at `subject` (0..1)."""
    zoom_to = STILL_ZOOM if is_still else None
    source, target = width / height, canvas.width / canvas.height
    if abs(source - target) / target <= SAME_SHAPE:
        return Framing("crop", 0.5, 0.5, to_zoom=zoom_to)
    keeps_subject = fits_portrait if source > target else target / source <= MOST_HEIGHT_LOST
    if not keeps_subject:
        return Framing("blur", 0.5, 0.5, to_zoom=zoom_to)
    x, y = subject
    return Framing("crop", _inside(x), _inside(y), to_zoom=zoom_to)


def _inside(share: float) -> float:
    return round(min(1.0, max(0.0, share)), 4)
