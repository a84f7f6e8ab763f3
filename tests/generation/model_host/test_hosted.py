"""What hosts elsewhere say they have: through the database, across versions, and no longer than they live."""

from __future__ import annotations

import datetime as dt
import json
import logging
import shutil

import pytest
from django.utils import timezone

from config.celery import hosted_device
from core.errors import InputError
from generation.engines.clips.base import ClipRequest, capabilities_from, plain_capabilities
from generation.engines.clips.capabilities import CAPABILITIES
from generation.engines.clips.engines import engine_named
from generation.model_host.hosted import hosted_names, known_abilities, known_checkpoint, say_what_is_here
from generation.model_host.telling import tell
from generation.models import HostedCheckpoint
from generation.slot_clips import clip_for_slot, makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def away(folder, settings) -> str:
    """A checkpoint of pictures that a host said it has and that does not lie here."""
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT, settings.CLIP_SIZE = "stable-diffusion", "tiny", ""
    say_what_is_here("cuda")
    shutil.rmtree(folder)
    return "tiny"


def silent_for(minutes: float) -> None:
    HostedCheckpoint.objects.update(seen_at=timezone.now() - dt.timedelta(minutes=minutes))


def test_the_engine_that_is_meant_comes_first_however_the_database_orders_names(away):
    assert list(HostedCheckpoint.objects.get().abilities) == ["edit", "stable-diffusion"]

    assert list(known_abilities(known_checkpoint(away))) == ["stable-diffusion", "edit"]
    assert list(known_abilities(known_checkpoint(away), "edit")) == ["edit", "stable-diffusion"]


def test_a_wish_that_none_can_fulfil_is_refused_as_the_engine_that_is_meant_says_it(away, shop):
    (maker,) = makers(shop)

    with pytest.raises(InputError, match="stable-diffusion"):
        maker.engine_for(ClipRequest("a cup", 512, 512, frames=17))
    assert clip_for_slot("a cup", "", ratio=(1, 1), seconds=0.0, seed=1).kind == "text-to-image"


def test_an_engine_that_does_not_run_what_a_host_has_is_told_which_does(away):
    with pytest.raises(InputError, match="tiny is run by edit, stable-diffusion; wan does not load it"):
        known_abilities(known_checkpoint(away), "wan")


def test_a_host_of_a_newer_version_may_say_more_than_is_known_here(away):
    row = HostedCheckpoint.objects.get()
    row.abilities["stable-diffusion"] |= {"further": 7}
    row.abilities["edit"] = {"all": "new"}
    row.abilities["unheard-of"] = {}
    row.save()

    told = known_abilities(known_checkpoint(away))

    assert list(told) == ["stable-diffusion", "edit"]
    assert told["stable-diffusion"].kinds == {"text-to-image"}
    assert told["edit"] == engine_named("edit").capabilities


def test_capabilities_of_an_older_version_keep_what_it_did_not_know_as_it_is_unsaid():
    values = plain_capabilities(CAPABILITIES["wan"])
    del values["edits"]

    assert capabilities_from(values) == CAPABILITIES["wan"]


def test_a_host_that_fell_silent_offers_nothing_and_says_since_when(away, shop):
    silent_for(29)
    assert hosted_names() == ["tiny"]

    silent_for(31)

    assert hosted_names() == []
    with pytest.raises(InputError, match=r"the model host that has tiny was last heard of on .* UTC; start it"):
        known_checkpoint(away)


def test_what_no_host_of_a_kind_has_any_more_is_let_go_by_the_next_one_that_speaks(away):
    HostedCheckpoint.objects.create(device="cpu", checkpoint="other", engine="wan", checkpoint_hash="0" * 64)
    silent_for(31)

    say_what_is_here("cuda")

    assert list(HostedCheckpoint.objects.values_list("device", "checkpoint")) == [("cpu", "other")]


def test_one_folder_that_cannot_be_read_keeps_nobody_from_the_rest(folder, shop, settings, caplog):
    settings.CLIP_ENGINE, settings.CLIP_CHECKPOINT = "stable-diffusion", "tiny"
    for name in ("broken", "odd"):
        (folder.parent / name).mkdir()
    (folder.parent / "broken" / "model_index.json").write_text(json.dumps({"_class_name": "WanPipeline"}))
    # Opens for everybody, root too, and fails at the first byte.
    (folder.parent / "broken" / "notes.txt").symlink_to("/proc/self/mem")
    (folder.parent / "circle").symlink_to(folder.parent / "circle")
    (folder.parent / "odd" / "vae").mkdir()
    (folder.parent / "odd" / "model_index.json").write_text(json.dumps({"_class_name": "CogVideoXPipeline"}))
    (folder.parent / "odd" / "vae" / "config.json").write_text(json.dumps({"block_out_channels": 4}))

    with caplog.at_level(logging.WARNING):
        say_what_is_here("cpu")

    assert list(HostedCheckpoint.objects.values_list("checkpoint", flat=True)) == ["tiny"]
    assert "passed over: broken: cannot be read: Input/output error" in caplog.text
    assert "tiny" in [maker.name for maker in makers(shop)]


def test_each_host_says_what_it_has_and_what_fails_keeps_it_from_nothing_else(folder, settings, caplog):
    settings.MODELS_DIR = folder.parent

    def broken(device: str) -> None:
        raise RuntimeError("no disk")

    tell("cpu", (broken, say_what_is_here))

    assert list(HostedCheckpoint.objects.values_list("device", "checkpoint")) == [("cpu", "tiny")]
    assert "broken: not this time" in caplog.text


@pytest.mark.parametrize(
    ("child", "device"),
    [("worker-cuda_models-1", "cuda"), ("worker-cpu_models", "cpu"), ("worker-render", ""), ("", "")],
)
def test_only_workers_of_models_say_what_lies_on_their_machine(monkeypatch, child, device):
    monkeypatch.setenv("ADLOOM_CHILD", child)

    assert hosted_device() == device
