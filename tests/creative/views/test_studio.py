"""The studio: what can be made here, what a form asks for, what becomes of a result."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.fixed_cost import FixedCost, OnePipeline, Stopwatch
from core.models import Advertiser
from creative.models import Material, StudioShot
from creative.page_data.studio import shown_shots
from generation.engines.clips.loading import checkpoint_hash
from generation.model_host.batching import Rules
from generation.model_host.host import Host
from generation.model_host.shots import BookedShots
from tests.creative.views.books import a_shot
from tests.generation.checkpoints.test_weights import safetensors

FORM = {"prompt": "杯壁上的水珠，晨光", "ratio": "1:1", "seconds": "0", "seed": "3"}


@pytest.fixture
def folder(tmp_path: Path, settings) -> Path:
    """A checkpoint of pictures, configured."""
    path = tmp_path / "tiny"
    (path / "unet").mkdir(parents=True)
    (path / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusionPipeline"}))
    (path / "unet" / "weights.safetensors").write_bytes(safetensors())
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "stable-diffusion", str(path)
    settings.CLIP_SIZE, settings.CLIP_STEPS, settings.MODEL_DEVICE = "64x64", 4, "cpu"
    return path


@pytest.fixture
def host(folder: Path) -> Host:
    """A model host of this process, whose pictures cost nothing."""
    backend = FixedCost(checkpoint_hash(folder), Stopwatch())
    rules = Rules(largest_batch=4, wait_seconds=0.0)
    return Host(BookedShots("cpu"), OnePipeline(backend), rules, elapsed=backend.watch, look_seconds=0.0)


def test_without_a_model_the_page_says_what_is_missing_and_what_mends_it(page, settings):
    settings.CLIP_ENGINE = settings.CLIP_CHECKPOINT = ""

    html = page.get("/studio/").content.decode()

    assert "还没有配置图片或视频模型" in html
    assert "manage.py checkpoints make-tiny --kind wan" in html
    assert "CLIP_ENGINE=wan" in html


def test_a_picture_is_ordered_from_words(page, folder, books):
    answer = page.post("/studio/order", FORM)

    shot = StudioShot.objects.get()
    assert answer.status_code == 302
    assert (shot.kind, shot.prompt, shot.advertiser) == ("text-to-image", "杯壁上的水珠，晨光", books.advertiser)
    assert [each.state for each in shown_shots(books.advertiser)] == ["waiting"]


def test_camera_sliders_become_moves_with_their_sign(page, folder):
    page.post("/studio/order", {**FORM, "camera-pan": "2", "camera-zoom": "-1.5", "camera-orbit": "0"})

    assert StudioShot.objects.get().asked["camera"] == "pan:2,zoom:-1.5"


def test_what_cannot_be_made_is_said_and_nothing_typed_is_lost(page, folder):
    answer = page.post("/studio/order", {**FORM, "seconds": "4"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "杯壁上的水珠，晨光" in html
    assert 'role="alert"' in html
    assert not StudioShot.objects.exists()


@pytest.mark.parametrize("field", ["first", "last", "reference", "sketch", "extend"])
def test_a_picture_of_another_advertiser_is_unknown(page, folder, field):
    other = Advertiser.objects.create(slug="other", name="Other")
    theirs = a_shot(other, "theirs.png").material
    Material.objects.filter(pk=theirs.pk).update(media="picture")

    answer = page.post("/studio/order", {**FORM, field: str(theirs.pk)})

    assert answer.status_code == 422
    assert not StudioShot.objects.exists()


def test_a_result_is_judged_and_kept_as_a_material_marked_as_generated(page, host, books):
    page.post("/studio/order", FORM)
    host.step()
    shot = StudioShot.objects.get()

    page.post(f"/studio/{shot.pk}/take")
    page.post(f"/studio/{shot.pk}/take")

    shot.refresh_from_db()
    material = Material.objects.get()
    assert shot.material == material
    assert (material.origin, material.made_with["prompt"]) == ("generated", "杯壁上的水珠，晨光")
    assert shown_shots(books.advertiser)[0].state == "done"
    assert page.get(f"/studio/{shot.pk}/media").status_code == 200


def test_the_same_words_and_seed_cost_nothing_twice(page, host, books):
    page.post("/studio/order", FORM)
    host.step()

    page.post("/studio/order", FORM)

    assert [each.state for each in shown_shots(books.advertiser)] == ["done", "done"]


def test_a_cancelled_order_is_no_longer_waited_for(page, folder, books):
    page.post("/studio/order", FORM)

    page.post(f"/studio/{StudioShot.objects.get().pk}/cancel")

    assert [each.state for each in shown_shots(books.advertiser)] == ["cancelled"]


def test_an_unfinished_result_cannot_be_kept(page, folder):
    page.post("/studio/order", FORM)
    shot = StudioShot.objects.get()

    page.post(f"/studio/{shot.pk}/take")

    assert not Material.objects.exists()
    assert page.get(f"/studio/{shot.pk}/media").status_code == 404
