"""What is said in a file, by the hearing engine of this install. Kept beside the file's other facts."""

from __future__ import annotations

import hashlib
import json
import logging
import os
from dataclasses import replace
from pathlib import Path

from core.contracts import dump, load
from core.errors import AdloomError
from generation.contracts import HeardLine, Understanding
from generation.hearing.base import HearingEngine
from generation.hearing.engines import configured_hearing
from generation.hearing.recorded import hear_recording

logger = logging.getLogger(__name__)


def with_speech(understanding: Understanding, home: Path, objection: str = "") -> Understanding:
    """`understanding` with its `speech`, where an engine is set up and something sounds.

    `objection` says why the engine may not be used for whoever the file belongs to. A stand-in is never asked:
    what it says nobody said. A file whose speech could not be recognised is taken
    in all the same, with a note of why.
    """
    sound = _sound_of(understanding)
    if sound is None:
        return understanding
    try:
        engine = configured_hearing()
        if engine is None or engine.capabilities.degraded:
            return understanding
        if objection:
            return replace(understanding, notes=(*understanding.notes, f"its speech was not recognised: {objection}"))
        lines = _heard(sound, understanding.source.sha256, home, engine)
    except AdloomError as error:
        logger.warning("speech was not recognised: %s: %s", type(error).__name__, error)
        return replace(understanding, notes=(*understanding.notes, f"its speech was not recognised: {error}"))
    return replace(understanding, speech=lines, heard_by=f"{engine.name}:{engine.version}")


def _sound_of(understanding: Understanding) -> Path | None:
    told = understanding.source.path if understanding.media == "audio" else understanding.probe.get("audio_path", "")
    path = Path(str(told))
    return path if understanding.has_audio and told and path.is_file() else None


def _heard(sound: Path, sha256: str, home: Path, engine: HearingEngine) -> tuple[HeardLine, ...]:
    key = hashlib.sha256(f"{engine.name}:{engine.version}".encode()).hexdigest()[:12]
    kept = home / "materials" / f"{sha256}-heard-{key}.json"
    if kept.is_file():
        return load(tuple[HeardLine, ...], json.loads(kept.read_text("utf-8")))
    lines = hear_recording(sound, engine)
    temporary = kept.with_name(f".{kept.name}.{os.getpid()}.tmp")
    temporary.write_text(json.dumps([dump(line) for line in lines], ensure_ascii=False), "utf-8")
    os.replace(temporary, kept)
    return lines
