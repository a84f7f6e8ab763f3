"""A file that lies nowhere reads like one that does, and never gives bytes that were not stored."""

from __future__ import annotations

import os
import pickle
import shutil

import numpy as np
import pytest

from core.errors import RetryableError
from generation.assembly.recipe import HeadOutdated, make_recipe, open_recipe
from generation.assembly.virtual import DamagedSegment
from generation.segments.store import SegmentFacts, SegmentStore
from tests.generation.assembly.pieces import LABEL, write_segment


@pytest.fixture
def own(made, tmp_path):
    """A copy of the ad's store that may be damaged."""
    shutil.copytree(made.store.folder, tmp_path / "store")
    return SegmentStore(tmp_path / "store")


def flip_a_bit(path, at):
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(content)


def open_files() -> int:
    return len(os.listdir("/proc/self/fd"))


def test_any_stretch_reads_like_the_written_file(made, ad_path):
    whole = ad_path.read_bytes()
    random = np.random.default_rng(3)
    with made.open() as virtual:
        assert virtual.size == len(whole)
        for first, last in np.sort(random.integers(0, len(whole), (200, 2)), axis=1):
            assert b"".join(virtual.iter_range(int(first), int(last))) == whole[first : last + 1]
            assert virtual.read(int(first), int(last - first)) == whole[first:last]


def test_reading_stops_at_the_end(made, ad_path):
    with made.open() as virtual:
        assert virtual.read(virtual.size - 3, 100) == ad_path.read_bytes()[-3:]
        assert virtual.read(virtual.size + 5, 10) == b""
        assert b"".join(virtual.iter_range(virtual.size - 3, virtual.size + 50)) == ad_path.read_bytes()[-3:]


def test_as_a_stream_it_seeks_and_tells(made, ad_path):
    with made.open() as virtual, ad_path.open("rb") as file:
        stream = virtual.stream()
        for offset, whence, count in [(10, 0, 5), (3, 1, 40_000), (-20, 2, 50), (0, 0, 17)]:
            assert stream.seek(offset, whence) == file.seek(offset, whence)
            assert stream.read(count) == file.read(count)
            assert stream.tell() == file.tell()
        with pytest.raises(ValueError, match="before the beginning"):
            stream.seek(-1)


def test_closing_gives_every_descriptor_back(made):
    before = open_files()
    virtual = made.open()
    virtual.read(0, virtual.size)
    assert open_files() == before + 8
    virtual.close()
    assert open_files() == before
    virtual.read(0, virtual.size)
    del virtual
    assert open_files() == before


@pytest.mark.parametrize("at", [-1, 4096])
def test_a_damaged_segment_is_named_before_any_byte_goes_out(made, own, at):
    damaged = made.segments[2]
    flip_a_bit(own.get(damaged.key).path, at)
    with open_recipe(made.recipe, own) as virtual:
        with pytest.raises(DamagedSegment, match=damaged.key) as told:
            virtual.iter_range(0, virtual.size - 1)
        assert isinstance(told.value, RetryableError)
        assert pickle.loads(pickle.dumps(told.value)).key == damaged.key


def test_a_range_that_does_not_touch_the_damage_is_served(made, own, ad_path):
    flip_a_bit(own.get(made.segments[3].key).path, 5000)
    with open_recipe(made.recipe, own) as virtual:
        assert b"".join(virtual.iter_range(0, 20_000)) == ad_path.read_bytes()[:20_001]


def test_a_segment_that_is_gone_is_named(made, own):
    path = own.get(made.stems[1].key).path
    with open_recipe(made.recipe, own) as virtual:
        path.unlink()
        with pytest.raises(DamagedSegment, match=made.stems[1].key):
            virtual.read(0, virtual.size)


def test_a_key_the_store_lacks_is_named(made, tmp_path):
    with pytest.raises(DamagedSegment, match=f"{made.segments[0].key}: is not in the store"):
        open_recipe(made.recipe, SegmentStore(tmp_path / "empty"))


def test_what_is_evicted_while_it_is_read_is_read_to_its_end(made, own, ad_path):
    with open_recipe(made.recipe, own) as virtual:
        parts = virtual.iter_range(0, virtual.size - 1)
        shutil.rmtree(own.folder)
        assert b"".join(parts) == ad_path.read_bytes()


def test_a_segment_made_again_with_other_bytes_outdates_the_head(made, own, tmp_path):
    write_segment(tmp_path / "again.mp4", 500, 32)
    own.put(made.segments[1].key, tmp_path / "again.mp4", SegmentFacts(32, (), 1.0))
    own.get_many([])
    fresh = [own.get(segment.key) for segment in made.segments]
    from generation.assembly.recipe import open_pieces

    with pytest.raises(HeadOutdated, match=made.segments[1].key):
        open_pieces(made.recipe.head, fresh, made.stems)
    again = make_recipe(fresh, made.stems, LABEL, "t")
    with open_pieces(again.head, fresh, made.stems) as virtual:
        assert virtual.size == again.size_bytes
