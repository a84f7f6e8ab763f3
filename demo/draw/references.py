"""Draw the sample references: video with burned captions and music, subtitles, record.

`python -m demo.draw.references` makes all; names limit it; `--look FOLDER` writes one still of each line instead.
"""

from __future__ import annotations

import argparse
import subprocess
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import Any

import imageio_ffmpeg
import numpy as np
import yaml
from PIL import Image

from demo.draw.captions import caption
from demo.draw.ref_stories import STORIES, Line, Story
from demo.draw.stage import FPS, TALL, Film, encoder

FOLDER = Path(__file__).resolve().parents[1] / "references"
MUSIC = FOLDER.parent / "music"
SCALE = 0.5
QUALITY = 29.0


def spans(story: Story) -> list[tuple[int, int, Line]]:
    """First frame, frame after the last, line; the lines tile the ad."""
    found, start = [], 0
    for each in story.lines:
        end = start + round(each.seconds * FPS)
        found.append((start, end, each))
        start = end
    return found


def _stamp(frame: float) -> str:
    milliseconds = round(frame * 1000 / FPS)
    seconds, rest = divmod(milliseconds, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d},{rest:03d}"


def subtitles(story: Story) -> str:
    """The spoken lines as SRT."""
    blocks = [
        f"{i}\n{_stamp(start + 2)} --> {_stamp(end - 3)}\n{each.text}\n"
        for i, (start, end, each) in enumerate(spans(story), 1)
    ]
    return "\n".join(blocks)


def record(story: Story) -> dict[str, Any]:
    """What the yaml beside the video says."""
    names = ("impressions", "plays_3s", "clicks", "conversions", "spend")
    joined = (
        "".join(each.text for each in story.lines)
        if story.language == "zh-CN"
        else " ".join(each.text for each in story.lines)
    )
    return {
        "title": story.title,
        "category": story.category,
        "platform": story.platform,
        "language": story.language,
        "rights": story.rights,
        "brands": list(story.brand),
        "metrics": dict(zip(names, story.figures, strict=True)),
        "script": joined,
    }


def _still(film: Film, story: Story, each: Line, t: float) -> Any:
    return film.frame(
        lambda c, at: each.scene(c, at, story.set), t, lambda c, at: caption(c, each.text, at, story.set.accent)
    )


def _sound(story: Story, seconds: float, folder: Path) -> Path:
    """The story's loop cut to length, fading in and out."""
    path = folder / f"{story.name}.wav"
    fades = f"atrim=0:{seconds},afade=t=in:d=0.15,afade=t=out:st={seconds - 0.7}:d=0.7"
    command = [
        imageio_ffmpeg.get_ffmpeg_exe(),
        "-v",
        "error",
        "-y",
        "-stream_loop",
        "2",
        "-i",
        str(MUSIC / f"{story.music}.ogg"),
        "-af",
        fades,
        str(path),
    ]
    subprocess.run(command, check=True)
    return path


def make(name: str) -> str:
    """Render one reference with its subtitles and record."""
    story = next(each for each in STORIES if each.name == name)
    frames = spans(story)[-1][1]
    path = FOLDER / f"{name}.mp4"
    sound = _sound(story, frames / FPS, FOLDER)
    film = Film(TALL, SCALE, 0.45, 0.3)
    process = encoder(path, (film.width, film.height), QUALITY, sound, "64k", 2 * FPS)
    assert process.stdin
    for start, end, each in spans(story):
        for frame in range(start, end):
            process.stdin.write(_still(film, story, each, (frame - start) / FPS).tobytes())
    process.stdin.close()
    failed = process.wait()
    sound.unlink()
    if failed:
        raise RuntimeError(f"{path.name}: the encoder ended with {failed}")
    path.with_suffix(".srt").write_text(subtitles(story), encoding="utf-8")
    text = yaml.safe_dump(record(story), allow_unicode=True, sort_keys=False, width=140)
    path.with_suffix(".yaml").write_text(text, encoding="utf-8")
    return f"{path.name}: {frames / FPS:.1f} s, {path.stat().st_size // 1024} KiB"


def look(name: str, folder: Path) -> None:
    """One still of each line, side by side."""
    story = next(each for each in STORIES if each.name == name)
    film = Film(TALL, 0.25, 0.45, 0.3)
    stills = [_still(film, story, each, each.seconds * 0.62)[:, :, 2::-1].copy() for each in story.lines]
    Image.fromarray(np.concatenate(stills, axis=1)).save(folder / f"{name}.png")


def main() -> None:
    parser = argparse.ArgumentParser(description="Draw the sample references.")
    parser.add_argument("names", nargs="*")
    parser.add_argument("--look", type=Path)
    parser.add_argument("--jobs", type=int, default=2)
    options = parser.parse_args()
    names = options.names or [story.name for story in STORIES]
    if options.look:
        options.look.mkdir(parents=True, exist_ok=True)
        for name in names:
            look(name, options.look)
        return
    FOLDER.mkdir(exist_ok=True)
    with ProcessPoolExecutor(options.jobs) as pool:
        for done in pool.map(make, names):
            print(done, flush=True)


if __name__ == "__main__":
    main()
