"""Understanding a picture, and a video too short to be anything else."""

from __future__ import annotations

import os
from dataclasses import asdict
from pathlib import Path

import numpy as np

from core.media import run_ffmpeg
from generation.contracts import MediaSource, ShotFacts, Understanding
from generation.understanding.cuts import Interval
from generation.understanding.frame_series import SeriesBuilder
from generation.understanding.incoming import Incoming
from generation.understanding.measures import Pictured, measure_shot
from generation.understanding.probing import Probe
from generation.understanding.sandbox import ask_child

_LOOK_LONG_SIDE = 640


def understand_picture(incoming: Incoming) -> Understanding:
    """Make the picture upright sRGB of at most 1920 a side; it has no frames and one shot of none."""
    limits = incoming.limits
    request = {
        "path": str(incoming.path.absolute()),
        "format": incoming.demuxer,
        "out": str(incoming.work / "picture"),
        "min_side": limits.min_side,
        "max_side": limits.max_side,
        "long_side": limits.long_side,
    }
    answer = ask_child(
        "generation.understanding.picture_process",
        request,
        seconds=limits.probe_seconds,
        memory_bytes=limits.probe_memory_bytes,
    )
    facts = {**answer, "alpha_path": ""}
    if answer["has_alpha"]:
        final = incoming.materials / f"{incoming.sha256}-alpha.png"
        os.replace(incoming.work / "picture-alpha.png", final)
        facts["alpha_path"] = str(final)
    notes = ("it moves; only its first frame is used",) if answer["is_animated"] else ()
    return _as_picture(incoming, incoming.work / "picture.jpg", facts, notes)


def take_frame(incoming: Incoming, probe: Probe, copy: Path, frame: int) -> Understanding:
    """A video of less than half a second, kept as the picture of its middle frame."""
    made = incoming.work / "frame.jpg"
    at = ["-vf", f"select=eq(n\\,{frame})", "-frames:v", "1", "-q:v", "2", "-pix_fmt", "yuvj444p"]
    run_ffmpeg(["-protocol_whitelist", "file", "-f", "mov", "-i", str(copy), *at, "-update", "1", str(made)])
    note = "it is shorter than half a second and used as a picture"
    return _as_picture(incoming, made, asdict(probe), (*probe.notes, note))


def _as_picture(incoming: Incoming, made: Path, facts: dict[str, object], notes: tuple[str, ...]) -> Understanding:
    final = incoming.materials / f"{incoming.sha256}.jpg"
    os.replace(made, final)
    width, height, shot = _measured(incoming, final)
    incoming.on_progress(0.95)
    return Understanding(
        source=MediaSource(incoming.sha256, str(final), "", "picture", width, height, 0),
        media="picture",
        seconds=0.0,
        has_audio=False,
        shots=(shot,),
        probe=facts,
        notes=notes,
    )


def _measured(incoming: Incoming, path: Path) -> tuple[int, int, ShotFacts]:
    """(width, height, facts): the picture measured as a video of one frame."""
    import cv2

    picture = np.asarray(cv2.imread(str(path), cv2.IMREAD_COLOR))
    height, width = picture.shape[:2]
    factor = min(1.0, _LOOK_LONG_SIDE / max(width, height))
    small_size = tuple(max(round(side * factor / 4) * 4, 4) for side in (width, height))
    small = cv2.resize(picture, small_size, interpolation=cv2.INTER_AREA)
    builder = SeriesBuilder(*small_size)
    builder.add(cv2.cvtColor(small, cv2.COLOR_BGR2YUV_I420).tobytes())
    pictured = Pictured(width, height, np.zeros(1), incoming.home / "thumbnails", incoming.sha256)
    facts = measure_shot(builder.finish(), Interval(0, 1), pictured)
    return width, height, ShotFacts(**{**asdict(facts), "end_frame": 0, "subject": facts.subject})
