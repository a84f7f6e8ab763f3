"""Media tools: the operator's own ffmpeg, else the one that imageio-ffmpeg carries."""

from __future__ import annotations

from config.settings.environment import read_program, read_text, read_whole_number

FFMPEG_BINARY = read_program("FFMPEG_BINARY")

LABEL_PRODUCER = read_text("LABEL_PRODUCER", "Adloom")
"""Who the implicit AIGC label names: the operator's own provider code where one was given to them."""

SIGNING_ROOT = read_text("SIGNING_ROOT")
"""The root that all machines of an install sign under, as `make_keys` writes it; one machine makes its own."""

SEGMENTS_LIMIT_BYTES = read_whole_number("SEGMENTS_LIMIT_BYTES", 20 << 30, 1 << 20, 1 << 50)
"""Most bytes of rendered segments kept: the least recently used go first, and are rendered again when wanted."""
