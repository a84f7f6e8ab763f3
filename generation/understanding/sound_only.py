"""Understanding a file that is only sound: music, a voice recording."""

from __future__ import annotations

import os
import tempfile
from dataclasses import asdict

from generation.contracts import MediaSource, Understanding
from generation.understanding.incoming import Incoming
from generation.understanding.limits import beginning_note
from generation.understanding.normalising import SILENCE_RATE, failure_of, sound_command
from generation.understanding.probing import FPS, Probe, probe_file
from generation.understanding.refusals import Refused
from generation.understanding.sandbox import start_bounded
from generation.understanding.silences import map_silences


def understand_sound(incoming: Incoming) -> Understanding:
    """Understand a file of a sound format; cover pictures inside are ignored."""
    return take_sound(incoming, probe_file(incoming.path, incoming.demuxer, incoming.limits))


def take_sound(incoming: Incoming, probe: Probe) -> Understanding:
    """Bring the sound to 48 kHz stereo FLAC under home/materials and map its pauses."""
    if probe.sound is None:
        raise Refused("nothing_inside")
    kept, heard = incoming.work / "sound.flac", incoming.work / "sound.pcm"
    _decode(incoming, sound_command(incoming.path, incoming.demuxer, probe.sound, incoming.limits, kept, heard))
    seconds = heard.stat().st_size / 2 / SILENCE_RATE
    if seconds <= 0:
        raise Refused("corrupt", what="no sound of it can be decoded")
    sound = map_silences(heard)
    final = incoming.materials / f"{incoming.sha256}.flac"
    os.replace(kept, final)
    notes = list(probe.notes)
    if not sound.is_audible:
        notes.append("nothing can be heard in it")
    if seconds > incoming.limits.max_seconds - 1:
        notes.append(beginning_note(incoming.limits))
    return Understanding(
        source=MediaSource(incoming.sha256, str(final), "", "audio", 0, 0, round(seconds * FPS)),
        media="audio",
        seconds=seconds,
        has_audio=sound.is_audible,
        shots=(),
        silences=sound.silences,
        probe=asdict(probe),
        notes=tuple(notes),
    )


def _decode(incoming: Incoming, command: list[str]) -> None:
    with tempfile.TemporaryFile() as log:
        process = start_bounded(command, cpu_seconds=300.0, memory_bytes=incoming.limits.probe_memory_bytes, stderr=log)
        process.communicate()
        if process.returncode == 0:
            return
        log.seek(0)
        raise failure_of(process.returncode, log.read(64_000).decode("utf-8", "replace"))
