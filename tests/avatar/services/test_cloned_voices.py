"""A host that sounds like a person: with their recording, and only as long as they agree."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest
from django.db import IntegrityError, transaction

from avatar.brain.process import _voices
from avatar.comments.writing import Piece
from avatar.models import HostPersona
from avatar.rooms import load_room
from avatar.services.cloned_voices import consented_voice, forget_recording, keep_recording
from avatar.services.personas import ConsentMissing, record_consent, save_persona, withdraw_consent
from avatar.speech.voices import check_voice
from avatar.speech.voicing import voice_sentence
from core.errors import InputError
from generation.api import VoiceConsentMissing
from generation.engines.voiceover import engines as voice_engines
from generation.engines.voiceover import spoken_lines
from generation.engines.voiceover.base import Speech, SpeechRequest, VoiceCapabilities
from generation.sound.wave_files import write_wav

GIVEN = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
FORM = {"name": "周周", "base": "Lin", "language": "zh-CN", "likeness_of": "周晴"}
SAID = "大家好，我是周晴，欢迎来到直播间。"


class Cloning:
    """A voice engine that can sound like a person, and remembers whom it was asked to."""

    name, version = "cloning", "1"
    capabilities = VoiceCapabilities(streaming=False, word_times=False, languages=("zh-CN",), cloning=True)

    def __init__(self) -> None:
        self.asked: list[SpeechRequest] = []

    def speak(self, request: SpeechRequest) -> Speech:
        self.asked.append(request)
        return Speech(np.sin(np.arange(16_000) * 0.1) * 0.3, 16_000)


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Cloning:
    made = Cloning()
    monkeypatch.setattr(spoken_lines, "configured_engine", lambda: made)
    monkeypatch.setattr(voice_engines, "_engine", lambda *given: made)
    return made


@pytest.fixture
def recording(tmp_path: Path) -> Path:
    path = tmp_path / "zhou.wav"
    write_wav(path, np.sin(np.arange(16_000 * 4) * 0.05) * 0.4, 16_000)
    return path


@pytest.fixture
def persona(shop) -> HostPersona:
    for kind in ("likeness", "voice"):
        record_consent(shop.member, "周晴", kind, "我同意用我的形象和声音生成数字人主播。", "合同 7", GIVEN)
    made = save_persona(shop.advertiser, FORM)
    shop.room.own_persona, shop.room.voice = made, ""
    shop.room.save()
    return made


def test_a_host_with_a_recording_speaks_as_the_person(shop, persona, recording, engine):
    keep_recording(persona, recording, SAID)
    room = load_room(str(shop.room.pk)).config

    whole = _voices(room).whole(Piece("今天三十九块九。"), "script")

    assert room.voice == f"person:{persona.pk}"
    assert whole is not None
    (request,) = engine.asked
    assert request.person is not None
    assert (request.voice, request.person.person, request.person.transcript) == ("", "周晴", SAID)
    assert request.person.recording.read_bytes() == recording.read_bytes()


def test_a_withdrawn_voice_is_silent_from_the_next_sentence_on_though_it_was_voiced_before(
    shop, persona, recording, engine
):
    keep_recording(persona, recording, SAID)
    room = load_room(str(shop.room.pk)).config
    voices = _voices(room)
    assert voices.piece(Piece("今天三十九块九。")) is not None

    withdraw_consent(persona.voice_consent)

    assert voices.piece(Piece("今天三十九块九。")) is None
    assert voices.whole(Piece("今天三十九块九。"), "script") is None
    assert len(engine.asked) == 1


def test_no_other_voice_is_heard_in_the_place_of_a_persons(shop, persona, recording, engine):
    keep_recording(persona, recording, SAID)
    room = load_room(str(shop.room.pk)).config
    withdraw_consent(persona.voice_consent)

    assert _voices(room).whole(Piece("今天三十九块九。"), "script") is None
    assert engine.asked == []
    with pytest.raises(VoiceConsentMissing):
        voice_sentence("今天三十九块九。", "zh-CN", room.voice)


def test_an_engine_that_cannot_sound_like_a_person_says_nothing(shop, persona, recording):
    keep_recording(persona, recording, SAID)

    assert _voices(load_room(str(shop.room.pk)).config).whole(Piece("今天三十九块九。"), "script") is None


def test_another_advertisers_voice_is_not_to_be_had(shop, persona, recording):
    keep_recording(persona, recording, SAID)

    with pytest.raises(VoiceConsentMissing):
        consented_voice(f"person:{persona.pk}", "somebody-else")
    assert check_voice(f"person:{persona.pk}", "http") != ""


def test_nobody_is_recorded_without_a_voice_consent(shop, persona, recording):
    withdraw_consent(persona.voice_consent)

    with pytest.raises(ConsentMissing):
        keep_recording(persona, recording, SAID)
    with pytest.raises(InputError, match="an invented host has nobody's voice"):
        keep_recording(save_persona(shop.advertiser, {**FORM, "name": "x", "likeness_of": ""}), recording, SAID)
    with pytest.raises(IntegrityError), transaction.atomic():
        HostPersona.objects.create(advertiser=shop.advertiser, name="y", base="Lin", voice_recording="a" * 64)


def test_a_recording_that_is_taken_out_leaves_the_host_with_a_voice_of_the_engines(shop, persona, recording):
    keep_recording(persona, recording, SAID)
    forget_recording(persona)
    shop.room.own_persona.refresh_from_db()

    assert not load_room(str(shop.room.pk)).config.voice.startswith("person:")


def test_a_recording_does_not_follow_to_another_person(shop, persona, recording):
    keep_recording(persona, recording, SAID)
    for kind in ("likeness", "voice"):
        record_consent(shop.member, "陈默", kind, "我同意。", "", GIVEN)

    changed = save_persona(shop.advertiser, {**FORM, "likeness_of": "陈默"}, persona)

    assert (changed.likeness_of, changed.voice_recording, changed.voice_transcript) == ("陈默", "", "")


def test_an_invented_host_keeps_nobodys_recording(shop, persona, recording):
    keep_recording(persona, recording, SAID)

    assert save_persona(shop.advertiser, {**FORM, "likeness_of": ""}, persona).voice_recording == ""


def test_a_withdrawn_voice_is_forgotten(shop, persona, recording):
    keep_recording(persona, recording, SAID)
    withdraw_consent(persona.voice_consent)

    persona.refresh_from_db()
    assert persona.voice_recording == ""
