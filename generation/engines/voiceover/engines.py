"""Which engine speaks here: the HTTP service where one is set, else a local model, else espeak-ng."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from generation.engines.voiceover.base import VoiceEngine
from generation.engines.voiceover.dialects import CosyVoice, OpenAI
from generation.engines.voiceover.espeak import EspeakEngine
from generation.engines.voiceover.http import HttpEngine
from generation.engines.voiceover.sherpa import SherpaEngine


def configured_engine() -> VoiceEngine:
    """The engine VOICE_BASE_URL and VOICE_MODEL_DIR ask for; a configured engine is never replaced silently."""
    return _engine(
        str(getattr(settings, "VOICE_BASE_URL", "") or ""),
        str(getattr(settings, "VOICE_MODEL_DIR", "") or ""),
        _dialect(),
        str(getattr(settings, "VOICE_API_KEY", "")),
    )


def _dialect() -> OpenAI | CosyVoice:
    name = str(getattr(settings, "VOICE_NAME", ""))
    rate = int(getattr(settings, "VOICE_SAMPLE_RATE", 24_000))
    if getattr(settings, "VOICE_API", "openai") == "cosyvoice":
        return CosyVoice(name or "中文女", rate)
    return OpenAI(str(getattr(settings, "VOICE_MODEL", "")) or "tts-1", name or "alloy", rate)


@lru_cache(maxsize=8)
def _engine(base_url: str, model_folder: str, dialect: OpenAI | CosyVoice, api_key: str) -> VoiceEngine:
    if base_url:
        return HttpEngine(base_url, api_key=api_key, dialect=dialect)
    if model_folder:
        return SherpaEngine(Path(model_folder))
    return EspeakEngine()


def licence_of(engine: VoiceEngine) -> str:
    """The licence of an engine's checkpoint, "unknown" for a folder of one's own; "" where there is none."""
    if not isinstance(engine, SherpaEngine):
        return ""
    from generation.checkpoints.folders import look_at

    return look_at(engine.folder).licence


def guide_engine() -> EspeakEngine:
    """The embedded voice, for the times of words that another voice speaks."""
    return _guide()


@lru_cache(maxsize=1)
def _guide() -> EspeakEngine:
    return EspeakEngine()
