"""The overlay lanes of a stretch: label, captions, stickers, laid out so that none hides another."""

from __future__ import annotations

from generation.contracts import AnyClip, CaptionClip, CardClip, HeadlineClip, LabelClip, StickerClip, TextBox
from generation.drawing.captions import caption_lane, look_of
from generation.drawing.headlines import Room, headline_lane
from generation.drawing.labels import label_glyph_px, label_lane
from generation.drawing.overlays import Lane, lane_of
from generation.drawing.stickers import sticker_lane
from generation.segments.specs import SegmentSpec

HEADLINE_SHARE = 0.40
"""A headline stands below a sticker where at least this share of the short side is left there."""


def overlay_lanes(spec: SegmentSpec) -> tuple[Lane, ...]:
    """Lanes from the lowest to the topmost; the AI label lies over everything."""
    lower = _lower_lanes(spec)
    headline = headline_of(spec)
    lanes = (*lower, *([_headline(headline, spec, lower)] if headline else []), _label_lane(spec))
    return tuple(lane for lane in lanes if not lane.is_empty)


def headline_lane_of(spec: SegmentSpec) -> Lane | None:
    """The headline of a stretch by itself."""
    headline = headline_of(spec)
    return _headline(headline, spec, _lower_lanes(spec)) if headline else None


def headline_of(spec: SegmentSpec) -> HeadlineClip | None:
    return next((clip for clip in spec.track("sticker") if isinstance(clip, HeadlineClip)), None)


def _lower_lanes(spec: SegmentSpec) -> tuple[Lane, Lane]:
    """Captions and stickers."""
    stickers = [clip for clip in spec.track("sticker") if isinstance(clip, StickerClip)]
    return (
        lane_of([_caption(clip, spec) for clip in captions(spec)], spec.frames),
        lane_of([_sticker(clip, spec) for clip in stickers], spec.frames),
    )


def _label_lane(spec: SegmentSpec) -> Lane:
    return lane_of([_label(clip, spec) for clip in spec.track("label") if isinstance(clip, LabelClip)], spec.frames)


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
    return sticker_lane(clip, spec.canvas, spec.safe_area, spec.brand, _below_label(spec))


def _below_label(spec: SegmentSpec) -> int:
    """The label's row stays free on every canvas and in every segment, so that nothing below it ever jumps."""
    return spec.safe_area.top + round(label_glyph_px(spec.canvas) * 2.3)


def _headline(clip: HeadlineClip, spec: SegmentSpec, lower: tuple[Lane, Lane]) -> Lane:
    short = min(spec.canvas.width, spec.canvas.height)
    lane = headline_lane(clip, _headline_room(spec, lower, short), short, spec.brand)
    return lane_of([lane], spec.frames)


def _headline_room(spec: SegmentSpec, lower: tuple[Lane, Lane], short: int) -> Room:
    """What label, captions and stickers leave of the safe area: below a sticker, or beside it where little is left."""
    captions_lane, stickers = lower
    gap = round(short * 0.02)
    top, bottom, right = _below_label(spec) + gap, spec.safe_area.bottom, spec.safe_area.right
    if captions_lane.boxes:
        bottom = min(box.top for box in captions_lane.boxes) - 2 * gap
    if not stickers.is_empty:
        left, _, _, foot = stickers.rect
        if bottom - foot >= short * HEADLINE_SHARE:
            top = foot + gap
        else:
            right = left - gap
    return Room(spec.safe_area.left, top, right, bottom)


def _label(clip: LabelClip, spec: SegmentSpec) -> Lane:
    return label_lane(clip, spec.canvas, spec.safe_area)


def text_boxes(lanes: tuple[Lane, ...]) -> tuple[TextBox, ...]:
    return tuple(box for lane in lanes for box in lane.boxes)
