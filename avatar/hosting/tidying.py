"""What rooms leave behind goes in time: viewers' words after a month, files of old broadcasts after a week."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

from django.conf import settings

from avatar.models import Broadcast, Handshake, LiveComment, RoomPreview
from core.clock import Clock, system_clock

COMMENT_DAYS = 30
FILE_DAYS = 7
HANDSHAKE_HOURS = 1
"""They hold addresses of people, and serve for seconds."""

_ENDED = (Broadcast.State.DONE, Broadcast.State.FAILED)


def tidy(clock: Clock = system_clock) -> None:
    """Orders, transcripts, figures and consents stay; they name no viewer but who was on air."""
    now = clock.now()
    Handshake.objects.filter(created_at__lt=now - dt.timedelta(hours=HANDSHAKE_HOURS)).delete()
    LiveComment.objects.filter(received_at__lt=now - dt.timedelta(days=COMMENT_DAYS)).delete()
    old = now - dt.timedelta(days=FILE_DAYS)
    root = Path(settings.ADLOOM_HOME) / "live"
    for key in Broadcast.objects.filter(ended_at__lt=old, state__in=_ENDED).values_list("pk", flat=True):
        shutil.rmtree(root / str(key), ignore_errors=True)
    for preview in RoomPreview.objects.filter(created_at__lt=old, state__in=_ENDED):
        shutil.rmtree(root / str(preview.room_id) / f"preview-{preview.pk}", ignore_errors=True)
        preview.delete()
