"""What lies over the picture: pictures with a place and a time, and what text they show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from generation.contracts import TextBox
from generation.drawing.lettering import Rgba


@dataclass(frozen=True)
class OverlayState:
    """From `start_frame` on, `image` lies with its corner at (left, top); None shows nothing."""

    start_frame: int
    image: Rgba | None
    left: int = 0
    top: int = 0


@dataclass(frozen=True)
class Lane:
    """One overlay lane of a picture: its states in order of time, and its text for the checks."""

    states: tuple[OverlayState, ...]
    boxes: tuple[TextBox, ...]

    @property
    def rect(self) -> tuple[int, int, int, int]:
        """(left, top, right, bottom) round all states, on even pixels so that chroma stays in place."""
        shown = [s for s in self.states if s.image is not None]
        left, top = min(s.left for s in shown), min(s.top for s in shown)
        right = max(s.left + s.image.shape[1] for s in shown if s.image is not None)
        bottom = max(s.top + s.image.shape[0] for s in shown if s.image is not None)
        return left & ~1, top & ~1, (right + 1) & ~1, (bottom + 1) & ~1

    @property
    def span(self) -> tuple[int, int | None]:
        """(first frame that shows anything, frame from which nothing is shown any more or None)."""
        first = next(s.start_frame for s in self.states if s.image is not None)
        return first, self.states[-1].start_frame if self.states[-1].image is None else None

    @property
    def is_empty(self) -> bool:
        return all(state.image is None for state in self.states)

    def frames(self) -> list[tuple[int, Rgba]]:
        """(start frame, picture of the size of `rect`) for each change, beginning with frame 0."""
        left, top, right, bottom = self.rect
        out: list[tuple[int, Rgba]] = []
        for state in self.states:
            sheet = np.zeros((bottom - top, right - left, 4), np.uint8)
            if state.image is not None:
                height, width = state.image.shape[:2]
                y, x = state.top - top, state.left - left
                sheet[y : y + height, x : x + width] = state.image
            out.append((state.start_frame, sheet))
        return out


def lane_of(parts: Sequence[Lane], frames: int) -> Lane:
    """Lanes that follow each other in time, as one lane cut to frames 0..`frames`."""
    states = sorted((s for part in parts for s in part.states), key=lambda s: s.start_frame)
    kept: dict[int, OverlayState] = {0: OverlayState(0, None)}
    for state in states:
        if state.start_frame >= frames:
            continue
        at = max(0, state.start_frame)
        # Of the states at or before frame 0 only the last one shows; at one frame a picture beats "nothing".
        if state.start_frame > 0 and state.image is None and at in kept and kept[at].image is not None:
            continue
        kept[at] = replace(state, start_frame=at)
    boxes = within((box for part in parts for box in part.boxes), frames)
    return Lane(tuple(kept[at] for at in sorted(kept)), boxes)


def within(boxes: Iterable[TextBox], frames: int) -> tuple[TextBox, ...]:
    """What of `boxes` is seen in frames 0..`frames`."""
    return tuple(
        replace(box, start_frame=max(0, box.start_frame), end_frame=min(frames, box.end_frame))
        for box in boxes
        if box.start_frame < frames and box.end_frame > 0
    )
