"""The door of `avatar`: what other apps may call."""

from __future__ import annotations

from avatar.demonstration.filming import film_room
from avatar.demonstration.section import live_section
from avatar.live_topics import LIVE_TOPICS
from avatar.page_data.account import account_rooms, on_air_count, rooms_on_air, waiting_counts, waiting_things
from avatar.page_data.rooms import RoomCard

__all__ = [
    "LIVE_TOPICS",
    "RoomCard",
    "account_rooms",
    "film_room",
    "live_section",
    "on_air_count",
    "rooms_on_air",
    "waiting_counts",
    "waiting_things",
]
