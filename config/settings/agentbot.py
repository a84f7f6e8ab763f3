"""Conversations: the address this platform is reached at from outside."""

from __future__ import annotations

from config.settings.environment import read_url, read_whole_number

HAS_PUBLIC_URL = bool(read_url("PUBLIC_URL", ("http", "https")))
PUBLIC_URL = (
    read_url("PUBLIC_URL", ("http", "https")) or f"http://127.0.0.1:{read_whole_number('PORT', 8000, 1, 65535)}"
)
