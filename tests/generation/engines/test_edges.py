"""Transitions drawn into edges: only the edge frames change, the halves meet, the label stays on top."""

from dataclasses import replace

import numpy as np
import pytest

from generation.contracts import Brand, Canvas, CaptionClip, CardClip, FootageClip, Framing, LabelClip, SlotSpan, Track
from generation.drawing import colours
from generation.drawing.wipes import wipe_picture
from generation.engines import edges
from generation.engines.compose import render_segment, render_timeline
from generation.engines.joining import picture_facts
from generation.quality.flashes import FlashCounter
from generation.segments.specs import segment_specs
from generation.segments.store import SegmentStore
from tests.generation.engines.conftest import decoded, write_sound

FRAMES = 48
OUT = {"flash": 3, "whip": 5, "dip": 4, "wipe": 7}
IN = {"flash": 5, "whip": 6, "dip": 4, "wipe": 7}


def plan_of(ad, footage, border, labelled=False, second=None):
    whole = Framing("blur")
    clips = (FootageClip(0, FRAMES, footage, 2, whole), second or FootageClip(FRAMES, 2 * FRAMES, footage, 60, whole))
    slots = (SlotSpan("hook", "", 0, FRAMES, border), SlotSpan("cta", "", FRAMES, 2 * FRAMES, border))
    lanes = (
        Track("caption", (CaptionClip(0, 2 * FRAMES, "三秒冲开"),)),
        Track("label", (LabelClip(0, 96, "AI 生成"),)),
    )
    tracks = (Track("picture", clips), *(lanes if labelled else ()))
    return replace(ad, frames=2 * FRAMES, slots=slots, tracks=tracks, brand=Brand("澄夜", primary="#2868A6"))


@pytest.fixture(scope="module")
def pictures(tmp_path_factory, ad, footage):
    """Pictures of a two-slot ad by border; `label` with caption and label laid over."""
    folder, made = tmp_path_factory.mktemp("edges"), {}

    def of(border, labelled=False):
        if (border, labelled) not in made:
            found = []
            for index, spec in enumerate(segment_specs(plan_of(ad, footage, border, labelled))):
                path = folder / f"{border}-{labelled}-{index}.mp4"
                render_segment(spec, path, folder / "work")
                found += decoded(path)
            made[border, labelled] = found
        return made[border, labelled]

    return of


@pytest.mark.parametrize("edge", ["flash", "whip", "dip", "wipe"])
def test_an_edge_changes_its_own_frames_and_no_others(pictures, edge):
    plain, edged = pictures("cut"), pictures(edge)
    far = [np.abs(a.astype(int) - b).mean() for a, b in zip(plain, edged, strict=True)]
    inside = range(FRAMES - OUT[edge], FRAMES + IN[edge])
    assert max(far[n] for n in range(2 * FRAMES) if n not in inside) < 2.5
    assert min(far[n] for n in range(FRAMES - 2, FRAMES + 2)) > 12


def test_a_flash_meets_in_white_and_a_dip_in_the_brands_colour(pictures):
    assert pictures("flash")[FRAMES - 1].min() > 250
    assert pictures("flash")[FRAMES].min() > 200
    for at in (FRAMES - 1, FRAMES):
        assert np.abs(pictures("dip")[at].astype(int) - (0x28, 0x68, 0xA6)).max() <= 5


def test_a_wipe_hides_the_picture_where_the_segments_meet():
    shape = wipe_picture(1080, 1920, Brand("澄夜"))
    places = edges.wipe_places(1080, shape.shape[1])
    assert len(places) == 14
    assert places == sorted(places)
    for at in (6, 7):
        covered = shape[:, -places[at] : 1080 - places[at], 3]
        assert covered.shape == (1920, 1080)
        assert covered.min() == 255
    assert places[0] + shape.shape[1] < 150
    assert places[13] > 1080 - 330


