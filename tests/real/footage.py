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


SUBTITLES = """1
00:00:00,100 --> 00:00:01,900
又是犯困的下午？

2
00:00:02,000 --> 00:00:03,900
咖啡越喝越苦，谁受得了。

3
00:00:04,000 --> 00:00:05,900
岫里冷泡茶，冰水慢泡，回甘清甜。

4
00:00:06,000 --> 00:00:07,900
你看这茶汤，干干净净。

5
00:00:08,000 --> 00:00:09,900
今晚下单，第二件半价。

6
00:00:10,000 --> 00:00:11,900
点下面链接，带一瓶走。
"""
RECORD = (
    "title: 冷泡茶\ncategory: 茶饮\nlanguage: zh-CN\nplatform: kuaishou\nmetrics: {impressions: 9000, plays_3s: 4000}\n"
)


def make_reference(folder: Path) -> Path:
    """One reference of twelve seconds and six cuts in `folder`, with its subtitles and record."""
    folder.mkdir(parents=True, exist_ok=True)
    colours = ("red", "green", "blue", "yellow", "purple", "orange")
    inputs = [
        part for colour in colours for part in ("-f", "lavfi", "-t", "2", "-i", f"color={colour}:size=180x320:rate=30")
    ]
    joined = (
        "".join(f"[{number}:v]" for number in range(len(colours))) + f"concat=n={len(colours)}:v=1,noise=alls=20:allf=t"
    )
    run_ffmpeg(
        ["-y", *inputs, "-filter_complex", joined, "-preset", "ultrafast", str(folder / "tea.mp4")], timeout_seconds=120
    )
    (folder / "tea.srt").write_text(SUBTITLES, encoding="utf-8")
    (folder / "tea.yaml").write_text(RECORD, encoding="utf-8")
    return folder
