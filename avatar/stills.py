"""Hosts as still pictures, drawn once and kept under the home."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from avatar.faces.contracts import Persona, RoomLook
from avatar.faces.personas import choice_picture, choices, load_persona, persona_from_choices, persona_names
from avatar.faces.planes import Bytes, empty_yuv, to_rgb
from avatar.faces.renderer import HostRenderer
from avatar.faces.sheet import rasterise, sheet_key
from avatar.models import HostPersona

WIDTH, HEIGHT = 360, 640
QUALITY = 88


def host_still(name: str, background: str = "") -> Path:
    """A ready-made host, in its own room or another one's (JPEG)."""
    return _still(in_room(load_persona(name), background))


def draw_ready_made() -> None:
    """All ready-made hosts, so that no page has to wait for one to be drawn."""
    for name in persona_names():
        host_still(name)


def persona_still(persona: HostPersona, background: str = "") -> Path:
    """One of an advertiser's own. Raises `InputError` when a choice is none any more."""
    return _still(in_room(drawn_persona(persona), background))


def drawn_persona(persona: HostPersona) -> Persona:
    """An advertiser's host as numbers."""
    chosen = {**persona.choices, "name": persona.name, "language": persona.language, "seed": persona.seed}
    return persona_from_choices(chosen)


def in_room(persona: Persona, background: str) -> Persona:
    """The host in the room of the ready-made host that lives there; as it is where there is no such room."""
    look = room_looks().get(background)
    return dataclasses.replace(persona, room=look) if look else persona


@lru_cache(maxsize=1)
def room_looks() -> dict[str, RoomLook]:
    """Kind of room → its tones, from the ready-made host that lives there."""
    return {look.kind: look for look in (load_persona(name).room for name in persona_names())}


def choice_still(group: str, choice: str) -> Path | None:
    """What one choice of the maker looks like; None where there is no such choice or no picture of it."""
    if choice not in choices().get(group, {}):
        return None
    path = choice_picture(group, choice)
    return path if path.is_file() else None


def _still(persona: Persona) -> Path:
    folder = Path(settings.ADLOOM_HOME) / "live" / "stills"
    key = hashlib.sha256(json.dumps([sheet_key(persona, WIDTH, HEIGHT), QUALITY]).encode()).hexdigest()
    path = folder / f"{key[:32]}.jpg"
    if not path.exists():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        _write(path, _draw(persona, folder))
    return path


def _draw(persona: Persona, folder: Path) -> Bytes:
    host = HostRenderer(rasterise(persona, WIDTH, HEIGHT, folder))
    picture = empty_yuv(WIDTH, HEIGHT)
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
