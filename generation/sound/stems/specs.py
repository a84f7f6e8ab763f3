"""What a stem sounds like, cut out of a timeline, and the key that names it by content."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Any, Literal

from core.contracts import dump
from generation.contracts import SAMPLES_PER_FRAME, MusicClip, SlotSpan, Timeline, VoiceClip
from generation.sound.buses import is_stand_in, whoosh_frames, whoosh_into, whoosh_lead
from generation.sound.stems.packets import ROLL_SAMPLES, encoder_build

STEM_VERSION = 1
"""Raised when the same spec may sound otherwise than before."""

Edge = Literal["free", "up", "down"]
"""Where the music stands at an end of a stem: up, ducked ("down"), or as it comes, where the ad begins or ends."""


@dataclass(frozen=True)
class Agreed:
    """What all ads of a slot plan must hold in common, so that any two of their stems join.

    `speaks`: per slot, whether its lines are spoken. `has_stand_in`: whether any take of
    the plan comes from a stand-in voice, so that the music carries all of its ads.
    """

    speaks: tuple[bool, ...]
    has_stand_in: bool


@dataclass(frozen=True)
class StemSpec:
    """The sound of one slot of `frames` frames that begins at frame `start_frame` of an ad of `ad_frames`.

    `voices` and `pops` are placed relative to the slot; the music and `whooshes` (borders
    that are heard here) by their place in the ad. `ad_speaks`: there is a voice somewhere in it.
    """

    frames: int
    start_frame: int
    ad_frames: int
    voices: tuple[VoiceClip, ...]
    music: MusicClip | None
    whooshes: tuple[int, ...]
    pops: tuple[int, ...]
    edges: tuple[Edge, Edge]
    ad_speaks: bool
    has_stand_in: bool

    @property
    def is_first(self) -> bool:
        return self.start_frame == 0

    @property
    def is_last(self) -> bool:
        return self.start_frame + self.frames == self.ad_frames


def agreed_of(timelines: Sequence[Timeline]) -> Agreed:
    """What ads of one slot plan have to agree on: a slot speaks when any of them speaks in it."""
    speaking = [[bool(_voices_within(timeline, slot)) for slot in timeline.slots] for timeline in timelines]
    paths = {Path(clip.path) for timeline in timelines for clip in _voices(timeline)}
    return Agreed(tuple(any(column) for column in zip(*speaking, strict=True)), any(map(is_stand_in, paths)))


def stem_spec(timeline: Timeline, slot_index: int, agreed: Agreed | None = None) -> StemSpec:
    """The sound of slot `slot_index` of `timeline`.

    Stems join with those of other timelines that have the same slots, music and `agreed`;
    without `agreed` the timeline agrees with itself alone.
    """
    common = agreed or agreed_of([timeline])
    slot = timeline.slots[slot_index]
    music = next((clip for clip in timeline.track("music") if isinstance(clip, MusicClip)), None)
    return StemSpec(
        frames=slot.end_frame - slot.start_frame,
        start_frame=slot.start_frame,
        ad_frames=timeline.frames,
        voices=tuple(_shifted(clip, slot) for clip in _voices_within(timeline, slot)),
        music=music,
        whooshes=_heard_whooshes(timeline, slot) if music or any(common.speaks) else (),
        pops=_pops(timeline, slot) if music or any(common.speaks) else (),
        edges=_edges(common.speaks, slot_index),
        ad_speaks=any(common.speaks),
        has_stand_in=common.has_stand_in,
    )


def _voices(timeline: Timeline) -> list[VoiceClip]:
    return [clip for clip in timeline.track("voice") if isinstance(clip, VoiceClip)]


def _voices_within(timeline: Timeline, slot: SlotSpan) -> list[VoiceClip]:
    """The takes that begin in the slot."""
    return [clip for clip in _voices(timeline) if slot.start_frame <= clip.start_frame < slot.end_frame]


def _shifted(clip: VoiceClip, slot: SlotSpan) -> VoiceClip:
    end = min(clip.end_frame, slot.end_frame)
    return replace(clip, start_frame=clip.start_frame - slot.start_frame, end_frame=end - slot.start_frame)


def _heard_whooshes(timeline: Timeline, slot: SlotSpan) -> tuple[int, ...]:
    """Borders whose whoosh reaches into the slot or into what is encoded around it."""
    start = slot.start_frame * SAMPLES_PER_FRAME - ROLL_SAMPLES
    end = slot.end_frame * SAMPLES_PER_FRAME + ROLL_SAMPLES
    heard = []
    for frame in whoosh_frames(timeline.slots):
        sound = whoosh_into(frame)
        begins = frame * SAMPLES_PER_FRAME - whoosh_lead(sound)
        if begins < end and begins + len(sound) > start:
            heard.append(frame)
    return tuple(heard)


def _pops(timeline: Timeline, slot: SlotSpan) -> tuple[int, ...]:
    starts = [clip.start_frame for clip in timeline.track("sticker")]
    return tuple(frame - slot.start_frame for frame in starts if slot.start_frame <= frame < slot.end_frame)


def _edges(speaks: tuple[bool, ...], index: int) -> tuple[Edge, Edge]:
    """Music stays low over a border between two spoken slots: it would pump up for a breath only."""
    borders: list[Edge] = ["down" if one and other else "up" for one, other in pairwise(speaks)]
    every: list[Edge] = ["free", *borders, "free"]
    return every[index], every[index + 1]


def stem_key(spec: StemSpec, versions: Mapping[str, str]) -> str:
    """SHA-256 of the canonical JSON of everything that can be heard; sources count by content."""
    payload = {"stem": dump(spec), "versions": dict(versions)}
    text = json.dumps(_without_places(payload), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _without_places(value: Any) -> Any:
    if isinstance(value, list):
        return [_without_places(item) for item in value]
    if not isinstance(value, dict):
        return value
    without = ("path", "name") if "sha256" in value else ()
    return {key: _without_places(item) for key, item in value.items() if key not in without}


def stem_versions() -> dict[str, str]:
    """What beside its spec decides a stem's bytes, for its key."""
    return {"stem": str(STEM_VERSION), "aac": encoder_build()}
