"""A contact sheet of a bulk batch: ads spread over it, one row an ad, one picture a slot."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings
from django.db.models import F

from creative.models import Batch
from creative.services.downloads import ready_ads
from generation import api as generation

ADS_SHOWN = 12


def contact_sheet(batch: Batch) -> Path | None:
    """The sheet as a JPEG, drawn once for the ads it shows; None while no ad is ready. Raises SegmentsMissing."""
    recipes = ready_ads(batch).filter(is_recipe=True)
    step = max(1, recipes.count() // ADS_SHOWN)
    spread = recipes.annotate(place=F("position") % step).filter(place=0)
    ids = list(spread.values_list("pk", flat=True)[:ADS_SHOWN])
    if not ids:
        return None
    name = hashlib.sha256("".join(map(str, ids)).encode()).hexdigest()[:24]
    target: Path = settings.ADLOOM_HOME / "posters" / f"sheet-{name}.jpg"
    return target if target.is_file() else generation.recipe_sheet(ids, target)
