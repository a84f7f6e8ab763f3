"""The one segment store of this install, as its settings have it."""

from __future__ import annotations

from django.conf import settings

from core.storage import named_files
from generation.segments.store import SegmentStore


def segment_store() -> SegmentStore:
    """Segments on this machine's disk; where the install has a bucket, machines share them through it."""
    return SegmentStore(
        settings.ADLOOM_HOME / "segments",
        limit_bytes=settings.SEGMENTS_LIMIT_BYTES,
        behind=named_files("segments"),
    )
