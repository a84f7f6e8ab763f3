"""What may stand in an ad is known before it is put there."""

from __future__ import annotations

import subprocess
from contextlib import suppress

import numpy as np
import pytest

from core.media import ffmpeg_binary
from generation.assembly.index import (
    NotIndexable,
    PictureIndex,
    SoundIndex,
    picture_from_json,
    sound_from_json,
    sound_index,
    to_json,
)
from generation.assembly.reading import picture_index, write_aligned
from tests.generation.assembly.pieces import write_segment
from tests.generation.assembly.watching import frame_hashes


def test_a_segments_tables_are_read_as_they_stand(made):
    index = made.segments[0].picture
    assert (index.frames, index.delay, index.width, index.height) == (48, 2, 160, 288)
    assert index.sync_numbers.tolist() == [1, 25]
    assert len(index.sizes) == 48 * 4
    assert index.chunk_bytes.sum() == index.payload_bytes
    assert len(index.chunk_bytes) == 3


def test_a_draft_without_b_frames_needs_no_table_of_later_showing(tmp_path):
    write_segment(tmp_path / "draft.mp4", 0, 16, bf=0)
    index = picture_index(tmp_path / "draft.mp4")
    assert (index.ctts, index.delay) == (b"", 0)


def test_indexes_survive_json(made):
    assert picture_from_json(to_json(made.segments[1].picture)) == made.segments[1].picture
    assert sound_from_json(to_json(made.stems[0].sound)) == made.stems[0].sound


@pytest.mark.parametrize("kind", [PictureIndex, SoundIndex])
def test_json_of_another_kind_is_refused(kind):
    read = picture_from_json if kind is PictureIndex else sound_from_json
    with pytest.raises((KeyError, ValueError, TypeError)):
        read({"frames": 48, "sizes": "not base64!"})


def test_the_first_stem_has_one_packet_more():
    first, later = sound_index(32, [7] * 51, b"c"), sound_index(32, [7] * 50, b"c")
    assert (first.is_first, later.is_first) == (True, False)
    assert (first.chunk_bytes.tolist(), later.chunk_bytes.tolist()) == ([26 * 7, 25 * 7], [25 * 7, 25 * 7])


@pytest.mark.parametrize(("frames", "packets"), [(17, 26), (0, 0), (32, 49), (32, 52), (-16, 25)])
def test_a_stem_off_the_grid_is_refused(frames, packets):
    with pytest.raises(NotIndexable):
        sound_index(frames, [7] * packets, b"c")


def test_a_segment_off_the_grid_is_refused(tmp_path):
    write_segment(tmp_path / "odd.mp4", 0, 17)
    with pytest.raises(NotIndexable, match=r"odd.mp4: a segment of 17 frames does not stand on the 16-frame grid"):
        picture_index(tmp_path / "odd.mp4")


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        (("-r", "25"), "not all 1/30 s long"),
        (("-f", "lavfi", "-i", "anullsrc", "-c:a", "aac", "-shortest"), "not one track of pictures"),
        (("-c:v", "mpeg4"), "not one kind of H.264 sample"),
    ],
)
def test_other_videos_are_refused(tmp_path, options, reason):
    path = tmp_path / "other.mp4"
    command = [str(ffmpeg_binary()), "-v", "error", "-f", "lavfi", "-i", "testsrc2=s=64x64:r=30"]
    inputs = options if "-i" in options else ()
    rest = () if "-i" in options else options
    subprocess.run([*command, *inputs, *rest, "-frames:v", "32", str(path)], check=True)
    with pytest.raises(NotIndexable, match=reason):
        picture_index(path)


def test_a_file_cut_anywhere_is_refused_in_words(made, tmp_path):
    whole = made.segments[3].path.read_bytes()
    moov_end = whole.index(b"free") - 4
    random = np.random.default_rng(5)
    for end in random.integers(0, moov_end, 60):
        path = tmp_path / "cut.mp4"
        path.write_bytes(whole[:end])
        with pytest.raises(NotIndexable, match=r"cut\.mp4"):
            picture_index(path)


def test_a_damaged_table_is_refused_or_reads_as_a_table(made, tmp_path):
    whole = made.segments[3].path.read_bytes()
    random = np.random.default_rng(6)
    path = tmp_path / "damaged.mp4"
    for at in random.integers(20, whole.index(b"free"), 300):
        damaged = bytearray(whole)
        damaged[at] ^= 1 << int(random.integers(8))
        path.write_bytes(damaged)
        with suppress(NotIndexable):
            assert picture_index(path).frames == 16


def test_a_segment_laid_on_blocks_shows_the_same(tmp_path):
    write_segment(tmp_path / "a.mp4", 3, 32)
    write_aligned(tmp_path / "a.mp4", tmp_path / "b.mp4")
    assert frame_hashes(tmp_path / "b.mp4") == frame_hashes(tmp_path / "a.mp4")
    assert picture_index(tmp_path / "b.mp4").payload_offset % 4096 == 0
