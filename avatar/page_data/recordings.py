"""Recordings of a room's broadcasts, for its set-up page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse

from avatar.hosting.archive import pieces_of, read_archive
from avatar.models import Broadcast, Room

SHOWN = 10


@dataclass(frozen=True)
class Recording:
    """One file. `url` is empty until it is signed; `failure` says why it never will be."""

    began: dt.datetime
    name: str
    size_bytes: int
    url: str
    failure: str = ""


def recordings_of(room: Room) -> list[Recording]:
    """Files of the last broadcasts that are over, newest first; none where nothing is recorded."""
    ended = room.broadcasts.filter(state__in=[Broadcast.State.DONE, Broadcast.State.FAILED]).order_by("-created_at")
    found: list[Recording] = []
    for broadcast in ended[:SHOWN]:
        pieces = read_archive(broadcast)
        if pieces is None:
            waiting = ((path.name, path.stat().st_size) for path in pieces_of(broadcast))
            found += [Recording(broadcast.created_at, name, size, "") for name, size in waiting]
            continue
        for piece in pieces:
            url = reverse("avatar:recording", args=[room.pk, broadcast.pk, piece.name])
            found.append(Recording(broadcast.created_at, piece.name, piece.size_bytes, url, piece.failure))
    return found


def is_recording() -> bool:
    """Whether this install records at all."""
    return bool(settings.LIVE_ARCHIVE)
