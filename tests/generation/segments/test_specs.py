"""A segment's key: the same picture, the same key; any other picture, another."""

from dataclasses import replace

import pytest

from generation.contracts import (
    PORTRAIT,
    Brand,
    CaptionClip,
    CardClip,
    FootageClip,
    Framing,
    MediaSource,
    SafeArea,
    SlotSpan,
    StickerClip,
    Timeline,
    Track,
    Word,
)
from generation.segments.specs import segment_key, segment_specs

SOURCE = MediaSource("a" * 64, "/home/x/a.mp4", "a.mp4", "video", 1280, 720, 300)
VERSIONS = {"encoder": "x264 crf 23", "fonts": "f"}


def timeline(source=SOURCE, start=40, text="冷萃", brand=Brand("澄夜"), framing=Framing(), first=48):  # noqa: B008
    picture = (FootageClip(0, first, source, 0), FootageClip(first, first + 32, source, start, framing))
    captions = (CaptionClip(first + 4, first + 30, text, words=(Word("冷", first + 4, first + 8),)),)
    tracks = (Track("picture", picture), Track("caption", captions))
    slots = (SlotSpan("hook", "", 0, first), SlotSpan("cta", "", first, first + 32))
    return Timeline(PORTRAIT, SafeArea(60, 150, 960, 1500), "zh-CN", first + 32, slots, tracks, brand)


def second_key(made):
    return segment_key(segment_specs(made)[1], VERSIONS)


def test_a_slots_clips_are_placed_from_its_own_first_frame():
    spec = segment_specs(timeline())[1]
    assert spec.frames == 32
    assert [(c.start_frame, c.end_frame) for c in spec.track("picture")] == [(0, 32)]
    caption = spec.track("caption")[0]
    assert (caption.start_frame, caption.end_frame, caption.words[0].start_frame) == (4, 30, 4)


def test_the_same_stretch_at_another_place_of_another_ad_has_the_same_key():
    assert second_key(timeline(first=48)) == second_key(timeline(first=96))


def test_where_a_source_lies_and_what_it_is_called_do_not_matter():
    moved = replace(SOURCE, path="/elsewhere/b.mp4", name="b.mp4")
    assert second_key(timeline(moved)) == second_key(timeline())


@pytest.mark.parametrize(
    "other",
    [
        timeline(start=41),
        timeline(text="冷萃咖啡"),
        timeline(framing=Framing(centre_x=0.4)),
        timeline(brand=Brand("澄夜", accent="#C4452D")),
        timeline(replace(SOURCE, sha256="b" * 64)),
        replace(timeline(), canvas=replace(PORTRAIT, width=720)),
        replace(timeline(), safe_area=SafeArea(0, 0, 1080, 1920)),
    ],
)
def test_whatever_changes_the_picture_changes_the_key(other):
    assert second_key(other) != second_key(timeline())


def test_another_encoder_or_a_draft_has_another_key():
    spec, draft = segment_specs(timeline())[1], segment_specs(timeline(), draft=True)[1]
    assert segment_key(spec, VERSIONS) != segment_key(spec, {**VERSIONS, "encoder": "x264 crf 20"})
    assert segment_key(spec, VERSIONS) != segment_key(draft, VERSIONS)


def test_a_sticker_across_slots_keeps_its_own_time():
    made = timeline()
    made = replace(made, tracks=(*made.tracks, Track("sticker", (StickerClip(30, 80, "¥39.9"),))))
    first, second = segment_specs(made)
    assert (first.track("sticker")[0].start_frame, second.track("sticker")[0].start_frame) == (30, -18)


def test_the_product_picture_counts_by_content_and_only_where_a_card_shows_it(tmp_path):
    one, two = tmp_path / "one.png", tmp_path / "two.png"
    one.write_bytes(b"bottle")
    two.write_bytes(b"another bottle")

    def keys(path):
        made = timeline(brand=Brand("澄夜", picture_path=str(path)))
        card = CardClip(48, 80, "end", ("澄夜", "下单"))
        with_card = replace(made, tracks=(Track("picture", (made.track("picture")[0], card)),))
        return [segment_key(spec, VERSIONS) for spec in segment_specs(with_card)]

    assert keys(one)[0] == keys(two)[0]
    assert keys(one)[1] != keys(two)[1]
    one.rename(tmp_path / "three.png")
    (tmp_path / "same.png").write_bytes(b"bottle")
    assert keys(tmp_path / "same.png")[1] == keys(tmp_path / "three.png")[1]
