"""The assembler takes no more memory for the ten-thousandth ad than for the thousandth.

`BULK_MEMORY_ADS=10000` runs the long form.
"""

from __future__ import annotations

import gc
import os
import random
import uuid
from pathlib import Path

import pytest

from core.models import Advertiser
from generation.bulk.recipes import AdPieces, assemble_recipes
from generation.segments.installed import segment_store
from generation.segments.store import SegmentFacts, SegmentStore, StemFacts
from generation.sound.stems import Levels
from tests.generation.assembly.pieces import put_ad

ADS = int(os.environ.get("BULK_MEMORY_ADS", "1000"))
CHUNK = 100
WARM_CHUNKS = 3
GROWTH_MB = 4.0
SLOTS = (32, 16, 32)
COPIES = 6


@pytest.fixture(scope="module")
def pool(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[str]], list[list[str]]]:
    """Keys of segments and stems by slot, in the install's store."""
    folder = tmp_path_factory.mktemp("pool")
    segments, stems = put_ad(SegmentStore(folder / "store"), folder, SLOTS, (8,))
    store = segment_store()
    pictures, sounds = [], []
    for segment, stem in zip(segments, stems, strict=True):
        pictures.append([uuid.uuid4().hex * 2 for _ in range(COPIES)])
        sounds.append([uuid.uuid4().hex * 2 for _ in range(COPIES)])
        heard = StemFacts(stem.sound, Levels((-20.0,) * stem.frames, -3.0).to_json())
        for key in pictures[-1]:
            store.put(key, segment.path, SegmentFacts(segment.frames, (), 0.1))
        for key in sounds[-1]:
            store.put(key, stem.path, SegmentFacts(stem.frames, (), 0.1, heard))
    return pictures, sounds


def test_memory_stays_flat_over_many_ads(pool):
    chance, advertiser = random.Random(1), Advertiser(slug="tea", name="Tea")
    sizes = []
    for _ in range(ADS // CHUNK):
        made = assemble_recipes(advertiser, [an_ad(pool, chance) for _ in range(CHUNK)])
        assert all(check.ok for each in made for check in each.checks if check.name != "loudness")
        del made
        gc.collect()
        sizes.append(resident_mb())

    print(f"{ADS} ads: {sizes[0]:.1f}, {sizes[WARM_CHUNKS]:.1f} .. {sizes[-1]:.1f} MB")
    assert sizes[-1] - sizes[WARM_CHUNKS] <= GROWTH_MB


def an_ad(pool: tuple[list[list[str]], list[list[str]]], chance: random.Random) -> AdPieces:
    pictures, sounds = (tuple(chance.choice(keys) for keys in kind) for kind in pool)
    return AdPieces(uuid.UUID(int=chance.getrandbits(128)), "三秒冲开", "adloom", pictures, sounds)


def resident_mb() -> float:
    line = next(each for each in Path("/proc/self/status").read_text().splitlines() if each.startswith("VmRSS"))
    return int(line.split()[1]) / 1024
