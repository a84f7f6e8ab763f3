"""The one way pictures are encoded.

Segments can be joined by stream copy only while their headers are byte-identical, so
every option that reaches the header is fixed here, and all of them are part of a
segment's key.
"""

from __future__ import annotations

import subprocess
from functools import lru_cache
from typing import Any

from core.media import ffmpeg_binary
from generation.contracts import FPS

GOP_FRAMES = 60
THREADS = 2
"""x264 gives other bytes for other thread counts; two leave room for a second job on two cores."""

_COLOUR = {"colorspace": "bt709", "color_primaries": "bt709", "color_trc": "bt709", "color_range": "tv"}
_SHARED: dict[str, Any] = {
    "vcodec": "libx264",
    "profile:v": "high",
    "pix_fmt": "yuv420p",
    "r": FPS,
    "g": GOP_FRAMES,
    "keyint_min": GOP_FRAMES,
    "sc_threshold": 0,
    "flags": "+cgop",
    "bf": 2,
    "threads": THREADS,
    "map_metadata": -1,
    "an": None,
    **_COLOUR,
}


def encoder_options(draft: bool) -> dict[str, Any]:
    """Options of a segment's encode: veryfast at crf 23, drafts ultrafast at crf 27."""
    if draft:
        # ultrafast turns off what `high` is for; B frames stay out so that a draft starts at once.
        return {**_SHARED, "preset": "ultrafast", "crf": 27, "bf": 0}
    return {**_SHARED, "preset": "veryfast", "crf": 23}


@lru_cache(maxsize=4)
def _build_of(binary: str) -> str:
    answer = subprocess.run(
        [binary, "-hide_banner", "-version"], capture_output=True, text=True, check=True, timeout=30
    )
    return answer.stdout.splitlines()[0]


def encoder_fingerprint(draft: bool) -> str:
    """Build and options of the encoder, for keys."""
    options = sorted((key, str(value)) for key, value in encoder_options(draft).items())
    return f"{_build_of(str(ffmpeg_binary()))} {options}"
