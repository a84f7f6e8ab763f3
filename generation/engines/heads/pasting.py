"""A drawn mouth laid into the picture as the encoder takes it: I420, only the rectangle that changes.

Colours are BT.709 with limited range, as the outputs are tagged.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from generation.engines.heads.contracts import Box

_TO_YUV = np.array(
    [
        [0.2126 * 219 / 255, 0.7152 * 219 / 255, 0.0722 * 219 / 255, 16.0],
        [-0.2126 / 1.8556 * 224 / 255, -0.7152 / 1.8556 * 224 / 255, 0.9278 / 1.8556 * 224 / 255, 128.0],
        [0.7874 / 1.5748 * 224 / 255, -0.7152 / 1.5748 * 224 / 255, -0.0722 / 1.5748 * 224 / 255, 128.0],
    ],
    np.float32,
)
Bytes = NDArray[np.uint8]


def planes_of(yuv: Bytes) -> tuple[Bytes, Bytes, Bytes]:
    """Views of Y, U and V in u8[H * 3 / 2, W]; writing to them writes to the picture."""
    height, width = yuv.shape[0] * 2 // 3, yuv.shape[1]
    flat = yuv.reshape(-1)
    luma, chroma, half = width * height, width * height // 4, (height // 2, width // 2)
    blue, red = flat[luma : luma + chroma].reshape(half), flat[luma + chroma : luma + 2 * chroma].reshape(half)
    return flat[:luma].reshape(height, width), blue, red


def as_i420(rgb: Bytes) -> Bytes:
    """RGB u8[H, W, 3], both sides even, as u8[H * 3 / 2, W]."""
    height, width = rgb.shape[:2]
    made = np.empty((height * 3 // 2, width), np.uint8)
    luma, blue, red = planes_of(made)
    luma[:], blue[:], red[:] = _planes(rgb)
    return made


def paste_face(yuv: Bytes, box: Box, crop: Bytes, mask: Bytes) -> Box:
    """Blend the lower half of a face u8[256, 256, 3] into the box of an I420 picture; the even rectangle written."""
    return paste_mouth(yuv, box.lower, crop[crop.shape[0] // 2 :], mask)


def paste_mouth(yuv: Bytes, part: Box, mouth: Bytes, mask: Bytes, strength: float = 1.0) -> Box:
    """Blend a lower face of any size into the even rectangle `part`; `mask` u8[h, w] of its size, `strength` 0..1."""
    import cv2

    shrinks = mouth.shape[0] > part.height
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    fitted = np.asarray(cv2.resize(mouth, (part.width, part.height), interpolation=way), np.uint8)
    share = mask.astype(np.float32) * (strength / 255.0)
    half = cv2.resize(share, (part.width // 2, part.height // 2), interpolation=cv2.INTER_AREA)
    for plane, value, weight, step in zip(planes_of(yuv), _planes(fitted), (share, half, half), (1, 2, 2), strict=True):
        rows = slice(part.y // step, part.bottom // step)
        columns = slice(part.x // step, part.right // step)
        under = plane[rows, columns]
        plane[rows, columns] = cv2.blendLinear(value, np.ascontiguousarray(under), weight, 1.0 - weight)
    return part


def _planes(rgb: Bytes) -> tuple[Bytes, Bytes, Bytes]:
    import cv2

    whole = cv2.transform(np.ascontiguousarray(rgb, np.float32), _TO_YUV)
    height, width = rgb.shape[:2]
    half = cv2.resize(whole[..., 1:], (width // 2, height // 2), interpolation=cv2.INTER_AREA)
    luma, blue, red = (np.clip(np.rint(each), 0, 255).astype(np.uint8) for each in (whole[..., 0], *cv2.split(half)))
    return luma, blue, red
