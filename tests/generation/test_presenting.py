"""Spokesperson clips by settings: labelled, signed, kept, and refused with the way out."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from pathlib import Path

import pytest

from generation import api
from generation.contracts import VoiceTake
from generation.engines.heads.consents import withdraw_from
from generation.engines.heads.contracts import HeadConsentMissing, HeadMissing
from generation.provenance.labels import verify_labels
from generation.sound.wave_files import write_wav
from tests.support.heads import speech


@pytest.fixture
def take(tmp_path):
    write_wav(tmp_path / "line.wav", speech(0.3, 48_000).astype(float), 48_000)
    return VoiceTake(str(tmp_path / "line.wav"), "ab" * 32, 0.3, "scripted", (), ("voice:espeak",))


@pytest.fixture
def home(settings, tmp_path, head_model):
    settings.ADLOOM_HOME, settings.HEAD_MODEL_DIR, settings.MODEL_DEVICE = tmp_path / "home", head_model, "cpu"
    return settings.ADLOOM_HOME


def test_a_clip_carries_its_label_and_whose_consents_it_rests_on_and_is_made_once(home, ann, take):
    clip = api.make_presenter_clip(ann, take, fps=30)

    assert (clip.frames, clip.fps, clip.person) == (9, 30, "Ann Example")
    assert clip.consents == ("paper-likeness", "paper-voice")
    assert clip.is_synthetic
    assert clip.degraded == ("voice:espeak",)
    assert Path(clip.path).stem == hashlib.sha256(Path(clip.path).read_bytes()).hexdigest()
    assert sorted(each.suffix for each in (home / "presenters").iterdir()) == [".json", ".mp4"]
    assert [each.suffix for each in (home / "heads" / "bases").iterdir()] == [".i420"]
    facts = verify_labels(Path(clip.path), home)
    assert facts.aigc["Label"] == "1"
    assert facts.signature.state == "Trusted"
    made = Path(clip.path).stat().st_mtime_ns
    assert asdict(api.make_presenter_clip(ann, take, fps=30)) == asdict(clip)
    assert Path(clip.path).stat().st_mtime_ns == made

    withdraw_from(ann, "paper-voice", "2026-11-23")
    with pytest.raises(HeadConsentMissing, match="withdrew consent"):
        api.make_presenter_clip(ann, take, fps=30)


def test_what_is_missing_is_said_with_what_mends_it(home, ann, take, settings, tmp_path):
    assert api.head_problem() == ""

    settings.HEAD_MODEL_DIR = tmp_path
    assert api.head_problem().startswith("unet/config.json: is missing")
    settings.HEAD_MODEL_DIR = None
    assert api.head_problem().startswith("HEAD_MODEL_DIR is not set")
    with pytest.raises((HeadMissing, HeadConsentMissing)):
        api.make_presenter_clip(ann, take)
