"""Live rooms: how many a host runs, and the prices that the cost of a half hour is reckoned with (fen)."""

from __future__ import annotations

import os

from config.settings.environment import read_flag, read_whole_number

LIVE_ROOMS_PER_HOST = read_whole_number("LIVE_ROOMS_PER_HOST", max(1, 2 * (os.cpu_count() or 1)), 0, 200)
LIVE_CORE_HOUR_FEN = read_whole_number("LIVE_CORE_HOUR_FEN", 35, 0, 100_000)
LIVE_GIGABYTE_FEN = read_whole_number("LIVE_GIGABYTE_FEN", 80, 0, 100_000)
LIVE_OFFERED_LOWEST_FEN = read_whole_number("LIVE_OFFERED_LOWEST_FEN", 0, 0, 10_000_000)
LIVE_OFFERED_HIGHEST_FEN = read_whole_number("LIVE_OFFERED_HIGHEST_FEN", 0, 0, 10_000_000)

LIVE_ARCHIVE = read_flag("LIVE_ARCHIVE")
"""Whether broadcasts are recorded, labelled and signed: about 1.1 GB an hour and room, kept a week."""

LIVE_STUN_URL = os.environ.get("LIVE_STUN_URL", "")
LIVE_TURN_URL = os.environ.get("LIVE_TURN_URL", "")
LIVE_TURN_USER = os.environ.get("LIVE_TURN_USER", "")
LIVE_TURN_PASSWORD = os.environ.get("LIVE_TURN_PASSWORD", "")
"""Servers that lead a guest's browser through its network (stun:host:3478, turn:host:3478); none is asked else."""
