"""The host on air: a pose per tick, and only what changed drawn into the frame."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from avatar.faces import layout as places
from avatar.faces.arms import Arms
from avatar.faces.contracts import GestureState, MouthState, Pose, Rect
from avatar.faces.gestures import Hands, product_gone
from avatar.faces.head_canvas import HeadCanvas
from avatar.faces.jewellery import EARS_BOX
from avatar.faces.label import lay_label
from avatar.faces.motion import (
    Blinking,
    Feeling,
    body_sway,
    breath_step,
    gaze,
    head_drift,
    mouth_weights,
    nod,
    quarter,
)
from avatar.faces.planes import Bytes, Frame, Sprite, disjoint, frame_of, lay_over, moved_box, warp, without
from avatar.faces.plates import Plates
from avatar.faces.props import read_product
from avatar.faces.sheet import LID_STEPS, SQUINTS, LayerSheet

REST_TILT = -1.8


ProductPicture = Path | npt.NDArray[np.uint8] | None


class HostRenderer:
    """Poses and draws one host. A picture of a product is a file or RGBA pixels, None for a desk without a product.

    `further` are those of a room's other products: `show` says which one stands on the desk. `wording` is what the
    label says on its second line, "" for our own words.
    """

    def __init__(
        self,
        sheet: LayerSheet,
        product_picture: ProductPicture = None,
        wording: str = "",
        further: Sequence[ProductPicture] = (),
    ) -> None:
        import cv2

        cv2.setNumThreads(1)
        self.sheet, self.layout, self.wording = sheet, sheet.layout, wording
        products = [read_product(each) for each in (product_picture, *further)]
        self._plates = Plates(sheet, products)
        self._canvas = HeadCanvas(sheet)
        self._all_arms = [Arms(sheet, product) for product in products]
        self._all_hands = [Hands(product is not None, product is not None and product.is_slim) for product in products]
        self._arms, self._hands = self._all_arms[0], self._all_hands[0]
        self._blinking: Blinking | None = None
        self._feeling = Feeling()
        self._drawn: Pose | None = None
        self._buffer = 0
        self._matrices: dict[tuple[str, tuple[float, float, float], float], npt.NDArray[np.float64]] = {}

    def show(self, product: int) -> None:
        """Another of the room's products is on: the next picture is drawn whole."""
        if product != self._plates.product:
            self._plates.product = product
            self._arms, self._hands = self._all_arms[product], self._all_hands[product]
            self._drawn = None

    def rest(self) -> Pose:
        """Looking at the viewer, mouth closed, hands away."""
        return Pose((("sil", "warm", 16),), 0, 1, (0.0, 0.0), (0.0, 0.0), (0.0, 0.0, REST_TILT), 0.0, 0)

    def pose(self, tick: int, mouth: MouthState, gesture: GestureState | None, seed: int) -> Pose:
        """The pose at a tick. Ticks may be skipped; a tick before the last one begins anew.

        The same seed and the same inputs tick by tick give the same poses.
        """
        if self._blinking is None or self._blinking.seed != seed:
            self._blinking = Blinking(seed)
        emotions = self._feeling.towards(tick, mouth.emotion)
        down = nod(tick, mouth.stress_tick)
        aside, up, turn = head_drift(tick, seed)
        breath = breath_step(tick, seed)
        head = (quarter(aside), quarter(up + 4.5 * down - breath * 0.11), quarter(REST_TILT + turn + 0.5 * down, 10))
        late = head_drift(tick - 2, seed)
        swing = (turn - late[2]) * 0.030 + (aside - late[0]) * 0.004
        lids = self._blinking.step(tick, mouth)
        look = gaze(tick, seed)
        hands = self._hands.at(tick, gesture)
        raised = 2.4 * down + 1.3 * emotions["delight"] + 0.4 * self._feeling.smile
        return Pose(
            mouth=mouth_weights(mouth, emotions),
            lids=min(lids, len(LID_STEPS) - 1),
            squint=min(len(SQUINTS) - 1, round(self._feeling.smile * (len(SQUINTS) - 1))),
            gaze=(quarter(look[0]), quarter(look[1] + 0.5 * down)),
            brows=(quarter(raised), quarter(raised * (0.9 if seed % 2 else 1.0))),
            head=head,
            hair=quarter(max(-0.035, min(0.035, swing)), 250),
            breath=breath,
            hands=hands,
            sway=body_sway(tick, seed),
            gone=product_gone(hands),
        )

    def draw(self, pose: Pose, yuv: Bytes, damage: Iterable[Rect] = ()) -> list[Rect]:
        """Draw what differs from the last pose into the I420 buffer; returns the even, disjoint rectangles drawn.

        `damage` is drawn anew too (an overlay that moved away). Another buffer than last time is drawn whole, with the
        AI label; no layer is ever drawn into the label's box.
        """
        frame = frame_of(yuv)
        address = int(yuv.__array_interface__["data"][0])
        if self._drawn is None or address != self._buffer:
            dirty: list[Rect] = [frame.box]
            self._canvas.update(pose)
            self._plates.paste_room(frame, self.layout.label)
            lay_label(frame, self.wording)
        else:
            dirty = [*self._changes(self._drawn, pose), *damage]
        self._drawn, self._buffer = pose, address
        whole = [part for rect in disjoint(dirty, frame.box) for part in without(rect, self.layout.label)]
        for rect in whole:
            self._compose(frame, pose, rect)
        return whole

    def _changes(self, old: Pose, new: Pose) -> list[Rect]:
        """Where the picture of two poses differs."""
        dirty: list[Rect] = []
        if old.stance != new.stance:
            dirty.append(self._plates.body_box)
        if old.gone != new.gone and (standing := self._plates.standing_box()) is not None:
            dirty.append(standing)
        has_moved = old.head != new.head
        features = self._canvas.update(new)
        if has_moved or old.hair != new.hair:
            for pose in (old, new):
                dirty += [
                    self._box(name, pose)
                    for name in ("hair.back", "hair.front", "earrings")
                    if name in self.sheet.sprites
                ]
        if has_moved:
            dirty += [self._box("face", pose) for pose in (old, new)]
        else:
            matrix, corner = self._matrix("face", new), self._canvas.seen
            dirty += [moved_box(Rect(r.x - corner.x, r.y - corner.y, r.width, r.height), matrix) for r in features]
        if old.hands != new.hands:
            dirty += [*self._arms.boxes(old.hands), *self._arms.boxes(new.hands)]
        return dirty

    def _matrix(self, name: str, pose: Pose) -> npt.NDArray[np.float64]:
        """From pixels of a part of the head to pixels of the frame; every part asks for it several times a picture."""
        shear = 0.0 if name == "face" else pose.hair
        key = (name, pose.head, shear)
        matrix = self._matrices.get(key)
        if matrix is None:
            if len(self._matrices) > 64:
                self._matrices.clear()
            aside, down, degrees = pose.head
            matrix = self.layout.head_matrix(_BOXES[name], (aside, down), degrees, shear)
            sprite = self._sprite(name)
            matrix[:, 2] += matrix[:, :2] @ (sprite.x, sprite.y)
            self._matrices[key] = matrix
        return matrix

    def _box(self, name: str, pose: Pose) -> Rect:
        return moved_box(self._sprite(name).own_box, self._matrix(name, pose))

    def _sprite(self, name: str) -> Sprite:
        return self._canvas.seen if name == "face" else self.sheet.sprites[name]

    def _compose(self, frame: Frame, pose: Pose, rect: Rect) -> None:
        """Everything inside one rectangle, back to front."""
        behind = self._box("hair.back", pose).within(rect)
        for part in without(rect, behind) if behind else [rect]:
            self._plates.paste(frame, pose.stance, part, pose.gone)
        if behind:
            self._plates.paste_room(frame, behind, pose.gone)
            self._lay(frame, "hair.back", pose, behind)
            self._plates.lay_body(frame, pose.stance, behind)
        for name in ("face", "hair.front", "earrings"):
            if name in _BOXES and (name == "face" or name in self.sheet.sprites):
                self._lay(frame, name, pose, rect)
        self._arms.draw(frame, pose, rect, self._plates)

    def _lay(self, frame: Frame, name: str, pose: Pose, rect: Rect) -> None:
        shared = self._box(name, pose).within(rect)
        if shared is not None:
            lay_over(frame, warp(self._sprite(name), self._matrix(name, pose), shared))


_BOXES: dict[str, tuple[float, float, float, float]] = {
    "face": places.FACE_BOX,
    "hair.back": places.HAIR_BACK_BOX,
    "hair.front": places.HAIR_FRONT_BOX,
    "earrings": EARS_BOX,
}
