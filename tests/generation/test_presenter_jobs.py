"""Orders of presenters that nobody can speak, and those that were queued when orders looked otherwise."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import InputError
from core.models import Advertiser
from generation.presenter_jobs import PlacedVoice, PresenterOrder, placed, run_presenter
from generation.sound.wave_files import write_wav
from tests.support.heads import speech

SHOP = Advertiser(slug="night", name="Night")


@pytest.fixture
def order(settings, tmp_path, head_model, ann, monkeypatch):
    settings.ADLOOM_HOME, settings.HEAD_MODEL_DIR, settings.MODEL_DEVICE = tmp_path / "home", head_model, "cpu"
    monkeypatch.setattr("generation.presenter_jobs.head_here", lambda name, advertiser: ann if name == "ann" else None)
    for rate in (16_000, 48_000):
        write_wav(tmp_path / f"{rate}.wav", speech(0.3, rate).astype(float), rate)
    return PresenterOrder("ann", (PlacedVoice(str(tmp_path / "48000.wav"), 3),), 15, 216, 384)


def as_request(order, **more):
    return {"head": order.head, "frames": order.frames, "width": order.width, "height": order.height, **more}


@pytest.mark.parametrize(
    ("starts", "reason"),
    [
        ([], "voices: there is none; a clip has at least one"),
        ([15], "48000.wav: begins at picture 15 of a clip of 15"),
        ([3, -1], "48000.wav: begins at picture -1 of a clip of 15"),
    ],
)
def test_an_order_nobody_can_speak_is_refused_when_it_is_placed_and_when_it_is_made(order, starts, reason):
    voices = [{"path": order.voices[0].path, "start_frame": start} for start in starts]

    with pytest.raises(InputError) as refused:
        placed(replace(order, voices=tuple(PlacedVoice(**each) for each in voices)), SHOP)
    assert str(refused.value) == reason
    with pytest.raises(InputError) as refused:
        run_presenter(SHOP, as_request(order, voices=voices), lambda share: None)
    assert str(refused.value) == reason


def test_voices_of_two_rates_are_not_mixed(order, tmp_path):
    voices = [{"path": str(tmp_path / f"{rate}.wav"), "start_frame": 0} for rate in (48_000, 16_000)]

    with pytest.raises(InputError, match="voices: are of 16000, 48000 Hz; a clip has one rate"):
        run_presenter(SHOP, as_request(order, voices=voices), lambda share: None)


def test_a_job_from_before_orders_had_several_voices_is_made(order, tmp_path):
    old = as_request(order, voice=order.voices[0].path, lead_frames=3) | {"head": "/home/heads/prepared/night/ann"}

    made = run_presenter(SHOP, old, lambda share: None)

    assert (made["frames"], made["person"]) == (15, "Ann Example")
    assert list((tmp_path / "home" / "work").iterdir()) == []
