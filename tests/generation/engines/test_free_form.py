"""Transitions across slots: only round their borders, and the ad keeps its length."""

from dataclasses import replace

import numpy as np
import pytest

from generation.contracts import CardClip, FootageClip, SlotSpan, Track
from generation.engines.compose import render_timeline
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
