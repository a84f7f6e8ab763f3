"""What may not be used for an advertiser's ads is not used, and whoever set it up is told the ways out."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from core.models import Advertiser
from generation import licences
from generation.api import hearing_engine, speak_line, stand_in_voice
from generation.checkpoints.cards import require_card
from generation.checkpoints.router import LicenceRefused
from generation.engines.voiceover import take
from generation.engines.voiceover.engines import licence_of
from generation.engines.voiceover.espeak import EspeakEngine
from generation.engines.voiceover.sherpa import SherpaEngine
from generation.hosted_heads import find_presenter
from generation.licences import head_objection, hearing_objection, model_objection, voice_objection

SHOP = Advertiser(slug="shop", name="Shop", territory="CN", annual_revenue_usd=250_000)


@pytest.fixture
def folders(settings, tmp_path) -> Path:
    settings.MODELS_DIR, settings.MODEL_AGREEMENTS = tmp_path / "models", []
    for name in ("vits-zh-aishell3", "flux-dev", "our-own", "kokoro-multi-lang"):
        (settings.MODELS_DIR / name).mkdir(parents=True)
    return settings.MODELS_DIR


def test_a_voice_nobody_has_cleared_speaks_no_line_of_an_ad(folders, settings):
    settings.VOICE_MODEL_DIR = folders / "vits-zh-aishell3"

    with pytest.raises(LicenceRefused, match=r"add vits-zh-aishell3 to MODEL_AGREEMENTS; or leave VOICE_MODEL_DIR"):
        speak_line("大家好", "zh-CN", advertiser=SHOP)


@pytest.mark.parametrize("name", ["our-own", "kokoro-multi-lang"])
def test_a_folder_of_ones_own_and_a_free_licence_are_used_unasked(folders, settings, name):
    settings.VOICE_MODEL_DIR = folders / name

    assert voice_objection(SHOP) == ""


def test_an_agreement_opens_it_and_a_server_answers_for_itself(folders, settings):
    settings.VOICE_MODEL_DIR = folders / "vits-zh-aishell3"
    settings.MODEL_AGREEMENTS = ["vits-zh-aishell3"]
    assert voice_objection(SHOP) == ""

    settings.MODEL_AGREEMENTS, settings.VOICE_BASE_URL = [], "http://127.0.0.1:9/v1"
    assert voice_objection(SHOP) == ""


def test_a_room_is_not_silent_but_speaks_with_the_embedded_voice(folders, settings):
    assert stand_in_voice("shop") is None
    settings.VOICE_MODEL_DIR = folders / "vits-zh-aishell3"

    voice = stand_in_voice("shop")

    assert isinstance(voice, EspeakEngine)
    assert voice.capabilities.degraded == "voice:espeak"


def test_heads_and_ears_are_asked_about_too(folders, settings):
    settings.HEAD_MODEL_DIR = settings.HEARING_MODEL_DIR = folders / "flux-dev"

    assert head_objection("shop").startswith("HEAD_MODEL_DIR: flux-dev: FLUX.1 dev non-commercial licence forbids")
    assert hearing_objection(SHOP).endswith("or leave HEARING_MODEL_DIR empty: then nothing is heard")
    assert hearing_engine("shop") is None


def test_a_presenter_by_a_model_that_may_not_be_used_is_refused_before_it_is_ordered(folders, settings, monkeypatch):
    settings.HEAD_MODEL_DIR = folders / "flux-dev"
    monkeypatch.setattr("generation.hosted_heads.prepared_head", lambda name, slug: folders)
    monkeypatch.setattr("generation.hosted_heads.head_problem", lambda: "")

    with pytest.raises(LicenceRefused, match="forbids commercial use"):
        find_presenter("li", SHOP)


@pytest.mark.django_db
def test_who_the_advertiser_is_is_looked_up_where_the_licence_asks(monkeypatch):
    monkeypatch.setattr(licences, "card_served", lambda model: require_card("krea-2-turbo"))
    small = Advertiser.objects.create(slug="small", name="Small", annual_revenue_usd=250_000)
    Advertiser.objects.create(slug="large", name="Large", annual_revenue_usd=9_000_000)

    assert model_objection("tiny", "small") == model_objection("tiny", str(small.pk)) == ""
    assert "the advertiser has 9,000,000 USD" in model_objection("tiny", "large")
    assert "say the advertiser's (annual_revenue_usd" in model_objection("tiny", "")


@pytest.mark.django_db
def test_what_is_no_id_is_an_advertiser_nobody_knows(monkeypatch):
    monkeypatch.setattr(licences, "card_served", lambda model: require_card("krea-2-turbo"))

    assert "say the advertiser's (annual_revenue_usd" in model_objection("tiny", "x" * 36)


def test_on_an_event_loop_the_books_are_closed_and_nothing_breaks(monkeypatch):
    monkeypatch.setattr(licences, "card_served", lambda model: require_card("krea-2-turbo"))

    async def asked() -> str:
        return model_objection("tiny", "shop")

    assert "say the advertiser's (annual_revenue_usd" in asyncio.run(asked())


def test_a_model_no_card_knows_is_the_operators_word():
    assert model_objection("our-own-model", "shop") == model_objection("Qwen/Qwen3-8B", "shop") == ""


def test_a_take_carries_the_licence_of_its_voice(folders):
    assert licence_of(SherpaEngine(folders / "kokoro-multi-lang")) == "Apache-2.0"
    assert licence_of(SherpaEngine(folders / "our-own")) == "unknown"
    assert licence_of(EspeakEngine()) == ""


def test_a_take_kept_before_licences_were_noted_gets_that_of_its_voice(folders, tmp_path, monkeypatch):
    monkeypatch.setattr(take, "licence_of", lambda engine: "")
    first = take.speak_line("hello", "en", tmp_path, engine=EspeakEngine())
    monkeypatch.setattr(take, "licence_of", lambda engine: "Apache-2.0")

    again = take.speak_line("hello", "en", tmp_path, engine=EspeakEngine())

    assert (first.licence, again.licence) == ("", "Apache-2.0")
    assert again.sha256 == first.sha256
