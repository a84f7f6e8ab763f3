"""Defects of the file rather than of what it shows: made by remuxing or by changing bytes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from random import Random

from core.media import run_ffmpeg
from tests.generation.quality import ads
from tests.generation.quality.defects import Planted, resized
from tests.support.mp4_boxes import top_level_boxes

FileDefect = Callable[[ads.Ad, Path, Path, Random], Planted]
"""(clean ad, its file, where the broken file goes, chance) -> what has to be found."""

_TO_THE_END = 10_000


def wrong_size(ad: ads.Ad, clean: Path, broken: Path, random: Random) -> Planted:
    width, height = random.choice(((352, 640), (360, 480), (540, 960), (640, 360)))
    ads.encode(resized(ads.paint(ad), width, height), ad.sound, broken)
    return Planted("size", 0, 0)


def stretched_pixels(ad: ads.Ad, clean: Path, broken: Path, random: Random) -> Planted:
    _copy(clean, broken, "-bsf:v", "h264_metadata=sample_aspect_ratio=4/3", "-aspect", "3:4")
    return Planted("size", 0, 0)


def truncated(ad: ads.Ad, clean: Path, broken: Path, random: Random) -> Planted:
    """Cut off while it was uploaded."""
    whole = broken.with_name("whole-" + broken.name)
    _copy(clean, whole, "-movflags", "faststart")
    content = whole.read_bytes()
    broken.write_bytes(content[: int(len(content) * random.uniform(0.4, 0.85))])
    return Planted("decode", 0, _TO_THE_END)


def damaged(ad: ads.Ad, clean: Path, broken: Path, random: Random) -> Planted:
    """A disk that lost a few blocks of picture."""
    content = bytearray(clean.read_bytes())
    media = next(box for box in top_level_boxes(clean) if box.kind == "mdat")
    start = random.randrange(media.payload + 2000, media.end - 9000)
    content[start : start + 6000] = bytes(random.randrange(256) for _ in range(6000))
    broken.write_bytes(bytes(content))
    return Planted("decode", 0, _TO_THE_END)


def uneven_rate(ad: ads.Ad, clean: Path, broken: Path, random: Random) -> Planted:
    """A frame missing in the middle, its place left open."""
    gone = random.randrange(20, ad.frames - 20)
    options = ("-vf", f"select=not(eq(n\\,{gone}))", "-fps_mode", "vfr", "-c:a", "copy", "-preset", "ultrafast")
    run_ffmpeg(["-i", str(clean), *options, str(broken)])
    return Planted("timing", gone - 1, gone + 1)


def other_rate(ad: ads.Ad, clean: Path, broken: Path, random: Random) -> Planted:
    """The same frames played faster or slower."""
    _copy(clean, broken, "-bsf:v", f"setts=ts=TS*{random.choice((24, 36))}/30")
    return Planted("timing", 0, 0)


def frames_lost(ad: ads.Ad, clean: Path, broken: Path, random: Random) -> Planted:
    """The last frames are gone, the timing is right."""
    lost = random.randrange(1, 12)
    run_ffmpeg(["-i", str(clean), "-frames:v", str(ad.frames - lost), "-c", "copy", str(broken)])
    return Planted("frames", ad.frames - lost, ad.frames - lost)


def sound_late(ad: ads.Ad, clean: Path, broken: Path, random: Random) -> Planted:
    delay = random.uniform(0.08, 0.5)
    sources = ("-i", str(clean), "-itsoffset", f"{delay:.3f}", "-i", str(clean))
    run_ffmpeg([*sources, "-map", "0:v", "-map", "1:a", "-c", "copy", str(broken)])
    return Planted("av_gap", 0, _TO_THE_END)


FILE_DEFECTS: tuple[FileDefect, ...] = (
    wrong_size, stretched_pixels, truncated, damaged, uneven_rate, other_rate, frames_lost, sound_late,
)  # fmt: skip


def _copy(source: Path, target: Path, *options: str) -> None:
    run_ffmpeg(["-i", str(source), "-c", "copy", *options, str(target)])