def test_a_whip_pan_gathers_speed_up_to_the_border_and_spends_it_after():
    out, back = edges.whip_places(1080, entering=False), edges.whip_places(1080, entering=True)
    assert np.diff([0, *out]).tolist() == sorted(np.diff([0, *out]).tolist())
    assert np.diff(back).tolist() == sorted(np.diff(back).tolist(), reverse=True)
    assert (out[-1] < 1080, back[0] > 0, back[-1]) == (True, True, 1080)
    assert all(place % 2 == 0 for place in out + back)


def test_a_whip_pan_smears_along_the_row_only(pictures):
    plain, flung = (pictures(edge)[FRAMES - 1].astype(int) for edge in ("cut", "whip"))
    steepest = [np.abs(np.diff(picture, axis=axis)).max() for picture in (plain, flung) for axis in (1, 0)]
    assert steepest[0] > 150
    assert steepest[2] < 30
    assert steepest[3] > 60


@pytest.mark.parametrize("edge", ["flash", "whip", "dip", "wipe"])
def test_label_and_caption_stand_still_over_an_edge(pictures, edge):
    glyphs = pictures("dip", labelled=True)[FRAMES - 1].min(axis=2) > 220
    assert glyphs[:100].sum() > 300
    assert glyphs[300:].sum() > 350
    label = slice(FRAMES - 8, FRAMES + 8)
    for picture in pictures(edge, labelled=True)[label]:
        assert (picture.min(axis=2)[glyphs] > 190).mean() > 0.97


def test_segments_with_edges_join_by_copy(ad, footage, tmp_path):
    plan = plan_of(ad, footage, "whip")
    store = SegmentStore(tmp_path / "store")
    made = render_timeline(plan, tmp_path / "ad.mp4", tmp_path / "work", store, mix_audio=write_sound)
    assert (made.segments_made, picture_facts(made.path).frames) == (2, 2 * FRAMES)
    cut = render_timeline(
        plan_of(ad, footage, "cut"), tmp_path / "b.mp4", tmp_path / "work", store, mix_audio=write_sound
    )
    assert picture_facts(cut.path).header == picture_facts(made.path).header


def test_a_card_that_comes_in_by_an_edge_has_no_second_entrance(ad, footage, tmp_path):
    card = CardClip(FRAMES, 2 * FRAMES, "end", ("澄夜", "下单", ""))
    spec = segment_specs(plan_of(ad, footage, "flash", second=card))[1]
    render_segment(spec, tmp_path / "card.mp4", tmp_path / "work")
    assert decoded(tmp_path / "card.mp4")[0].min() > 200


def test_a_draft_and_a_wide_canvas_have_edges_too(ad, footage, tmp_path):
    plan = replace(plan_of(ad, footage, "whip"), canvas=Canvas(480, 270))
    for edge in ("whip", "wipe"):
        spec = replace(segment_specs(plan, draft=True)[1], entry_edge=edge)
        render_segment(spec, tmp_path / f"{edge}.mp4", tmp_path / "work")
        assert picture_facts(tmp_path / f"{edge}.mp4").frames == FRAMES


def test_one_border_is_one_flash_at_most(pictures):
    for edge in ("flash", "whip", "dip", "wipe"):
        counter = FlashCounter()
        for picture in pictures(edge):
            cells = picture.mean(axis=2)[:480, :264].reshape(60, 8, 33, 8).mean(axis=(1, 3))
            counter.see((16 + cells * 219 / 255).astype(np.float32))
        assert counter.most_in_a_second(30)[0] <= 1


def test_brand_colours_in_video_levels_are_those_of_bt_709():
    assert colours.video_levels((255, 255, 255)) == (235.0, 128.0, 128.0)
    assert [round(level, 2) for level in colours.video_levels((255, 0, 0))] == [62.56, 102.34, 240.0]


def test_an_expression_by_frame_says_each_value_at_its_frame():
    assert edges.by_frame({0: 4, 1: 30, 5: 7}) == "if(lte(n,0),4,if(lte(n,1),30,7))"
