"""An advertiser's own picture as the room behind the host: cropped to the frame, out of focus, in the host's light."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.contracts import Colour, RoomLook
from avatar.faces.light import Picture, mixed, scaled
from core.errors import InputError

KIND = "picture"
BRIGHTEST, DARKEST = 122.0, 64.0
"""Mean luma between which a room may lie: the face, lit to about 170, has to be the lightest thing in the frame."""
CALM, MUTED = 0.82, 0.78
"""Contrast and colour that are left: nothing behind the host may be louder than the host."""
KEY_LIGHT: Colour = (255, 236, 208)
_LUMA = np.array((0.299, 0.587, 0.114), np.float32)


def look_of(path: Path, home: RoomLook) -> RoomLook:
    """The room in the picture at `path`: its wall and light by the picture's own colours, the desk from `home`.

    InputError where there is no picture that can be read.
    """
    small = _opened(path, 96).reshape(-1, 3)
    lightest = small[np.argsort(small @ _LUMA)[-max(1, len(small) // 10) :]].mean(axis=0)
    light = mixed(KEY_LIGHT, _colour(lightest), 0.35)
    wall = _colour(np.median(small, axis=0))
    desk = mixed(home.desk, scaled(wall, 0.6), 0.25)
    return RoomLook(KIND, wall, light, desk, home.accent, str(path))


def draw_backdrop(path: Path, shape: tuple[int, ...]) -> Picture:
    """The picture at `path` over height × width samples, RGB 0–255: covers all of them, calm, and never too bright."""
    import cv2

    height, width = shape[:2]
    whole = _opened(path, 2 * max(height, width))
    scale = max(width / whole.shape[1], height / whole.shape[0])
    size = (max(width, round(whole.shape[1] * scale)), max(height, round(whole.shape[0] * scale)))
    fitted = cv2.resize(whole, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    left, top = (size[0] - width) // 2, (size[1] - height) // 2
    picture: Picture = fitted[top : top + height, left : left + width]
    grey = (picture @ _LUMA)[..., None]
    mean = float(grey.mean())
    picture = mean + (grey + (picture - grey) * MUTED - mean) * CALM
    return np.clip(picture * np.clip(mean, DARKEST, BRIGHTEST) / max(mean, 1.0), 0, 255).astype(np.float32)


def _opened(path: Path, longest: int) -> npt.NDArray[Any]:
    """RGB as float32, no longer than `longest` a side; what is clear in a picture shows a light wall."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(path) as opened:
            upright = ImageOps.exif_transpose(opened)
            upright.thumbnail((longest, longest))
            ground = Image.new("RGBA", upright.size, (214, 210, 204, 255))
            ground.alpha_composite(upright.convert("RGBA"))
    except (OSError, ValueError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise InputError("background", f"{path.name} is not a picture that can be read", "picture_bad") from error
    return np.asarray(ground.convert("RGB"), np.float32)


def _colour(value: npt.NDArray[Any]) -> Colour:
    red, green, blue = (round(float(each)) for each in value)
    return red, green, blue
