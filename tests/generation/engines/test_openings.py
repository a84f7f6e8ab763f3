"""Another opening: its head with another headline is all that is made anew, and it joins what was there."""

import subprocess
from dataclasses import replace

import numpy as np
import pytest

from core.errors import InputError
from core.media import ffmpeg_binary
from generation.contracts import (
    Canvas,
    CaptionClip,
    CardClip,
    FootageClip,
    Framing,
    LabelClip,
    SafeArea,
    SlotSpan,
    StickerClip,
    Track,
)
from generation.engines.compose import render_segment, style_versions
from generation.engines.joining import join, picture_facts
from generation.engines.openings import render_openings
from generation.quality.legibility import clashing, outside
from generation.segments.openings import change_opening
from generation.segments.specs import segment_key, segment_spec, segment_specs
from tests.generation.engines.conftest import decoded

HEADLINES = ("别再排队了", "39.9 元一箱，第二件半价", "Stop queueing for coffee")


def plan_of(ad, footage, first=None, canvas=Canvas(540, 960), safe=SafeArea(30, 76, 480, 750)):  # noqa: B008
    clips = (first or FootageClip(0, 64, footage, 4, Framing(centre_x=0.4, to_x=0.6)), FootageClip(64, 96, footage, 80))
    lanes = (
        Track("caption", (CaptionClip(0, 30, "三秒冲开"), CaptionClip(30, 64, "冰着喝"))),
        Track("label", (LabelClip(0, 64, "AI 生成"),)),
    )
    slots = (SlotSpan("hook", "", 0, 64, "flash"), SlotSpan("cta", "", 64, 96))
    return replace(ad, canvas=canvas, safe_area=safe, frames=96, slots=slots, tracks=(Track("picture", clips), *lanes))


