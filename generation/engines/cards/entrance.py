"""How a card comes in: out of the brand's accent colour, over its first frames.

A transition baked into the edge of a card costs nothing when slots are joined by copy.
moviepy's effects serve here, where only a handful of frames pass through them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generation.contracts import FPS
from generation.drawing.colours import Rgb
from generation.engines.cards.scene import Scene
from generation.engines.feeds import Frame

DIP_FRAMES = 3


def entering_frames(scene: Scene, colour: Rgb, part: range) -> Iterator[Frame]:
    """The frames `part` of a scene, its first ones fading out of `colour`."""
    dip = min(DIP_FRAMES, scene.frames)
    yield from _dipped(scene, colour, dip, range(part.start, min(part.stop, dip)))
    for at in range(max(part.start, dip), part.stop):
        yield scene.frame_at(at)


def _dipped(scene: Scene, colour: Rgb, dip: int, part: range) -> Iterator[Frame]:
    if not part:
        return
    from moviepy import VideoClip, vfx

    def picture_at(seconds: float) -> Frame:
        return scene.frame_at(min(scene.frames - 1, round(seconds * FPS)))

    card = VideoClip(frame_function=picture_at, duration=dip / FPS)
    fading = card.with_effects([vfx.FadeIn(dip / FPS, initial_color=list(colour))])
    for at in part:
        # A quarter of a frame late, so that the very first picture already shows something of the card.
        yield np.asarray(fading.get_frame((at + 0.25) / FPS), np.uint8)
