"""Pictures as the encoder takes them: luma in full size, chroma in half, both multiplied by alpha.

Colours are BT.709 with limited range, as the outputs are tagged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.contracts import Rect

Bytes = npt.NDArray[Any]
"""Planes and buffers of uint8."""
LUMA = np.array([0.2126, 0.7152, 0.0722], np.float32) * (219 / 255)
BLUE = np.array([-0.2126, -0.7152, 0.9278], np.float32) / 1.8556 * (224 / 255)
RED = np.array([0.7874, -0.7152, -0.0722], np.float32) / 1.5748 * (224 / 255)


@dataclass(frozen=True)
class Sprite:
    """A picture with alpha at (x, y), both even: `luma` and `alpha` H × W, `uva` H/2 × W/2 × 3."""

    luma: Bytes
    alpha: Bytes
    uva: Bytes
    x: int = 0
    y: int = 0

    @property
    def width(self) -> int:
        return self.luma.shape[1]

    @property
    def height(self) -> int:
        return self.luma.shape[0]

    @property
    def box(self) -> Rect:
        return Rect(self.x, self.y, self.width, self.height)

    @property
    def own_box(self) -> Rect:
        """The size as a rectangle at the origin."""
        return Rect(0, 0, self.width, self.height)

    def at(self, x: int, y: int) -> Sprite:
        """The same picture elsewhere."""
        return Sprite(self.luma, self.alpha, self.uva, x, y)

    def copy(self) -> Sprite:
        return Sprite(self.luma.copy(), self.alpha.copy(), self.uva.copy(), self.x, self.y)

    def part(self, rect: Rect) -> Sprite:
        """A view of the even rectangle (from the sprite's own corner), in its place."""
        rows, columns = slice(rect.y, rect.bottom), slice(rect.x, rect.right)
        half = slice(rect.y // 2, (rect.bottom + 1) // 2), slice(rect.x // 2, (rect.right + 1) // 2)
        return Sprite(
            self.luma[rows, columns], self.alpha[rows, columns], self.uva[half], self.x + rect.x, self.y + rect.y
        )

    def put(self, other: Sprite) -> None:
        """Copy another's pixels in at its (x, y), which counts from this one's corner."""
        here = self.part(other.box)
        here.luma[:], here.alpha[:], here.uva[:] = other.luma, other.alpha, other.uva

    def trimmed(self) -> Sprite:
        """Without the clear rows and columns around it; two by two pixels at least."""
        rows, columns = np.nonzero(self.alpha.any(axis=1))[0], np.nonzero(self.alpha.any(axis=0))[0]
        if not len(rows):
            return self.part(Rect(0, 0, 2, 2)).copy()
        left, top = int(columns[0]) // 2 * 2, int(rows[0]) // 2 * 2
        seen = Rect(left, top, (int(columns[-1]) - left + 2) // 2 * 2, (int(rows[-1]) - top + 2) // 2 * 2)
        return self.part(seen).copy()


def sprite_of(rgba: npt.NDArray[Any], x: int = 0, y: int = 0) -> Sprite:
    """A sprite from height × width × 4 (0–255, colours multiplied by alpha); odd sizes are padded."""
    rgba = np.asarray(rgba, np.float32)
    height, width = rgba.shape[:2]
    if height % 2 or width % 2:
        rgba = np.pad(rgba, ((0, height % 2), (0, width % 2), (0, 0)))
    alpha = rgba[..., 3] / 255.0
    luma = rgba[..., :3] @ LUMA + 16.0 * alpha
    half = rgba.reshape(rgba.shape[0] // 2, 2, rgba.shape[1] // 2, 2, 4).mean(axis=(1, 3))
    rest = half[..., 3] / 255.0
    blue, red = half[..., :3] @ BLUE + 128 * rest, half[..., :3] @ RED + 128 * rest
    return Sprite(_bytes(luma), _bytes(rgba[..., 3]), _bytes(np.dstack([blue, red, half[..., 3]])), x, y)


def straight(rgba: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Colours multiplied by alpha, from a picture whose colours are not."""
    picture = np.asarray(rgba, np.float32)
    return np.dstack([picture[..., :3] * (picture[..., 3:] / 255.0), picture[..., 3:]]).astype(np.float32)


def _bytes(values: npt.NDArray[Any]) -> Bytes:
    return np.clip(np.round(values), 0, 255).astype(np.uint8)


@dataclass(frozen=True)
class Frame:
    """Views of the three planes of an I420 buffer."""

    y: Bytes
    u: Bytes
    v: Bytes

    @property
    def box(self) -> Rect:
        return Rect(0, 0, self.y.shape[1], self.y.shape[0])


def frame_of(yuv: Bytes) -> Frame:
    """Views into uint8[H·3/2, W]; writing to them writes to the buffer."""
    height, width = yuv.shape[0] * 2 // 3, yuv.shape[1]
    flat = yuv.reshape(-1)
    luma, chroma = width * height, width * height // 4
    half = (height // 2, width // 2)
    blue, red = flat[luma : luma + chroma].reshape(half), flat[luma + chroma : luma + 2 * chroma].reshape(half)
    return Frame(flat[:luma].reshape(height, width), blue, red)


def empty_yuv(width: int, height: int) -> Bytes:
    """A black I420 picture."""
    yuv = np.full((height * 3 // 2, width), 128, np.uint8)
    yuv[:height] = 16
    return yuv


def paste(frame: Frame, sprite: Sprite, rect: Rect) -> None:
    """Copy an opaque sprite into the even rectangle."""
    part = sprite.part(Rect(rect.x - sprite.x, rect.y - sprite.y, rect.width, rect.height))
    frame.y[rect.y : rect.bottom, rect.x : rect.right] = part.luma
    target = (slice(rect.y // 2, rect.bottom // 2), slice(rect.x // 2, rect.right // 2))
    frame.u[target], frame.v[target] = part.uva[..., 0], part.uva[..., 1]


def blend(frame: Frame, sprite: Sprite, rect: Rect) -> None:
    """Lay the part of a sprite inside the even rectangle over the frame."""
    shared = sprite.box.within(rect)
    if shared is not None:
        lay_over(frame, sprite.part(Rect(shared.x - sprite.x, shared.y - sprite.y, shared.width, shared.height)))


def lay_over(frame: Frame, sprite: Sprite) -> None:
    """Blend a sprite that lies inside the frame over it."""
    import cv2

    rect = sprite.box
    _lay_plane(frame.y[rect.y : rect.bottom, rect.x : rect.right], sprite.luma, sprite.alpha)
    target = (slice(rect.y // 2, rect.bottom // 2), slice(rect.x // 2, rect.right // 2))
    blue, red, alpha = cv2.split(sprite.uva)
    _lay_plane(frame.u[target], blue, alpha)
    _lay_plane(frame.v[target], red, alpha)


def _lay_plane(plane: Bytes, value: Bytes, alpha: Bytes) -> None:
    import cv2

    cv2.multiply(plane, cv2.bitwise_not(alpha), plane, 1 / 255)
    cv2.add(plane, value, plane)


def over_sprite(base: Sprite, top: Sprite) -> None:
    """Lay one sprite over another in place, at its (x, y) from the base's corner."""
    import cv2

    here = base.part(top.box)
    rest = cv2.bitwise_not(top.alpha)
    for plane, value in ((here.luma, top.luma), (here.alpha, top.alpha)):
        cv2.multiply(plane, rest, plane, 1 / 255)
        cv2.add(plane, value, plane)
    rest = cv2.bitwise_not(np.ascontiguousarray(top.uva[..., 2]))
    cv2.multiply(here.uva, cv2.merge([rest] * 3), here.uva, 1 / 255)
    cv2.add(here.uva, top.uva, here.uva)


def warp(sprite: Sprite, matrix: npt.NDArray[np.float64], rect: Rect) -> Sprite:
    """The sprite moved by a 2 × 3 matrix (its own pixels → frame pixels), as far as it lies in the even rectangle.

    One channel at a time: two together take cv2 longer than twice one.
    """
    import cv2

    full = matrix.copy()
    full[:, 2] -= (rect.x, rect.y)
    size = (rect.width, rect.height)
    luma, alpha = (cv2.warpAffine(plane, full, size, flags=cv2.INTER_LINEAR) for plane in (sprite.luma, sprite.alpha))
    half = full.copy()
    half[:, 2] = (full[:, :2] @ (0.5, 0.5) + full[:, 2] - 0.5) / 2
    uva = cv2.warpAffine(sprite.uva, half, (rect.width // 2, rect.height // 2), flags=cv2.INTER_LINEAR)
    return Sprite(luma, alpha, uva, rect.x, rect.y)


def moved_box(box: Rect, matrix: npt.NDArray[np.float64]) -> Rect:
    """The even rectangle that a box takes after a move, with a pixel of air."""
    corners = np.array([(box.x, box.y), (box.right, box.y), (box.x, box.bottom), (box.right, box.bottom)], np.float64)
    placed = corners @ matrix[:, :2].T + matrix[:, 2]
    left, top = np.floor(placed.min(axis=0)) - 1
    right, bottom = np.ceil(placed.max(axis=0)) + 1
    return even(Rect(int(left), int(top), int(right - left), int(bottom - top)))


def even(rect: Rect) -> Rect:
    """The smallest rectangle on even pixels around one."""
    left, top = rect.x // 2 * 2, rect.y // 2 * 2
    right, bottom = (rect.right + 1) // 2 * 2, (rect.bottom + 1) // 2 * 2
    return Rect(left, top, right - left, bottom - top)


def disjoint(rects: Iterable[Rect], frame: Rect) -> list[Rect]:
    """Even rectangles inside the frame that cover all given ones and share no pixel."""
    kept: list[Rect] = []
    for rect in rects:
        inside = even(rect).within(frame)
        while inside is not None:
            other = next((k for k in kept if k.meets(inside)), None)
            if other is None:
                kept.append(inside)
                break
            kept.remove(other)
            inside = inside.around(other)
    return sorted(kept, key=lambda r: (r.y, r.x))


def without(rect: Rect, hole: Rect) -> list[Rect]:
    """The parts of a rectangle outside a hole, as at most four rectangles."""
    cut = rect.within(hole)
    if cut is None:
        return [rect]
    parts = [
        Rect(rect.x, rect.y, rect.width, cut.y - rect.y),
        Rect(rect.x, cut.bottom, rect.width, rect.bottom - cut.bottom),
        Rect(rect.x, cut.y, cut.x - rect.x, cut.height),
        Rect(cut.right, cut.y, rect.right - cut.right, cut.height),
    ]
    return [part for part in parts if part.width > 0 and part.height > 0]


def to_rgb(yuv: Bytes) -> Bytes:
    """The picture as RGB, for stills and previews."""
    import cv2

    frame = frame_of(yuv)
    size = (frame.y.shape[1], frame.y.shape[0])
    y = (frame.y.astype(np.float32) - 16) * (255 / 219)
    u = (cv2.resize(frame.u, size, interpolation=cv2.INTER_LINEAR).astype(np.float32) - 128) * (255 / 224)
    v = (cv2.resize(frame.v, size, interpolation=cv2.INTER_LINEAR).astype(np.float32) - 128) * (255 / 224)
    red, blue = y + 1.5748 * v, y + 1.8556 * u
    green = (y - 0.2126 * red - 0.0722 * blue) / 0.7152
    return _bytes(np.dstack([red, green, blue]))
