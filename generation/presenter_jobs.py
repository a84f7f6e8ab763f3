"""Spokesperson clips as jobs of the model workers: a prepared head speaks a line, picture by picture of a slot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from core.contracts import load
from generation.contracts import FPS, VoiceTake
from generation.engines.heads.consents import check_cache
from generation.engines.heads.contracts import HeadMissing
from generation.heads import AvatarCache
from generation.presenting import head_problem, make_presenter_clip


@dataclass(frozen=True)
class PresenterOrder:
    """What is to be said by whom. `head` is a prepared head's folder, `voice` a mono WAV.

    The clip has exactly `frames` pictures at 30 fps of `width` × `height`; the voice begins after
    `lead_frames` of them, as it does in the slot the clip is made for.
    """

    head: str
    voice: str
    lead_frames: int
    frames: int
    width: int
    height: int


def check_presenter(order: PresenterOrder) -> None:
    """HeadMissing, HeadRefused or HeadConsentMissing, before anything is ordered."""
    if problem := head_problem():
        raise HeadMissing(problem)
    check_cache(AvatarCache(Path(order.head)))


def run_presenter(request: dict[str, Any], on_progress: Callable[[float], None]) -> dict[str, Any]:
    """The clip of a PRESENT job as `PresenterClip` in JSON; the same order gives the file that was made before."""
    order = load(PresenterOrder, request)
    clip = make_presenter_clip(Path(order.head), _padded(order), FPS, (order.width, order.height))
    on_progress(0.95)
    return asdict(clip)


def _padded(order: PresenterOrder) -> VoiceTake:
    """The voice with silence around it, as long as its slot."""
    from generation.sound.wave_files import read_wav, write_wav

    spoken, rate = read_wav(Path(order.voice))
    samples = np.zeros(order.frames * rate // FPS, np.float64)
    start = order.lead_frames * rate // FPS
    voice = spoken.mean(axis=1)[: len(samples) - start]
    samples[start : start + len(voice)] = voice
    sha256 = hashlib.sha256(samples.tobytes()).hexdigest()
    path = Path(settings.ADLOOM_HOME) / "presenters" / f"{sha256}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    write_wav(fresh, samples, rate)
    fresh.replace(path)
    return VoiceTake(str(path), sha256, len(samples) / rate, "padded", ())
