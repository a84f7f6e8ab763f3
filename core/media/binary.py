"""Which ffmpeg runs: the operator's (`FFMPEG_BINARY`), else the one that imageio-ffmpeg carries."""

from __future__ import annotations

import os
from functools import cache
from importlib import util
from pathlib import Path

from django.conf import settings

from core.errors import ServiceDown


@cache
def ffmpeg_binary() -> str:
    """Absolute path of the program. The wheel is not imported: its own search starts ffmpeg once to try it."""
    return settings.FFMPEG_BINARY or str(_carried_binary())


def share_with_moviepy() -> None:
    """moviepy and imageio ask these variables before they search; an empty one makes them fail."""
    for name in ("IMAGEIO_FFMPEG_EXE", "FFMPEG_BINARY"):
        if not os.environ.get(name):
            os.environ[name] = ffmpeg_binary()


def _carried_binary() -> Path:
    found = util.find_spec("imageio_ffmpeg")
    folder = Path(found.submodule_search_locations[0]) if found and found.submodule_search_locations else Path("/")
    for program in sorted((folder / "binaries").glob("ffmpeg-*")):
        return program
    raise ServiceDown("ffmpeg", "imageio-ffmpeg carries none for this machine; set FFMPEG_BINARY")