def frame_hashes(path):
    command = [ffmpeg_binary(), "-v", "error", "-i", str(path), "-map", "0:v", "-f", "framemd5", "-"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stderr == ""
    return [line.split(",")[-1].strip() for line in answer.stdout.splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def spec(ad, footage):
    return segment_specs(plan_of(ad, footage))[0]


@pytest.fixture(scope="module")
def made(tmp_path_factory, spec):
    """(openings, paths of the heads, what was said of them)."""
    folder = tmp_path_factory.mktemp("openings")
    openings = change_opening(spec, HEADLINES, 16)
    paths = [folder / f"head-{number}.mp4" for number in range(len(HEADLINES))]
    return openings, paths, render_openings(openings.heads, paths, folder / "work")


def test_a_slot_is_cut_into_a_head_for_each_headline_and_one_rest(spec):
    openings = change_opening(spec, HEADLINES, 32)
    assert [(head.frames, head.exit_edge) for head in openings.heads] == [(32, "cut")] * 3
    assert (openings.rest.frames, openings.rest.exit_edge) == (32, "flash")
    assert [clip.text for head in openings.heads for clip in head.track("sticker")] == list(HEADLINES)
    assert openings.rest.track("sticker") == ()


def test_every_headline_is_a_segment_of_its_own(spec):
    openings = change_opening(spec, HEADLINES, 16)
    keys = {segment_key(each, style_versions(False)) for each in (*openings.heads, openings.rest)}
    assert len(keys) == 4


def test_the_rest_is_shared_whatever_the_headline(spec):
    rests = [change_opening(spec, [text], 16).rest for text in HEADLINES]
    assert len({segment_key(rest, style_versions(False)) for rest in rests}) == 1


def test_heads_rendered_together_are_those_rendered_alone(made, tmp_path):
    openings, paths, facts = made
    alone = render_segment(openings.heads[1], tmp_path / "alone.mp4", tmp_path / "work")
    together, by_itself = decoded(paths[1]), decoded(tmp_path / "alone.mp4")
    far = [np.abs(a.astype(int) - b).mean() for a, b in zip(together, by_itself, strict=True)]
    assert max(far) < 0.5
    assert sorted(map(str, facts[1].boxes)) == sorted(map(str, alone.boxes))


def test_a_new_opening_joins_the_rest_and_the_next_slot(ad, footage, spec, made, tmp_path):
    openings, paths, _ = made
    rest, last, whole = (tmp_path / f"{name}.mp4" for name in ("rest", "last", "whole"))
    render_segment(openings.rest, rest, tmp_path / "work")
    plan = plan_of(ad, footage)
    render_segment(segment_spec(plan, plan.slots[1]), last, tmp_path / "work")
    join([paths[0], rest, last], None, whole, 96)
    assert len({picture_facts(path).header for path in (paths[0], rest, last, whole)}) == 1
    assert frame_hashes(whole) == [md5 for path in (paths[0], rest, last) for md5 in frame_hashes(path)]
    assert len(decoded(whole)) == 96


def test_the_picture_goes_on_where_the_head_ends(spec, made, tmp_path):
    openings, paths, _ = made
    render_segment(spec, tmp_path / "plain.mp4", tmp_path / "work")
    render_segment(openings.rest, tmp_path / "rest.mp4", tmp_path / "work")
    plain, changed = decoded(tmp_path / "plain.mp4"), decoded(paths[0]) + decoded(tmp_path / "rest.mp4")
    far = [np.abs(a.astype(int) - b).mean() for a, b in zip(plain, changed, strict=True)]
    assert max(far[15:]) < 2.5
    assert min(far[2:12]) > 4


@pytest.mark.parametrize(
    ("canvas", "safe"),
    [
        (Canvas(540, 960), SafeArea(30, 76, 480, 750)),
        (Canvas(540, 540), SafeArea(26, 26, 514, 514)),
        (Canvas(960, 540), SafeArea(48, 28, 912, 512)),
    ],
)
@pytest.mark.parametrize("stickers", [(), (StickerClip(0, 64, "¥39.9", "到手价"),)])
def test_a_headline_stands_in_the_safe_area_and_over_nothing_else(ad, footage, canvas, safe, stickers, tmp_path):
    plan = plan_of(ad, footage, canvas=canvas, safe=safe)
    tracks = (*plan.tracks, *([Track("sticker", stickers)] if stickers else []))
    spec = segment_specs(replace(plan, tracks=tracks), draft=True)[0]
    heads = change_opening(spec, HEADLINES, 48).heads
    paths = [tmp_path / f"{number}.mp4" for number in range(3)]
    for facts in render_openings(heads, paths, tmp_path / "work"):
        lines = [box for box in facts.boxes if box.kind == "headline"]
        assert not any(outside(box, safe) for box in lines)
        assert clashing(facts.boxes) is None
        label = next(box for box in facts.boxes if box.kind == "label")
        assert min(box.top for box in lines) > label.bottom
        assert all(box.glyph_px > 0.055 * 540 for box in lines)


def test_a_headline_reads_on_its_plate_and_is_gone_at_the_end(made):
    _, paths, facts = made
    box = next(box for box in facts[0].boxes if box.kind == "headline" and not box.is_moving)
    pictures = decoded(paths[0])
    patch = pictures[box.start_frame + 1][box.top : box.bottom, box.left : box.right].astype(int)
    ground = np.array([int(box.edge[at : at + 2], 16) for at in (1, 3, 5)])
    assert (np.abs(patch - ground).max(axis=2) < 24).mean() > 0.3
    assert (patch.min(axis=2) > 200).mean() > 0.15
    last = pictures[15][box.top : box.bottom, box.left : box.right].astype(int)
    assert (np.abs(last - ground).max(axis=2) < 24).mean() < 0.05


@pytest.mark.parametrize("frames", [0, 24, 64, 80])
def test_another_length_is_refused(spec, frames):
    with pytest.raises(InputError, match="it is 16, 32 or 48"):
        change_opening(spec, HEADLINES, frames)


def test_a_card_keeps_its_own_words(ad, footage):
    card = CardClip(0, 64, "kinetic", ("三秒冲开",))
    with pytest.raises(InputError, match="has words of its own"):
        change_opening(segment_specs(plan_of(ad, footage, card))[0], HEADLINES, 16)


def test_a_headline_nobody_can_read_is_named(spec, tmp_path):
    with pytest.raises(InputError, match="is empty"):
        change_opening(spec, ["  "], 16)
    with pytest.raises(InputError, match=r"U\+1F600"):
        change_opening(spec, ["好喝😀"], 16)
    heads = change_opening(spec, ["今天下单第二件半价" * 12], 16).heads
    with pytest.raises(InputError, match="fewer words"):
        render_openings(heads, [tmp_path / "x.mp4"], tmp_path / "work")


def test_heads_of_different_segments_are_not_rendered_together(spec, tmp_path):
    heads = (change_opening(spec, HEADLINES, 16).heads[0], change_opening(spec, HEADLINES, 32).heads[0])
    with pytest.raises(ValueError, match="more than their headline"):
        render_openings(heads, [tmp_path / "a.mp4", tmp_path / "b.mp4"], tmp_path / "work")
