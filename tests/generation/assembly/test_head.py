"""Heads: which pieces stand in one file, offsets beyond four gigabytes, and checks that see what is wrong."""

from __future__ import annotations

import io
import pickle
import struct
from dataclasses import replace

import numpy as np
import pytest

from generation.assembly.head import FTYP, PieceMismatch, build_head
from generation.assembly.index import TICKS_PER_FRAME, PictureIndex, sound_index
from generation.assembly.layout import ZEROS, ranges_of
from generation.assembly.recipe import check_structure, make_recipe
from generation.engines.joining import SegmentMismatch
from generation.provenance.boxes import walk_boxes
from generation.segments.store import SegmentStore
from tests.generation.assembly.pieces import LABEL, put_stem, write_segment


def picture(frames: int, sample_bytes: int) -> PictureIndex:
    sizes = struct.pack(f">{frames}I", *[sample_bytes] * frames)
    sync, ctts = struct.pack(">I", 1), struct.pack(">II", frames, 2 * TICKS_PER_FRAME)
    return PictureIndex(frames, sizes, sync, ctts, 2, b"avcc", b"", 1080, 1920, 4096, frames * sample_bytes)


def sounds(*frames: int):
    return [sound_index(n, [300] * (n * 25 // 16 + (slot == 0)), b"\x11\x90") for slot, n in enumerate(frames)]


def failed(head: bytes, size: int, pictures, stems) -> list[str]:
    return [check.name for check in check_structure(head, size, pictures, stems) if not check.ok]


def test_the_boxes_stand_in_the_order_players_like(made):
    head = made.recipe.head
    kinds = [
        box.kind for box in walk_boxes(io.BytesIO(head + bytes(made.recipe.size_bytes)), 0, made.recipe.size_bytes)
    ]
    assert kinds == ["ftyp", "moov", "mdat"]


def test_the_same_pieces_give_the_same_head(made):
    assert make_recipe(made.segments, made.stems, LABEL, "三秒冲开的冷萃") == made.recipe


@pytest.mark.parametrize("layout", ["interleaved", "aligned"])
def test_a_file_beyond_four_gigabytes_has_wide_offsets(layout):
    pictures, stems = [picture(1600, 1_000_000), picture(1600, 2_000_000)], sounds(1600, 1600)
    head = build_head(pictures, stems, LABEL, "", layout)
    assert head.size_bytes > 1 << 32
    assert (b"co64" in head.content, b"stco" in head.content) == (True, False)
    size, kind, large = struct.unpack(">I4sQ", head.content[-16:])
    assert (size, kind, len(head.content) - 16 + large) == (1, b"mdat", head.size_bytes)
    assert failed(head.content, head.size_bytes, pictures, stems) == []


@pytest.mark.parametrize("layout", ["interleaved", "aligned"])
def test_pictures_may_be_cut_elsewhere_than_sound(layout):
    """A fade is a segment over the end of a slot and the beginning of the next."""
    pictures, stems = [picture(16, 500), picture(32, 900), picture(16, 300)], sounds(32, 32)
    head = build_head(pictures, stems, LABEL, "t", layout)
    ranges = ranges_of(pictures, stems, layout, len(head.content))

    assert failed(head.content, head.size_bytes, pictures, stems) == []
    assert len(head.content) + sum(each.length for each in ranges) == head.size_bytes
    if layout == "interleaved":
        assert [(each.piece, each.offset > 0) for each in ranges] == [
            (0, False), (3, False), (1, False), (3, True), (1, True), (4, False), (2, False), (4, True),
        ]  # fmt: skip


@pytest.mark.parametrize("layout", ["interleaved", "aligned"])
def test_ranges_are_the_bytes_that_follow_the_head(layout):
    pictures, stems = [picture(32, 5000), picture(16, 777)], sounds(32, 16)
    head = build_head(pictures, stems, LABEL, "t", layout)
    ranges = ranges_of(pictures, stems, layout, len(head.content))
    assert len(head.content) + sum(each.length for each in ranges) == head.size_bytes


def test_picture_and_sound_alternate_every_sixteen_frames():
    ranges = ranges_of([picture(32, 5000), picture(16, 777)], sounds(32, 16), "interleaved", 1000)
    assert ranges == (
        (0, 0, 80_000), (2, 0, 26 * 300), (0, 80_000, 80_000), (2, 26 * 300, 25 * 300),
        (1, 0, 16 * 777), (3, 0, 25 * 300),
    )  # fmt: skip


@pytest.mark.parametrize("ahead", [0, 3333])
def test_aligned_segments_begin_on_blocks_and_fill_them(ahead):
    pictures, stems = [picture(32, 5000), picture(16, 777)], sounds(32, 16)
    head = build_head(pictures, stems, LABEL, "t", "aligned", ahead)
    at = len(head.content) + ahead
    for piece, offset, length in ranges_of(pictures, stems, "aligned", at):
        if piece in (0, 1):
            assert (at % 4096, offset, length % 4096) == (0, 0, 0)
        elif piece == ZEROS:
            assert length < 4096
        at += length
    assert at == head.size_bytes + ahead
    assert failed(head.content, head.size_bytes, pictures, stems) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"avcc": b"other"}, "codec header differs"),
        ({"width": 720}, "picture size or colour differs"),
        ({"extras": b"colr"}, "picture size or colour differs"),
        ({"delay": 1}, "delayed otherwise"),
    ],
)
def test_a_segment_of_another_kind_is_named_by_its_place(change, reason):
    pictures = [picture(32, 50), replace(picture(16, 50), **change)]
    with pytest.raises(PieceMismatch, match=f"piece 1: .*{reason}") as told:
        build_head(pictures, sounds(32, 16), LABEL, "t")
    assert pickle.loads(pickle.dumps(told.value)).piece == 1


