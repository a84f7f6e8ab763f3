"""The door of `generation`: what higher floors may ask for."""

from __future__ import annotations

import shutil
import uuid
from pathlib import Path

from django.conf import settings

from core.storage.api import path_for
from generation.contracts import VoiceTake
from generation.engines.voiceover import speak_line as _speak_line
from generation.engines.voiceover.engines import configured_engine
from generation.models import RenderJob
from generation.provenance.aigc import parse_label, read_labels
from generation.runner import fingerprint
from generation.services import (
    cancel,
    mark_heard,
    order_ad,
    order_understanding,
    progress_of,
    tend,
)
from generation.stills import contact_sheet, save_still
from generation.understanding.folder import list_media
from generation.understanding.look_groups import look_groups

RENDER_VERSION = 1
"""Raised when the same timeline may decode to other frames than before."""

__all__ = [
    "cancel",
    "contact_sheet",
    "copy_file",
    "engines_key",
    "fingerprint",
    "job",
    "list_media",
    "look_groups",
    "mark_heard",
    "order_ad",
    "order_understanding",
    "produce_id_of",
    "progress_of",
    "save_still",
    "speak_line",
    "stored_path",
    "tend",
    "voice_engine_name",
]


def job(job_id: uuid.UUID | str) -> RenderJob:
    """The books of one job."""
    return RenderJob.objects.get(pk=job_id)


def speak_line(text: str, language: str, speed: float = 1.0) -> VoiceTake:
    """The line spoken by the configured engine, from the cache where it was spoken before.

    `speed` asks the engine to speak that much faster; nothing is stretched afterwards.
    """
    return _speak_line(text, language, settings.ADLOOM_HOME, speed=speed)


def voice_engine_name() -> str:
    """Which engine speaks in this install."""
    return configured_engine().name


def produce_id_of(path: Path) -> str:
    """The ProduceID in a finished ad's implicit label, "" where it has none."""
    labels = read_labels(path)
    return parse_label(labels[0]).get("ProduceID", "") if labels else ""


def engines_key() -> str:
    """What made the media: changes whenever the same plan may come out otherwise."""
    engine = configured_engine()
    return f"{engine.name}:{engine.version} render:{RENDER_VERSION}"


def stored_path(sha256: str) -> str:
    """Where a stored blob can be read."""
    return str(path_for(sha256))


def copy_file(source: Path, target: Path) -> None:
    """Copy whole or not at all: a reader never sees half a file at `target`."""
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{uuid.uuid4().hex[:8]}")
    shutil.copyfile(source, temporary)
    temporary.replace(target)
