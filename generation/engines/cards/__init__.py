"""Motion graphics from brand colours, text, price and product picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from generation.contracts import Brand, Canvas, CardClip, SafeArea, TextBox
from generation.engines.feeds import Feed, Frame

STYLE = "cards-0"


def card_feed(clip: CardClip, canvas: Canvas, safe: SafeArea, brand: Brand, language: str, is_captioned: bool) -> Feed:
    def frames() -> Iterator[Frame]:
        for at in range(clip.end_frame - clip.start_frame):
            yield np.full((canvas.height, canvas.width, 3), (at * 3 % 255, 90, 80), np.uint8)

    return Feed(canvas.width, canvas.height, "rgb24", frames)


def text_boxes(
    clip: CardClip, canvas: Canvas, safe: SafeArea, brand: Brand, language: str, is_captioned: bool
) -> tuple[TextBox, ...]:
    return ()
