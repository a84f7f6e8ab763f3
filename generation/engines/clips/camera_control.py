"""A camera path as a control video: the outlines of the first frame, moved as the camera would move them.

A model that follows drawings (Wan VACE) follows these too. Turning and zooming are exact (a homography);
moving the camera through space is what a far, flat scene would show, since nothing here knows depths.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from generation.engines.clips.camera import CameraMove

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHIFT = 0.05
"""Share of the picture's side that one unit of strength pans, tilts or slides over a whole clip."""
GROWTH = 1.1
"""How much larger one unit of zoom or dolly makes the middle over a whole clip."""
TURN_DEGREES = 4.0
TILT_OF_ORBIT = 0.04


def moved_drawing(first: NDArray[np.uint8], moves: tuple[CameraMove, ...], frames: int) -> NDArray[np.uint8]:
    """Dark outlines on white, u8[frames, H, W, 3], of `first` u8[H, W, 3] under `moves` spread evenly over the clip."""
    import cv2
    import numpy as np

    outlines = 255 - cv2.Canny(cv2.GaussianBlur(first, (3, 3), 0), 60, 160)
    size = (first.shape[1], first.shape[0])
    made = []
    for number in range(frames):
        path = path_matrix(moves, number / max(1, frames - 1), *size)
        made.append(cv2.warpPerspective(outlines, path, size, borderMode=cv2.BORDER_CONSTANT, borderValue=255))
    return np.repeat(np.stack(made)[..., None], 3, axis=3).astype(np.uint8)


def path_matrix(moves: tuple[CameraMove, ...], moment: float, width: int, height: int) -> NDArray[np.float64]:
    """The 3 x 3 matrix that moves pixels of the first frame to where they are at `moment` (0 start, 1 end).

    What the camera does to the right or up, the picture does to the left or down.
    """
    import numpy as np

    strength = {move.move: move.strength * moment for move in moves}
    shift_x = -SHIFT * width * (strength.get("pan", 0) + strength.get("truck", 0))
    shift_y = SHIFT * height * (strength.get("tilt", 0) + strength.get("pedestal", 0))
    scale = GROWTH ** (strength.get("zoom", 0) + strength.get("dolly", 0))
    angle = math.radians(-TURN_DEGREES * strength.get("roll", 0))
    lean = TILT_OF_ORBIT * strength.get("orbit", 0) / max(width, 1)
    to_middle = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1.0]])
    back = np.array([[1, 0, width / 2 + shift_x], [0, 1, height / 2 + shift_y], [0, 0, 1.0]])
    cosine, sine = math.cos(angle) * scale, math.sin(angle) * scale
    turn = np.array([[cosine, -sine, 0], [sine, cosine, 0], [lean, 0, 1.0]])
    return back @ turn @ to_middle
