"""Conversations: the address this platform is reached at from outside, and where other platforms' interfaces are."""

from __future__ import annotations

from config.settings.environment import read_url, read_whole_number

HAS_PUBLIC_URL = bool(read_url("PUBLIC_URL", ("http", "https")))
PUBLIC_URL = (
    read_url("PUBLIC_URL", ("http", "https")) or f"http://127.0.0.1:{read_whole_number('PORT', 8000, 1, 65535)}"
)
# Empty: the platform's own address. A gateway or a stand-in named here may be a private one.
DOUYIN_API_URL = read_url("DOUYIN_API_URL", ("http", "https"))
KUAISHOU_API_URL = read_url("KUAISHOU_API_URL", ("http", "https"))
META_GRAPH_URL = read_url("META_GRAPH_URL", ("http", "https"))
WECOM_API_URL = read_url("WECOM_API_URL", ("http", "https"))
