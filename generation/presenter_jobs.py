"""Spokesperson clips as jobs of the model workers: a prepared head speaks a line, picture by picture of a slot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings
from numpy.typing import NDArray

from core.contracts import load
from core.errors import InputError
from core.models import Advertiser
from core.storage import lend, share
from generation.contracts import FPS, VoiceTake
from generation.hosted_heads import find_presenter, head_here
from generation.presenting import make_presenter_clip


@dataclass(frozen=True)
class PlacedVoice:
    """A mono WAV that is heard from `start_frame` on."""

    path: str
    start_frame: int


@dataclass(frozen=True)
class PresenterOrder:
    """What is to be said by whom. `head` is a prepared head's name, `voices` are in order and of one rate.

    The clip has exactly `frames` pictures at 30 fps of `width` × `height`; voices begin where they do in the
    slots the clip is made for. `device` is the kind that makes it, "" until it is known who has the head.
    """

    head: str
    voices: tuple[PlacedVoice, ...]
    frames: int
    width: int
    height: int
    device: str = ""


def placed(order: PresenterOrder, advertiser: Advertiser) -> PresenterOrder:
    """The order as it is sent out: to a device kind, with voices that its machine can bring.

    HeadMissing, HeadRefused, HeadConsentMissing or InputError, before anything is ordered.
    """
    device = find_presenter(order.head, advertiser).device
    voices = tuple(replace(voice, path=str(lend(Path(voice.path)))) for voice in order.voices)
    for voice in voices:
        share(voice.path)
    return replace(order, voices=voices, device=device)


def run_presenter(
    advertiser: Advertiser, request: dict[str, Any], on_progress: Callable[[float], None]
) -> dict[str, Any]:
    """The clip of a PRESENT job as `PresenterClip` in JSON; the same order gives the file that was made before."""
    order = load(PresenterOrder, request)
    head = head_here(order.head, advertiser)
    clip = make_presenter_clip(head, _padded(order), FPS, (order.width, order.height))
    on_progress(0.95)
    return asdict(clip)


def _padded(order: PresenterOrder) -> VoiceTake:
    """The voices with silence around them, as long as the clip."""
    from generation.sound.wave_files import write_wav

    samples, rate = np.zeros(0, np.float64), 0
    for voice in order.voices:
        spoken, rate = _spoken(Path(voice.path))
        samples = samples if len(samples) else np.zeros(order.frames * rate // FPS, np.float64)
        start = voice.start_frame * rate // FPS
        heard = spoken[: len(samples) - start]
        samples[start : start + len(heard)] = heard
    sha256 = hashlib.sha256(samples.tobytes()).hexdigest()
    path = Path(settings.ADLOOM_HOME) / "presenters" / f"{sha256}.wav"
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".part")
    write_wav(fresh, samples, rate)
    fresh.replace(path)
    return VoiceTake(str(path), sha256, len(samples) / rate, "padded", ())


def _spoken(path: Path) -> tuple[NDArray[np.float64], int]:
    """Samples of one channel, and their rate."""
    from generation.sound.wave_files import read_wav

    if not path.is_file():
        way_out = "machines that share work need STORAGE_URL"
        raise InputError(path.name, f"is not on this machine; {way_out}", "no_voice")
    samples, rate = read_wav(path)
    return samples.mean(axis=1), rate
