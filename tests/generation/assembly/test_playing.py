"""An ad put together by bytes plays like one encoded whole: row B9."""

from __future__ import annotations

import itertools
from fractions import Fraction

import av
import pytest

from generation.assembly.recipe import make_recipe, open_recipe
from generation.provenance.aigc import parse_label, read_labels
from generation.provenance.boxes import read_metadata
from generation.segments.store import SegmentStore
from tests.generation.assembly.conftest import FLASHES, SLOTS
from tests.generation.assembly.pieces import LABEL, PROVENANCE, number_and_flash, put_ad
from tests.generation.assembly.watching import beep_seconds, ffmpeg, frame_hashes, sound_of, watch

FRAMES = sum(SLOTS)


@pytest.fixture(scope="module")
def watched(ad_path):
    return watch(ad_path)


def test_every_frame_is_shown_once_in_order_and_on_the_grid_from_zero(watched):
    assert watched.numbers == list(range(FRAMES))
    assert watched.places == [Fraction(number, 30) for number in range(FRAMES)]


def test_frames_are_decoded_in_uniform_steps(watched):
    steps = {after - before for before, after in itertools.pairwise(watched.decode_places)}
    assert steps == {Fraction(1, 30)}


def test_sound_and_picture_are_equally_long_to_the_sample(ad_path, watched):
    assert len(watched.sound) == FRAMES * 1600
    with av.open(str(ad_path)) as container:
        assert container.duration == FRAMES * 1_000_000 // 30
        assert [stream.start_time for stream in container.streams] == [0, 0]


def test_pyav_and_ffmpeg_have_nothing_to_say(ad_path, watched):
    assert watched.warnings == []
    assert ffmpeg("-xerror", "-i", str(ad_path), "-map", "0", "-f", "null", "-") == b""


def test_pictures_are_bit_exact_to_their_segments(made, ad_path):
    hashes = [each for segment in made.segments for each in frame_hashes(segment.path)]
    assert frame_hashes(ad_path) == hashes


def test_flash_and_beep_stay_together(watched):
    assert [round(at * 30) for at in watched.flash_seconds] == list(FLASHES)
    skews = [abs(b - f) for b, f in zip(beep_seconds(watched.sound), watched.flash_seconds, strict=True)]
    assert max(skews) <= 0.002


def test_even_a_beep_on_a_join_stays_within_twenty_milliseconds(tmp_path):
    store = SegmentStore(tmp_path / "store")
    joins = list(itertools.accumulate([16] * 11, initial=0))[1:-1]
    segments, stems = put_ad(store, tmp_path, [16] * 11, joins)
    path = tmp_path / "ad.mp4"
    with open_recipe(make_recipe(segments, stems, LABEL, PROVENANCE.title), store) as virtual:
        path.write_bytes(virtual.read(0, virtual.size))

    beeps = beep_seconds(sound_of(path))

    assert max(abs(beep - join / 30) for beep, join in zip(beeps, joins, strict=True)) <= 0.020


@pytest.mark.parametrize("frame", [0, 1, 23, 24, 47, 48, 49, 79, 80, 100, 144, 159])
def test_seeking_finds_the_frame(ad_path, frame):
    with av.open(str(ad_path)) as container:
        stream = container.streams.video[0]
        container.seek(int(frame / 30 / stream.time_base), stream=stream)
        found = next(f for f in container.decode(stream) if f.pts * f.time_base >= Fraction(frame, 30))
        assert number_and_flash(found.to_ndarray(format="rgb24"))[0] == frame


def test_seeking_begins_at_the_key_frame_before(ad_path):
    with av.open(str(ad_path)) as container:
        stream = container.streams.video[0]
        container.seek(int(100 / 30 / stream.time_base), stream=stream)
        assert next(container.decode(stream)).pts * stream.time_base == Fraction(80, 30)


def test_the_implicit_label_stands_once_where_the_practice_guide_puts_it(ad_path):
    labels = read_labels(ad_path)
    assert [parse_label(text) for text in labels] == [LABEL]
    assert [(entry.at, entry.key) for entry in read_metadata(ad_path)] == [
        ("moov.udta.meta", "AIGC"),
        ("moov.udta.meta", "title"),
    ]
    with av.open(str(ad_path)) as container:
        assert container.metadata["title"] == PROVENANCE.title
