"""Where an ad or a material is posted, as its page lists it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from django.urls import reverse

from core.models import Advertiser
from creative.models import Ad, Material
from generation import api as generation


@dataclass(frozen=True)
class PostRow:
    """One post, and the address that takes it off the books."""

    post: str
    forget_url: str


@dataclass(frozen=True)
class PostsPanel:
    """All of them; more can be booked where there is a video that may be out. Under `asked` viewers ask about a video
    that nobody has named."""

    rows: tuple[PostRow, ...]
    asked: tuple[str, ...]
    book_url: str
    can_be_booked: bool


def posts_of_ad(ad: Ad) -> PostsPanel:
    """Of one version of an ad: the one that was posted is the one that answers."""
    is_out = ad.state == Ad.State.READY and not ad.batch.is_draft
    return _panel(ad.advertiser, ad.pk, "ad", is_out)


def posts_of_material(material: Material) -> PostsPanel:
    """Of a video that was posted as it is."""
    is_video = material.state == Material.State.READY and material.media == "video"
    return _panel(material.advertiser, material.pk, "material", is_video)


def _panel(advertiser: Advertiser, key: uuid.UUID, kind: str, can_be_booked: bool) -> PostsPanel:
    rows = tuple(
        PostRow(row.post, reverse(f"creative:forget_{kind}_post", args=[key, row.pk]))
        for row in generation.posts_of(advertiser, key)
    )
    asked = tuple(row.post for row in generation.unknown_posts(advertiser)) if can_be_booked else ()
    return PostsPanel(rows, asked, reverse(f"creative:book_{kind}_post", args=[key]), can_be_booked)
