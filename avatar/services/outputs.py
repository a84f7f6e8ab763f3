"""Where a room is streamed to. A stream key comes in once, is sealed, and goes to the engine alone."""

from __future__ import annotations

import re

from django.db.models import Max

from avatar.models import Room, StreamOutput
from core.errors import InputError
from core.live_updates import publish

MOST_OUTPUTS = 5
_URL = re.compile(r"rtmps?://[^\s/@]+(?:/[^\s@]*)?")
_KEY = re.compile(r"\S{1,300}")


def add_output(room: Room, platform: str, url: str, key: str) -> StreamOutput:
    """Raises `InputError` naming the field; the key never stands in a message."""
    if platform not in StreamOutput.Platform.values:
        raise InputError(
            "platform", f"{platform!r} is none of {', '.join(StreamOutput.Platform.values)}", "unknown_choice"
        )
    if not _URL.fullmatch(url) or len(url) > 300:
        raise InputError("url", "must be an address that begins with rtmp:// or rtmps://", "bad_stream_url")
    if key and not _KEY.fullmatch(key):
        raise InputError("key", "is one word without spaces", "bad_stream_key")
    if room.outputs.count() >= MOST_OUTPUTS:
        raise InputError("outputs", f"at most {MOST_OUTPUTS}", "too_many_outputs")
    last = room.outputs.aggregate(last=Max("position"))["last"]
    made = StreamOutput(
        advertiser=room.advertiser, room=room, platform=platform, url=url, position=0 if last is None else last + 1
    )
    made.seal_key(key)
    made.save()
    publish(room.advertiser_id, "rooms", {"room": str(room.pk)})
    return made


def remove_output(output: StreamOutput) -> None:
    output.delete()
    publish(output.advertiser_id, "rooms", {"room": str(output.room_id)})
