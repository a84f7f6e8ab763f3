"""Orders become pictures: shared, batched, cancelled, broken, and taken up again after a death."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.utils import timezone
from PIL import Image

from core.errors import InputError
from core.models import Advertiser
from generation.checkpoints.manifest import Manifest, write_manifest
from generation.checkpoints.router import LicenceRefused
from generation.engines.clips.base import ClipRequest
from generation.model_host import shots
from generation.model_host.hosted import say_what_is_here
from generation.model_host.orders import (
    BULK,
    URGENT,
    cancel_clip,
    clip_progress,
    clip_result,
    mark_clip_heard,
    order_clip,
    tend,
)
from generation.models import ClipOrder, HostedCheckpoint, Shot
from tests.generation.model_host.conftest import REQUEST

pytestmark = pytest.mark.django_db


def heard(sent) -> list[str]:
    return [arguments[0] for task, arguments in sent if task == "creative.take_clip"]


def seeds(count: int) -> list[ClipRequest]:
    return [replace(REQUEST, seed=seed) for seed in range(count)]


def test_an_order_becomes_a_picture_and_its_orderer_is_told(order, host, sent):
    number = order()

    assert ("generation.cpu_models.make_shots", []) in sent
    assert (host.step(), host.step()) == (0.0, None)
    result = clip_result(number)
    assert Image.open(result.path).size == (64, 64)
    assert (result.suffix, result.frames, result.licence, result.device_seconds) == (".png", 1, "unknown", 10.0)
    assert result.parameters["request"]["prompt"] == REQUEST.prompt
    assert clip_progress(number).state == "done"
    assert heard(sent) == [str(number)]


def test_the_same_shot_asked_again_runs_no_model(order, host, backend, sent):
    first = order()
    host.step()
    second = order(advertiser=Advertiser.objects.create(slug="other", name="Other"))

    assert host.step() is None
    assert backend.runs == [1]
    assert clip_result(second).sha256 == clip_result(first).sha256
    assert heard(sent) == [str(first), str(second)]


def test_two_who_want_the_same_at_once_share_one_run(order, host, backend, sent):
    first, second = order(), order()

    host.step()

    assert backend.runs == [1]
    assert heard(sent) == [str(first), str(second)]


def test_another_seed_is_another_shot_of_the_same_run(order, host, backend):
    numbers = [order(request) for request in seeds(5)]

    while host.step() is not None:
        pass

    assert backend.runs == [4, 1]
    assert len({clip_result(number).sha256 for number in numbers}) == 5
    assert clip_result(numbers[0]).device_seconds == 2.5


def test_the_pictures_given_are_part_of_what_a_shot_is(order, tmp_path, folder):
    picture = tmp_path / "product.png"
    edit = replace(REQUEST, image=str(picture))
    (folder / "model_index.json").write_text('{"_class_name": "StableDiffusionInpaintPipeline"}')
    keys = []
    for colour in ("red", "blue", "red"):
        Image.new("RGB", (64, 64), colour).save(picture)
        keys.append(ClipOrder.objects.get(pk=order(edit, engine="edit")).shot_id)

    assert keys[0] == keys[2] != keys[1]


def test_progress_is_told_while_it_runs(order, host, backend):
    number, seen = order(), []
    backend.between_steps = lambda step: seen.append((clip_progress(number).state, clip_progress(number).progress))

    host.step()

    assert seen == [("running", 0.0), ("running", 0.25), ("running", 0.5), ("running", 0.75)]


def test_a_run_nobody_wants_any_more_ends_between_two_steps(order, host, backend, sent):
    number = order()
    backend.between_steps = lambda step: cancel_clip(number) if step == 2 else None

    host.step()

    assert backend.watch.seconds == 5.0
    assert clip_progress(number).state == "cancelled"
    assert heard(sent) == []
    with pytest.raises(InputError, match="cancelled"):
        clip_result(number)


def test_a_cancelled_order_takes_nothing_from_somebody_else(order, host, backend):
    mine, theirs = order(), order()
    backend.between_steps = lambda step: cancel_clip(mine) if step == 2 else None

    host.step()

    assert clip_progress(theirs).state == "done"
    assert clip_progress(mine).state == "cancelled"


def test_an_order_that_was_cleared_away_is_cancelled_without_a_word(shop):
    cancel_clip(uuid.uuid4())

    assert not Shot.objects.exists()


def test_what_was_cancelled_is_made_when_it_is_ordered_again(order, host, backend):
    cancel_clip(order())
    again = order()

    host.step()

    assert clip_progress(again).state == "done"


def test_a_batch_that_does_not_fit_is_halved_and_so_are_the_next(order, host, backend):
    backend.largest = 2
    numbers = [order(request) for request in seeds(8)]

    while host.step() is not None:
        pass

    assert backend.runs == [4, 2, 2, 2, 2]
    assert all(clip_progress(number).state == "done" for number in numbers)


def test_what_does_not_fit_alone_ends_with_its_size_and_the_memory(order, host, backend):
    backend.largest = 0
    number = order()

    host.step()

    progress = clip_progress(number)
    assert (progress.state, progress.error_code) == ("failed", "device_too_small")
    assert progress.failure.startswith("64x64 does not fit beside 2.00 GB of weights; cpu has 1.0 GB free")


def test_one_broken_picture_spoils_no_other_of_its_batch(order, host):
    good, broken = order(), order(replace(REQUEST, seed=13))

    host.step()

    assert clip_progress(good).state == "done"
    assert (clip_progress(broken).state, clip_progress(broken).error_code) == ("failed", "broken_output")


def test_a_broken_picture_says_nothing_against_the_size_of_its_batch(order, host, backend):
    for request in [replace(REQUEST, seed=13), *seeds(7)]:
        order(request)

    while host.step() is not None:
        pass

    assert backend.runs == [4, 1, 1, 1, 1, 4]
    assert host.limits == {}


def test_what_does_not_fit_alone_is_made_with_the_device_to_itself(order, host, backend, monkeypatch):
    backend.largest = 0

    def reclaim(but: str) -> bool:
        backend.largest = 1
        return True

    monkeypatch.setattr(host.pipelines, "reclaim", reclaim)
    number = order()

    host.step()

    assert (clip_progress(number).state, backend.runs) == ("done", [1, 1])


def test_the_shots_of_a_killed_host_are_taken_up_by_the_next(order, host, sent):
    number = order()
    key = ClipOrder.objects.get(pk=number).shot_id
    assert shots.BookedShots("cpu").claim([key])
    Shot.objects.update(lease_until=timezone.now() - dt.timedelta(seconds=1))
    sent.clear()

    tend()

    assert sent == []  # it was just put back; the host that looks finds it
    Shot.objects.update(dispatched_at=timezone.now() - dt.timedelta(seconds=6))
    tend()
    assert ("generation.cpu_models.make_shots", []) in sent
    host.step()
    assert clip_progress(number).state == "done"


def test_an_answer_nobody_heard_is_repeated_until_somebody_does(order, host, sent):
    number = order()
    host.step()
    tend()
    mark_clip_heard(number)
    tend()

    assert heard(sent) == [str(number)] * 2


def test_files_that_changed_since_the_order_are_not_used(order, host, backend):
    number = order()
    backend.checkpoint_hash = "0" * 64

    host.step()

    assert clip_progress(number).error_code == "checkpoint_changed"


def test_a_result_that_is_gone_from_the_store_is_made_again(order, host, backend):
    number = order()
    host.step()
    clip_result(number).path.unlink()

    again = order()
    host.step()

    assert backend.runs == [1, 1]
    assert clip_result(again).path.is_file()


def test_a_flood_does_not_hide_somebody_elses_order(order, monkeypatch):
    for request in seeds(6):
        order(request, priority=BULK)
    other = Advertiser.objects.create(slug="other", name="Other")
    order(replace(REQUEST, seed=99), advertiser=other, priority=BULK)
    monkeypatch.setattr(shots, "MOST_LOOKED_AT", 3)

    assert str(other.pk) in {each.advertiser for each in shots.BookedShots("cpu").waiting()}


def test_the_page_somebody_looks_at_goes_before_a_thousand(order, host, backend):
    for request in seeds(4):
        order(request, priority=BULK)
    page = order(replace(REQUEST, width=128, seed=7), priority=URGENT)
    assert clip_progress(page).ahead == 0

    host.step()

    assert clip_progress(page).state == "done"
    assert backend.runs == [1]


def test_an_order_of_another_device_is_not_touched(order, host):
    number = order()
    Shot.objects.update(device="cuda")

    assert host.step() is None
    assert clip_progress(number).state == "waiting"


def test_a_licence_that_does_not_cover_the_advertiser_is_refused_before_anything_is_booked(order, folder, shop):
    write_manifest(folder, Manifest({}, id="flux-dev", licence="FLUX.1 dev non-commercial licence"))

    with pytest.raises(LicenceRefused, match="forbids commercial use"):
        order()
    assert not Shot.objects.exists()


def test_where_nothing_is_configured_the_way_out_is_named(shop, settings):
    settings.CLIP_CHECKPOINT = ""

    with pytest.raises(InputError, match="set CLIP_ENGINE and CLIP_CHECKPOINT"):
        order_clip(shop.pk, REQUEST)


def test_an_impossible_shape_is_refused_with_the_nearest_one(order):
    with pytest.raises(InputError):
        order(replace(REQUEST, width=65))
    assert not Shot.objects.exists()


def test_an_order_that_is_none_is_not_found(db):
    with pytest.raises(ClipOrder.DoesNotExist):
        clip_progress(uuid.uuid4())


def test_a_machine_without_the_weights_orders_by_what_a_host_said_of_them(order, host, settings, folder, tmp_path):
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "stable-diffusion", str(folder)
    say_what_is_here("cpu")
    folder.rename(tmp_path / "elsewhere")
    settings.MODEL_DEVICE = "cuda"

    number = order(checkpoint="")
    host.step()

    assert clip_progress(number).state == "done"
    assert ClipOrder.objects.get(pk=number).shot.device == "cpu"


def test_a_host_says_all_it_can_make_pictures_with_and_nothing_else(shop, settings, folder):
    (folder.parent / "kokoro-multi-lang").mkdir()
    (folder.parent / "second").mkdir()
    (folder.parent / "second" / "model_index.json").write_text('{"_class_name": "StableDiffusionPipeline"}')
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "stable-diffusion", "tiny"

    say_what_is_here("cpu")

    rows = HostedCheckpoint.objects.order_by("checkpoint").values_list("checkpoint", "engine")
    assert list(rows) == [("second", "stable-diffusion"), ("tiny", "stable-diffusion")]


def test_what_no_host_ever_had_is_not_there(order, tmp_path):
    with pytest.raises(InputError, match="there is no folder"):
        order(checkpoint=str(tmp_path / "nowhere"))


def test_a_member_names_checkpoints_and_no_places_on_the_machine(order, folder, tmp_path, settings):
    folder.rename(tmp_path / "private")

    for path in (str(tmp_path / "private"), f"{settings.MODELS_DIR}/../private"):
        with pytest.raises(InputError, match="private is not offered here"):
            order(checkpoint=path)


def test_no_detour_in_a_path_hides_whose_weights_they_are(order, folder, settings):
    folder.rename(settings.MODELS_DIR / "flux-dev")

    with pytest.raises(LicenceRefused):
        order(checkpoint=f"{settings.MODELS_DIR}/../models/flux-dev")


def test_weights_that_lie_elsewhere_may_be_offered_by_a_link(order, folder, tmp_path, settings):
    folder.rename(tmp_path / "elsewhere")
    (settings.MODELS_DIR / "ours").symlink_to(tmp_path / "elsewhere")

    assert clip_progress(order(checkpoint="ours")).state == "waiting"
