"""A shop, a folder with a checkpoint in diffusers' layout, and a host on a clock we hold."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.fixed_cost import FixedCost, OnePipeline, Stopwatch
from core.models import Advertiser
from generation.engines.clips.base import ClipRequest
from generation.engines.clips.loading import checkpoint_hash
from generation.model_host import orders
from generation.model_host.batching import Rules
from generation.model_host.host import Host
from generation.model_host.orders import order_clip
from generation.model_host.shots import BookedShots
from tests.generation.checkpoints.test_weights import safetensors

REQUEST = ClipRequest("咖啡杯上的水珠", 64, 64, steps=4)


@pytest.fixture
def shop():
    return Advertiser.objects.create(slug="shop", name="Shop", territory="CN")


@pytest.fixture
def folder(tmp_path, settings) -> Path:
    settings.MODELS_DIR = tmp_path / "models"
    path = settings.MODELS_DIR / "tiny"
    (path / "unet").mkdir(parents=True)
    (path / "model_index.json").write_text(json.dumps({"_class_name": "StableDiffusionPipeline"}))
    (path / "unet" / "weights.safetensors").write_bytes(safetensors())
    return path


@pytest.fixture
def sent(monkeypatch) -> list[tuple[str, list]]:
    """Messages that would go out; the queues are always empty."""
    messages: list[tuple[str, list]] = []
    monkeypatch.setattr(orders, "send", lambda task, arguments: messages.append((task, list(arguments))) or True)
    monkeypatch.setattr(orders, "is_idle", lambda queue: True)
    return messages


@pytest.fixture
def backend(folder) -> FixedCost:
    return FixedCost(checkpoint_hash(folder), Stopwatch())


@pytest.fixture
def host(backend, settings) -> Host:
    settings.MODEL_DEVICE = "cpu"
    return Host(
        BookedShots("cpu"),
        OnePipeline(backend),
        Rules(largest_batch=4, wait_seconds=0.0),
        elapsed=backend.watch,
        free_text=lambda: "cpu has 1.0 GB free",
        look_seconds=0.0,
    )


@pytest.fixture
def order(shop, folder, sent, host, django_capture_on_commit_callbacks):
    """Order one picture of the folder, as a page would."""

    def ordered(request: ClipRequest = REQUEST, **options):
        advertiser = options.pop("advertiser", shop)
        checkpoint = options.pop("checkpoint", str(folder))
        with django_capture_on_commit_callbacks(execute=True):
            return order_clip(advertiser.pk, request, checkpoint, "creative.take_clip", **options)

    return ordered
