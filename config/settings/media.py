"""Media tools: the operator's own ffmpeg, else the one that imageio-ffmpeg carries."""

from __future__ import annotations

from config.settings.environment import read_program

FFMPEG_BINARY = read_program("FFMPEG_BINARY")
