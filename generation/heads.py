"""The door to talking heads for processes that run without Django: prepared heads, pasting, a loader.

Importing it loads no model; only `load_head` does.
"""

from __future__ import annotations

from pathlib import Path

from core.processes.devices import device_kind
from generation.engines.heads.bases import BaseClip, base_clip
from generation.engines.heads.cache import AvatarCache, read_origin, write_origin
from generation.engines.heads.checkpoint import check_checkpoint
from generation.engines.heads.consents import check_cache, check_made_for, check_origin, withdraw_from
from generation.engines.heads.contracts import (
    Box,
    HeadBroken,
    HeadConsent,
    HeadConsentMissing,
    HeadMissing,
    HeadOrigin,
    HeadOutOfMemory,
    HeadRefused,
    HeadSpec,
    TalkingHead,
)
from generation.engines.heads.hearing import as_heard, frame_count, speaking_frames
from generation.engines.heads.moving import BaseWalk, MouthFade, Shown, blend_base
from generation.engines.heads.pasting import paste_mouth

__all__ = [
    "AvatarCache",
    "BaseClip",
    "BaseWalk",
    "Box",
    "HeadBroken",
    "HeadConsent",
    "HeadConsentMissing",
    "HeadMissing",
    "HeadOrigin",
    "HeadOutOfMemory",
    "HeadRefused",
    "HeadSpec",
    "MouthFade",
    "Shown",
    "TalkingHead",
    "as_heard",
    "base_clip",
    "blend_base",
    "check_cache",
    "check_checkpoint",
    "check_made_for",
    "check_origin",
    "frame_count",
    "load_head",
    "paste_mouth",
    "read_origin",
    "speaking_frames",
    "withdraw_from",
    "write_origin",
]


def load_head(folder: Path, device: str = "cpu", batch: int = 8) -> TalkingHead:
    """The head in `folder` on `device` ("auto", "cpu", "cuda"), `batch` faces a pass; HeadRefused, HeadMissing."""
    from generation.engines.heads.musetalk import load_musetalk

    return load_musetalk(folder, device if ":" in device else device_kind(device), batch)
