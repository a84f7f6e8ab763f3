"""A picture of the advertiser's own behind the host: taken in like any stranger's file."""

from __future__ import annotations

import tempfile
from pathlib import Path

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from avatar.models import Room
from avatar.rooms import PICTURE
from core.errors import InputError
from core.live_updates import publish
from generation import api as generation


def set_background(room: Room, file: UploadedFile) -> None:
    """The uploaded picture stands behind the host from now on. InputError names the file and why it cannot."""
    name = Path(file.name or "picture").name
    if not file.size:
        raise InputError(name, "is empty", "empty")
    incoming = Path(settings.ADLOOM_HOME) / "incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=incoming) as kept:
        for chunk in file.chunks():
            kept.write(chunk)
        kept.flush()
        room.background_sha256 = generation.take_picture(Path(kept.name), name)
    room.background = PICTURE
    room.save(update_fields=["background", "background_sha256"])
    publish(room.advertiser_id, "rooms", {"room": str(room.pk)})
