"""A made picture or clip as a file."""

from __future__ import annotations

import os
from pathlib import Path

from core.errors import InputError
from core.media import ffmpeg_process
from generation.engines.clips.base import MadeClip

CRF = 12
"""x264 at 12: no eye sees the difference, and the next encode (the ad's) loses nothing more."""


def write_clip(made: MadeClip, path: Path) -> None:
    """One frame as PNG, more as MP4 (H.264, BT.709); the suffix has to say so. Whole or not at all."""
    wanted = check_out(path, len(made.frames))
    draft = _draft(path, wanted)
    try:
        _write_picture(made, draft) if wanted == ".png" else _write_video(made, draft)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)


def check_out(path: Path, frames: int) -> str:
    """The suffix that `frames` frames are written with; InputError unless `path` has it and can be written.

    Makes the folder. Asked before the minutes a model takes as well as after.
    """
    wanted = ".png" if frames == 1 else ".mp4"
    if path.suffix.lower() != wanted:
        raise InputError("out", f"{path.name}: {frames} frames are written as {wanted}", "out")
    if path.is_dir():
        raise InputError("out", f"{path} is a folder; name a file", "out")
    draft = _draft(path, wanted)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        draft.touch()
        draft.unlink()
    except OSError as error:
        raise InputError("out", f"{path} cannot be written: {error.strerror}", "out") from error
    return wanted


def _draft(path: Path, suffix: str) -> Path:
    return path.with_name(f".{path.stem}.{os.getpid()}{suffix}")


def _write_picture(made: MadeClip, path: Path) -> None:
    from PIL import Image

    Image.fromarray(made.frames[0]).save(path, "PNG")


def _write_video(made: MadeClip, path: Path) -> None:
    height, width = made.frames.shape[1:3]
    arguments = ["-f", "rawvideo", "-pix_fmt", "rgb24", "-s", f"{width}x{height}", "-r", str(made.fps), "-i", "pipe:0"]
    arguments += ["-vf", "scale=out_color_matrix=bt709:out_range=tv"]
    arguments += ["-c:v", "libx264", "-preset", "medium", "-crf", str(CRF), "-pix_fmt", "yuv420p", "-threads", "2"]
    arguments += ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    arguments += ["-map_metadata", "-1", "-movflags", "+faststart", str(path)]
    with ffmpeg_process(arguments, with_stdin=True) as encoder:
        try:
            for frame in made.frames:
                encoder.stdin.write(frame.tobytes())
        except BrokenPipeError:
            pass  # it ended early; `finish` says why
        encoder.finish()
