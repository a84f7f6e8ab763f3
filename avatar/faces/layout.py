"""Where the parts of a host lie in a frame of any size: the drawing is made for 720 × 1280 and scaled whole."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from avatar.faces.clay import Grid, make_grid
from avatar.faces.contracts import Rect

HEAD_SCALE = 1.13
EYES = (360.0, 388.0)
"""The point between the eyes, in units of the 720 × 1280 frame."""
PIVOT = (0.0, 112.0)
"""The head turns about the top of the neck, in its own units."""
FACE_BOX = (-118.0, -150.0, 118.0, 160.0)
HAIR_BACK_BOX = (-168.0, -226.0, 168.0, 232.0)
HAIR_FRONT_BOX = (-168.0, -226.0, 168.0, 146.0)
MOUTH_BOX = (-98.0, 46.0, 98.0, 158.0)
EYES_BOX = (-80.0, -18.0, 80.0, 28.0)
BROW_BOXES = {-1: (-98.0, -58.0, 2.0, -18.0), 1: (2.0, -58.0, 98.0, -18.0)}
BODY_BOX = (64.0, 470.0, 656.0, 1040.0)
LABEL_BOX = (24.0, 28.0, 232.0, 92.0)
"""x, y, width, height of the AI label."""


@dataclass(frozen=True)
class Layout:
    """Frame size in pixels and how the drawing lies in it: centred, its foot on the frame's foot."""

    width: int
    height: int

    @property
    def scale(self) -> float:
        """Pixels a unit of the drawing."""
        return min(self.width / 720.0, self.height / 1280.0)

    @property
    def head_scale(self) -> float:
        """Pixels a unit of the head."""
        return self.scale * HEAD_SCALE

    def place(self, x: float, y: float) -> tuple[float, float]:
        """A point of the drawing in the frame."""
        return (x - 360.0) * self.scale + self.width / 2, (y - 1280.0) * self.scale + self.height

    def box(self, left: float, top: float, right: float, bottom: float) -> Rect:
        """An even rectangle of the frame around a box of the drawing."""
        x0, y0 = self.place(left, top)
        x1, y1 = self.place(right, bottom)
        x, y = int(x0) // 2 * 2, int(y0) // 2 * 2
        return Rect(x, y, (int(np.ceil(x1 - x)) + 1) // 2 * 2, (int(np.ceil(y1 - y)) + 1) // 2 * 2)

    @property
    def label_scale(self) -> float:
        """Pixels a unit of the label: its letters are 5 % of the frame's shorter side, however wide the frame is."""
        return min(self.width, self.height) / 720.0

    @property
    def label(self) -> Rect:
        """The box of the AI label, from the frame's own corner so that a wide frame has it there too."""
        x, y, width, height = (round(v * self.label_scale / 2) * 2 for v in LABEL_BOX)
        return Rect(x, y, width, height)

    def frame_grid(self, rect: Rect, samples: int = 1) -> Grid:
        """Samples of a stretch of the frame, in units of the drawing."""
        step = 1.0 / (self.scale * samples)
        left = (rect.x - self.width / 2) / self.scale + 360.0
        top = (rect.y - self.height) / self.scale + 1280.0
        return make_grid(left, top, rect.width * samples, rect.height * samples, step)

    def head_size(self, box: tuple[float, float, float, float]) -> tuple[int, int]:
        """Even width and height in pixels of a box of the head."""
        width, height = (box[2] - box[0]) * self.head_scale, (box[3] - box[1]) * self.head_scale
        return int(np.ceil(width / 2)) * 2, int(np.ceil(height / 2)) * 2

    def head_grid(self, box: tuple[float, float, float, float], samples: int) -> Grid:
        """Samples of a box of the head, in its units."""
        width, height = self.head_size(box)
        return make_grid(box[0], box[1], width * samples, height * samples, 1.0 / (self.head_scale * samples))

    def on_face(self, box: tuple[float, float, float, float]) -> Rect:
        """An even rectangle of the face's canvas around a box of the head."""
        k, (left, top, _, _) = self.head_scale, FACE_BOX
        whole = Rect(0, 0, *self.head_size(FACE_BOX))
        x, y = int((box[0] - left) * k) // 2 * 2, int((box[1] - top) * k) // 2 * 2
        right, bottom = int(np.ceil((box[2] - left) * k / 2)) * 2, int(np.ceil((box[3] - top) * k / 2)) * 2
        return Rect(x, y, min(right, whole.right) - x, min(bottom, whole.bottom) - y)

    def face_grid(self, rect: Rect, samples: int) -> Grid:
        """Samples of a stretch of the face's canvas, in units of the head."""
        k, (left, top, _, _) = self.head_scale, FACE_BOX
        return make_grid(
            left + rect.x / k, top + rect.y / k, rect.width * samples, rect.height * samples, 1 / (k * samples)
        )

    def head_matrix(
        self, box: tuple[float, float, float, float], shift: tuple[float, float], degrees: float, shear: float = 0.0
    ) -> npt.NDArray[np.float64]:
        """2 × 3 matrix from pixels of a head picture with corner `box` to pixels of the frame.

        `shift` is in units of the drawing, `degrees` turn clockwise about PIVOT, `shear` swings what hangs low aside.
        """
        k = self.head_scale
        cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
        turn = np.array([[cos, -sin], [sin, cos]]) @ np.array([[1.0, shear], [0.0, 1.0]])
        ex, ey = self.place(EYES[0] + shift[0], EYES[1] + shift[1])
        corner = np.array(box[:2]) + 0.5 / k
        # The shear's fixed line is the brow, so that hair swings below it and stays on the crown.
        hang = np.array([shear * 40.0, 0.0])
        start = turn @ (corner - PIVOT) + hang + PIVOT
        offset = np.array((ex, ey)) + k * start - 0.5
        return np.column_stack([turn, offset])
