"""The overlay lanes of a stretch: label, captions, stickers, laid out so that none hides another."""

from __future__ import annotations

from generation.contracts import AnyClip, CaptionClip, CardClip, LabelClip, StickerClip, TextBox
from generation.drawing.captions import caption_lane, look_of
from generation.drawing.labels import label_glyph_px, label_lane
from generation.drawing.overlays import Lane, lane_of
from generation.drawing.stickers import sticker_lane
from generation.segments.specs import SegmentSpec


def overlay_lanes(spec: SegmentSpec) -> tuple[Lane, ...]:
    """Lanes from the lowest to the topmost; the AI label lies over everything."""
    lanes = (
        lane_of([_caption(clip, spec) for clip in captions(spec)], spec.frames),
        lane_of([_sticker(clip, spec) for clip in spec.track("sticker") if isinstance(clip, StickerClip)], spec.frames),
        lane_of([_label(clip, spec) for clip in spec.track("label") if isinstance(clip, LabelClip)], spec.frames),
    )
    return tuple(lane for lane in lanes if not lane.is_empty)


def captions(spec: SegmentSpec) -> list[CaptionClip]:
    return [clip for clip in spec.track("caption") if isinstance(clip, CaptionClip)]


def is_captioned(spec: SegmentSpec, clip: AnyClip) -> bool:
    """Whether any caption is shown during a clip; a card then leaves it room."""
    return any(c.start_frame < clip.end_frame and c.end_frame > clip.start_frame for c in captions(spec))


def _caption(clip: CaptionClip, spec: SegmentSpec) -> Lane:
    over_card = any(
        isinstance(shown, CardClip) and shown.start_frame < clip.end_frame and shown.end_frame > clip.start_frame
        for shown in spec.track("picture")
    )
    return caption_lane(clip, look_of(spec.canvas, spec.safe_area, spec.brand, has_plate=over_card))


def _sticker(clip: StickerClip, spec: SegmentSpec) -> Lane:
    # The label's row stays free on every canvas and in every segment, so that a sticker never jumps.
    row = round(label_glyph_px(spec.canvas) * 2.3)
    return sticker_lane(clip, spec.canvas, spec.safe_area, spec.brand, spec.safe_area.top + row)


def _label(clip: LabelClip, spec: SegmentSpec) -> Lane:
    return label_lane(clip, spec.canvas, spec.safe_area)


def text_boxes(lanes: tuple[Lane, ...]) -> tuple[TextBox, ...]:
    return tuple(box for lane in lanes for box in lane.boxes)
