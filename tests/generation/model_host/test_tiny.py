"""A real pipeline with tiny random weights, through the task that a worker hears."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from generation.engines.clips.base import ClipRequest, RunControl, bucket_of
from generation.engines.clips.engines import engine_named
from generation.model_host import process
from generation.model_host.orders import clip_progress, clip_result, order_clip
from generation.model_host.running import run_batch
from generation.model_host.step_cache import LEAST_DB, CachedRunner, ProbeBook, psnr_of
from generation.tasks import make_shots_on_the_processor

torch = pytest.importorskip("torch")
pytest.importorskip("diffusers")


@pytest.fixture(scope="module", autouse=True)
def one_thread():
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory) -> Path:
    from generation.checkpoints.tiny.stable_diffusion import make

    folder = tmp_path_factory.mktemp("sd") / "tiny-sd"
    make(folder)
    return folder


@pytest.fixture(scope="module")
def clips(tmp_path_factory):
    """A tiny Wan in memory: two blocks, one of them to skip."""
    from generation.checkpoints.tiny.wan import make

    folder = tmp_path_factory.mktemp("wan") / "tiny-wan"
    make(folder, shape="text")
    return engine_named("wan").load(folder, "cpu")


@pytest.mark.django_db
def test_two_orders_become_two_pictures_in_one_run(
    pictures, shop, sent, settings, monkeypatch, django_capture_on_commit_callbacks
):
    settings.MODEL_DEVICE, settings.CLIP_BATCH_WAIT_MS, settings.MODELS_DIR = "cpu", 0, pictures.parent
    monkeypatch.setattr(process, "host_of", process.open_host)
    request = ClipRequest("a cup of coffee", 64, 64, steps=2)
    with django_capture_on_commit_callbacks(execute=True):
        orders = [
            order_clip(shop.pk, replace(request, seed=seed), str(pictures), "creative.take_clip") for seed in (1, 2)
        ]

    make_shots_on_the_processor.apply()

    assert [clip_progress(order).state for order in orders] == ["done", "done"]
    results = [clip_result(order) for order in orders]
    assert [result.parameters["batch"] for result in results] == [2, 2]
    assert Image.open(results[0].path).size == (64, 64)
    assert results[0].sha256 != results[1].sha256


@pytest.fixture
def calm(clips):
    """Weights whose later blocks add little, as those of trained networks do; random ones add as much as the first."""
    calmed = [
        weights
        for block in clips.pipeline.transformer.blocks[1:]
        for name, weights in block.named_parameters()
        if "to_out" in name or "net.2" in name
    ]
    for weights in calmed:
        weights.data.mul_(0.05)
    yield clips
    for weights in calmed:
        weights.data.div_(0.05)


@pytest.fixture
def tail_calls(clips):
    """How often the blocks behind the first one are really computed."""
    calls = []
    blocks = clips.pipeline.transformer.blocks[1:]
    hooks = [block.ffn.register_forward_hook(lambda *_: calls.append(1)) for block in blocks]
    yield calls
    for hook in hooks:
        hook.remove()


REQUEST = ClipRequest("steam over a cup", 16, 16, frames=5, steps=12, guidance=1.0)


def run(runner, clips, request=REQUEST):
    return runner(clips, [request], RunControl(), lambda: "").outcomes[0]


def counted(runner, clips, calls):
    calls.clear()
    made = run(runner, clips)
    return made, len(calls)


def test_a_cache_that_passed_its_probe_skips_the_blocks_behind_the_first(calm, tail_calls, tmp_path):
    runner = CachedRunner(0.5, ProbeBook(tmp_path / "probes.json"), "cpu")
    probed = run(runner, calm)
    plain, uncached_calls = counted(run_batch, calm, tail_calls)

    cached, cached_calls = counted(runner, calm, tail_calls)

    assert np.array_equal(probed.frames, plain.frames)
    assert cached_calls <= 0.6 * uncached_calls
    assert psnr_of(plain.frames, cached.frames) >= LEAST_DB
    assert cached.parameters["first_block_cache"]["probe_db"] >= LEAST_DB


def test_a_cache_that_failed_its_probe_is_never_used(clips, tail_calls, tmp_path):
    """These random weights lose little by it; held to 90 dB they lose too much."""
    book = ProbeBook(tmp_path / "probes.json")
    runner = CachedRunner(0.5, book, "cpu", least_db=90.0)
    run(runner, clips)
    plain, uncached_calls = counted(run_batch, clips, tail_calls)

    second, calls = counted(runner, clips, tail_calls)

    assert book.get(f"{clips.checkpoint_hash}:{bucket_of(REQUEST)}:0.5:cpu") < 90.0
    assert calls == uncached_calls
    assert np.array_equal(second.frames, plain.frames)


def test_another_size_is_probed_by_itself(clips, tmp_path):
    book = ProbeBook(tmp_path / "probes.json")
    runner = CachedRunner(0.5, book, "cpu")
    larger = replace(REQUEST, width=32)

    run(runner, clips)
    run(runner, clips, larger)

    keys = [f"{clips.checkpoint_hash}:{bucket_of(each)}:0.5:cpu" for each in (REQUEST, larger)]
    assert None not in [book.get(key) for key in keys]


def test_what_a_probe_found_is_kept(tmp_path):
    ProbeBook(tmp_path / "probes.json").put("weights:6:0.2:cpu", 41.5)

    assert ProbeBook(tmp_path / "probes.json").get("weights:6:0.2:cpu") == 41.5
    assert ProbeBook(tmp_path / "probes.json").get("other") is None
