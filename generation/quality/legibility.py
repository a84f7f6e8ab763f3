"""Can the text be read? Its place, its contrast against the real pixels, the time it stands.

The render says what it drew where (`TextBox`); the pixels are those of the finished
file. Contrast is WCAG's ratio between the glyphs and what touches them: their outline
or plate where there is one, else the picture.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
import numpy.typing as npt

from generation.contracts import SafeArea, TextBox

MOST_FRAMES = 32
COLOUR_DISTANCE = 80.0
RING_SHARE = 0.06
ROOM_SHARE = 0.12
"""Room looked at round a text: a turned sticker's ink may reach a little out of its box."""
WEAKEST_SHARE = 20
FASTEST_CHARACTERS_A_SECOND = 9.0
FASTEST_LETTERS_A_SECOND = 20.0
CLASH_FRAMES = 6
CLASH_SHARE = 0.12

Rgb = npt.NDArray[np.uint8]


@dataclass(frozen=True)
class Contrast:
    """The contrast of one text at one frame."""

    box: TextBox
    frame: int
    ratio: float


@dataclass
class ContrastWatch:
    """Takes whole RGB frames, those of `frames` in order, and measures every text that stands there."""

    boxes: Sequence[TextBox]
    frames: Sequence[int]
    width: int
    height: int
    measured: list[Contrast] = field(default_factory=list)
    _next: int = 0

    def see(self, chunk: bytes) -> None:
        if len(chunk) < self.width * self.height * 3 or self._next >= len(self.frames):
            return
        picture = np.frombuffer(chunk, np.uint8).reshape(self.height, self.width, 3)
        frame = self.frames[self._next]
        self._next += 1
        for box in self.boxes:
            if is_judged(box) and box.start_frame <= frame < box.end_frame:
                self.measured.append(Contrast(box, frame, text_contrast(picture, box)))

    def worst(self) -> Contrast | None:
        return min(self.measured, key=lambda each: each.ratio, default=None)


def is_judged(box: TextBox) -> bool:
    """Whether a text's contrast is measured: it stands still and is there long enough to be read."""
    return not box.is_moving and box.end_frame - box.start_frame >= 3 and bool(box.text.strip())


