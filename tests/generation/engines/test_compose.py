"""From a timeline to a file: frames, order, time, sound, and nothing made twice."""

import itertools
import json
import shutil
import subprocess
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest

from core.errors import InputError
from core.media import ffmpeg_binary
from generation.contracts import Canvas, CaptionClip, CardClip, FootageClip, Framing, SafeArea, SlotSpan, Track
from generation.engines.compose import render_timeline
from generation.engines.joining import SegmentMismatch, join, picture_facts
from generation.segments.store import SegmentStore
from tests.generation.engines.conftest import decoded, number_of, write_footage, write_sound


@pytest.fixture
def render(tmp_path):
    store = SegmentStore(tmp_path / "store")

    def carry_out(timeline, name="ad.mp4", **more):
        return render_timeline(timeline, tmp_path / name, tmp_path / "work", store, mix_audio=write_sound, **more)

    carry_out.store = store
    return carry_out


def packets(path, kind):
    with av.open(str(path)) as container:
        stream = container.streams.video[0] if kind == "video" else container.streams.audio[0]
        return [
            (p.pts * stream.time_base, p.dts * stream.time_base, p.duration) for p in container.demux(stream) if p.size
        ]


def frame_hashes(path):
    command = [ffmpeg_binary(), "-v", "error", "-i", str(path), "-map", "0:v", "-f", "framemd5", "-"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)
    assert answer.stderr == ""
    return [line.split(",")[-1].strip() for line in answer.stdout.splitlines() if not line.startswith("#")]


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return SegmentStore(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def made(tmp_path_factory, store, ad):
    folder = tmp_path_factory.mktemp("made")
    return render_timeline(ad, folder / "ad.mp4", folder / "work", store, mix_audio=write_sound)


@pytest.fixture(scope="module")
def segments(made, store):
    return sorted(store.folder.glob("??/*.mp4"), key=lambda path: path.stat().st_mtime_ns)


def test_the_file_has_exactly_the_ordered_frames_on_a_uniform_grid(made, ad):
    pts = sorted(place for place, _, _ in packets(made.path, "video"))
    assert pts == [Fraction(n, 30) for n in range(ad.frames)]


def test_decode_times_rise_in_both_streams(made):
    for kind in ("video", "audio"):
        times = [dts for _, dts, _ in packets(made.path, kind)]
        assert all(a < b for a, b in itertools.pairwise(times))


def test_ffmpeg_decodes_it_without_a_word_and_pictures_are_bit_exact_to_the_segments(made, segments):
    assert len(segments) == 3
    assert frame_hashes(made.path) == [md5 for path in segments for md5 in frame_hashes(path)]


def test_picture_and_sound_end_within_a_frame(made, ad):
    with av.open(str(made.path)) as container:
        sound = sum(frame.samples for frame in container.decode(audio=0))
        container.seek(0)
    last = max(place for place, _, _ in packets(made.path, "video")) + Fraction(1, 30)
    assert abs(Fraction(sound, 48000) - last) <= Fraction(1, 30)


def test_the_index_comes_first_so_that_players_start_at_once(made):
    content = made.path.read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")


def test_every_picture_is_8_bit_bt709_and_carries_the_fixed_profile(made):
    with av.open(str(made.path)) as container:
        context = container.streams.video[0].codec_context
        assert (context.profile, context.pix_fmt, context.width, context.height) == ("High", "yuv420p", 270, 480)
        assert (context.colorspace, context.color_primaries, context.color_trc, context.color_range) == (1, 1, 1, 1)


def test_the_same_timeline_again_makes_nothing_and_gives_the_same_pictures(tmp_path, store, ad, made):
    again = render_timeline(ad, tmp_path / "b.mp4", tmp_path / "w", SegmentStore(store.folder), mix_audio=write_sound)
    assert (made.segments_made, made.segments_reused) == (3, 0)
    assert (again.segments_made, again.segments_reused) == (0, 3)
    assert frame_hashes(again.path) == frame_hashes(made.path)


def test_a_fresh_store_renders_the_same_pictures(tmp_path, ad, made):
    again = render_timeline(
        ad, tmp_path / "b.mp4", tmp_path / "w2", SegmentStore(tmp_path / "s2"), mix_audio=write_sound
    )
    assert frame_hashes(again.path) == frame_hashes(made.path)


def test_changing_one_line_renders_one_slot(tmp_path, store, ad, made):
    captions = (ad.track("caption")[0], CaptionClip(34, 62, "只要 ¥39.9"))
    tracks = tuple(Track("caption", captions) if t.name == "caption" else t for t in ad.tracks)
    own = SegmentStore(tmp_path / "store")
    shutil.copytree(store.folder, own.folder)
    plan = replace(ad, tracks=tracks)
    changed = render_timeline(plan, tmp_path / "c.mp4", tmp_path / "w", own, mix_audio=write_sound)
    assert (changed.segments_made, changed.segments_reused) == (1, 2)


def test_footage_begins_at_the_very_frame_that_was_ordered(render, footage, ad):
    whole = Canvas(320, 180)
    clips = tuple(FootageClip(16 * i, 16 * i + 16, footage, first) for i, first in enumerate((0, 1, 24, 25, 26, 99)))
    slots = tuple(SlotSpan("proof", "", clip.start_frame, clip.end_frame) for clip in clips)
    plan = replace(
        ad, canvas=whole, safe_area=SafeArea(0, 0, 320, 180), frames=96, slots=slots, tracks=(Track("picture", clips),)
    )
    numbers = [number_of(picture) for picture in decoded(render(plan).path)]
    assert numbers == [clip.source_start_frame + n for clip in clips for n in range(16)]


def test_a_drifting_crop_begins_at_the_very_frame_too(render, footage, ad):
    clip = FootageClip(0, 16, footage, 47, Framing(zoom=1.0, to_zoom=1.02))
    plan = replace(ad, canvas=Canvas(320, 180), safe_area=SafeArea(0, 0, 320, 180), frames=16)
    plan = replace(plan, slots=(SlotSpan("hook", "", 0, 16),), tracks=(Track("picture", (clip,)),))
    assert [number_of(picture) for picture in decoded(render(plan).path)] == list(range(47, 63))


def test_a_source_that_is_too_short_holds_its_last_picture_and_shifts_nothing(render, ad, tmp_path):
    short = write_footage(tmp_path / "short.mp4", 20)
    clips = (FootageClip(0, 32, short, 8), FootageClip(32, 48, short, 0))
    plan = replace(ad, canvas=Canvas(320, 180), safe_area=SafeArea(0, 0, 320, 180), frames=48)
    plan = replace(plan, slots=(SlotSpan("hook", "", 0, 48),), tracks=(Track("picture", clips),))
    numbers = [number_of(picture) for picture in decoded(render(plan).path)]
    assert numbers == [*range(8, 20), *[19] * 20, *range(16)]


def test_a_blurred_fill_shows_the_source_whole_and_unstretched(render, ad, footage):
    clip = FootageClip(0, 16, footage, 5, Framing("blur"))
    plan = replace(ad, frames=16, slots=(SlotSpan("hook", "", 0, 16),), tracks=(Track("picture", (clip,)),))
    picture = decoded(render(plan).path)[0]
    height = round(270 * 180 / 320 / 2) * 2
    top = (480 - height) // 2
    assert number_of(picture[top : top + height]) == 5
    assert picture[: top - 20].std() > 5


def test_the_same_plan_fills_a_square_and_a_wide_canvas(render, ad):
    for canvas, safe in (
        (Canvas(270, 270), SafeArea(14, 14, 256, 256)),
        (Canvas(480, 270), SafeArea(24, 14, 456, 256)),
    ):
        made = render(replace(ad, canvas=canvas, safe_area=safe), f"{canvas.width}.mp4")
        assert decoded(made.path)[0].shape == (canvas.height, canvas.width, 3)
        shown = [b for b in made.boxes if b.kind in ("caption", "label") and not b.is_moving]
        assert all(safe.left <= b.left and b.right <= safe.right and b.bottom <= safe.bottom for b in shown)


def test_a_draft_is_the_same_plan_with_a_short_side_of_540(render, ad):
    large = replace(ad, canvas=Canvas(1080, 1920), safe_area=SafeArea(60, 150, 960, 1500), frames=32)
    large = replace(large, slots=ad.slots[:1], tracks=(Track("picture", ad.track("picture")[:1]), *ad.tracks[1:]))
    draft = render(large, draft=True)
    assert draft.canvas == Canvas(540, 960)
    assert decoded(draft.path)[0].shape == (960, 540, 3)
    label = next(box for box in draft.boxes if box.kind == "label")
    assert label.glyph_px >= 27


def test_the_sidecar_says_what_text_was_drawn_where(made, ad):
    facts = json.loads(made.sidecar.read_text(encoding="utf-8"))
    boxes = facts["boxes"]
    assert facts["frames"] == ad.frames
    caption = next(b for b in boxes if b["text"] == "到手 ¥39.9" and not b["is_moving"])
    assert (caption["start_frame"], caption["end_frame"]) == (37, 62)
    label = [b for b in boxes if b["kind"] == "label"]
    assert (label[0]["start_frame"], max(b["end_frame"] for b in label)) == (0, 60)
    assert all(b["glyph_px"] >= 14 for b in label)


def test_the_caption_is_in_the_picture_where_the_sidecar_says(made):
    box = next(b for b in made.boxes if b.kind == "caption" and not b.is_moving)
    picture = decoded(made.path)[box.start_frame + 2]
    inside = picture[box.top : box.bottom, box.left : box.right]
    assert (inside.min(axis=2) > 215).mean() > 0.1
    assert (inside.max(axis=2) < 50).mean() > 0.1


def test_a_text_the_font_cannot_write_is_named_before_anything_is_rendered(render, ad):
    tracks = (ad.tracks[0], Track("caption", (CaptionClip(0, 30, "好喝😀"),)))
    with pytest.raises(InputError, match=r"U\+1F600"):
        render(replace(ad, tracks=tracks))
    assert not list(render.store.folder.rglob("*.mp4"))


def test_a_hole_in_the_picture_is_named(render, ad):
    picture = ad.track("picture")
    with pytest.raises(InputError, match=r"timeline.picture\[1\]: begins at frame 48, expected 32"):
        render(replace(ad, tracks=(Track("picture", (picture[0], *picture[2:])),)))


def test_progress_rises_to_one(render, ad):
    heard = []
    render(ad, on_progress=heard.append)
    assert heard == sorted(heard)
    assert heard[-1] == 1.0


def test_segments_with_another_header_are_not_joined(tmp_path, segments):
    other = write_footage(tmp_path / "other.mp4", 16, 270, 480)
    with pytest.raises(SegmentMismatch, match="codec header"):
        join([segments[0], tmp_path / "other.mp4"], None, tmp_path / "out.mp4", 48)
    assert picture_facts(tmp_path / "other.mp4").frames == other.frames


def test_segments_that_do_not_add_up_are_not_joined(tmp_path, segments):
    with pytest.raises(SegmentMismatch, match="hold 32 frames, the ad has 48"):
        join([segments[0]], None, tmp_path / "out.mp4", 48)


def test_a_still_picture_moves(render, ad, tmp_path):
    from PIL import Image

    path = tmp_path / "still.png"
    noise = np.random.default_rng(1).integers(0, 255, (40, 40, 3), np.uint8)
    Image.fromarray(noise).resize((600, 600), Image.Resampling.BICUBIC).save(path)
    source = replace(ad.track("picture")[0].source, path=str(path), kind="picture", width=600, height=600, frames=0)
    clip = FootageClip(0, 32, source, 0)
    plan = replace(ad, frames=32, slots=(SlotSpan("hook", "", 0, 32),), tracks=(Track("picture", (clip,)),))
    pictures = [picture.astype(int) for picture in decoded(render(plan).path)]
    assert all(np.abs(a - b).mean() > 0.3 for a, b in zip(pictures[4:], pictures[8:], strict=False))


def test_a_card_between_footage_takes_part_in_one_segment(render, ad, footage):
    clips = (
        FootageClip(0, 16, footage, 3),
        CardClip(16, 32, "price", ("冷萃", ""), price="¥39.9"),
        FootageClip(32, 48, footage, 40),
    )
    plan = replace(ad, frames=48, slots=(SlotSpan("offer", "", 0, 48),), tracks=(Track("picture", clips),))
    assert len(decoded(render(plan).path)) == 48
