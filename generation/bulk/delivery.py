"""A recipe goes out: signed once, then read from its segments as often as anybody asks."""

from __future__ import annotations

import logging
import time
import uuid
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from generation.assembly.deliver import sign_head, write_file
from generation.assembly.recipe import HeadOutdated
from generation.assembly.virtual import DamagedSegment, VirtualFile
from generation.bulk.making import make_segments
from generation.bulk.orders import are_open, want_again
from generation.bulk.recipes import SegmentsMissing, open_recipe, put_together_anew
from generation.contracts import Provenance
from generation.models import Recipe
from generation.provenance.chain import load_chain

logger = logging.getLogger(__name__)

TRIES = 3
MEND_SECONDS = 120.0
LOOK_SECONDS = 0.1


def signed_file(recipe_id: uuid.UUID | str) -> VirtualFile:
    """The ad as it is delivered: labelled, signed, of known length, nothing written.

    A segment that is gone or damaged is rendered again first, here and now, however long
    that takes. Raises SigningFailed when the signature does not hold; then nothing goes out.
    """
    recipe = Recipe.objects.get(pk=recipe_id)
    for _ in range(TRIES - 1):
        try:
            return _signed(recipe)
        except DamagedSegment as damaged:
            _mend([damaged.key])
        except SegmentsMissing as missing:
            _mend(list(missing.keys))
        except HeadOutdated:
            # A segment came out with other packets when it was rendered again: the tables have to follow.
            put_together_anew(recipe)
        recipe.refresh_from_db()
    return _signed(recipe)


def _mend(keys: list[str]) -> None:
    """Render these again; those that a worker took up meanwhile are waited for."""
    logger.warning("rendering %d segments again for a delivery", len(keys))
    want_again(keys)
    make_segments(keys)
    deadline = time.monotonic() + MEND_SECONDS
    while are_open(keys) and time.monotonic() < deadline:
        time.sleep(LOOK_SECONDS)


def _signed(recipe: Recipe) -> VirtualFile:
    if recipe.signed_head is None:
        with open_recipe(recipe) as plain:
            provenance = Provenance(settings.LABEL_PRODUCER, str(recipe.id), recipe.title)
            signed = sign_head(plain, provenance, load_chain(settings.ADLOOM_HOME))
        recipe.signed_head = signed
        recipe.signed_size_bytes = recipe.size_bytes - len(recipe.head) + len(signed)
        recipe.signed_at = timezone.now()
        recipe.save(update_fields=["signed_head", "signed_size_bytes", "signed_at"])
    whole = open_recipe(recipe, bytes(recipe.signed_head))
    # Damage shows here, where it can still be mended, and not when half of the ad is out.
    whole.iter_range(0, whole.size - 1)
    return whole


def write_signed(recipe_id: uuid.UUID | str, path: Path) -> str:
    """Write the signed ad to `path`, whole or not at all; returns its SHA-256."""
    for attempt in range(TRIES):
        with signed_file(recipe_id) as virtual:
            try:
                write_file(virtual, path)
                return virtual.sha256()
            except DamagedSegment as damaged:
                if attempt == TRIES - 1:
                    raise
                _mend([damaged.key])
    raise AssertionError("unreachable")