@pytest.mark.parametrize(
    ("stems", "reason"),
    [
        ([*sounds(32), *sounds(16)], "piece 3: the priming packet belongs to the first slot's stem alone"),
        (sounds(16, 32)[::-1], "piece 2: the priming packet"),
        (sounds(32, 32), "piece 3: made for 32 frames, its slot has 16"),
        ([sounds(32, 16)[0], replace(sounds(32, 16)[1], config=b"\x12\x10")], "piece 3: its AAC configuration"),
        (sounds(32), "2 segments of 48 frames and 1 stems of 32"),
    ],
)
def test_a_stem_that_does_not_fit_is_named(stems, reason):
    with pytest.raises(SegmentMismatch, match=reason):
        build_head([picture(32, 50), picture(16, 50)], stems, LABEL, "t")


def test_a_real_segment_that_does_not_fit_is_named_by_its_key(made, tmp_path):
    store = SegmentStore(tmp_path / "store")
    write_segment(tmp_path / "narrow.mp4", 0, 16, width=96)
    from generation.segments.store import SegmentFacts

    narrow = store.put("ee" * 32, tmp_path / "narrow.mp4", SegmentFacts(16, (), 1.0))
    with pytest.raises(SegmentMismatch, match="ee" * 32):
        make_recipe([*made.segments[:3], narrow], made.stems, LABEL, "t")


def test_a_stem_in_a_pictures_place_is_named(made, tmp_path):
    store = SegmentStore(tmp_path / "store")
    stem = put_stem(store, tmp_path, "dd" * 32, [b"x" * 9] * 25, b"\x11\x90", 16)
    with pytest.raises(SegmentMismatch, match="dd" * 32):
        make_recipe([*made.segments[:3], stem], made.stems, LABEL, "t")


def test_an_ad_whose_tables_are_right_passes_all_checks(made):
    pictures, stems = [each.picture for each in made.segments], [each.sound for each in made.stems]
    checks = check_structure(made.recipe.head, made.recipe.size_bytes, pictures, stems)
    assert [(check.name, check.ok) for check in checks] == [
        ("bytes", True), ("frames", True), ("last_frame", True), ("sound", True), ("stems", True),
        ("chunks", True), ("aigc", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "spoil"),
    [
        ("bytes", lambda head: head[:-8] + struct.pack(">I4s", 99, b"mdat")),
        ("chunks", lambda head: _with(head, b"stco", 12, 4 * 7)),
        ("last_frame", lambda head: _with(head, b"ctts", 16, 5 * 512)),
        ("sound", lambda head: _with(head, b"elst", 16, 2048, last=True)),
        ("aigc", lambda head: head.replace(b'"Label":"1"', b'"Label":"9"')),
        ("aigc", lambda head: head.replace(b"AIGC", b"CIGA")),
        ("tables", lambda head: head[:600]),
        ("tables", lambda head: head.replace(b"stsz", b"free")),
        ("tables", lambda head: b""),
    ],
)
def test_a_head_with_something_wrong_is_found_out(made, name, spoil):
    pictures, stems = [each.picture for each in made.segments], [each.sound for each in made.stems]
    assert name in failed(spoil(made.recipe.head), made.recipe.size_bytes, pictures, stems)


def test_a_head_of_other_pieces_is_found_out(made):
    pictures, stems = [each.picture for each in made.segments], [each.sound for each in made.stems]
    assert failed(made.recipe.head, made.recipe.size_bytes + 1, pictures, stems) == ["bytes"]
    assert "frames" in failed(made.recipe.head, made.recipe.size_bytes, pictures[:3], stems[:3])


def test_no_damage_to_a_head_breaks_the_checks_themselves(made):
    pictures, stems = [each.picture for each in made.segments], [each.sound for each in made.stems]
    random = np.random.default_rng(7)
    for at in random.integers(0, len(made.recipe.head), 300):
        damaged = bytearray(made.recipe.head)
        damaged[at] ^= 1 << int(random.integers(8))
        assert check_structure(bytes(damaged), made.recipe.size_bytes, pictures, stems)


def test_ftyp_is_what_the_signer_expects():
    assert struct.unpack(">I4s", FTYP[:8]) == (len(FTYP), b"ftyp")


def _with(head: bytes, kind: bytes, at: int, value: int, last: bool = False) -> bytes:
    """`head` with a 32-bit number changed, `at` bytes after the box's kind."""
    place = (head.rindex(kind) if last else head.index(kind)) + at
    return head[:place] + struct.pack(">I", value) + head[place + 4 :]
