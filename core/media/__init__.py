"""The door to ffmpeg: `ffmpeg_binary`, `run_ffmpeg`, `ffmpeg_process`, and what can go wrong."""

from core.media.binary import ffmpeg_binary
from core.media.errors import FfmpegBroke, FfmpegError, FfmpegRefused, Trouble
from core.media.process import FfmpegProcess, FfmpegRun, ffmpeg_process, run_ffmpeg

__all__ = [
    "FfmpegBroke",
    "FfmpegError",
    "FfmpegProcess",
    "FfmpegRefused",
    "FfmpegRun",
    "Trouble",
    "ffmpeg_binary",
    "ffmpeg_process",
    "run_ffmpeg",
]
