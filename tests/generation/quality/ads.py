"""Small ads for the checks: moving pictures, captions, label and music, clean or with a planted defect.

Everything follows from the seed. Pictures are 360x640 at 30 fps; the overlays are the
product's own, drawn at that size, so label and captions are what a render makes.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from random import Random

import cv2
import numpy as np
import numpy.typing as npt

from core.media import ffmpeg_process
from core.platforms import profile
from generation.contracts import Brand, Canvas, CaptionClip, LabelClip, SafeArea, TextBox
from generation.drawing.captions import caption_lane, look_of
from generation.drawing.labels import label_lane
from generation.drawing.overlays import Lane

FPS = 30
RATE = 48_000
CANVAS = Canvas(360, 640)
_AREA = profile("kuaishou").placement("9:16").scaled(CANVAS.width, CANVAS.height)
SAFE = SafeArea(_AREA.safe_left, _AREA.safe_top, _AREA.safe_right, _AREA.safe_bottom)
LINES = ("第一口就醒了", "冰滴十二小时", "只要39.9元", "办公室也能喝到", "不用排队", "今天下单立减")

Picture = npt.NDArray[np.uint8]
Film = npt.NDArray[np.uint8]
Sound = npt.NDArray[np.float32]


@dataclass
class Ad:
    """An ad before it is encoded: frames (n, height, width, 3) RGB without text, sound (m, 2), texts over it."""

    film: Film
    sound: Sound
    captions: list[Lane]
    label: Lane | None
    end_card_from: int | None = None
    over_everything: list[Callable[[Film], None]] = field(default_factory=list)

    @property
    def frames(self) -> int:
        return len(self.film)

    @property
    def boxes(self) -> list[TextBox]:
        lanes = [*self.captions, *([self.label] if self.label else [])]
        return [box for lane in lanes for box in lane.boxes]


def scenery(random: Random, width: int, height: int, low: int = 20, high: int = 235) -> Picture:
    """Something like a photograph: broad light, coloured things with edges, fine texture."""
    rng = np.random.default_rng(random.randrange(2**32))
    broad = cv2.resize(rng.uniform(0, 1, (5, 4, 3)).astype(np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    fine = cv2.resize(rng.uniform(-1, 1, (height // 3, width // 3, 1)).astype(np.float32), (width, height))
    picture = np.clip(broad * 0.8 + 0.1, 0, 1)
    for _ in range(14):
        colour = tuple(float(each) for each in rng.uniform(0, 1, 3))
        centre = (int(rng.integers(0, width)), int(rng.integers(0, height)))
        size = (int(rng.integers(10, width // 3)), int(rng.integers(10, height // 4)))
        if rng.random() < 0.5:
            cv2.ellipse(picture, centre, size, float(rng.uniform(0, 180)), 0, 360, colour, -1, cv2.LINE_AA)
        else:
            cv2.rectangle(picture, centre, (centre[0] + size[0], centre[1] + size[1]), colour, -1)
    picture = cv2.GaussianBlur(picture, (3, 3), 0) + fine[:, :, None] * 0.04
    return np.asarray(low + np.clip(picture, 0, 1) * (high - low), np.uint8)


def shot(
    random: Random, frames: int, source: Picture | None = None, speed: float = 1.0, canvas: Canvas = CANVAS
) -> Film:
    """A camera that pans and zooms over a scenery; `speed` 1 is a lively hand, 0 a tripod."""
    if source is None:
        source = scenery(random, int(canvas.width * 1.5), int(canvas.height * 1.5))
    height, width = source.shape[:2]
    angle = random.uniform(0, 2 * math.pi)
    step = 2.2 * speed
    zoom = random.choice((-1, 1)) * 0.0012 * speed
    middle = (frames - 1) / 2
    out = np.empty((frames, canvas.height, canvas.width, 3), np.uint8)
    for index in range(frames):
        scale = 1.15 + zoom * (index - middle)
        x = width / 2 + math.cos(angle) * step * (index - middle) * 0.7
        y = height / 2 + math.sin(angle) * step * (index - middle) * 0.7
        matrix = np.array([[scale, 0, canvas.width / 2 - scale * x], [0, scale, canvas.height / 2 - scale * y]], float)
        out[index] = cv2.warpAffine(
            source, matrix, (canvas.width, canvas.height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
        )
    return out


def music(random: Random, seconds: float) -> Sound:
    """A pulse, a bass and a chord, brought to -14 LUFS as ffmpeg's meter hears it."""
    at = np.arange(round(seconds * RATE)) / RATE
    root = random.choice((196.0, 220.0, 247.0))
    beat = random.choice((0.5, 0.45, 0.6))
    chord = sum(np.sin(2 * np.pi * root * ratio * at + random.random()) for ratio in (1, 1.25, 1.5, 2))
    pluck = np.exp(-6 * ((at % beat) / beat))
    bass = np.sin(2 * np.pi * root / 4 * at)
    rng = np.random.default_rng(random.randrange(2**32))
    air = rng.normal(0, 0.02, len(at)) * np.exp(-12 * ((at % (beat / 2)) / beat))
    left = 0.22 * chord * (0.35 + 0.65 * pluck) + 0.3 * bass + air
    right = 0.22 * np.roll(chord, 300) * (0.35 + 0.65 * pluck) + 0.3 * bass + air
    return at_loudness(np.tanh(1.2 * np.stack([left, right], axis=1)).astype(np.float32))


