"""Pictures of a room: the seam between what is to be seen and whoever draws it."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from avatar.faces.contracts import LabelCheck
from avatar.live.look import Look
from avatar.live.setup import RoomSetup

Yuv = NDArray[np.uint8]
"""A picture as I420: (height * 3 / 2, width)."""


class Stage(Protocol):
    """Draws. What `compose` and `slate` return may be drawn over by the next call."""

    def compose(self, look: Look) -> Yuv: ...

    def slate(self) -> Yuv:
        """The safe picture: no host, no product, the AI label whole."""
        ...

    def check_label(self, yuv: Yuv) -> LabelCheck: ...


def make_stage(setup: RoomSetup) -> Stage:
    """The stage that `setup` names."""
    module, _, name = setup.stage.partition(":")
    make: Callable[[RoomSetup], Stage] = getattr(importlib.import_module(module), name)
    return make(setup)
