"""A stage that draws next to nothing: a moving bar and a label, in any size."""

from __future__ import annotations

import numpy as np

from avatar.faces.contracts import LabelCheck, Rect
from avatar.live.look import Look
from avatar.live.setup import RoomSetup


class PlainStage:
    """The mouth's openness is the height of a white bar; the label is a bright box at the top left."""

    degraded: tuple[str, ...] = ()

    def __init__(self, width: int, height: int) -> None:
        self.width, self.height = width, height
        self._yuv = np.full((height * 3 // 2, width), 128, np.uint8)
        self._yuv[:height] = 60
        self.looks: list[Look] = []
        self.keeps_looks = False
        self.has_label = True

    def compose(self, look: Look) -> np.ndarray:
        if self.keeps_looks:
            self.looks.append(look)
        self._yuv[: self.height] = 60
        self._yuv[16 : self.height, look.tick * 4 % self.width :][:, :4] = 200
        self._yuv[:16, :32] = 235 if self.has_label else 60
        return self._yuv

    def slate(self) -> np.ndarray:
        self._yuv[: self.height] = 20
        self._yuv[:16, :32] = 235
        return self._yuv

    def check_label(self, yuv: np.ndarray) -> LabelCheck:
        return LabelCheck(bool((yuv[:16, :32] == 235).all()), Rect(0, 0, 32, 16))


def plain_stage(setup: RoomSetup) -> PlainStage:
    return PlainStage(setup.config.width, setup.config.height)


class NoiseStage(PlainStage):
    """Pictures that cost what they may."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__(width, height)
        self._noise = np.random.default_rng(1).integers(0, 255, (height + 64, width), np.uint8)

    def compose(self, look: Look) -> np.ndarray:
        at = look.tick * 7 % 64
        self._yuv[: self.height] = self._noise[at : at + self.height]
        self._yuv[:16, :32] = 235
        return self._yuv


def noise_stage(setup: RoomSetup) -> NoiseStage:
    return NoiseStage(setup.config.width, setup.config.height)
