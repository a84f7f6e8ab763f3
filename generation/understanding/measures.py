"""One shot as facts."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from generation.contracts import ShotFacts
from generation.understanding.cuts import Interval
from generation.understanding.faces import Face, find_faces
from generation.understanding.frame_series import FrameSeries, look_at
from generation.understanding.likeness import unlike_prints
from generation.understanding.looks import detail, exposure, grey, has_burnt_text, perceptual_hash, sharpness
from generation.understanding.saliency import (
    attention,
    best_portrait_x,
    centre_of,
    is_kept_by_portrait,
    portrait_share,
)

Bytes = NDArray[np.uint8]
Scale = Literal["wide", "medium", "close"]

_LOOKS_PER_SHOT = 5
_THUMBNAIL_WIDTH = 360
_FULL_QUALITY_SIDE = 720


@dataclass(frozen=True)
class Pictured:
    """What all shots of a file share: its size as shown, the change per frame, where thumbnails go."""

    width: int
    height: int
    changes: NDArray[np.float64]
    thumbnails: Path
    stem: str


def measure_shot(series: FrameSeries, shot: Interval, pictured: Pictured) -> ShotFacts:
    """Measure `shot`; writes its thumbnail.

    quality = (0.40 sharpness + 0.25 exposure + 0.20 steadiness + 0.15 size) x (0.55 + 0.45
    interest), times 0.7 with burnt-in text; size is the short side against 720 pixels,
    interest min(1, 5 detail + 2 motion): an empty road has none. Motion is 1 - exp(-c / 6)
    with c the mean change per frame (0..255, light + twice colour).
    """
    frames = _look_frames(series, shot)
    looks = [look_at(series, frame) for frame in frames]
    lights = [grey(look) for look in looks]
    middle = looks[len(looks) // 2]
    faces = find_faces(looks[:: max(len(looks) // 3, 1)][:3])
    drawn = attention(series, shot)
    share = portrait_share(pictured.width, pictured.height)
    crisp = float(np.median([sharpness(light) for light in lights]))
    lit = float(np.median([exposure(light) for light in lights]))
    burnt = has_burnt_text(lights)
    fine = float(np.median([detail(light) for light in lights]))
    motion = _motion(pictured.changes[shot.start + 1 : shot.end])
    interest = min(1.0, 5.0 * fine + 2.0 * motion)
    return ShotFacts(
        start_frame=shot.start,
        end_frame=shot.end,
        motion=round(motion, 4),
        sharpness=round(crisp, 4),
        brightness=round(float(np.mean([light.mean() for light in lights])) / 255.0, 4),
        quality=round(_quality(crisp, lit, steadiness(series, shot), pictured) * _worth(interest, burnt), 4),
        faces=len(faces),
        subject=_subject(faces, drawn, share),
        fits_portrait=_fits(faces, drawn, share),
        scale=_scale(faces, fine, crisp),
        thumbnail_path=str(_write_thumbnail(middle, pictured, shot.start)),
        phash=perceptual_hash(middle),
        has_burnt_text=burnt,
        pdq=unlike_prints(lights),
    )


def _look_frames(series: FrameSeries, shot: Interval) -> list[int]:
    inside = [frame for frame in sorted(series.looks) if shot.start <= frame < shot.end]
    if not inside:
        inside = [min(series.looks, key=lambda frame: abs(frame - (shot.start + shot.end) // 2))]
    places = np.unique(np.linspace(0, len(inside) - 1, min(_LOOKS_PER_SHOT, len(inside))).round().astype(int))
    return [inside[place] for place in places]


def _motion(change: NDArray[np.float64]) -> float:
    return float(1.0 - np.exp(-change.mean() / 6.0)) if change.size else 0.0


def _quality(crisp: float, lit: float, steady: float, pictured: Pictured) -> float:
    size = min(1.0, min(pictured.width, pictured.height) / _FULL_QUALITY_SIDE)
    return 0.40 * crisp + 0.25 * lit + 0.20 * steady + 0.15 * size


def _worth(interest: float, burnt: bool) -> float:
    return (0.55 + 0.45 * interest) * (0.7 if burnt else 1.0)


def steadiness(series: FrameSeries, shot: Interval) -> float:
    """0..1: 1.0 for a tripod or an even pan, low for a hand that shakes.

    From the change of the camera's speed between neighbouring frames, in shares of the
    picture's long side; 0.5 is about half a percent a frame.
    """
    import cv2

    frames = range(shot.start, min(shot.end, shot.start + 90))
    window = cv2.createHanningWindow(series.luma.shape[:0:-1], cv2.CV_32F)
    moves = []
    before = series.luma[shot.start].astype(np.float32)
    for frame in frames[1:]:
        now = series.luma[frame].astype(np.float32)
        if np.abs(now - before).mean() > 0.1:
            moves.append(cv2.phaseCorrelate(before, now, window)[0])
            before = now
    if len(moves) < 3:
        return 1.0
    jolts = np.abs(np.diff(np.asarray(moves), axis=0)).sum(axis=1) / max(series.luma.shape[1:])
    return float(np.exp(-float(np.median(jolts)) / 0.0075))


def _subject(faces: list[Face], drawn: NDArray[np.float64], share: float) -> tuple[float, float]:
    if faces:
        weights = np.asarray([face.width * face.height for face in faces])
        places = np.asarray([(face.x, face.y) for face in faces])
        middle = (places * weights[:, None]).sum(axis=0) / weights.sum()
        return round(float(middle[0]), 4), round(float(middle[1]), 4)
    x, y = centre_of(drawn)
    return round(best_portrait_x(drawn, share) if share < 1.0 else x, 4), round(y, 4)


def _fits(faces: list[Face], drawn: NDArray[np.float64], share: float) -> bool:
    if faces and share < 1.0:
        left = min(face.x - face.width / 2 for face in faces)
        right = max(face.x + face.width / 2 for face in faces)
        return right - left <= share * 0.95
    return is_kept_by_portrait(drawn, share)


def _scale(faces: list[Face], fine: float, crisp: float) -> Scale:
    """From the tallest face. Without one it stays medium unless fine edges are nearly everywhere:
    crisp ones are the texture of something close, soft ones a wide view."""
    if faces:
        tallest = max(face.height for face in faces)
        return "close" if tallest > 0.3 else "medium" if tallest > 0.13 else "wide"
    if fine < 0.5:
        return "medium"
    return "close" if crisp > 0.75 else "wide"


def _write_thumbnail(look: Bytes, pictured: Pictured, start: int) -> Path:
    import cv2

    height, width = look.shape[:2]
    size = (_THUMBNAIL_WIDTH, max(round(height * _THUMBNAIL_WIDTH / width), 2))
    small = cv2.resize(look, size, interpolation=cv2.INTER_AREA if width > size[0] else cv2.INTER_CUBIC)
    path = pictured.thumbnails / f"{pictured.stem}-{start}.jpg"
    temporary = path.with_name(f".{path.stem}.{os.getpid()}.jpg")
    temporary.write_bytes(cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, 85])[1].tobytes())
    os.replace(temporary, path)
    return path
