"""Transitions across slots: only round their borders, and the ad keeps its length."""

from dataclasses import replace

import numpy as np
import pytest

from generation.contracts import CaptionClip, CardClip, FootageClip, Framing, LabelClip, SlotSpan, Track
from generation.engines.compose import render_segment, render_timeline
from generation.engines.joining import join, picture_facts
from generation.segments.spans import cut_spans
from generation.segments.specs import segment_spec, whole_spec
from generation.segments.store import SegmentStore
from tests.generation.engines.conftest import decoded, write_sound


def bordered(ad, footage, border):
    clips = (
        FootageClip(0, 32, footage, 2),
        FootageClip(32, 64, footage, 40),
        CardClip(64, 80, "end", ("澄夜", "下单", "")),
    )
    slots = (SlotSpan("hook", "", 0, 32, border), SlotSpan("proof", "", 32, 64, "cut"), SlotSpan("cta", "", 64, 80))
    return replace(ad, frames=80, slots=slots, tracks=(Track("picture", clips), *ad.tracks[1:]))


@pytest.fixture
def rendered(tmp_path, ad, footage):
    def carry_out(border):
        out = tmp_path / f"{border}.mp4"
        plan = bordered(ad, footage, border)
        return render_timeline(plan, out, tmp_path / "w", SegmentStore(tmp_path / "s"), mix_audio=write_sound)

    return carry_out


@pytest.mark.parametrize("border", ["fade", "slide"])
def test_a_transition_changes_twelve_frames_round_its_border_and_no_others(rendered, border):
    plain, crossed = decoded(rendered("cut").path), decoded(rendered(border).path)
    assert len(crossed) == len(plain) == 80
    far = [np.abs(a.astype(int) - b).mean() for a, b in zip(plain, crossed, strict=True)]
    assert max(far[n] for n in range(80) if not 26 <= n < 38) < 3.0
    assert min(far[n] for n in range(29, 35)) > 4.0


def test_a_free_form_ad_is_one_piece_with_the_same_text(rendered):
    plain, crossed = rendered("cut"), rendered("fade")
    assert (crossed.segments_made, crossed.segments_reused) == (1, 0)

    def captions(composed):
        return [(b.text, b.start_frame, b.end_frame, b.left, b.top) for b in composed.boxes if b.kind == "caption"]

    assert captions(crossed) == captions(plain)


def spanned(ad, footage):
    """A drift, a card that leaves room for a caption beyond the pair, and both kinds of pairs."""
    clips = (
        FootageClip(0, 40, footage, 2, Framing("blur")),
        FootageClip(40, 64, footage, 30, Framing(centre_x=0.4, to_x=0.6)),
        FootageClip(64, 112, footage, 60, Framing("blur")),
        CardClip(112, 160, "fact", ("200 毫克", "第三方检测")),
    )
    slots = (
        SlotSpan("hook", "", 0, 64, "fade"),
        SlotSpan("proof", "", 64, 112, "slide"),
        SlotSpan("cta", "", 112, 160),
    )
    captions = (CaptionClip(2, 60, "三秒冲开"), CaptionClip(130, 150, "看得见"))
    lanes = (Track("caption", captions), Track("label", (LabelClip(0, 64, "AI 生成"),)))
    return replace(ad, frames=160, slots=slots, tracks=(Track("picture", clips), *lanes))


def test_segments_and_pairs_joined_show_the_frames_of_the_ad_drawn_whole(ad, footage, tmp_path):
    plan, paths = spanned(ad, footage), []
    for number, span in enumerate(cut_spans(plan)):
        paths.append(tmp_path / f"{number}.mp4")
        render_segment(segment_spec(plan, span), paths[-1], tmp_path / "work")
    assert [picture_facts(path).frames for path in paths] == [48, 32, 16, 32, 32]
    render_segment(whole_spec(plan), tmp_path / "whole.mp4", tmp_path / "work")
    join(paths, None, tmp_path / "joined.mp4", plan.frames)
    joined, whole = decoded(tmp_path / "joined.mp4"), decoded(tmp_path / "whole.mp4")
    assert len(joined) == len(whole) == 160
    noise = [((a.astype(np.float64) - b) ** 2).mean() for a, b in zip(joined, whole, strict=True)]
    assert 10 * np.log10(255**2 / np.mean(noise)) > 40
    assert 10 * np.log10(255**2 / max(noise)) > 34


def test_a_pair_has_the_text_of_both_its_slots(ad, footage, tmp_path):
    plan = spanned(ad, footage)
    facts = render_segment(segment_spec(plan, cut_spans(plan)[1]), tmp_path / "pair.mp4", tmp_path / "work")
    captions = [(box.text, box.start_frame, box.end_frame) for box in facts.boxes if box.kind == "caption"]
    assert captions == [("三秒冲开", 0, 12)]
    assert [(box.start_frame, box.end_frame) for box in facts.boxes if box.kind == "label"] == [(0, 16)]


def test_an_ad_drawn_whole_may_have_edges_beside_its_fades(ad, footage, tmp_path):
    plan = spanned(ad, footage)
    flashing = replace(plan, slots=(replace(plan.slots[0], border="flash"), *plan.slots[1:]))
    render_segment(whole_spec(flashing), tmp_path / "ad.mp4", tmp_path / "work")
    pictures = decoded(tmp_path / "ad.mp4")
    assert len(pictures) == 160
    assert np.median(pictures[63]) > 250
