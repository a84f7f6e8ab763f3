"""What there is to make pictures and clips with, told from settings and folders; nothing here loads a model."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from config.settings.models import CLIP_ENGINES
from core.errors import InputError
from core.models import Advertiser
from generation.engines.clips.base import ClipRequest
from generation.engines.clips.engines import ENGINES
from generation.model_host.hosted import say_what_is_here
from generation.models import HostedCheckpoint
from generation.slot_clips import Maker, clip_for_slot, makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def advertiser() -> Advertiser:
    return Advertiser.objects.create(slug="alpine", name="Alpine")


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    """MODELS_DIR, with nothing in it yet."""
    settings.MODELS_DIR = tmp_path / "models"
    settings.CLIP_SIZE = ""
    return settings.MODELS_DIR


def put(folder: Path, pipeline: str, **parts: dict[str, object]) -> Path:
    """A checkpoint's settings without its weights."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model_index.json").write_text(json.dumps({"_class_name": pipeline}))
    for part, values in parts.items():
        (folder / part).mkdir(exist_ok=True)
        (folder / part / "config.json").write_text(json.dumps(values))
    return folder


def by_name(found: list[Maker]) -> dict[str, Maker]:
    return {maker.name: maker for maker in found}


def test_the_engines_settings_name_are_those_there_are():
    assert set(CLIP_ENGINES) == set(ENGINES)


def test_a_voice_among_the_checkpoints_makes_no_pictures_and_breaks_nothing(advertiser, folder, settings):
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "wan", str(put(folder / "clips", "WanVACEPipeline"))
    (folder / "kokoro-multi-lang").mkdir()

    assert [maker.name for maker in makers(advertiser)] == ["clips"]


def test_a_configured_checkpoint_of_another_family_is_shown_with_the_reason(advertiser, folder, settings):
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "ltx", "clips"
    put(folder / "clips", "WanVACEPipeline")

    (only,) = makers(advertiser)

    assert (only.name, only.can) == ("clips", frozenset())
    assert "names WanVACEPipeline; ltx loads" in only.refused


def test_what_a_model_can_is_that_of_its_checkpoint_not_of_its_family(advertiser, folder, settings):
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "wan", "words"
    put(folder / "words", "WanPipeline")
    put(folder / "two", "WanImageToVideoPipeline", transformer={"pos_embed_seq_len": 514})
    put(folder / "pictures", "StableDiffusionXLPipeline")

    found = by_name(makers(advertiser))

    assert found["words"].can == {"text-to-video", "camera", "negative"}
    assert found["two"].can == {"first-last-frame", "camera", "negative"}
    assert found["pictures"].can == {"text-to-image", "edit", "image", "mask", "negative"}
    assert (found["words"].longest_seconds, found["pictures"].longest_seconds) == (5.1, 0.0)


def test_a_picture_is_changed_by_the_engine_that_can_with_the_same_checkpoint(advertiser, folder, settings):
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "stable-diffusion", "pictures"
    put(folder / "pictures", "StableDiffusionPipeline")
    (maker,) = makers(advertiser)
    words = ClipRequest("a cup", 512, 512)

    assert maker.engine_for(words) == "stable-diffusion"
    assert maker.engine_for(ClipRequest("a cup", 512, 512, image="a.png", mask="m.png")) == "edit"
    with pytest.raises(InputError, match="does not take it; possible with"):
        maker.engine_for(ClipRequest("a cup", 512, 512, image="a.png", references=("b.png",)))


def test_what_a_host_elsewhere_holds_can_be_ordered_too(advertiser, folder, settings):
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "wan", str(put(folder / "clips", "WanVACEPipeline"))
    HostedCheckpoint.objects.create(
        device="cuda", checkpoint="far", engine="stable-diffusion", checkpoint_hash="0" * 64, licence="unknown"
    )

    found = by_name(makers(advertiser))

    assert set(found) == {"clips", "far"}
    assert "text-to-image" in found["far"].can


def test_what_a_host_elsewhere_can_is_what_it_said_of_its_checkpoint(advertiser, folder, settings):
    far = put(folder.parent / "far", "WanPipeline")
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "wan", str(far)
    say_what_is_here("cuda")
    here = makers(advertiser)
    shutil.rmtree(far)

    assert makers(advertiser) == here
    assert here[0].can == {"text-to-video", "camera", "negative"}


def test_what_a_model_does_not_hear_is_left_out_of_an_ads_slot_and_kept_for_who_asks_strictly(folder, settings):
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "stable-diffusion", "pictures"
    put(folder / "pictures", "StableDiffusionPipeline")
    wish = {"ratio": (1, 1), "seconds": 0.0, "seed": 1, "camera": "pan:2"}

    assert clip_for_slot("a cup", "text", **wish).camera == ()
    assert len(clip_for_slot("a cup", "text", is_strict=True, **wish).camera) == 1
