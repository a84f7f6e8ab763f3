"""A checkpoint arrives whole or not at all, however often the line breaks."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from core.clock import ManualClock
from core.errors import InputError, ServiceDown
from generation.checkpoints.cards import Card
from generation.checkpoints.download import CheckpointUnusable, DamagedDownload, download
from generation.checkpoints.hub import Hub
from generation.checkpoints.manifest import read_manifest, verify_folder
from tests.generation.checkpoints.test_weights import safetensors
from tests.support.hub_server import COMMIT, HubServer, hub_server

hub_constants = pytest.importorskip("huggingface_hub.constants")
REPO = "somebody/tiny-clips"
CARD = Card("tiny-clips", "Tiny clips", "clip", REPO, "Apache-2.0", "yes", "this test")
WEIGHTS = safetensors(60_000)
FILES = {
    "model_index.json": b'{"_class_name": "WanPipeline"}',
    "transformer/weights.safetensors": WEIGHTS,
    "transformer/config.json": b"{}",
    "whole.safetensors": safetensors(8),
    "transformer/model.onnx": b"the same for another runtime",
    "transformer/model.onnx_data": bytes(64),
    "transformer/pytorch_model.bin": b"\x80\x04pickle",
    "transformer/openvino_model.bin": bytes(16),
    "modeling_ours.py": b"print('hello')",
    "teaser.mp4": b"film",
}
WANTED = {"model_index.json", "transformer/weights.safetensors", "transformer/config.json"}


@pytest.fixture
def hub(monkeypatch):
    """The library may have been told to stay offline by whoever loaded weights before in this process."""
    monkeypatch.setattr(hub_constants, "HF_HUB_OFFLINE", False)
    with hub_server(REPO, dict(FILES)) as server:
        yield server


def fetch(hub: HubServer, root: Path, card: Card = CARD):
    return download(card, root, Hub(hub.address, pause=lambda seconds: None), clock=ManualClock())


def test_a_download_holds_the_pipeline_and_no_pickle_and_its_manifest(hub, tmp_path):
    fetched = fetch(hub, tmp_path)

    manifest = read_manifest(fetched.folder)
    assert set(manifest.files) == WANTED
    assert (manifest.id, manifest.commit, manifest.licence) == ("tiny-clips", COMMIT, "Apache-2.0")
    assert (fetched.folder / "transformer/weights.safetensors").read_bytes() == WEIGHTS
    assert fetched.bytes_fetched == sum(len(FILES[name]) for name in WANTED)
    assert verify_folder(fetched.folder).problems == ()


def test_a_line_that_breaks_in_the_middle_goes_on_where_it_stopped(hub, tmp_path):
    hub.break_after = {"transformer/weights.safetensors": [100_000, 50_000]}

    fetched = fetch(hub, tmp_path)

    ranges = [wanted for name, wanted in hub.asked if name == "transformer/weights.safetensors"]
    assert ranges == ["", "bytes=100000-", "bytes=150000-"]
    assert (fetched.folder / "transformer/weights.safetensors").read_bytes() == WEIGHTS


def test_another_process_goes_on_where_the_first_one_died(hub, tmp_path):
    hub.break_after = {"transformer/weights.safetensors": [70_000, 0, 0, 0, 0, 0]}
    with pytest.raises(ServiceDown, match="what came is kept"):
        fetch(hub, tmp_path)
    assert not (tmp_path / "tiny-clips").exists()
    hub.asked.clear()

    fetched = fetch(hub, tmp_path)

    assert hub.asked == [("transformer/weights.safetensors", "bytes=70000-"), ("transformer/config.json", "")]
    assert (fetched.folder / "transformer/weights.safetensors").read_bytes() == WEIGHTS


def test_bytes_that_are_not_those_recorded_are_refused_and_thrown_away(hub, tmp_path):
    hub.recorded_sha256 = {"transformer/weights.safetensors": "0" * 64}

    with pytest.raises(DamagedDownload, match=r"transformer/weights\.safetensors"):
        fetch(hub, tmp_path)

    assert not list(tmp_path.rglob("weights.safetensors*"))
    assert not (tmp_path / "tiny-clips").exists()


def test_what_is_there_already_is_not_asked_for_again(hub, tmp_path):
    fetch(hub, tmp_path)
    hub.asked.clear()

    assert fetch(hub, tmp_path).bytes_fetched == 0
    assert hub.asked == []


def test_a_repository_of_pickles_alone_is_refused_before_anything_is_fetched(hub, tmp_path):
    hub.files = {"unet.pth": b"x", "config.json": b"{}"}

    with pytest.raises(CheckpointUnusable, match="no weights but pickles"):
        fetch(hub, tmp_path)
    assert hub.asked == []


def test_weights_cut_short_at_their_source_never_get_their_name(hub, tmp_path):
    hub.files["transformer/weights.safetensors"] = WEIGHTS[:-4]

    with pytest.raises(CheckpointUnusable, match="is cut short"):
        fetch(hub, tmp_path)
    assert not (tmp_path / "tiny-clips").exists()


def test_what_is_to_come_is_told_before_anything_is_fetched(hub, tmp_path):
    told = []

    def stop(listing, here_bytes, free_bytes):
        told.append((listing.size_bytes, here_bytes, free_bytes > 0, list(hub.asked)))
        raise InputError("disk", "is somebody else's")

    (tmp_path / "tiny-clips.partial").mkdir()
    (tmp_path / "tiny-clips.partial" / "model_index.json").write_bytes(FILES["model_index.json"])
    with pytest.raises(InputError, match="somebody else's"):
        download(CARD, tmp_path, Hub(hub.address), on_listing=stop)

    assert told == [(sum(len(FILES[name]) for name in WANTED), len(FILES["model_index.json"]), True, [])]


def test_a_repository_that_is_gone_is_named(hub, tmp_path):
    with pytest.raises(InputError, match="the hub has no repository"):
        fetch(hub, tmp_path, Card("gone", "Gone", "clip", "somebody/gone", "MIT", "yes", "this test"))


def test_a_folder_of_the_same_name_that_came_from_elsewhere_is_left_alone(hub, tmp_path):
    (tmp_path / "tiny-clips").mkdir()
    (tmp_path / "tiny-clips" / "mine.txt").write_text("mine")

    with pytest.raises(InputError, match="move it away"):
        fetch(hub, tmp_path)
    assert os.listdir(tmp_path / "tiny-clips") == ["mine.txt"]
