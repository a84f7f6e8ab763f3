"""How a shot fills the canvas: cropped round its subject, or whole over a blurred fill. Pure."""

from __future__ import annotations

from generation.contracts import Canvas, Framing

SAME_SHAPE = 0.12
"""Sources this near the canvas's aspect lose next to nothing to a plain crop."""

MOST_HEIGHT_LOST = 1.9
"""A tall source on a wider canvas keeps at least about half of its height, else it is shown whole."""

PICTURE_ZOOM = 1.10
"""A picture grows by a tenth while it is shown, so that nothing stands still."""


def framing_for(
    width: int, height: int, subject: tuple[float, float], fits_portrait: bool, is_picture: bool, canvas: Canvas
) -> Framing:
    """The framing of a source of `width` × `height` whose subject is centred at `subject` (0..1)."""
    zoom_to = PICTURE_ZOOM if is_picture else None
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
