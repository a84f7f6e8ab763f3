"""One shot ordered five times in a home of its own: `python -m bench.model_host_work FOLDER` prints JSON.

The first two orders come before a host looks, the third after, the fourth from another advertiser,
the fifth finds another host. The home is $ADLOOM_HOME.
"""

from __future__ import annotations

import json
import struct
import sys
from pathlib import Path
from uuid import UUID

import django

django.setup()

from bench.fixed_cost import FixedCost, OnePipeline, Stopwatch
from core.models import Advertiser
from core.processes.database import prepared_services
from generation.api import ClipRequest, clip_progress, clip_result, order_clip
from generation.engines.clips.loading import checkpoint_hash
from generation.model_host.batching import Rules
from generation.model_host.host import Host
from generation.model_host.shots import BookedShots


def main(folder: Path) -> None:
    write_checkpoint(folder)
    with prepared_services("postgres"):
        print(json.dumps(order_five(folder)))


def write_checkpoint(folder: Path) -> None:
    """A folder in diffusers' layout; nothing in it is ever computed with."""
    header = json.dumps({"w": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}}).encode()
    (folder / "unet").mkdir(parents=True)
    (folder / "model_index.json").write_text('{"_class_name": "StableDiffusionPipeline"}', encoding="utf-8")
    (folder / "unet" / "weights.safetensors").write_bytes(struct.pack("<Q", len(header)) + header + bytes(4))


def order_five(folder: Path) -> dict[str, object]:
    shop, other = (Advertiser.objects.create(slug=name, name=name) for name in ("shop", "other"))
    backend = FixedCost(checkpoint_hash(folder), Stopwatch())
    orders = [_order(shop, folder), _order(shop, folder)]
    _serve(backend)
    orders += [_order(shop, folder), _order(other, folder)]
    _serve(backend)
    orders.append(_order(other, folder))
    _serve(backend)
    results = {clip_result(order).sha256 for order in orders}
    return {
        "orders": len(orders),
        "model_calls": len(backend.runs),
        "all_equal": len(results) == 1,
        "states": [clip_progress(order).state for order in orders],
    }


def _order(advertiser: Advertiser, folder: Path) -> UUID:
    return order_clip(advertiser.pk, ClipRequest("a cup", 64, 64, steps=4, seed=7), str(folder))


def _serve(backend: FixedCost) -> None:
    host = Host(BookedShots("cpu"), OnePipeline(backend), Rules(wait_seconds=0.0), elapsed=backend.watch)
    while host.step() is not None:
        pass


if __name__ == "__main__":
    main(Path(sys.argv[1]))
