"""Hosts as still pictures, drawn once and kept under the home."""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

from avatar.faces.contracts import Persona
from avatar.faces.personas import choice_picture, choices, load_persona, persona_from_choices, persona_names
from avatar.faces.planes import Bytes, empty_yuv, to_rgb
from avatar.faces.renderer import HostRenderer
from avatar.faces.sheet import rasterise, sheet_key
from avatar.models import HostPersona
from avatar.rooms import choices_of

SIZE = (360, 640)
SMALL = (216, 384)
"""While somebody tries choices out: about a second to draw."""
ON_AIR = (720, 1280)
QUALITY = 88


def draw_ready_made() -> None:
    """All ready-made hosts, for pages and for the air, so that neither waits."""
    for name in persona_names():
        host_still(name)
    for name in persona_names():
        rasterise(load_persona(name), *ON_AIR, Path(settings.ADLOOM_HOME) / "faces")


def host_still(name: str) -> Path:
    """A ready-made host at home (JPEG)."""
    return _still(load_persona(name), SIZE)


def persona_still(persona: HostPersona) -> Path:
    """One of an advertiser's own. Raises `InputError` when a choice is none any more."""
    return _still(persona_from_choices(dict(choices_of(persona))), SIZE)


def tried_still(chosen: Mapping[str, str]) -> Path:
    """A host as it would look with these choices; what is no group of the maker is left aside. Raises `InputError`."""
    return _still(persona_from_choices({group: chosen[group] for group in choices() if chosen.get(group)}), SMALL)


def choice_still(group: str, choice: str) -> Path | None:
    """What one choice of the maker looks like; None where there is no such choice or no picture of it."""
    if choice not in choices().get(group, {}):
        return None
    path = choice_picture(group, choice)
    return path if path.is_file() else None


def _still(persona: Persona, size: tuple[int, int]) -> Path:
    folder = Path(settings.ADLOOM_HOME) / "live" / "stills"
    key = hashlib.sha256(json.dumps([sheet_key(persona, *size), QUALITY]).encode()).hexdigest()
    path = folder / f"{key[:32]}.jpg"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, _draw(persona, size))
    return path


def _draw(persona: Persona, size: tuple[int, int]) -> Bytes:
    """The layers are not kept: they weigh a hundred times the picture."""
    with tempfile.TemporaryDirectory() as layers:
        host = HostRenderer(rasterise(persona, *size, Path(layers)))
        picture = empty_yuv(*size)
        host.draw(host.rest(), picture)
        return to_rgb(picture)


def _write(path: Path, picture: Bytes) -> None:
    """Whole or not at all: two pages may ask for the same host at once."""
    import cv2

    _is_done, coded = cv2.imencode(
        ".jpg", cv2.cvtColor(picture, cv2.COLOR_RGB2BGR), [cv2.IMWRITE_JPEG_QUALITY, QUALITY]
    )
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.write_bytes(coded.tobytes())
    fresh.replace(path)