def frames_to_look_at(boxes: Sequence[TextBox], frames: int) -> tuple[int, ...]:
    """A few frames at which every text is seen, two where it stands long; at most `MOST_FRAMES`."""
    wanted: dict[int, None] = {}
    for box in (box for box in boxes if is_judged(box)):
        length = box.end_frame - box.start_frame
        shares = (0.5,) if length < 30 else (0.25, 0.8)
        for share in shares:
            wanted[min(frames - 1, box.start_frame + int(length * share))] = None
    ordered = sorted(frame for frame in wanted if frame >= 0)
    step = max(1, -(-len(ordered) // MOST_FRAMES))
    return tuple(ordered[::step])


def text_contrast(picture: Rgb, box: TextBox) -> float:
    """The contrast ratio (1..21) that four fifths of a text's width reach; 1.0 where it is not to be seen."""
    pad = 2 + round(box.glyph_px * ROOM_SHARE)
    patch = picture[max(0, box.top - pad) : box.bottom + pad, max(0, box.left - pad) : box.right + pad]
    if patch.size == 0:
        return 1.0
    light = luminance(patch)
    glyphs = _glyph_pixels(patch, light, box)
    ring = _widened(glyphs, max(2, round(box.glyph_px * RING_SHARE))) & ~glyphs
    columns = _column_slices(pad, patch.shape[1] - pad, max(4, box.glyph_px))
    ratios = [_ratio(light[:, each], glyphs[:, each], ring[:, each]) for each in columns]
    return float(np.percentile(ratios, WEAKEST_SHARE)) if ratios else 1.0


def luminance(rgb: Rgb) -> npt.NDArray[np.float32]:
    """Relative luminance (WCAG 2.2) of 8-bit sRGB pixels."""
    share = rgb.astype(np.float32) / 255
    linear = np.where(share <= 0.04045, share / 12.92, ((share + 0.055) / 1.055) ** 2.4)
    return (linear @ np.array([0.2126, 0.7152, 0.0722], np.float32)).astype(np.float32)


def outside(box: TextBox, safe: SafeArea) -> bool:
    """Whether any of a text's ink lies where the platform puts its own buttons; one pixel is rounding."""
    return (
        box.left < safe.left - 1 or box.top < safe.top - 1 or box.right > safe.right + 1 or box.bottom > safe.bottom + 1
    )


def clashing(boxes: Sequence[TextBox]) -> tuple[TextBox, TextBox, int] | None:
    """Two standing texts of different lanes that lie over each other, and since which frame; None where none do."""
    standing = [box for box in boxes if not box.is_moving]
    clashes = [
        (a, b, max(a.start_frame, b.start_frame))
        for a, b in combinations(standing, 2)
        if a.kind != b.kind and _frames_together(a, b) >= CLASH_FRAMES and _shared_area(a, b) >= CLASH_SHARE
    ]
    return min(clashes, key=lambda clash: clash[2], default=None)


def _frames_together(a: TextBox, b: TextBox) -> int:
    return min(a.end_frame, b.end_frame) - max(a.start_frame, b.start_frame)


def _shared_area(a: TextBox, b: TextBox) -> float:
    """What both cover, as a share of the smaller one."""
    across = min(a.right, b.right) - max(a.left, b.left)
    down = min(a.bottom, b.bottom) - max(a.top, b.top)
    smaller = min((box.right - box.left) * (box.bottom - box.top) for box in (a, b))
    return max(0, across) * max(0, down) / smaller if smaller > 0 else 0.0


def too_fast(boxes: Sequence[TextBox], fps: float) -> tuple[TextBox, float] | None:
    """The caption that leaves the least time to read, with its characters a second, if it is too fast at all."""
    speeds = [(box, _speed(box, boxes, fps)) for box in boxes if box.kind == "caption" and not box.is_moving]
    fast = [(box, speed) for box, speed in speeds if speed > _fastest(box.text)]
    return max(fast, key=lambda pair: pair[1], default=None)


def _speed(box: TextBox, boxes: Sequence[TextBox], fps: float) -> float:
    start = min(each.start_frame for each in boxes if each.text == box.text and each.end_frame >= box.start_frame)
    seconds = (box.end_frame - max(start, box.start_frame - int(fps))) / fps
    return len(box.text.replace(" ", "")) / max(seconds, 1 / fps)


def _fastest(text: str) -> float:
    is_han = any("\u4e00" <= character <= "\u9fff" for character in text)
    return FASTEST_CHARACTERS_A_SECOND if is_han else FASTEST_LETTERS_A_SECOND


def _glyph_pixels(patch: Rgb, light: npt.NDArray[np.float32], box: TextBox) -> npt.NDArray[np.bool_]:
    """Pixels of the fill. Where there is an edge, whatever clearly differs from it: words may be lit in other colours.

    What reaches the rim of the patch is the picture behind: glyphs end inside. Text that
    melts into its ground is then gone, as it is for a reader.
    """
    import cv2

    if box.edge:
        fill, edge = (
            float(each) for each in luminance(np.array([[_parse(box.colour), _parse(box.edge)]], np.uint8))[0]
        )
        near = (light + 0.05 >= 3 * (edge + 0.05)) if fill >= edge else (light + 0.05 <= (edge + 0.05) / 3)
    else:
        near = (
            np.linalg.norm(patch.astype(np.float32) - np.array(_parse(box.colour), np.float32), axis=2)
            <= COLOUR_DISTANCE
        )
    _, parts = cv2.connectedComponents(near.astype(np.uint8), connectivity=4)
    rim = np.unique(np.concatenate([parts[0], parts[-1], parts[:, 0], parts[:, -1]]))
    return near & ~np.isin(parts, rim[rim > 0])


def _parse(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _ratio(light: npt.NDArray[np.float32], glyphs: npt.NDArray[np.bool_], ring: npt.NDArray[np.bool_]) -> float:
    if glyphs.mean() < 0.03 or ring.sum() < 0.05 * glyphs.sum():
        return 1.0
    high, low = sorted((float(np.median(light[glyphs])), float(np.median(light[ring]))), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _column_slices(first: int, last: int, step: int) -> list[slice]:
    """Columns one glyph wide; what is left over at the end belongs to the last."""
    starts = range(first, max(first + 1, last - step // 2), step)
    return [slice(at, at + step if at + 1.5 * step < last else last) for at in starts]


def _widened(mask: npt.NDArray[np.bool_], by: int) -> npt.NDArray[np.bool_]:
    import cv2

    kernel = np.ones((2 * by + 1, 2 * by + 1), np.uint8)
    return np.asarray(cv2.dilate(mask.astype(np.uint8), kernel)).astype(np.bool_)
