"""Pictures and clips that an order names by path, cut to the size that is made.

Covered and cut round the centre, never stretched. Whoever offers these paths to strangers takes
the files in first (`generation.pictures`, `generation.understanding`): here they are ours.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from core.errors import InputError
from core.media import FfmpegError, run_ffmpeg

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL.Image import Image

_LARGEST_BYTES = 6 * 1024**3
_CLIP_SUFFIXES = (".mp4", ".mov", ".mkv", ".webm", ".avi", ".m4v")


def open_picture(thing: str, path: str) -> Image:
    """The picture at `path`, upright RGB; InputError names `thing` (the field it was given in)."""
    from PIL import Image, ImageOps

    try:
        with Image.open(path) as picture:
            upright = ImageOps.exif_transpose(picture)
            if upright.mode in ("RGBA", "LA", "P"):
                return _on_white(upright)
            return upright.convert("RGB")
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise InputError(thing, f"{Path(path).name} cannot be read as a picture", f"{thing}_unreadable") from error


def fitted(picture: Image, width: int, height: int) -> Image:
    """`picture` covering width x height, cut round its centre."""
    from PIL import Image, ImageOps

    return ImageOps.fit(picture, (width, height), Image.Resampling.LANCZOS)


def frame_of(thing: str, path: str, width: int, height: int) -> NDArray[np.uint8]:
    """The picture at `path` as one frame u8[1, H, W, 3]."""
    import numpy as np

    return np.asarray(fitted(open_picture(thing, path), width, height), dtype=np.uint8)[None]


def is_clip(path: str) -> bool:
    """Whether `path` names a video rather than a picture."""
    return Path(path).suffix.lower() in _CLIP_SUFFIXES


def read_clip(thing: str, path: str, width: int, height: int, fps: int) -> NDArray[np.uint8]:
    """All frames of the clip at `path` as u8[T, H, W, 3] at `fps`; InputError where there are none."""
    import numpy as np

    if not Path(path).is_file():
        raise InputError(thing, f"{Path(path).name} does not exist", f"{thing}_unreadable")
    chain = f"fps={fps},scale={width}:{height}:force_original_aspect_ratio=increase:flags=lanczos,crop={width}:{height}"
    arguments = ["-protocol_whitelist", "file", "-i", str(Path(path).absolute()), "-vf", chain]
    arguments += ["-fs", str(_LARGEST_BYTES), "-f", "rawvideo", "-pix_fmt", "rgb24", "pipe:1"]
    try:
        raw = run_ffmpeg(arguments, capture=True).output
    except FfmpegError as error:
        if error.trouble != "input":
            raise
        raise InputError(thing, f"{Path(path).name} cannot be read as a clip", f"{thing}_unreadable") from error
    frames = np.frombuffer(raw, np.uint8).reshape(-1, height, width, 3)
    if not len(frames):
        raise InputError(thing, f"{Path(path).name} has no frames", f"{thing}_unreadable")
    return frames


def layout_frames(thing: str, path: str, width: int, height: int, fps: int, frames: int) -> NDArray[np.uint8]:
    """A drawing, or a clip of drawings, as `frames` frames: a picture stands, a shorter clip holds its last."""
    import numpy as np

    if is_clip(path):
        given = read_clip(thing, path, width, height, fps)[:frames]
    else:
        given = frame_of(thing, path, width, height)
    return np.concatenate([given, np.repeat(given[-1:], frames - len(given), axis=0)])


def _on_white(picture: Image) -> Image:
    from PIL import Image

    ground = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(ground, picture.convert("RGBA")).convert("RGB")
