"""The graph against an independent composition of the same storyboard, made slowly with moviepy."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from generation.contracts import Canvas, FootageClip, Framing, SafeArea, SlotSpan, StickerClip, Track
from generation.drawing.stickers import sticker_lane
from generation.engines.compose import render_timeline
from generation.segments.store import SegmentStore
from tests.generation.engines.conftest import decoded, write_sound


def test_two_shots_and_a_sticker_look_the_same_when_moviepy_composes_them(ad, footage, tmp_path):
    from moviepy import CompositeVideoClip, ImageClip, VideoFileClip, concatenate_videoclips, vfx

    canvas, safe = Canvas(180, 180), SafeArea(9, 9, 171, 171)
    shots = (FootageClip(0, 16, footage, 10), FootageClip(16, 32, footage, 50, Framing(centre_x=0.4)))
    sticker = StickerClip(-20, 300, "¥39.9")
    plan = replace(ad, canvas=canvas, safe_area=safe, frames=32, slots=(SlotSpan("hook", "", 0, 32),))
    plan = replace(plan, tracks=(Track("picture", shots), Track("sticker", (sticker,))))
    ours = decoded(
        render_timeline(plan, tmp_path / "a.mp4", tmp_path, SegmentStore(tmp_path / "s"), mix_audio=write_sound).path
    )

    parts = []
    for shot, centre in zip(shots, (160, 128), strict=True):
        begins = shot.source_start_frame / 30 + 0.001
        opened = VideoFileClip(footage.path).subclipped(begins, begins + 16 / 30)
        parts.append(opened.with_effects([vfx.Crop(x_center=centre, width=180, y_center=90, height=180)]))
    lane = sticker_lane(sticker, canvas, safe, ad.brand, safe.top + round(9 * 2.3))
    resting = max((s for s in lane.states if s.start_frame <= 0), key=lambda state: state.start_frame)
    still = ImageClip(resting.image).with_position((resting.left, resting.top)).with_duration(32 / 30)
    theirs = CompositeVideoClip([concatenate_videoclips(parts), still], size=(180, 180))

    for frame in (0, 15, 16, 31):
        expected = theirs.get_frame(frame / 30 + 0.001).astype(int)
        beside = np.s_[90:, :]
        assert np.abs(ours[frame][beside].astype(int) - expected[beside]).mean() < 4.0
    assert np.abs(ours[0].astype(int) - theirs.get_frame(0.001)).mean() < 8.0
