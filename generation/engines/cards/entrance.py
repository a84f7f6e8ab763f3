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


def entering_frames(scene: Scene, colour: Rgb) -> Iterator[Frame]:
    """All frames of a scene, the first ones fading out of `colour`."""
    from moviepy import VideoClip, vfx

    def picture_at(seconds: float) -> Frame:
        return scene.frame_at(min(scene.frames - 1, round(seconds * FPS)))

    dip = min(DIP_FRAMES, scene.frames)
    card = VideoClip(frame_function=picture_at, duration=dip / FPS)
    fading = card.with_effects([vfx.FadeIn(dip / FPS, initial_color=list(colour))])
    for at in range(dip):
        # A quarter of a frame late, so that the very first picture already shows something of the card.
        yield np.asarray(fading.get_frame((at + 0.25) / FPS), np.uint8)
    for at in range(dip, scene.frames):
        yield scene.frame_at(at)
