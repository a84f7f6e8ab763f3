"""Which engine hears here: a local model where one is set, else the scripted stand-in where one is set, else none."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from generation.hearing.base import HearingEngine
from generation.hearing.scripted import read_hearing_script
from generation.hearing.sherpa import SherpaHearing


def configured_hearing() -> HearingEngine | None:
    """The engine HEARING_MODEL_DIR or HEARING_SCRIPT asks for; None where neither is set.

    HearingRefused where the folder holds no model; weights are loaded with the first stream.
    """
    return _engine(
        str(getattr(settings, "HEARING_MODEL_DIR", "") or ""), str(getattr(settings, "HEARING_SCRIPT", "") or "")
    )


@lru_cache(maxsize=8)
def _engine(model_folder: str, script: str) -> HearingEngine | None:
    if model_folder:
        return SherpaHearing(Path(model_folder))
    return read_hearing_script(Path(script)) if script else None
