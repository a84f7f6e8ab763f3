"""Spokesperson clips as jobs of the model workers: a prepared head speaks a line, picture by picture of a slot."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
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

    HeadMissing, HeadRefused, HeadConsentMissing, LicenceRefused or InputError, before anything is ordered.
    """
    _check(order)
    device = find_presenter(order.head, advertiser).device
    voices = tuple(replace(voice, path=str(lend(Path(voice.path)))) for voice in order.voices)
    for voice in voices:
        share(voice.path)
    return replace(order, voices=voices, device=device)


def run_presenter(
    advertiser: Advertiser, request: dict[str, Any], on_progress: Callable[[float], None]
) -> dict[str, Any]:
    """The clip of a PRESENT job as `PresenterClip` in JSON; the same order gives the file that was made before."""
    order = load(PresenterOrder, _as_ordered_now(request))
    _check(order)
    head = head_here(order.head, advertiser)
    with _padded(order) as take:
        clip = make_presenter_clip(head, take, FPS, (order.width, order.height))
    on_progress(0.95)
    return asdict(clip)


def _as_ordered_now(request: dict[str, Any]) -> dict[str, Any]:
    """A job that was queued when orders had one voice and the head's folder."""
    if "lead_frames" not in request:
        return request
    kept = {key: request[key] for key in ("frames", "width", "height")}
    voices = [{"path": request["voice"], "start_frame": request["lead_frames"]}]
    return {**kept, "head": Path(request["head"]).name, "voices": voices}


def _check(order: PresenterOrder) -> None:
    """InputError for an order nobody can speak."""
    if not order.voices:
        raise InputError("voices", "there is none; a clip has at least one", "voices_bad")
    for voice in order.voices:
        if not 0 <= voice.start_frame < order.frames:
            reason = f"begins at picture {voice.start_frame} of a clip of {order.frames}"
            raise InputError(Path(voice.path).name, reason, "voices_bad")


@contextmanager
def _padded(order: PresenterOrder) -> Iterator[VoiceTake]:
    """The voices with silence around them, as long as the clip; a file that is there within the block.

    InputError for voices of two rates.
    """
    from generation.sound.wave_files import write_wav

    spoken = [_spoken(Path(voice.path)) for voice in order.voices]
    rate = spoken[0][1]
    if any(each != rate for _, each in spoken):
        rates = ", ".join(str(each) for each in sorted({each for _, each in spoken}))
        raise InputError("voices", f"are of {rates} Hz; a clip has one rate", "voices_bad")
    samples = np.zeros(order.frames * rate // FPS, np.float64)
    for voice, (heard, _) in zip(order.voices, spoken, strict=True):
        start = voice.start_frame * rate // FPS
        heard = heard[: len(samples) - start]
        samples[start : start + len(heard)] = heard
    sha256 = hashlib.sha256(samples.tobytes()).hexdigest()
    work = Path(settings.ADLOOM_HOME) / "work"
    work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=work, prefix="voices-") as folder:
        path = Path(folder) / "voices.wav"
        write_wav(path, samples, rate)
        yield VoiceTake(str(path), sha256, len(samples) / rate, "padded", ())


def _spoken(path: Path) -> tuple[NDArray[np.float64], int]:
    """Samples of one channel, and their rate."""
    from generation.sound.wave_files import read_wav

    if not path.is_file():
        way_out = "machines that share work need STORAGE_URL"
        raise InputError(path.name, f"is not on this machine; {way_out}", "no_voice")
    samples, rate = read_wav(path)
    return samples.mean(axis=1), rate
