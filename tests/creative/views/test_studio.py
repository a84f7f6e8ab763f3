"""The studio: what can be made here, what a form asks for, what becomes of a result."""

from __future__ import annotations

import base64
import io
import json
import re
from html import unescape
from pathlib import Path

import pytest
from PIL import Image

from bench.fixed_cost import FixedCost, OnePipeline, Stopwatch
from core.models import Advertiser
from core.storage.api import path_for, put_bytes
from creative.models import Material, StudioShot
from creative.page_data.studio import PICTURES_OFFERED, shown_shots
from generation.engines.clips.loading import checkpoint_hash
from generation.model_host.batching import Rules
from generation.model_host.host import Host
from generation.model_host.shots import BookedShots
from generation.models import ClipOrder, Shot
from tests.creative.views.books import a_script, a_shot
from tests.generation.checkpoints.test_weights import safetensors

CLIP = {"prompt": "杯壁上的水珠，晨光", "ratio": "1:1", "seconds": "4", "seed": "3"}
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
def clips(tmp_path: Path, settings) -> Path:
    """A checkpoint of clips, from words and from a first frame, configured."""
    path = tmp_path / "clips"
    (path / "transformer").mkdir(parents=True)
    (path / "model_index.json").write_text(json.dumps({"_class_name": "WanPipeline", "expand_timesteps": True}))
    (path / "transformer" / "weights.safetensors").write_bytes(safetensors())
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "wan", str(path)
    settings.CLIP_SIZE, settings.CLIP_STEPS, settings.MODEL_DEVICE = "64x64", 4, "cpu"
    return path


def a_picture(advertiser: Advertiser, name: str = "bottle.png") -> Material:
    """A picture among the materials whose source is a real file."""
    drawn = io.BytesIO()
    Image.new("RGB", (80, 80), "orange").save(drawn, "PNG")
    material = a_shot(advertiser, name).material
    material.understanding["source"]["path"] = str(path_for(put_bytes(drawn.getvalue())))
    material.media, material.state = "picture", "ready"
    material.save()
    return material


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


def test_camera_sliders_become_moves_with_their_sign(page, clips):
    page.post("/studio/order", {**CLIP, "camera-pan": "2", "camera-zoom": "-1.5", "camera-orbit": "0"})

    assert StudioShot.objects.get().asked["camera"] == "pan:2,zoom:-1.5"
    assert Shot.objects.get().request["camera"] == [
        {"move": "pan", "strength": 2.0},
        {"move": "zoom", "strength": -1.5},
    ]


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({"camera-pan": "2"}, "镜头"),
        ({"interpolate": "2"}, "补帧"),
        ({"seed": "inf"}, "种子"),
        ({"seed": "nan"}, "种子"),
        ({"seed": "3.5"}, "种子"),
        ({"seed": "9" * 5000}, "种子"),
        ({"seconds": "inf"}, "秒数"),
        ({"seconds": "nan"}, "秒数"),
        ({"upscale": "1e400"}, "放大"),
        ({"checkpoint": "nobody"}, "模型"),
        ({"mask": "data:image/png;base64,AAAA"}, "涂抹范围"),
    ],
)
def test_a_wish_the_model_cannot_fulfil_is_refused_by_its_name_on_the_page(page, folder, wish, said):
    answer = page.post("/studio/order", {**FORM, **wish})

    assert answer.status_code == 422
    assert f'<span class="thing">{said}</span>' in answer.content.decode()
    assert not StudioShot.objects.exists()


def test_what_was_wished_stays_in_the_form_of_an_error_and_of_another_try(page, clips):
    wishes = {**CLIP, "upscale": "2", "interpolate": "4", "camera-dolly": "-1.5", "negative": "字幕"}

    refused = page.post("/studio/order", {**wishes, "ratio": "5:4"}).content.decode()
    page.post("/studio/order", wishes)
    again = page.get(f"/studio/?from={StudioShot.objects.get().pk}").content.decode()

    for html in (refused, again):
        assert '<option value="2" selected>2×</option>' in html
        assert '<option value="4" selected>4×</option>' in html
        assert 'name="camera-dolly" min="-5" max="5" step="0.5" value="-1.5"' in html
        assert 'value="字幕"' in html


def test_a_long_seed_is_kept_to_its_last_digit(page, folder):
    page.post("/studio/order", {**FORM, "seed": "9007199254740993"})

    assert Shot.objects.get().request["seed"] == 9007199254740993


def test_the_page_knows_what_each_model_can_and_calls_it_by_its_name(page, clips):
    html = page.get("/studio/").content.decode()

    (told,) = json.loads(re.search(r'id="studio-models" type="application/json">(.*?)</script>', html)[1])
    assert told["name"] == "clips"
    assert told["can"] == ["camera", "extend", "image-to-video", "negative", "text-to-video"]
    assert ">clips · " in html


