"""A prepared head at the size of a picture: base frames as I420 in one mapped file, boxes and masks beside it."""

from __future__ import annotations

import os
import uuid
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError
from generation.engines.heads.cache import AvatarCache
from generation.engines.heads.contracts import Box, HeadRefused
from generation.engines.heads.faces import lower_mask
from generation.engines.heads.pasting import as_i420

FACE_HEIGHT = 0.38
"""Where the face's middle comes to lie, in shares of the height, when footage is cut to another shape."""

LAYOUT_VERSION = 1
Bytes = NDArray[np.uint8]


@dataclass(frozen=True)
class BaseClip:
    """Everything an engine needs of a filmed host besides its mouth. `pictures` are u8[F, H * 3 / 2, W], read only."""

    id: str
    width: int
    height: int
    pictures: Bytes
    mouths: tuple[Box, ...]
    masks: tuple[Bytes, ...]
    anchors: tuple[int, ...]

    def __len__(self) -> int:
        return len(self.mouths)


def base_clip(cache: AvatarCache, width: int, height: int, folder: Path) -> BaseClip:
    """The head for pictures of width × height, made in `folder` where it is not there yet.

    InputError for sides that are not even; the face is in the middle of what is cut off the sides.
    """
    if width % 2 or height % 2 or min(width, height) < 64:
        raise InputError("size", f"{width}×{height}: sides must be even and at least 64", "size_bad")
    facts, key = cache.facts, cache.id
    path = folder / f"head-{key}-{width}x{height}-{LAYOUT_VERSION}.i420"
    fit = _Fit.of(cache, width, height)
    boxes = [fit.box(cache.box(index)) for index in range(facts.frames)]
    shape = (facts.frames, height * 3 // 2, width)
    if not path.exists() or path.stat().st_size != int(np.prod(shape)):
        _write_pictures(cache, fit, path)
    else:
        # What is used stays where the folder is kept within a size.
        os.utime(path)
    pictures = np.memmap(path, np.uint8, "r", shape=shape)
    masks = tuple(lower_mask(box) for box in boxes)
    return BaseClip(key, width, height, pictures, tuple(box.lower for box in boxes), masks, facts.anchors)


@dataclass(frozen=True)
class _Fit:
    """How the footage lies in the picture: enlarged by `scale`, its corner at −left, −top."""

    scale: float
    left: int
    top: int
    width: int
    height: int

    @classmethod
    def of(cls, cache: AvatarCache, width: int, height: int) -> _Fit:
        facts = cache.facts
        scale = max(width / facts.width, height / facts.height)
        faces = [cache.box(index) for index in range(facts.frames)]
        across = float(np.median([face.x + face.width / 2 for face in faces])) * scale
        down = float(np.median([face.y + face.height / 2 for face in faces])) * scale
        most = facts.width * scale - width, facts.height * scale - height
        left = round(min(max(across - width / 2, 0.0), max(most[0], 0.0)))
        top = round(min(max(down - FACE_HEIGHT * height, 0.0), max(most[1], 0.0)))
        return cls(scale, left, top, width, height)

    def box(self, box: Box) -> Box:
        """The face in the picture, on even pixels."""
        x = max(0, round((box.x * self.scale - self.left) / 2) * 2)
        y = max(0, round((box.y * self.scale - self.top) / 2) * 2)
        width = min(round(box.width * self.scale / 2) * 2, (self.width - x) // 2 * 2)
        height = min(round(box.height * self.scale / 4) * 4, (self.height - y) // 4 * 4)
        if width < 16 or height < 16:
            raise HeadRefused("face", f"does not fit a picture of {self.width}×{self.height}")
        return Box(x, y, width, height)

    def picture(self, frame: Bytes) -> Bytes:
        """u8[height, width, 3] of a whole frame."""
        import cv2

        size = round(frame.shape[1] * self.scale), round(frame.shape[0] * self.scale)
        size = max(size[0], self.left + self.width), max(size[1], self.top + self.height)
        way = cv2.INTER_AREA if self.scale < 1 else cv2.INTER_CUBIC
        whole = frame if self.scale == 1 else cv2.resize(frame, size, interpolation=way)
        return np.asarray(whole[self.top : self.top + self.height, self.left : self.left + self.width], np.uint8)


def _write_pictures(cache: AvatarCache, fit: _Fit, path: Path) -> None:
    """Whole or not at all: two rooms may start with the same host at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    with fresh.open("wb") as file:
        for index in range(cache.facts.frames):
            file.write(as_i420(fit.picture(cache.frame(index))).tobytes())
    os.replace(fresh, path)
