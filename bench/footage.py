"""Material of the rendering rows, made on the spot: noisy (hard to encode) and plain (a product's footage)."""

from __future__ import annotations

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
PLAIN = Path(__file__).resolve().parents[1] / "demo" / "footage"


def make_footage(folder: Path, kind: str, count: int, seconds: float, divide: int = 1) -> list[MediaSource]:
    """`count` clips in mixed sizes, CFR 30: "noisy" at about 9 Mbit/s, "plain" from the demo's footage at crf 20."""
    return [_clip(folder / f"{kind}-{index}.mp4", kind, index, seconds, divide) for index in range(count)]


def _clip(path: Path, kind: str, index: int, seconds: float, divide: int) -> MediaSource:
    width, height = (side // divide // 2 * 2 for side in SIZES[index % len(SIZES)])
    if kind == "noisy":
        pattern = NOISY[index % len(NOISY)].format(w=width, h=height, seed=index + 1)
        source, rate = ["-f", "lavfi", "-i", pattern], ["-b:v", f"{9000 // divide**2}k"]
    else:
        shots = sorted(PLAIN.glob("*.mp4"))
        source, rate = ["-stream_loop", "3", "-i", str(shots[index * 3 % len(shots)])], ["-crf", "20"]
    fill = f"scale={width}:{height}:force_original_aspect_ratio=increase:out_color_matrix=bt709,crop={width}:{height}"
    colour = ["-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv"]
    run_ffmpeg(
        [
            *(*source, "-t", f"{seconds:.3f}", "-vf", f"{fill},setsar=1,format=yuv420p", "-an"),
            *("-c:v", "libx264", "-preset", "veryfast", *rate, "-g", "60", *colour, str(path)),
        ]
    )
    return MediaSource(f"{path.name:0<64}", str(path), path.name, "video", width, height, round(seconds * 30))
