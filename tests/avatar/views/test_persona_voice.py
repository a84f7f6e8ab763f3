"""The page on which a host gets the voice of the person it is built from."""

from __future__ import annotations

import datetime as dt
import io
import wave

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from avatar.services.personas import record_consent, save_persona
from core.storage import api as storage

FORM = {"name": "周周", "base": "Lin", "language": "zh-CN", "likeness_of": "周晴"}


def recorded(seconds: float) -> SimpleUploadedFile:
    content = io.BytesIO()
    with wave.open(content, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(16_000)
        file.writeframes((np.sin(np.arange(int(16_000 * seconds)) * 0.05) * 12_000).astype("<i2").tobytes())
    return SimpleUploadedFile("zhou.wav", content.getvalue(), "audio/wav")


@pytest.fixture
def persona(shop):
    for kind in ("likeness", "voice"):
        record_consent(shop.member, "周晴", kind, "我同意。", "", dt.datetime(2026, 11, 1, tzinfo=dt.UTC))
    return save_persona(shop.advertiser, FORM)


def test_a_recording_is_kept_and_can_be_taken_out_again(page, shop, persona):
    answer = page.post(f"/rooms/hosts/{persona.pk}/voice", {"recording": recorded(4.0), "transcript": " 大家好 "})

    persona.refresh_from_db()
    assert answer.status_code == 302
    assert persona.voice_transcript == "大家好"
    assert storage.path_for(persona.voice_recording).read_bytes()[:4] == b"RIFF"
    shown = page.get(f"/rooms/hosts/{persona.pk}").content.decode()
    assert "用 周晴 的声音说话" in shown
    assert "voice/forget" in shown

    page.post(f"/rooms/hosts/{persona.pk}/voice/forget")
    persona.refresh_from_db()
    assert (persona.voice_recording, persona.voice_transcript) == ("", "")


def test_a_recording_that_cannot_be_used_is_refused_in_words(page, shop, persona):
    answer = page.post(f"/rooms/hosts/{persona.pk}/voice", {"recording": recorded(1.0), "transcript": "大家好"})

    persona.refresh_from_db()
    assert answer.status_code == 422
    assert "录音须有 3 到 30 秒" in answer.content.decode()
    assert persona.voice_recording == ""
