"""One small ad of four slots, put together once for all tests that only look at it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from generation.assembly.recipe import Recipe, make_recipe, open_recipe
from generation.assembly.virtual import VirtualFile
from generation.provenance.chain import SigningChain, load_chain
from generation.segments.store import SegmentStore, StoredSegment
from tests.generation.assembly.pieces import LABEL, PROVENANCE, put_ad

SLOTS = (48, 32, 64, 16)
FLASHES = (8, 30, 56, 90, 120, 150)


@dataclass(frozen=True)
class MadeAd:
    """An ad with everything it is put together from."""

    store: SegmentStore
    segments: list[StoredSegment]
    stems: list[StoredSegment]
    recipe: Recipe

    def open(self) -> VirtualFile:
        return open_recipe(self.recipe, self.store)


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> MadeAd:
    folder = tmp_path_factory.mktemp("assembly")
    store = SegmentStore(folder / "store")
    segments, stems = put_ad(store, folder, SLOTS, FLASHES)
    return MadeAd(store, segments, stems, make_recipe(segments, stems, LABEL, PROVENANCE.title))


@pytest.fixture(scope="session")
def ad_path(made: MadeAd, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The ad as a plain file, written without the code that delivers."""
    path = tmp_path_factory.mktemp("ad") / "ad.mp4"
    with made.open() as virtual:
        path.write_bytes(virtual.read(0, virtual.size))
    return path


@pytest.fixture(scope="session")
def chain(tmp_path_factory: pytest.TempPathFactory) -> SigningChain:
    return load_chain(tmp_path_factory.mktemp("home"))
