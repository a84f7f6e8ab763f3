"""Media tools: the operator's own ffmpeg, else the one that imageio-ffmpeg carries."""

from __future__ import annotations

from config.settings.environment import read_program, read_text

FFMPEG_BINARY = read_program("FFMPEG_BINARY")

LABEL_PRODUCER = read_text("LABEL_PRODUCER", "Adloom")
"""Who the implicit AIGC label names: the operator's own provider code where one was given to them."""