def at_loudness(sound: Sound, lufs: float = -14.0) -> Sound:
    """The sound scaled to a loudness by ITU-R BS.1770 (one gate short of exact, plenty for steady music)."""
    return (sound * 10 ** ((lufs - loudness(sound)) / 20)).astype(np.float32)


def loudness(sound: Sound) -> float:
    """Integrated loudness in LUFS: K-weighting through the spectrum, both gates, 400 ms blocks."""
    spectrum = np.fft.rfft(sound, axis=0)
    weighted = np.fft.irfft(spectrum * _k_weighting(len(sound))[:, None], n=len(sound), axis=0)
    block, hop = int(0.4 * RATE), int(0.1 * RATE)
    power = np.square(weighted).sum(axis=1)
    sums = np.concatenate([[0.0], np.cumsum(power)])
    starts = np.arange(0, max(1, len(sound) - block), hop)
    levels = (sums[starts + block] - sums[starts]) / block
    levels = levels[-0.691 + 10 * np.log10(levels + 1e-12) > -70]
    gate = -0.691 + 10 * math.log10(levels.mean()) - 10
    kept = levels[-0.691 + 10 * np.log10(levels) > gate]
    return float(-0.691 + 10 * math.log10(kept.mean()))


def _k_weighting(samples: int) -> npt.NDArray[np.complex128]:
    """Both stages of BS.1770 at 48 kHz, as a frequency response."""
    z = np.exp(-2j * np.pi * np.arange(samples // 2 + 1) / samples)
    shelf = (1.53512485958697 - 2.69169618940638 * z + 1.19839281085285 * z**2) / (
        1 - 1.69065929318241 * z + 0.73248077421585 * z**2
    )
    high_pass = (1 - 2 * z + z**2) / (1 - 1.99004745483398 * z + 0.99007225036621 * z**2)
    return np.asarray(shelf * high_pass)


def label_of(frames: int, text: str = "AI生成", canvas: Canvas = CANVAS, safe: SafeArea = SAFE) -> Lane:
    """The product's visible label."""
    return label_lane(LabelClip(0, frames, text), canvas, safe)


def captions_of(random: Random, frames: int, safe: SafeArea = SAFE) -> list[Lane]:
    """Captions through the whole ad, each standing about a second and a half."""
    look = look_of(CANVAS, safe, Brand("冷萃"))
    starts = range(3, frames - 20, 45)
    texts = random.sample(LINES, k=min(len(LINES), len(starts)))
    return [
        caption_lane(CaptionClip(start, min(frames, start + 42), text, emphasis=("39.9元",)), look)
        for start, text in zip(starts, texts, strict=False)
    ]


def clean_ad(seed: int, frames: int = 150, speed: float = 1.0) -> Ad:
    """An ad of three or four shots with nothing wrong."""
    random = Random(seed)
    cuts = sorted(random.sample(range(30, frames - 25, 5), k=random.choice((2, 3))))
    cuts = [cut for cut, before in zip(cuts, [0, *cuts], strict=False) if cut - before >= 20]
    edges = [0, *cuts, frames]
    film = np.concatenate([shot(random, b - a, speed=speed) for a, b in pairwise(edges)])
    return Ad(film, music(random, frames / FPS), captions_of(random, frames), label_of(frames))


def paint(ad: Ad) -> Film:
    """The frames with all text over them."""
    film = ad.film.copy()
    for lane in [*ad.captions, *([ad.label] if ad.label else [])]:
        _lay(film, lane)
    for change in ad.over_everything:
        change(film)
    return film


def _lay(film: Film, lane: Lane) -> None:
    states = lane.states
    for state, following in zip(states, [*states[1:], None], strict=True):
        if state.image is None:
            continue
        end = len(film) if following is None else min(len(film), following.start_frame)
        height, width = state.image.shape[:2]
        top, left = max(0, state.top), max(0, state.left)
        place = (slice(top, state.top + height), slice(left, state.left + width))
        image = state.image[top - state.top :, left - state.left :]
        for frame in range(state.start_frame, end):
            region = film[frame][place]
            part = image[: region.shape[0], : region.shape[1]].astype(np.float32)
            alpha = part[:, :, 3:] / 255
            region[:] = (region * (1 - alpha) + part[:, :, :3] * alpha + 0.5).astype(np.uint8)


def encode(film: Film, sound: Sound | None, path: Path, options: Sequence[str] = ()) -> Path:
    """One H.264 and AAC file at 30 fps, 4:2:0, BT.709."""
    height, width = film.shape[1:3]
    yuv = b"".join(cv2.cvtColor(frame, cv2.COLOR_RGB2YUV_I420).tobytes() for frame in film)
    sound_path = path.with_suffix(".f32")
    arguments = ["-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", f"{width}x{height}", "-r", str(FPS), "-i", "pipe:0"]
    if sound is not None:
        sound_path.write_bytes(sound.astype("<f4").tobytes())
        arguments += ["-f", "f32le", "-ar", str(RATE), "-ac", "2", "-i", str(sound_path), "-c:a", "aac"]
    arguments += ["-c:v", "libx264", "-preset", "ultrafast", "-crf", "20", "-g", "60", "-threads", "1", *options]
    with ffmpeg_process([*arguments, str(path)], with_stdin=True) as run:
        run.stdin.write(yuv)
        run.finish()
    sound_path.unlink(missing_ok=True)
    return path


def save(ad: Ad, path: Path) -> Path:
    """The ad as a file."""
    return encode(paint(ad), ad.sound if len(ad.sound) else None, path)
