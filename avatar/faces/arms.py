"""Hands, sleeves and what a hand holds, moved over the body and behind the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import numpy.typing as npt

from avatar.faces import hands as drawing
from avatar.faces.contracts import Hand, Pose, Rect
from avatar.faces.planes import Frame, Sprite, lay_over, moved_box, warp
from avatar.faces.plates import Plates
from avatar.faces.props import CARD_ROOM, HELD_ROOM, Product, product_sprite
from avatar.faces.sheet import LayerSheet

Matrix = npt.NDArray[np.float64]
ELBOW = (206.0, 1030.0)
"""Where an elbow rests behind the desk, from the middle of the body."""
RAISED_ELBOW = (174.0, 644.0)
"""Of a hand that points: foreshortened, the sleeve melts into the shoulder it comes from."""
GRIP = {"hold": (-40.0, -66.0), "pinch": (-58.0, -62.0)}
"""Where a hand holds, from its wrist."""


class Arms:
    """Draws the hands of a pose."""

    def __init__(self, sheet: LayerSheet, product: Product | None) -> None:
        self._sheet, self._layout = sheet, sheet.layout
        self._held: dict[str, Sprite] = {}
        if product is not None:
            self._held = {name: product_sprite(product, room, sheet.layout) for name, room in _ROOMS.items()}

    def boxes(self, hands: Sequence[Hand]) -> list[Rect]:
        """Where the hands of a pose are seen."""
        return [moved_box(sprite.own_box, matrix) for hand in hands for sprite, matrix in self._pieces(hand)]

    def draw(self, frame: Frame, pose: Pose, rect: Rect, plates: Plates) -> None:
        """The hands of a pose inside one rectangle, as far as the desk lets them be seen."""
        over_desk = Rect(0, 0, frame.box.width, plates.desk).within(rect)
        for hand in pose.hands if over_desk else ():
            for sprite, matrix in self._pieces(hand):
                shared = moved_box(sprite.own_box, matrix).within(over_desk) if over_desk else None
                if shared is not None:
                    lay_over(frame, warp(sprite, matrix, shared))
                    plates.lay_things(frame, shared, pose.gone)

    def _pieces(self, hand: Hand) -> Iterator[tuple[Sprite, Matrix]]:
        sprites = self._sheet.sprites
        base = f"hand.{hand.picture}.{hand.side}"
        turned = self._hand_matrix(hand)
        yield self._placed(base, turned)
        yield self._placed("sleeve.raised" if hand.picture == "point" else "sleeve", self._sleeve_matrix(hand))
        if hand.picture in self._held:
            held = self._held[hand.picture]
            yield held, self._held_matrix(hand, held)
        if f"{base}.front" in sprites:
            yield self._placed(f"{base}.front", turned)

    def _placed(self, name: str, matrix: Matrix) -> tuple[Sprite, Matrix]:
        """A drawn part with its matrix from where its clear edge was trimmed."""
        sprite = self._sheet.sprites[name]
        moved = matrix.copy()
        moved[:, 2] += matrix[:, :2] @ (sprite.x, sprite.y)
        return sprite, moved

    def _hand_matrix(self, hand: Hand) -> Matrix:
        """Pixels of a hand's picture to pixels of the frame."""
        corner = np.array(drawing.BOX[:2]) * self._layout.scale * drawing.HAND_SCALE + 0.5
        return _turned(hand.angle, corner, np.array(self._layout.place(hand.wrist_x, hand.wrist_y)) - 0.5)

    def _held_matrix(self, hand: Hand, held: Sprite) -> Matrix:
        scale, (x, y) = self._layout.scale * drawing.HAND_SCALE, GRIP[hand.picture]
        height, width = held.height, held.width
        middle = np.array((hand.side * x * scale, y * scale))
        if hand.picture == "hold":
            corner = middle - (width / 2, height * 0.68)
        else:
            corner = middle - (width * 0.90, height * 0.72)
        return _turned(hand.angle, corner + 0.5, np.array(self._layout.place(hand.wrist_x, hand.wrist_y)) - 0.5)

    def _sleeve_matrix(self, hand: Hand) -> Matrix:
        """The forearm from the elbow to the wrist, shorter where it points at the viewer."""
        aside, down = RAISED_ELBOW if hand.picture == "point" else ELBOW
        if hand.picture != "point":
            # A hand that leans out has its elbow nearer to the body.
            aside, down = aside - 0.9 * max(0.0, hand.side * hand.angle), max(down, hand.wrist_y + 40)
        elbow = np.array(self._layout.place(360 + hand.side * aside, down))
        wrist = np.array(self._layout.place(hand.wrist_x, hand.wrist_y))
        along = wrist - elbow
        length = max(float(np.hypot(*along)), 1.0)
        ahead = along / length
        stretch = length / (196.0 * self._layout.scale)
        grid = drawing.sleeve_grid(self._layout.scale, 1)
        matrix = np.column_stack([np.array((-ahead[1], ahead[0])), -ahead * stretch])
        corner = np.array((grid.left, grid.top)) * self._layout.scale + 0.5
        return np.column_stack([matrix, matrix @ corner + elbow - 0.5])


def _turned(degrees: float, corner: npt.NDArray[np.float64], centre: npt.NDArray[np.float64]) -> Matrix:
    """A picture whose corner lies at `corner` from the point that comes to `centre`, turned about it."""
    cos, sin = np.cos(np.radians(degrees)), np.sin(np.radians(degrees))
    turn = np.array([[cos, -sin], [sin, cos]])
    return np.column_stack([turn, turn @ corner + centre])


_ROOMS = {"hold": HELD_ROOM, "pinch": CARD_ROOM}
