"""The face as one upright picture: its features are exchanged in place, the renderer then moves it whole."""

from __future__ import annotations

import numpy as np

from avatar.faces.contracts import Pose, Rect
from avatar.faces.planes import Sprite, over_sprite, warp
from avatar.faces.sheet import LayerSheet


class HeadCanvas:
    """A copy of the face without hair that shows the features of the last pose."""

    def __init__(self, sheet: LayerSheet) -> None:
        self._sheet, self._parts = sheet, sheet.sprites
        plain = sheet.sprites["face"]
        self.sprite = plain.copy()
        self.seen = self.sprite.part(_seen_of(sheet))
        self._shown: Pose | None = None
        for side in (-1, 1):
            self._brow(side, 0.0)

    def update(self, pose: Pose) -> list[Rect]:
        """Exchange what differs from the last pose; the changed rectangles of the canvas."""
        old, self._shown = self._shown, pose
        changed: list[Rect] = []
        if old is None or old.mouth != pose.mouth:
            changed.append(self._mouth(pose))
        if old is None or (old.lids, old.squint, old.gaze) != (pose.lids, pose.squint, pose.gaze):
            changed.append(self._eyes(pose))
        if old is None or old.brows != pose.brows:
            changed += [self._brow(side, raised) for side, raised in zip((-1, 1), pose.brows, strict=True)]
        return changed

    def _put(self, sprite: Sprite) -> Rect:
        self.sprite.put(sprite)
        return sprite.box

    def _mouth(self, pose: Pose) -> Rect:
        """The mouths of a pose laid into each other by their sixteenths."""
        import cv2

        parts = [(self._parts[f"mouth.{viseme}.{emotion}"], share) for viseme, emotion, share in pose.mouth]
        first, total = parts[0]
        luma, alpha, uva = first.luma, first.alpha, first.uva
        for sprite, share in parts[1:]:
            total += share
            luma = cv2.addWeighted(luma, 1 - share / total, sprite.luma, share / total, 0)
            alpha = cv2.addWeighted(alpha, 1 - share / total, sprite.alpha, share / total, 0)
            uva = cv2.addWeighted(uva, 1 - share / total, sprite.uva, share / total, 0)
        return self._put(Sprite(luma, alpha, uva, first.x, first.y))

    def _eyes(self, pose: Pose) -> Rect:
        balls, lids = self._parts["balls"], self._parts[f"lids.{pose.lids}.{pose.squint}"]
        eyes = balls.copy()
        scale = self._sheet.layout.head_scale
        for side in (-1, 1):
            x, y = self._sheet.places[f"iris.{side}"]
            self._iris(eyes, x + pose.gaze[0] * scale - balls.x, y + pose.gaze[1] * scale - balls.y)
        over_sprite(eyes, lids.at(0, 0))
        return self._put(eyes)

    def _iris(self, eyes: Sprite, x: float, y: float) -> None:
        """Lay the iris with its middle at (x, y) of the picture of the eyes."""
        iris = self._parts["iris"]
        half = iris.width / 2
        corner = Rect(int(x - half) // 2 * 2, int(y - half) // 2 * 2, iris.width + 2, iris.height + 2)
        shown = corner.within(eyes.own_box)
        if shown is not None:
            matrix = np.array([[1.0, 0.0, x - half], [0.0, 1.0, y - half]])
            over_sprite(eyes, warp(iris, matrix, shown))

    def _brow(self, side: int, raised: float) -> Rect:
        """The brow `raised` units over its rest, its outer half a little less."""
        brow, plain = self._parts[f"brow.{side}"], self._parts["face"]
        box = brow.box
        skin = plain.part(box).copy()
        up = raised * self._sheet.layout.head_scale
        tilt = side * raised * 0.012
        matrix = np.array([[1.0, 0.0, 0.0], [tilt, 1.0, -up - tilt * box.width / 2]])
        over_sprite(skin, warp(brow, matrix, brow.own_box))
        return self._put(skin)


def _seen_of(sheet: LayerSheet) -> Rect:
    """The part of the face's canvas that any mouth leaves something in."""
    seen = sheet.sprites["face"].trimmed().box
    for name, sprite in sheet.sprites.items():
        seen = seen.around(sprite.trimmed().box) if name.startswith("mouth.AA") else seen
    return seen
