"""An ad's packets are those of its segments and stems, in their order; where they are not, the frame is named."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from generation.assembly.recipe import make_recipe, open_pieces
from generation.bulk.splices import splice_checks
from generation.segments.store import SegmentStore, StoredSegment
from tests.generation.assembly.pieces import LABEL, put_ad

SLOTS = (32, 16, 32)
PACKETS = sum(SLOTS) * 25 // 16 + 1


@dataclass(frozen=True)
class Spliced:
    """Segments and stems, and the file they were written as."""

    segments: list[StoredSegment]
    stems: list[StoredSegment]
    path: Path


@pytest.fixture(scope="module")
def ad(tmp_path_factory):
    folder = tmp_path_factory.mktemp("spliced")
    segments, stems = put_ad(SegmentStore(folder / "store"), folder, SLOTS, (8,))
    path = folder / "ad.mp4"
    head = make_recipe(segments, stems, LABEL, "三秒冲开").head
    with open_pieces(head, segments, stems) as virtual:
        path.write_bytes(virtual.read(0, virtual.size))
    return Spliced(segments, stems, path)


def test_an_ad_of_its_segments_packets_is_right(ad):
    pictures, sounds = splice_checks(ad.path, ad.segments, ad.stems)

    assert (pictures.ok, pictures.measured, pictures.limit) == (True, 80.0, 80.0)
    assert (sounds.ok, sounds.measured, sounds.limit) == (True, float(PACKETS), float(PACKETS))


def test_segments_in_another_order_are_found_where_they_begin(ad):
    first, second, third = ad.segments

    pictures, sounds = splice_checks(ad.path, [first, third, second], ad.stems)

    assert (pictures.ok, pictures.at_frame) == (False, 32)
    assert third.key[:12] in pictures.reason
    assert sounds.ok


def test_a_stem_in_another_place_is_found(ad):
    first, second, third = ad.stems

    pictures, sounds = splice_checks(ad.path, ad.segments, [first, third, second])

    assert pictures.ok
    assert (sounds.ok, sounds.at_frame) == (False, 32)


def test_one_byte_of_a_picture_that_is_another_is_found(ad, tmp_path):
    content = bytearray(ad.path.read_bytes())
    last = ad.segments[2]
    payload = last.path.read_bytes()[last.picture.payload_offset :]
    at = content.index(payload[: last.picture.chunk_bytes[0]])
    content[at + 100] ^= 1
    damaged = tmp_path / "damaged.mp4"
    damaged.write_bytes(content)

    pictures, _ = splice_checks(damaged, ad.segments, ad.stems)

    assert (pictures.ok, pictures.at_frame) == (False, 48)
    assert last.key[:12] in pictures.reason


def test_a_segment_too_few_or_too_many_is_found(ad):
    fewer, _ = splice_checks(ad.path, ad.segments[:2], ad.stems)
    more, _ = splice_checks(ad.path, [*ad.segments, ad.segments[0]], ad.stems)

    assert (fewer.ok, fewer.at_frame, fewer.reason) == (False, 48, "the file has packets that no segment has")
    assert (more.ok, more.at_frame, more.reason) == (False, 80, "32 stored packets are missing at the end")
