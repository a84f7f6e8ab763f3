"""Stills of made ads, taken once when first asked for."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings

from core.errors import AdloomError
from core.storage import bring_here
from creative.models import Ad
from generation import api as generation

AT_SHARE = 0.12
"""A tenth in, the hook's picture stands and its caption with it."""


def poster_of(ad: Ad) -> str:
    """Path of a JPEG of `ad`; "" while it has no file, or its segments are gone from the store."""
    if ad.is_recipe:
        return _poster_of_recipe(ad)
    if not ad.path:
        return ""
    target: Path = settings.ADLOOM_HOME / "posters" / f"{ad.sha256}.jpg"
    if not target.is_file():
        fresh = target.with_name(f".{ad.id}.jpg")
        try:
            generation.save_still(bring_here(ad.path), fresh, at_seconds=max(0.3, ad.frames / 30 * AT_SHARE))
            fresh.replace(target)
        except (AdloomError, FileNotFoundError):
            return ""
    return str(target)


def _poster_of_recipe(ad: Ad) -> str:
    """The still of its first segment, which it shares with every ad that opens alike."""
    keys = generation.recipe_segments([ad.id]).get(ad.id)
    if not keys:
        return ""
    try:
        return str(generation.segment_still(keys[0]))
    except (AdloomError, FileNotFoundError):
        return ""
