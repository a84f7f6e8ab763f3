"""Which part of a source fills a canvas. Arithmetic only."""

from __future__ import annotations

from dataclasses import dataclass

from generation.contracts import Canvas, Framing


@dataclass(frozen=True)
class Window:
    """A rectangle of the source in its own pixels (may be fractional), with the canvas' shape."""

    left: float
    top: float
    width: float
    height: float


def is_moving(framing: Framing) -> bool:
    """Whether the crop drifts or zooms while it is shown."""
    targets = ((framing.to_x, framing.centre_x), (framing.to_y, framing.centre_y), (framing.to_zoom, framing.zoom))
    return any(target is not None and abs(target - start) > 1e-6 for target, start in targets)


def crop_window(width: int, height: int, canvas: Canvas, framing: Framing, share: float = 0.0) -> Window:
    """The crop at `share` (0..1) of the clip: the largest window of the canvas' shape, divided by the zoom."""
    zoom = max(1.0, _between(framing.zoom, framing.to_zoom, share))
    scale = min(width / canvas.width, height / canvas.height) / zoom
    wide, high = canvas.width * scale, canvas.height * scale
    x = _between(framing.centre_x, framing.to_x, share) * width - wide / 2
    y = _between(framing.centre_y, framing.to_y, share) * height - high / 2
    return Window(max(0.0, min(x, width - wide)), max(0.0, min(y, height - high)), wide, high)


def even_crop(window: Window, width: int, height: int) -> tuple[int, int, int, int]:
    """(left, top, width, height) on even pixels inside the source, for a 4:2:0 picture that stands still."""
    wide = max(2, min(width & ~1, round(window.width / 2) * 2))
    high = max(2, min(height & ~1, round(window.height / 2) * 2))
    left = min(round(window.left / 2) * 2, (width - wide) & ~1)
    top = min(round(window.top / 2) * 2, (height - high) & ~1)
    return max(0, left), max(0, top), wide, high


def whole_size(width: int, height: int, canvas: Canvas) -> tuple[int, int]:
    """Even size of the source shown whole inside the canvas."""
    scale = min(canvas.width / width, canvas.height / height)
    return max(2, round(width * scale / 2) * 2), max(2, round(height * scale / 2) * 2)


def _between(start: float, end: float | None, share: float) -> float:
    return start if end is None else start + (end - start) * share
