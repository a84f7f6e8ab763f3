"""From a drawing function to a file: frames, the finish that all shots share, the encoder."""

from __future__ import annotations

import math
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import skia

from demo.draw.paint import MULTIPLY, SCREEN, SMOOTH, Canvas

FPS = 30
TALL, WIDE = (1080, 1920), (1920, 1080)


@dataclass(frozen=True)
class Shot:
    """One shot: `draw(canvas, t)` with t in seconds; size and words for the catalogue."""

    name: str
    draw: Callable[[Canvas, float], None]
    seconds: float
    role: str
    words: tuple[str, ...]
    size: tuple[int, int] = TALL
    vignette: float = 0.55
    bloom: float = 0.35
    quality: float = 25.0


SHOTS: dict[str, Shot] = {}


def shot(name: str, seconds: float, role: str, words: str, **more: Any) -> Callable[[Any], Any]:
    """Register a drawing function as a shot; words are separated by spaces."""

    def register(draw: Callable[[Canvas, float], None]) -> Callable[[Canvas, float], None]:
        SHOTS[name] = Shot(name, draw, seconds, role, tuple(words.split()), **more)
        return draw

    return register


@lru_cache(maxsize=4)
def _finish(width: int, height: int, strength: float) -> Any:
    """Vignette with still grain in one picture, to multiply by; the grain keeps gradients from banding."""
    y, x = np.mgrid[0:height, 0:width]
    reach = np.hypot((x / width - 0.5) / 0.62, (y / height - 0.47) / 0.68)
    shade = 1 - strength * np.clip(reach - 0.42, 0, 1) ** 1.6
    random = np.random.default_rng(5)
    grain = random.normal(0, 0.011, (height, width))
    value = np.clip((shade * 0.985 + grain) * 255, 0, 255)
    tint = np.stack([value * 0.985 + shade * 2, value, value, np.full_like(value, 255)], axis=-1)
    return skia.Image.fromarray(np.clip(tint, 0, 255).astype(np.uint8), colorType=skia.kBGRA_8888_ColorType)


def _bloom(surface: Any, width: int, height: int, strength: float) -> None:
    """Let bright parts glow: a small blurred copy of the highlights, screened over."""
    small = skia.Surface(width // 8, height // 8)
    canvas = small.getCanvas()
    keep = skia.ColorFilters.Matrix([1.5, 0, 0, 0, -0.62, 0, 1.5, 0, 0, -0.62, 0, 0, 1.5, 0, -0.62, 0, 0, 0, 1, 0])
    paint = skia.Paint(ColorFilter=keep, ImageFilter=skia.ImageFilters.Blur(7, 7))
    canvas.scale(1 / 8, 1 / 8)
    canvas.drawImage(surface.makeImageSnapshot(), 0, 0, SMOOTH, paint)
    top = surface.getCanvas()
    top.save()
    top.scale(8, 8)
    top.drawImage(
        small.makeImageSnapshot(),
        0,
        0,
        skia.SamplingOptions(skia.FilterMode.kLinear),
        skia.Paint(Alphaf=strength, BlendMode=SCREEN),
    )
    top.restore()


class Film:
    """Draws frames of a shot at a scale; `frame(t)` gives BGRA bytes as an array that is used again."""

    def __init__(self, size: tuple[int, int], scale: float = 1.0, vignette: float = 0.55, bloom: float = 0.35) -> None:
        self.width, self.height = round(size[0] * scale), round(size[1] * scale)
        self.scale, self.vignette, self.bloom = scale, vignette, bloom
        self.pixels = np.zeros((self.height, self.width, 4), np.uint8)
        self.surface = skia.Surface(self.pixels, colorType=skia.kBGRA_8888_ColorType)

    def frame(
        self, draw: Callable[[Canvas, float], None], t: float, over: Callable[[Canvas, float], None] | None = None
    ) -> Any:
        """Scene, glow, vignette and grain, then what lies over it (captions)."""
        canvas = self.surface.getCanvas()
        canvas.save()
        canvas.clear(0xFF120C0A)
        canvas.scale(self.scale, self.scale)
        draw(canvas, t)
        canvas.restore()
        if self.bloom:
            _bloom(self.surface, self.width, self.height, self.bloom)
        canvas.drawImage(
            _finish(self.width, self.height, self.vignette),
            0,
            0,
            skia.SamplingOptions(),
            skia.Paint(BlendMode=MULTIPLY),
        )
        if over:
            canvas.save()
            canvas.scale(self.scale, self.scale)
            over(canvas, t)
            canvas.restore()
        self.surface.flushAndSubmit()
        return self.pixels


_PICTURE = (
    "-vf scale=out_color_matrix=bt709:out_range=tv,format=yuv420p -c:v libx264 -preset medium -tune animation "
    "-sc_threshold 0 -threads 1 -colorspace bt709 -color_primaries bt709 -color_trc bt709 -color_range tv "
    "-x264-params colorprim=bt709:transfer=bt709:colormatrix=bt709 -map_metadata -1 -fflags +bitexact "
    "-flags:v +bitexact+cgop -movflags +faststart"
)


def encoder(
    path: Path, size: tuple[int, int], quality: float, sound: Path | None = None, bitrate: str = "96k", group: int = FPS
) -> subprocess.Popen[bytes]:
    """ffmpeg reading BGRA frames: 30 fps, yuv420p, BT.709 tagged, a key frame every `group` frames, groups closed."""
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-y", "-f", "rawvideo", "-pix_fmt", "bgra"]
    command += ["-s", f"{size[0]}x{size[1]}", "-r", str(FPS), "-i", "-"]
    if sound:
        command += ["-i", str(sound), "-c:a", "aac", "-b:a", bitrate, "-shortest"]
    command += [*_PICTURE.split(), "-crf", str(quality), "-g", str(group), "-keyint_min", str(group), str(path)]
    return subprocess.Popen(command, stdin=subprocess.PIPE)


def render(shot_: Shot, path: Path, sound: Path | None = None) -> None:
    """Draw every frame of a shot into a file."""
    film = Film(shot_.size, 1.0, shot_.vignette, shot_.bloom)
    process = encoder(path, shot_.size, shot_.quality, sound)
    assert process.stdin
    for index in range(math.ceil(shot_.seconds * FPS)):
        process.stdin.write(film.frame(shot_.draw, index / FPS).tobytes())
    process.stdin.close()
    if process.wait():
        raise RuntimeError(f"{path.name}: the encoder ended with {process.returncode}")