def test_a_clip_is_made_longer_by_the_seconds_said(page, clips, books):
    picture = a_picture(books.advertiser)
    page.post("/studio/order", {**CLIP, "seconds": "4"})
    shot = StudioShot.objects.get()
    Shot.objects.update(state="done", sha256=put_bytes(b"a clip"), suffix=".mp4", frames=65, fps=16, seconds=4.0625)
    StudioShot.objects.update(asked={**shot.asked, "first": str(picture.pk)}, verdict={"reason": "", "scores": []})

    html = page.get(f"/studio/?from={shot.pk}&extend={shot.pk}").content.decode()
    again = page.get(f"/studio/?from={shot.pk}").content.decode()
    nothing = page.post("/studio/order", {**CLIP, "seconds": "0", "extend": str(shot.pk)})
    answer = page.post("/studio/order", {**CLIP, "seconds": "2", "extend": str(shot.pk)})

    assert f'<input type="hidden" name="extend" value="{shot.pk}">' in html
    assert f'name="first" value="{picture.pk}" checked' not in html
    assert f'name="first" value="{picture.pk}" checked' in again
    assert nothing.status_code == 422
    assert answer.status_code == 302
    longer = Shot.objects.get(state="queued").request
    assert longer["frames"] == 65 + 2 * 16
    assert longer["extend"] == put_bytes(b"a clip")


def test_a_shot_of_the_storyboard_brings_its_camera_move_along(page, clips, books):
    a_script(books)

    html = page.post("/studio/prompts", {"brief": str(books.brief.pk)}).content.decode()
    link = unescape(re.search(r'href="(/studio/\?[^"]*camera=dolly[^"]*)"', html)[1])

    filled = page.get(link).content.decode()
    assert 'name="camera-dolly" min="-5" max="5" step="0.5" value="1.0"' in filled
    assert re.search(r'name="seconds" min="0" max="180" step="0.1" value="\d+(\.\d)?"', filled)


def test_a_part_of_a_picture_is_painted_anew_by_the_engine_that_edits(page, folder, books):
    material = a_picture(books.advertiser)
    drawn = io.BytesIO()
    Image.new("L", (64, 64), 255).save(drawn, "PNG")
    mask = "data:image/png;base64," + base64.b64encode(drawn.getvalue()).decode()

    answer = page.post("/studio/order", {**FORM, "first": str(material.pk), "mask": mask})

    shot = Shot.objects.get()
    assert answer.status_code == 302
    assert (shot.engine, StudioShot.objects.get().kind) == ("edit", "edit")
    with Image.open(path_for(shot.request["mask"])) as kept:
        assert kept.size == (64, 64)
    assert f'name="mask" value="{mask}"' in page.get(f"/studio/?from={StudioShot.objects.get().pk}").content.decode()


def test_a_voice_among_the_checkpoints_does_not_break_the_page(page, folder, settings):
    settings.MODELS_DIR = folder.parent / "models"
    (settings.MODELS_DIR / "kokoro-multi-lang").mkdir(parents=True)

    assert page.get("/studio/").status_code == 200


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


def finished(suffix: str = ".png", content: bytes = b"made") -> StudioShot:
    """The only order, done."""
    Shot.objects.update(state="done", sha256=put_bytes(content), suffix=suffix, frames=1, fps=16, seconds=0.0)
    StudioShot.objects.update(verdict={"reason": "", "scores": []})
    return StudioShot.objects.get()


@pytest.mark.parametrize("field", ["first", "extend"])
@pytest.mark.parametrize("lost", ["order", "file"])
def test_what_was_made_and_is_gone_is_said_beside_the_form(page, clips, field, lost):
    page.post("/studio/order", CLIP)
    shot = finished(".png" if field == "first" else ".mp4", f"{field} {lost}".encode())
    if lost == "order":
        ClipOrder.objects.all().delete()
    else:
        path_for(Shot.objects.get().sha256).unlink()

    answer = page.post("/studio/order", {**CLIP, field: str(shot.pk)})
    page.post(f"/studio/{shot.pk}/take")

    assert answer.status_code == 422
    assert "已经不在了，请重新生成" in answer.content.decode()
    assert page.get(f"/studio/{shot.pk}/media").status_code == 404
    assert not Material.objects.exists()


def test_the_picture_of_an_earlier_order_is_offered_however_many_came_after_it(page, folder, books):
    earliest = a_picture(books.advertiser)
    page.post("/studio/order", FORM)
    StudioShot.objects.update(asked={**FORM, "first": str(earliest.pk)})
    shot = finished()
    for number in range(PICTURES_OFFERED):
        a_picture(books.advertiser, f"p{number}.png")
        StudioShot.objects.create(
            advertiser=books.advertiser, order_id=shot.order_id, prompt=f"p{number}", kind=shot.kind, asked={}
        )
    StudioShot.objects.update(verdict={"reason": "", "scores": []})

    html = page.get(f"/studio/?from={shot.pk}").content.decode()
    offered = re.findall(r'name="first" value="([^"]+)"', html)

    assert f'name="first" value="{earliest.pk}" checked' in html
    materials = {str(key) for key in Material.objects.values_list("pk", flat=True)}
    assert (len(offered), len(materials.intersection(offered))) == (PICTURES_OFFERED + 1, PICTURES_OFFERED // 2 + 1)
