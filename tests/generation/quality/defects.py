"""Defects to plant into a clean ad, and the check that has to find each.

A plan names the check and the frames it may point to; finding anything else instead
does not count as found.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from random import Random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from generation.contracts import Brand, CaptionClip, LabelClip
from generation.drawing.captions import caption_lane, look_of
from generation.drawing.labels import label_lane
from generation.drawing.lettering import TextStyle, draw_text
from generation.drawing.overlays import Lane, OverlayState
from tests.generation.quality.ads import CANVAS, FPS, RATE, SAFE, Ad, Film, at_loudness, label_of


@dataclass(frozen=True)
class Planted:
    """What was planted: the check that must fail, and the first and last frame it may name."""

    check: str
    first: int
    last: int

    def is_found_at(self, frame: int | None) -> bool:
        return frame is not None and self.first <= frame <= self.last


Defect = Callable[[Ad, Random], Planted]


def black(ad: Ad, random: Random) -> Planted:
    """The whole picture is black for a while, text and all."""
    start, length = _stretch(ad, random, 14, 30)
    ad.over_everything.append(lambda film: film[start : start + length].fill(0))
    return Planted("black", start, start + 1)


def black_under_text(ad: Ad, random: Random) -> Planted:
    """Footage that is missing under captions and label which go on."""
    start, length = _stretch(ad, random, 14, 30)
    ad.film[start : start + length] = random.choice((0, 2, 4))
    return Planted("black", start, start + 1)


def still(ad: Ad, random: Random) -> Planted:
    """The picture hangs while captions go on."""
    length = random.randrange(66, min(ad.frames - 20, 84))
    start = random.randrange(8, ad.frames - length - 6)
    ad.film[start : start + length] = ad.film[start]
    return Planted("still", start - 1, start + 2)


def flashing(ad: Ad, random: Random) -> Planted:
    """Light and dark in turn, four to ten times a second, over most of the picture."""
    period = random.choice((3, 4, 5, 7))
    start, length = _stretch(ad, random, 32, 45)
    depth = random.choice((0.0, 0.3))

    def flash(film: Film) -> None:
        for frame in range(start, start + length):
            lit = (frame - start) // (period / 2) % 2 < 1
            part = film[frame, random_top:].astype(np.float32)
            film[frame, random_top:] = np.clip(part * depth + (225 * (1 - depth) if lit else 10), 0, 255)

    random_top = random.choice((0, CANVAS.height // 4))
    ad.over_everything.append(flash)
    return Planted("flashing", start - 2, start + length)


def letterbox(ad: Ad, random: Random) -> Planted:
    """Wide footage in the middle, black above and below."""
    thick = int(CANVAS.height * random.uniform(0.06, 0.33))
    return _bars(ad, random, lambda film: (film[:, :thick].fill(0), film[:, -thick:].fill(0)))


def pillarbox(ad: Ad, random: Random) -> Planted:
    """Narrow footage in the middle, black left and right."""
    thick = int(CANVAS.width * random.uniform(0.06, 0.25))
    return _bars(ad, random, lambda film: (film[:, :, :thick].fill(0), film[:, :, -thick:].fill(0)))


def _bars(ad: Ad, random: Random, darken: Callable[[Film], object]) -> Planted:
    start = random.choice((0, 0, 20))
    darken(ad.film[start:])
    return Planted("bars", start, start + 16)


def caption_outside(ad: Ad, random: Random) -> Planted:
    """A caption where the platform puts its buttons."""
    index = random.randrange(len(ad.captions))
    across, down = random.choice(((0, 150), (0, -330), (120, 0), (-90, 0)))
    lane = ad.captions[index]
    boxes = tuple(
        replace(box, left=box.left + across, right=box.right + across, top=box.top + down, bottom=box.bottom + down)
        for box in lane.boxes
    )
    states = tuple(replace(state, left=state.left + across, top=state.top + down) for state in lane.states)
    ad.captions[index] = Lane(states, boxes)
    return Planted("caption_area", boxes[0].start_frame, boxes[0].end_frame)


def low_contrast(ad: Ad, random: Random) -> Planted:
    """White words without an outline on something white, or dark words on something dark."""
    lane = ad.captions[0]
    box = lane.boxes[-1]
    is_white = random.random() < 0.7
    value = random.randrange(205, 250) if is_white else random.randrange(25, 60)
    colour = (255, 255, 255) if is_white else (70, 70, 74)
    ad.film[box.start_frame : box.end_frame, SAFE.bottom - 120 :] = value
    drawn = draw_text(box.text, TextStyle(24, outline=0.0), colour)
    left, top, right, bottom = drawn.ink
    x, y = (CANVAS.width - (right - left)) // 2, SAFE.bottom - 40
    shown = replace(box, left=x, top=y, right=x + right - left, bottom=y + bottom - top, colour=_hex(colour), edge="")
    image = drawn.image[top:bottom, left:right]
    ad.captions[0] = Lane((OverlayState(box.start_frame, image, x, y), OverlayState(box.end_frame, None)), (shown,))
    return Planted("contrast", box.start_frame, box.end_frame)


def label_missing(ad: Ad, random: Random) -> Planted:
    ad.label = None
    return Planted("label_visible", 0, 0)


def label_small(ad: Ad, random: Random) -> Planted:
    """A label of two to four hundredths of the short side."""
    canvas = replace(CANVAS, width=int(CANVAS.width * random.uniform(0.5, 0.75)))
    ad.label = label_lane(LabelClip(0, ad.frames, random.choice(("AI生成", "AI-generated"))), canvas, SAFE)
    return Planted("label_visible", 0, 0)


def label_short(ad: Ad, random: Random) -> Planted:
    """A label that leaves before two seconds are over."""
    end = random.randrange(15, 57)
    ad.label = label_of(end)
    return Planted("label_visible", end - 1, end + 1)


def label_late(ad: Ad, random: Random) -> Planted:
    """A label that is not there on the first frame."""
    label = label_of(ad.frames)
    begin = random.randrange(2, 40)
    ad.label = replace(label, states=(replace(label.states[0], start_frame=begin), label.states[1]))
    return Planted("label_visible", 0, 0)


def label_boxes(ad: Ad, random: Random) -> Planted:
    """What a font without the characters draws: empty boxes on the plate."""
    label = label_of(ad.frames)
    image = label.states[0].image
    assert image is not None
    height, width = image.shape[:2]
    plate = Image.new("RGBA", (width, height), (10, 14, 16, 178))
    pen = ImageDraw.Draw(plate)
    for index in range(4):
        left = 8 + index * (width - 12) // 4
        pen.rectangle((left, 6, left + (width - 12) // 4 - 5, height - 7), outline=(255, 255, 255, 255), width=2)
    ad.label = replace(label, states=(replace(label.states[0], image=np.asarray(plate).copy()), label.states[1]))
    return Planted("label_visible", 0, 0)


def label_other_words(ad: Ad, random: Random) -> Planted:
    """A plate of the right size that says something else."""
    text = random.choice(("限时优惠", "新品上市", "NEW", "冷萃咖啡", "Best price"))
    ad.label = label_of(ad.frames, text)
    return Planted("label_visible", 0, 0)


def silence(ad: Ad, random: Random) -> Planted:
    start, length = _stretch(ad, random, 34, 50)
    ad.sound[start * RATE // FPS : (start + length) * RATE // FPS] = 0
    return Planted("silence", start - 2, start + 2)


def clipping(ad: Ad, random: Random) -> Planted:
    """Driven into the stops for a part of the ad."""
    start, length = _stretch(ad, random, 15, 40)
    part = slice(start * RATE // FPS, (start + length) * RATE // FPS)
    ad.sound[part] = np.clip(ad.sound[part] * random.uniform(5, 12), -1, 1)
    return Planted("clipping", start - 4, start + length)


def too_quiet(ad: Ad, random: Random) -> Planted:
    ad.sound = at_loudness(ad.sound, random.uniform(-24, -14.8))
    return Planted("loudness", 0, 0)


def too_loud(ad: Ad, random: Random) -> Planted:
    ad.sound = at_loudness(np.tanh(ad.sound * 3), random.uniform(-13.2, -10.0))
    return Planted("loudness", 0, 0)


def sound_ends_early(ad: Ad, random: Random) -> Planted:
    missing = random.randrange(3, 20)
    ad.sound = ad.sound[: (ad.frames - missing) * RATE // FPS]
    return Planted("av_gap", ad.frames - missing - 3, ad.frames)


def sound_missing(ad: Ad, random: Random) -> Planted:
    ad.sound = ad.sound[:0]
    return Planted("audio", 0, 0)


PICTURE_DEFECTS: tuple[Defect, ...] = (
    black, black_under_text, still, flashing, letterbox, pillarbox, caption_outside, low_contrast,
    label_missing, label_small, label_short, label_late, label_boxes, label_other_words,
)  # fmt: skip
SOUND_DEFECTS: tuple[Defect, ...] = (silence, clipping, too_quiet, too_loud, sound_ends_early, sound_missing)


def _stretch(ad: Ad, random: Random, least: int, most: int) -> tuple[int, int]:
    length = random.randrange(least, most)
    return random.randrange(6, ad.frames - length - 6), length


def _hex(colour: tuple[int, int, int]) -> str:
    return "#{:02X}{:02X}{:02X}".format(*colour)


def resized(film: Film, width: int, height: int) -> Film:
    """The film at another size."""
    return np.stack([cv2.resize(frame, (width, height), interpolation=cv2.INTER_AREA) for frame in film])


def caption_at(text: str, start: int, end: int) -> Lane:
    """One caption of the product's own."""
    return caption_lane(CaptionClip(start, end, text), look_of(CANVAS, SAFE, Brand("冷萃")))
