"""The layer sheet: every part of a host drawn once at start-up and kept on disk by what it was drawn from."""

from __future__ import annotations

import hashlib
import json
import uuid
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from avatar.faces.contracts import EMOTIONS, VISEMES, Persona
from avatar.faces.layout import Layout
from avatar.faces.planes import Bytes, Sprite
from core.contracts import dump, load
from core.errors import InputError

DRAWING_VERSION = 19
"""Raised when the same persona is drawn otherwise than before."""
LID_STEPS = (0.0, 0.30, 0.62, 0.88, 1.0)
SQUINTS = (0.10, 0.35, 0.60, 0.85)
HALF_OPEN = ("AA", "E", "O", "U")
"""Vowels that are drawn half open too, for soft speech."""


@dataclass(frozen=True)
class LayerSheet:
    """The parts of one persona for one frame size.

    `room` is the background with the desk as I420; `sprites` are named "body", "face", "mouth.AA.warm",
    "lids.<step>.<squint>", "hand.open.1" …; `places` holds points that move (iris centres, in pixels of the face).
    """

    persona: Persona
    layout: Layout
    room: Bytes
    sprites: dict[str, Sprite]
    places: dict[str, tuple[float, float]]
    key: str


def sheet_key(persona: Persona, width: int, height: int) -> str:
    """SHA-256 over everything the layers depend on."""
    numbers = json.dumps([dump(persona), width, height, DRAWING_VERSION], sort_keys=True)
    return hashlib.sha256(numbers.encode()).hexdigest()


def rasterise(persona: Persona, width: int, height: int, out_dir: Path) -> LayerSheet:
    """The layers of a persona for frames of width × height, from `out_dir` where they were drawn before.

    InputError for a size whose sides are not multiples of four or that is too small to show a face.
    """
    if width % 4 or height % 4 or min(width, height) < 120:
        raise InputError("size", f"{width}×{height}: sides must be multiples of 4 and at least 120", "size_bad")
    key = sheet_key(persona, width, height)
    path = Path(out_dir) / f"host-{key[:24]}.npz"
    kept = _read(path, key) if path.exists() else None
    if kept is not None:
        return kept
    from avatar.faces.drawing import draw_sheet

    sheet = draw_sheet(persona, Layout(width, height), key)
    _write(path, sheet)
    return sheet


def mouth_names() -> list[tuple[str, str]]:
    """(viseme, emotion) of every mouth of a sheet; half-open vowels are called "AA-half"."""
    names = [*VISEMES, *[f"{viseme}-half" for viseme in HALF_OPEN]]
    return [(viseme, emotion) for viseme in names for emotion in EMOTIONS]


def _write(path: Path, sheet: LayerSheet) -> None:
    """Whole or not at all: a reader never sees half a sheet."""
    arrays: dict[str, npt.NDArray[Any]] = {"room": sheet.room}
    for name, sprite in sheet.sprites.items():
        arrays |= {f"{name}|luma": sprite.luma, f"{name}|alpha": sprite.alpha, f"{name}|uva": sprite.uva}
    corners = {name: (sprite.x, sprite.y) for name, sprite in sheet.sprites.items()}
    about = {"key": sheet.key, "persona": dump(sheet.persona), "corners": corners, "places": sheet.places}
    about |= {"size": (sheet.layout.width, sheet.layout.height)}
    arrays["about"] = np.frombuffer(json.dumps(about).encode(), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{uuid.uuid4().hex[:8]}.npz")
    with temporary.open("wb") as file:
        np.savez(file, **arrays)  # type: ignore[arg-type]  # numpy's stub takes the keyword allow_pickle for one of these
    temporary.replace(path)


def _read(path: Path, key: str) -> LayerSheet | None:
    """The kept sheet; None where the file is broken or another's, which is then drawn anew."""
    try:
        with np.load(path, allow_pickle=False) as kept:
            arrays = {name: kept[name] for name in kept.files}
        about = json.loads(arrays["about"].tobytes())
    except (OSError, ValueError, KeyError, EOFError):
        return None
    if about["key"] != key:
        return None
    sprites = {
        name: Sprite(arrays[f"{name}|luma"], arrays[f"{name}|alpha"], arrays[f"{name}|uva"], x, y)
        for name, (x, y) in about["corners"].items()
    }
    places = {name: (x, y) for name, (x, y) in about["places"].items()}
    return LayerSheet(load(Persona, about["persona"]), Layout(*about["size"]), arrays["room"], sprites, places, key)
