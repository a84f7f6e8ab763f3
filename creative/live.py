"""What open pages are told while work goes on."""

from __future__ import annotations

from core.live_updates import publish
from creative.models import Batch, Material, Reference

LIVE_TOPICS = ("materials", "references", "batch:")
"""What open pages of this app hear of."""


def tell_batch(batch: Batch) -> None:
    """A batch moved; pages that show it fetch their part again."""
    publish(str(batch.advertiser_id), f"batch:{batch.id}", {"batch": str(batch.id)})


def tell_material(material: Material) -> None:
    """A material was taken or refused."""
    publish(str(material.advertiser_id), "materials", {"material": str(material.id)})


def tell_reference(reference: Reference) -> None:
    """A reference of the advertiser's own was taken or refused; the shared library tells nobody."""
    if reference.advertiser_id:
        publish(str(reference.advertiser_id), "references", {"reference": str(reference.id)})
