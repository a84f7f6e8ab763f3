"""Servers that help a browser through its network. No aiortc in here: the web and the room's process share it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class IceServers:
    """None is asked unless LIVE_STUN_URL or LIVE_TURN_URL is set; addresses of our own machines do in one network."""

    stun: str = ""
    turn: str = ""
    user: str = ""
    password: str = ""

    @classmethod
    def from_settings(cls, settings: Any) -> IceServers:
        names = ("LIVE_STUN_URL", "LIVE_TURN_URL", "LIVE_TURN_USER", "LIVE_TURN_PASSWORD")
        return cls(*(str(getattr(settings, name)) for name in names))

    def as_browsers_take_them(self) -> list[dict[str, str]]:
        found = [{"urls": self.stun}] if self.stun else []
        if self.turn:
            found.append({"urls": self.turn, "username": self.user, "credential": self.password})
        return found
