"""The first minute of a room, rendered by a host."""

from __future__ import annotations

from avatar.models import Room, RoomPreview
from avatar.services.broadcasting import wake_hosts
from avatar.services.scripts import current_script
from core.errors import InputError
from core.live_updates import publish

SECONDS = 60
_OPEN = (RoomPreview.State.QUEUED, RoomPreview.State.RUNNING)


def order_preview(room: Room, seconds: int = SECONDS) -> RoomPreview:
    """One at a time for a room: while one is being made, that one. Raises `InputError` without a script."""
    script = current_script(room)
    if script is None:
        raise InputError("script", "has no line; write at least one sentence", "empty_script")
    under_way: RoomPreview | None = room.previews.filter(state__in=_OPEN).order_by("-pk").first()
    if under_way is not None:
        return under_way
    made = RoomPreview.objects.create(advertiser=room.advertiser, room=room, script=script, seconds=seconds)
    wake_hosts()
    publish(room.advertiser_id, "rooms", {"room": str(room.pk)})
    return made
