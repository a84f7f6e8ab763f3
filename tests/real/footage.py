"""Small moving pictures made on the spot: what a test gives for footage."""

from __future__ import annotations

from pathlib import Path

from core.media import run_ffmpeg

CLIPS = {
    "pour coffee close.mp4": "mandelbrot=size=360x640:rate=30:start_scale=0.8:end_scale=0.2:end_pts=90",
    "office tired 犯困.mp4": "testsrc2=size=360x640:rate=30,hue=H=t",
    "beans 咖啡豆.mp4": "life=size=360x640:mold=10:rate=30:ratio=0.4:death_color=#552211:life_color=#ffcc88:seed=7",
    "bottle wide.mp4": "testsrc2=size=640x360:rate=25,rotate=t/3",
    "ice drop.mp4": "mandelbrot=size=360x640:rate=30:start_x=-0.74:start_y=0.11:start_scale=0.05:end_scale=0.01",
    "street walk.mp4": "testsrc2=size=360x640:rate=30,negate,rotate=sin(t)",
}


def make_footage(folder: Path, seconds: float = 4.0) -> Path:
    """Six clips of a few seconds in `folder`; one is wide and at 25 fps."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, source in CLIPS.items():
        run_ffmpeg(
            [
                *("-y", "-f", "lavfi", "-i", source, "-t", str(seconds), "-c:v", "libx264"),
                *("-preset", "ultrafast", "-crf", "26", "-pix_fmt", "yuv420p", str(folder / name)),
            ],
            timeout_seconds=120,
        )
    return folder
