"""What plays under every voice of a slot plan with one tune, at its final level: music, and the room's tone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.contracts import SAMPLE_RATE, SAMPLES_PER_FRAME, MusicClip
from generation.sound.beds import ROOM_PERIOD, room_tone
from generation.sound.buses import (
    MUSIC_CARRIES,
    ROOM_ALONE_DB,
    ROOM_UNDER_MUSIC_DB,
    VOICE_LEADS,
    Balance,
    ad_fades,
    music_bus,
)
from generation.sound.dynamics import limit_peaks
from generation.sound.loudness import decibels, integrated_lufs
from generation.sound.mix import CEILING_DB, TARGET_LUFS, levelled
from generation.sound.stems.levels import frame_power
from generation.sound.stems.specs import StemSpec

Samples = NDArray[np.float64]

# What brings a spoken ad of either balance about to TARGET_LUFS, so that its voices need to move but little.
_SPOKEN_DB = {VOICE_LEADS: 1.2, MUSIC_CARRIES: 2.6}


@dataclass(frozen=True)
class Bed:
    """The bed of a whole ad. `music` steps back under a voice, `room` does not; (samples, 2) each in 32 bits.

    `room` is one period of a tone that lasts as long as the music.
    `music_power` and `room_power` are K-weighted, per video frame. `static_db` is what was
    added to the levels of `balance`; voices and effects start from it too.
    """

    balance: Balance
    static_db: float
    music: NDArray[Any]
    room: NDArray[Any]
    music_power: Samples
    room_power: Samples


def bed_of(spec: StemSpec) -> Bed:
    """The bed a stem lies on; worked out once for all stems of a slot plan and tune."""
    return _bed(spec.music, spec.ad_frames, spec.ad_speaks, spec.ad_speaks and spec.has_stand_in)


@lru_cache(maxsize=2)
def _bed(clip: MusicClip | None, frames: int, ad_speaks: bool, has_stand_in: bool) -> Bed:
    """Without a voice the music is brought to the ad's loudness as a whole; the room alone keeps its level."""
    balance = MUSIC_CARRIES if has_stand_in else VOICE_LEADS
    length = frames * SAMPLES_PER_FRAME
    music = music_bus([clip] if clip else [], length, balance.music_lufs)
    room = room_tone(min(length, ROOM_PERIOD), ROOM_UNDER_MUSIC_DB if clip else ROOM_ALONE_DB)
    static_db = 0.0
    if ad_speaks:
        static_db = _SPOKEN_DB[balance]
        music = limit_peaks(music * decibels(static_db), decibels(CEILING_DB), SAMPLE_RATE)
    elif clip:
        lufs = integrated_lufs(music * ad_fades(length)[:, None])
        static_db = TARGET_LUFS - lufs
        music = levelled(music, TARGET_LUFS + integrated_lufs(music) - lufs, CEILING_DB)
    room *= decibels(static_db)
    room_power = np.resize(frame_power(room), frames)
    heard = _by_channel(music)
    return Bed(balance, static_db, heard, _by_channel(room), frame_power(heard), room_power)


def _by_channel(samples: Samples) -> NDArray[Any]:
    return samples.astype(np.float32, order="F")
