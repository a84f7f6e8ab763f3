"""Spokesperson clips as jobs of the model workers: a prepared head speaks a line, picture by picture of a slot."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from django.conf import settings

from core.contracts import load
from core.errors import InputError
from core.models import Advertiser
from core.storage import lend, share
from generation.contracts import FPS, VoiceTake
from generation.hosted_heads import find_presenter, head_here
from generation.presenting import make_presenter_clip


@dataclass(frozen=True)
class PresenterOrder:
    """What is to be said by whom. `head` is a prepared head's name, `voice_path` a mono WAV.

    The clip has exactly `frames` pictures at 30 fps of `width` × `height`; the voice begins after
    `lead_frames` of them, as it does in the slot the clip is made for. `device` is the kind that makes it,
    "" until it is known who has the head.
    """

    head: str
    voice_path: str
    lead_frames: int
    frames: int
    width: int
    height: int
    device: str = ""


def placed(order: PresenterOrder, advertiser: Advertiser) -> PresenterOrder:
    """The order as it is sent out: to a device kind, with a voice that its machine can bring.

    HeadMissing, HeadRefused, HeadConsentMissing or InputError, before anything is ordered.
    """
    device = find_presenter(order.head, advertiser).device
    voice = lend(Path(order.voice_path))
    share(voice)
    return replace(order, voice_path=str(voice), device=device)


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
    """The voice with silence around it, as long as its slot."""
    from generation.sound.wave_files import read_wav, write_wav

    voice_file = Path(order.voice_path)
    if not voice_file.is_file():
        way_out = "machines that share work need STORAGE_URL"
        raise InputError(voice_file.name, f"is not on this machine; {way_out}", "no_voice")
    spoken, rate = read_wav(voice_file)
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
