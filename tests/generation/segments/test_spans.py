"""Ads with fades: what belongs to a slot alone, what belongs to a pair, and that it adds up."""

from dataclasses import replace

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
    Timeline,
    Track,
)
from generation.segments.spans import Span, cut_spans
from generation.segments.specs import InnerBorder, cut_spec, segment_key, segment_spec, segment_specs, whole_spec

SOURCE = MediaSource("a" * 64, "/a.mp4", "a.mp4", "video", 1280, 720, 900)
OTHER = replace(SOURCE, sha256="b" * 64)
KEY_BEFORE = "5dd021dd02ce19fcd3bfe5bd4bbfef26a1059f67c912eb764066287df981139d"


def timeline(*slots, sources=None, framing=Framing()):  # noqa: B008
    """Slots as (frames, border)."""
    spans, clips, at = [], [], 0
    for number, (frames, border) in enumerate(slots):
        spans.append(SlotSpan("proof", "", at, at + frames, border))
        clips.append(FootageClip(at, at + frames, (sources or {}).get(number, SOURCE), 100 * number + 10, framing))
        at += frames
    safe = SafeArea(60, 150, 960, 1500)
    return Timeline(PORTRAIT, safe, "zh-CN", at, tuple(spans), (Track("picture", tuple(clips)),), Brand("澄夜"))


def places(made):
    return [(span.start_frame, span.end_frame, span.slots) for span in cut_spans(made)]


def test_without_fades_every_slot_is_a_span():
    assert places(timeline((48, "cut"), (64, "flash"), (48, "cut"))) == [
        (0, 48, (0,)),
        (48, 112, (1,)),
        (112, 160, (2,)),
    ]


def test_a_fade_lies_in_the_middle_of_a_span_of_32_frames():
    assert places(timeline((64, "fade"), (64, "cut"), (48, "cut"))) == [
        (0, 48, (0,)),
        (48, 80, (0, 1)),
        (80, 128, (1,)),
        (128, 176, (2,)),
    ]


def test_a_slot_of_32_frames_between_two_fades_is_all_pairs():
    assert places(timeline((48, "slide"), (32, "fade"), (48, "cut"))) == [
        (0, 32, (0,)),
        (32, 64, (0, 1)),
        (64, 96, (1, 2)),
        (96, 128, (2,)),
    ]


def test_a_slot_of_16_frames_between_two_fades_makes_one_longer_span():
    assert places(timeline((48, "fade"), (16, "fade"), (48, "cut"))) == [
        (0, 32, (0,)),
        (32, 80, (0, 1, 2)),
        (80, 112, (2,)),
    ]


def test_spans_lie_on_the_grid_and_tile_the_ad():
    made = timeline((64, "fade"), (48, "slide"), (96, "whip"), (64, "fade"), (80, "cut"))
    spans = cut_spans(made)
    assert [span.start_frame for span in spans] == [0, *(span.end_frame for span in spans[:-1])]
    assert spans[-1].end_frame == made.frames
    assert all(span.start_frame % 16 == 0 for span in spans)
    assert [span.is_pair for span in spans] == [False, True, False, True, False, False, True, False]


def test_a_pair_carries_both_clips_and_the_transition():
    made = timeline((64, "fade"), (64, "cut"))
    spec = segment_spec(made, cut_spans(made)[1])
    assert (spec.frames, spec.borders, spec.entry_edge, spec.exit_edge) == (
        32,
        (InnerBorder(16, "fade"),),
        "cut",
        "cut",
    )
    clips = [(clip.start_frame, clip.end_frame, clip.source_start_frame) for clip in spec.track("picture")]
    assert clips == [(0, 16, 58), (16, 32, 110)]


def test_another_neighbour_changes_the_pair_and_leaves_the_rest_shared():
    one = timeline((64, "fade"), (64, "fade"), (64, "cut"))
    two = timeline((64, "fade"), (64, "fade"), (64, "cut"), sources={2: OTHER})
    same = [
        segment_key(segment_spec(one, a), {}) == segment_key(segment_spec(two, b), {})
        for a, b in zip(cut_spans(one), cut_spans(two), strict=True)
    ]
    assert same == [True, True, True, False, False]


def test_a_moving_clip_keeps_its_own_time_on_both_sides_of_a_cut():
    made = timeline((64, "fade"), (64, "cut"), framing=Framing(centre_x=0.4, to_x=0.6))
    core, pair = (segment_spec(made, span) for span in cut_spans(made)[:2])
    assert [(c.start_frame, c.end_frame) for c in core.track("picture")] == [(0, 64)]
    assert [(c.start_frame, c.end_frame) for c in pair.track("picture")] == [(-48, 16), (16, 80)]


def test_a_card_is_laid_out_alike_in_every_span_that_shows_it():
    made = timeline((64, "fade"), (64, "cut"))
    card = CardClip(64, 128, "fact", ("200 毫升", "澄夜"))
    tracks = (Track("picture", (made.track("picture")[0], card)), Track("caption", (CaptionClip(90, 120, "冷萃"),)))
    pair = segment_spec(replace(made, tracks=tracks), Span(48, 80, (0, 1)))
    assert [(c.start_frame, c.text) for c in pair.track("caption")] == [(42, "冷萃")]


def test_edges_belong_to_the_segments_at_a_border_and_not_to_the_ends_of_the_ad():
    specs = segment_specs(timeline((48, "flash"), (48, "whip"), (48, "wipe")))
    assert [(spec.entry_edge, spec.exit_edge) for spec in specs] == [
        ("cut", "flash"),
        ("flash", "whip"),
        ("whip", "cut"),
    ]


def test_a_segments_key_depends_on_its_own_edges_only():
    versions = {"edges": "1"}
    one = segment_specs(timeline((48, "flash"), (48, "dip"), (48, "cut")))
    two = segment_specs(timeline((48, "flash"), (48, "cut"), (48, "cut")))
    keys = [[segment_key(spec, versions) for spec in specs] for specs in (one, two)]
    assert [a == b for a, b in zip(*keys, strict=True)] == [True, False, False]


def test_styles_a_segment_does_not_show_are_not_in_its_key():
    plain, flashing = (segment_specs(timeline((48, border), (48, "cut")))[0] for border in ("cut", "flash"))
    assert segment_key(plain, {"edges": "1"}) == segment_key(plain, {"edges": "2"}) == segment_key(plain, {})
    assert segment_key(flashing, {"edges": "1"}) != segment_key(flashing, {"edges": "2"})


def test_between_cuts_a_key_is_what_it_was_before_there_were_other_borders():
    made = replace(timeline((48, "cut")), tracks=(Track("picture", (FootageClip(0, 48, SOURCE, 0),)),))
    assert segment_key(segment_specs(made)[0], {"encoder": "x"}) == KEY_BEFORE


def test_a_stretch_cut_in_two_keeps_its_edges_at_its_ends():
    spec = segment_specs(timeline((48, "flash"), (64, "whip"), (48, "cut")))[1]
    head, rest = cut_spec(spec, 0, 16), cut_spec(spec, 16, 64)
    assert [(s.frames, s.entry_edge, s.exit_edge) for s in (head, rest)] == [(16, "flash", "cut"), (48, "cut", "whip")]
    assert [c.source_start_frame for s in (head, rest) for c in s.track("picture")] == [110, 126]


def test_the_whole_ad_knows_its_borders():
    assert whole_spec(timeline((48, "flash"), (48, "fade"), (48, "cut"))).borders == (
        InnerBorder(48, "flash"),
        InnerBorder(96, "fade"),
    )
