"""What hangs on the ears, as one picture that swings with the hair."""

from __future__ import annotations

import numpy as np

from avatar.faces.clay import bump, line, smooth_step
from avatar.faces.contracts import Persona
from avatar.faces.face import FaceSpace
from avatar.faces.layout import Layout
from avatar.faces.light import add_light, lay, scaled
from avatar.faces.planes import Sprite, sprite_of

GOLD = (226, 180, 92)
EARS_BOX = (-118.0, 20.0, 118.0, 96.0)


def draw_jewellery(persona: Persona, layout: Layout) -> dict[str, Sprite]:
    """Hoops or studs under "earrings"; nothing where the persona wears neither."""
    import cv2

    if not {"hoops", "studs"} & set(persona.jewellery) or persona.hair.kind in ("long", "bob"):
        return {}
    grid = layout.head_grid(EARS_BOX, 3)
    space = FaceSpace(grid, persona.face)
    picture, alpha = (
        np.zeros((*grid.shape, 3), np.float32) + np.array(GOLD, np.float32),
        np.zeros(grid.shape, np.float32),
    )
    for side in (-1, 1):
        x, y = space.place([(side * 94 * persona.face.width, 42)])[0]
        if "hoops" in persona.jewellery:
            t = np.linspace(0, 2 * np.pi, 61)
            ring = np.stack([x + side * 3 + 15.5 * np.sin(t), y + 20 - 21 * np.cos(t)], 1)
            alpha = np.maximum(alpha, line(grid, ring, 4.2))
            lay(picture, line(grid, ring + np.array((1.0, 1.2), np.float32), 2.0, 0.5) * 0.8, scaled(GOLD, 0.48))
            lit = smooth_step(-(grid.x - x) - (grid.y - y - 20), -14, 22)
            add_light(picture, line(grid, ring - np.array((0.5, 0.7), np.float32), 1.3, 0.3) * lit, (255, 250, 226))
        else:
            alpha = np.maximum(alpha, smooth_step(bump(grid, x, y - 6, 3, 3), 0.3, 0.5))
            add_light(picture, bump(grid, x - 1, y - 7, 1.2, 1.2), (255, 255, 246))
    width, height = layout.head_size(EARS_BOX)
    whole = np.dstack([np.clip(picture, 0, 255) * alpha[..., None], alpha * 255])
    return {"earrings": sprite_of(cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA))}
