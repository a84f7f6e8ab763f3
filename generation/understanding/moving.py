"""Understanding a video: one pass makes the copy, the proxy and the sound, then shots are found and measured."""

from __future__ import annotations

import os
import shutil
from dataclasses import asdict
from pathlib import Path

from generation.contracts import MediaSource, ShotFacts, Understanding
from generation.understanding.cuts import Interval, differences, find_shots
from generation.understanding.frame_series import FrameSeries, SeriesBuilder
from generation.understanding.incoming import Incoming
from generation.understanding.limits import SHORTEST_SHOT_FRAMES, IntakeLimits, beginning_note
from generation.understanding.measures import Pictured, measure_shot
from generation.understanding.normalising import Cost, Pass, frames_of, normal_size, proxy_size
from generation.understanding.probing import FPS, Probe, VideoFacts, conforms, probe_file
from generation.understanding.silences import SoundMap, map_silences
from generation.understanding.sound_only import take_sound
from generation.understanding.still import take_frame
from generation.understanding.stretches import part_long_shots

# Of the time a video takes, decoding and encoding is most; measuring shots is the rest.
_PASS_SHARE = 0.85


def understand_moving(incoming: Incoming) -> Understanding:
    """Understand a container with moving pictures; one that holds only sound is understood as sound."""
    probe = probe_file(incoming.path, incoming.demuxer, incoming.limits)
    if probe.video is None:
        return take_sound(incoming, probe)
    copy, series, sound = _run_pass(incoming, probe)
    if len(series) < SHORTEST_SHOT_FRAMES:
        return take_frame(incoming, probe, copy, len(series) // 2)
    width, height = normal_size(probe.video, incoming.limits.long_side)
    source = MediaSource(incoming.sha256, str(copy), "", "video", width, height, len(series))
    return Understanding(
        source=source,
        media="video",
        seconds=len(series) / FPS,
        has_audio=sound.is_audible,
        shots=_measured(incoming, series, sound, (width, height)),
        silences=sound.silences,
        probe=_facts(incoming, probe),
        notes=probe.notes + _notes(probe.video, incoming.limits),
    )


def _run_pass(incoming: Incoming, probe: Probe) -> tuple[Path, FrameSeries, SoundMap]:
    """Decode once. The file to read from later, what measuring needs, and the sound's pauses."""
    assert probe.video is not None
    final = incoming.materials / f"{incoming.sha256}.mp4"
    is_fine = conforms(probe, incoming.limits)
    made = incoming.work / "picture.mp4"
    if is_fine:
        # The copy is what later frames are cut from: whatever happens to the upload, it stays.
        shutil.copyfile(incoming.path, made)
    kept, heard = incoming.work / "sound.flac", incoming.work / "sound.pcm"
    wanted = Pass(
        path=made if is_fine else incoming.path,
        demuxer=incoming.demuxer,
        probe=probe,
        limits=incoming.limits,
        video_out=None if is_fine else made,
        sound_out=kept,
        silence_out=heard,
    )
    series = _watch(wanted, incoming)
    sound = map_silences(heard)
    if sound.is_audible:
        os.replace(kept, incoming.materials / f"{incoming.sha256}.flac")
    os.replace(made, final)
    return final, series, sound


def _watch(wanted: Pass, incoming: Incoming) -> FrameSeries:
    builder = SeriesBuilder(*proxy_size(wanted.video))
    expected = max(min(wanted.video.seconds, incoming.limits.max_seconds) * FPS, 1.0)
    cost = Cost()
    for frame in frames_of(wanted, cost):
        builder.add(frame)
        if cost.frames % FPS == 0:
            incoming.on_progress(_PASS_SHARE * min(cost.frames / expected, 1.0))
    return builder.finish()


def _measured(incoming: Incoming, series: FrameSeries, sound: SoundMap, size: tuple[int, int]) -> tuple[ShotFacts, ...]:
    changes = differences(series)
    shots = part_long_shots(find_shots(series), changes, sound.silences)
    pictured = Pictured(*size, changes, incoming.home / "thumbnails", incoming.sha256)
    return tuple(_each(incoming, series, shots, pictured))


def _each(incoming: Incoming, series: FrameSeries, shots: list[Interval], pictured: Pictured) -> list[ShotFacts]:
    facts = []
    for index, shot in enumerate(shots):
        facts.append(measure_shot(series, shot, pictured))
        incoming.on_progress(_PASS_SHARE + (1.0 - _PASS_SHARE) * (index + 1) / len(shots))
    return facts


def _facts(incoming: Incoming, probe: Probe) -> dict[str, object]:
    facts: dict[str, object] = asdict(probe)
    kept = incoming.materials / f"{incoming.sha256}.flac"
    return {**facts, "audio_path": str(kept) if kept.is_file() else ""}


def _notes(video: VideoFacts, limits: IntakeLimits) -> tuple[str, ...]:
    notes = []
    if video.is_longer or video.seconds > limits.max_seconds:
        notes.append(beginning_note(limits))
    if video.hdr:
        notes.append("high dynamic range was brought down to ordinary brightness")
    if video.is_interlaced:
        notes.append("interlaced lines were joined")
    return tuple(notes)
