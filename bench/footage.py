"""Material of the rendering rows, made on the spot: noisy (hard to encode) and plain."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from core.media import run_ffmpeg
from generation.contracts import MediaSource

SIZES = ((1080, 1920), (1080, 1920), (1920, 1080), (1280, 720), (1080, 1920), (1440, 1080), (1080, 1350))
NOISY = (
    "testsrc2=s={w}x{h}:r=30",
    "mandelbrot=s={w}x{h}:r=30:inner=convergence",
    "gradients=s={w}x{h}:r=30:speed=0.02:seed={seed},noise=alls=14:allf=t",
    "testsrc2=s={w}x{h}:r=30,hue=h=t*20,noise=alls=10:allf=t",
)
PLAIN = (
    "gradients=s={w}x{h}:r=30:speed=0.015:seed={seed}",
    "color=c=#2a4a5a:s={w}x{h}:r=30,drawbox=x='40+t*90':y=ih/3:w=iw/3:h=ih/4:color=#e7a33e:t=fill",
    "gradients=s={w}x{h}:r=30:speed=0.03:type=radial:seed={seed}",
)


def make_footage(folder: Path, kind: str, count: int, seconds: float, divide: int = 1) -> list[MediaSource]:
    """`count` clips of the kind in mixed sizes, CFR 30: "noisy" at about 9 Mbit/s, "plain" as much as crf 20 takes."""
    patterns = NOISY if kind == "noisy" else PLAIN
    rate = ("-b:v", f"{9000 // divide**2}k") if kind == "noisy" else ("-crf", "20")
    return [_clip(folder / f"{kind}-{index}.mp4", patterns, index, seconds, divide, rate) for index in range(count)]


def _clip(
    path: Path, patterns: Sequence[str], index: int, seconds: float, divide: int, rate: tuple[str, str]
) -> MediaSource:
    width, height = (side // divide // 2 * 2 for side in SIZES[index % len(SIZES)])
    pattern = patterns[index % len(patterns)].format(w=width, h=height, seed=index + 1)
    colour = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    run_ffmpeg(
        [
            *(
                "-f",
                "lavfi",
                "-i",
                pattern,
                "-t",
                f"{seconds:.3f}",
                "-vf",
                "scale=out_color_matrix=bt709,format=yuv420p",
            ),
            *(
                "-c:v",
                "libx264",
                "-preset",
                "veryfast",
                "-b:v",
                f"{9000 // divide**2}k",
                "-g",
                "60",
                *colour,
                str(path),
            ),
        ]
    )
    return MediaSource(f"{path.name:0<64}", str(path), path.name, "video", width, height, round(seconds * 30))
