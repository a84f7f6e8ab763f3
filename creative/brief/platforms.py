"""Platform profiles as a brief needs them; the figures live in `core.platforms`."""

from __future__ import annotations

from core.platforms import PlatformProfile, profile

__all__ = ["PlatformProfile", "profile"]
