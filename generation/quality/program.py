"""Where ffmpeg is, until the house's own answer is in the tree."""

import os

import imageio_ffmpeg


def ffmpeg_binary() -> str:
    return os.environ.get("FFMPEG_BINARY") or imageio_ffmpeg.get_ffmpeg_exe()
