"""Small pictures of every choice, for the persona maker: python -m avatar.faces.previews draws them anew."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from avatar.faces.contracts import Rect
from avatar.faces.drawing import draw_sheet
from avatar.faces.layout import Layout
from avatar.faces.personas import choice_picture, choices, persona_from_choices
from avatar.faces.planes import empty_yuv, to_rgb
from avatar.faces.renderer import HostRenderer

SIZE = (360, 640)
CROPS = {
    "clothes": Rect(40, 270, 280, 225),
    "room": Rect(0, 0, 360, 460),
    "eyes": Rect(118, 160, 124, 66),
    "jewellery": Rect(90, 140, 180, 210),
}
HEAD = Rect(84, 84, 192, 232)
TALL = 128
"""Height of a preview in pixels."""
COMPANY = {
    "face": {"hair": "bun"},
    "hair": {"hair_colour": "dark-brown"},
    "eyes": {"hair": "bun"},
    "jewellery": {"hair": "bun", "clothes": "knit-blue"},
}
"""Other choices that show one best."""


def draw_preview(group: str, choice: str) -> npt.NDArray[np.uint8]:
    """One choice on an otherwise plain host, as RGB."""
    import cv2

    persona = persona_from_choices({"room": "studio", **COMPANY.get(group, {}), group: choice})
    sheet = draw_sheet(persona, Layout(*SIZE), "preview", mouths=(("sil", "warm"),))
    yuv = empty_yuv(*SIZE)
    host = HostRenderer(sheet)
    host.draw(host.rest(), yuv)
    crop = CROPS.get(group, HEAD)
    picture = to_rgb(yuv)[crop.y : crop.bottom, crop.x : crop.right]
    size = (round(crop.width * TALL / crop.height), TALL)
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA))


def draw_all() -> list[Path]:
    """Every preview, written where `choice_picture` finds it."""
    from PIL import Image

    written = []
    for group, options in choices().items():
        for choice in options:
            path = choice_picture(group, choice)
            Image.fromarray(draw_preview(group, choice)).quantize(128).save(path, optimize=True)
            written.append(path)
    return written


if __name__ == "__main__":
    print(f"{len(draw_all())} pictures drawn")
