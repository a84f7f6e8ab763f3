"""What a page says of an ad that is a recipe: its size, its checks, its label, how it is delivered."""

from __future__ import annotations

from dataclasses import dataclass

from creative.models import Ad
from creative.services.bulk.delivery import TRUSTED, link_path
from generation import api as generation
from generation.contracts import Check, LabelReport

SEGMENTS_LOOKED_AT = "segments_whole"


@dataclass(frozen=True)
class RecipeSide:
    """A recipe on a page. `is_waiting` when segments of it are gone from the store and are made again first.

    `delivery_path` gives the signed ad to whoever has it; "" for an ad that may not go out.
    """

    size_bytes: int
    recipe_bytes: int
    segments: int
    checks: tuple[Check, ...]
    label: LabelReport | None
    delivery_path: str
    is_waiting: bool


def recipe_side(ad: Ad) -> RecipeSide:
    """The recipe of a bulk ad, its structure read again."""
    path = link_path(ad) if ad.state == Ad.State.READY else ""
    try:
        view = generation.recipe_views([ad.id]).get(ad.id)
    except generation.SegmentsMissing:
        view = None
    if view is None:
        return RecipeSide(0, 0, 0, (), None, path, True)
    state = TRUSTED if view.signed_bytes else ""
    return RecipeSide(
        size_bytes=view.signed_bytes or view.size_bytes,
        recipe_bytes=view.head_bytes,
        segments=view.segments,
        checks=(*view.checks, _first_look(ad, view.segments)),
        label=LabelReport(view.label_to_frame, view.label_glyph_px, view.aigc, state),
        delivery_path=path,
        is_waiting=False,
    )


def _first_look(ad: Ad, segments: int) -> Check:
    """Every segment was decoded and looked at when it was made: one line for all of them."""
    keys = generation.recipe_segments([ad.id])[ad.id]
    verdicts = generation.segment_verdicts(keys)
    wrong = [why for state, why in verdicts.values() if state in ("refused", "failed")]
    return Check(
        SEGMENTS_LOOKED_AT, not wrong, float(len(verdicts) - len(wrong)), float(segments), None, "; ".join(wrong)
    )
