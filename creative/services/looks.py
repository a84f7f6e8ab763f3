"""How the ads of a batch look: canvas, safe area, brand, label words."""

from __future__ import annotations

from core.contracts import Platform
from core.platforms import LABEL_TEXTS, profile, ratio_of
from core.storage import bring_here
from creative.contracts import BriefData
from creative.models import Batch
from creative.selectors import product_picture
from creative.storyboard import Look
from generation import api as generation
from generation.contracts import Brand, Canvas, SafeArea


def look_of(batch: Batch, data: BriefData) -> Look:
    """Canvas, safe area, brand and label of a batch."""
    canvas = parse_canvas(batch.canvas)
    advertiser = batch.advertiser
    return Look(
        canvas=canvas,
        safe_area=safe_area_of(canvas, data.platform),
        brand=Brand(
            name=data.product.name,
            primary=advertiser.color_primary,
            secondary=advertiser.color_secondary,
            accent=advertiser.color_accent,
            picture_path=_picture_path(batch),
        ),
        label_text=LABEL_TEXTS[data.language],
        sticker_text=data.product.price_text,
        sticker_detail=data.product.offer,
    )


def _picture_path(batch: Batch) -> str:
    """The product's own picture where one was chosen, else a cut-out among the materials."""
    product = batch.brief.product
    if product and product.picture_sha256:
        return generation.stored_path(product.picture_sha256)
    found = product_picture(batch.advertiser, batch.folder)
    return str(bring_here(found)) if found else ""


def safe_area_of(canvas: Canvas, platform: Platform) -> SafeArea:
    """What a platform leaves uncovered of a canvas."""
    placement = profile(platform).placement(ratio_of(canvas.width, canvas.height) or "9:16")
    area = placement.scaled(canvas.width, canvas.height)
    return SafeArea(area.safe_left, area.safe_top, area.safe_right, area.safe_bottom)


def parse_canvas(text: str) -> Canvas:
    """ "1080x1920" as a canvas."""
    width, height = text.split("x")
    return Canvas(int(width), int(height))
