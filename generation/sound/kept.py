"""Finished mixes kept by content: a swapped clip changes no sound, so its ad needs no new mix."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from pathlib import Path
from typing import Any
from uuid import uuid4

from core.contracts import dump
from generation.contracts import Timeline
from generation.sound.mix import mix_ad_audio

MIX_VERSION = 2
"""Raised when the same timeline may sound otherwise than before."""

MOST_KEPT = 2000
"""About half a gigabyte of ads; the ones unused for longest go first."""


def kept_mix(timeline: Timeline, out_path: Path, work_dir: Path, folder: Path) -> None:
    """The mix of `timeline` at `out_path`, made only where it is not in `folder` yet."""
    kept = folder / f"{mix_key(timeline)}.m4a"
    if not kept.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        mix_ad_audio(timeline, out_path, work_dir)
        _keep(out_path, kept)
        return
    shutil.copyfile(kept, out_path)
    os.utime(kept)


def mix_key(timeline: Timeline) -> str:
    """A hash of all that can be heard: voice, music, cuts, and what pops up with a sound of its own."""
    heard: dict[str, Any] = {
        "version": MIX_VERSION,
        "frames": timeline.frames,
        "slots": [[slot.role, slot.start_frame, slot.end_frame, slot.border] for slot in timeline.slots],
        "voice": [[clip.start_frame, clip.end_frame, _sha(clip)] for clip in timeline.track("voice")],
        "music": [[clip.start_frame, clip.end_frame, _sha(clip)] for clip in timeline.track("music")],
        "stickers": [[clip.start_frame, clip.end_frame] for clip in timeline.track("sticker")],
    }
    return hashlib.sha256(json.dumps(heard, sort_keys=True).encode()).hexdigest()


def _sha(clip: Any) -> str:
    return str(dump(clip)["sha256"])


def _keep(made: Path, kept: Path) -> None:
    temporary = kept.with_name(f".{kept.stem[:16]}.{uuid4().hex[:8]}.part")
    shutil.copyfile(made, temporary)
    temporary.replace(kept)
    files = sorted(kept.parent.glob("*.m4a"), key=lambda path: path.stat().st_mtime)
    for old in files[: max(0, len(files) - MOST_KEPT)]:
        old.unlink(missing_ok=True)
