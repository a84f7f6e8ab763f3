"""The library of references and one reference, large."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Advertiser
from creative.models import Reference
from creative.page_data.briefs import CATEGORY_WORDS, PLATFORM_WORDS
from creative.page_data.materials import Filter
from creative.page_data.reference_words import confidence_words, format_word, intent_words
from creative.page_data.rows import figures_of, rights_words
from creative.page_data.words import refusal_words

SHOWN = 60


@dataclass(frozen=True)
class ReferenceCard:
    """A reference in the library."""

    reference: Reference
    slots: tuple[tuple[str, float], ...]
    format: str
    category: str
    platform: str
    rights: str
    figures: str
    video_url: str
    poster_url: str
    is_own: bool
    reason: str = ""


@dataclass(frozen=True)
class Library:
    """Everything the page shows."""

    cards: tuple[ReferenceCard, ...]
    refused: tuple[ReferenceCard, ...]
    reading: tuple[ReferenceCard, ...]
    filters: tuple[Filter, ...]
    total: int
    more: int
    show: str


def visible(advertiser: Advertiser) -> QuerySet[Any]:
    """The shared library and the advertiser's own, whatever state they are in."""
    return Reference.objects.filter(Q(advertiser=advertiser) | Q(advertiser=None, state=Reference.State.READY))


def library(advertiser: Advertiser, show: str = "") -> Library:
    """The library with one filter chosen: own, or a category."""
    rows = visible(advertiser)
    ready = rows.filter(state=Reference.State.READY)
    chosen = ready.filter(advertiser=advertiser) if show == "own" else ready.filter(category=show) if show else ready
    chosen = chosen.order_by("advertiser_id", "-impressions", "title")
    own = rows.filter(advertiser=advertiser)
    return Library(
        cards=tuple(card(row, advertiser) for row in chosen.prefetch_related("slots")[:SHOWN]),
        refused=tuple(card(row, advertiser) for row in own.filter(state=Reference.State.REFUSED)),
        reading=tuple(card(row, advertiser) for row in own.filter(state=Reference.State.WAITING)),
        filters=_filters(ready, advertiser, show),
        total=ready.count(),
        more=max(0, chosen.count() - SHOWN),
        show=show,
    )


def _filters(ready: QuerySet[Any], advertiser: Advertiser, show: str) -> tuple[Filter, ...]:
    chips = [
        Filter(_("All"), "", ready.count(), show == ""),
        Filter(_("yours"), "own", ready.filter(advertiser=advertiser).count(), show == "own"),
    ]
    for key, word in CATEGORY_WORDS.items():
        count = ready.filter(category=key).count()
        if count:
            chips.append(Filter(str(word), key, count, show == key))
    return tuple(chips)


def card(row: Reference, advertiser: Advertiser) -> ReferenceCard:
    """One reference as a card."""
    is_refused = row.state == Reference.State.REFUSED
    return ReferenceCard(
        reference=row,
        slots=tuple((slot.role, slot.end_seconds - slot.start_seconds) for slot in row.slots.all()),
        format=format_word(row.format),
        category=str(CATEGORY_WORDS.get(row.category, row.category)),
        platform=str(PLATFORM_WORDS.get(row.platform, row.platform)),
        rights=rights_words(row.rights),
        figures=figures_of(row),
        video_url=reverse("creative:reference_video", args=[row.id]),
        poster_url=reverse("creative:reference_poster", args=[row.id]),
        is_own=row.advertiser_id == advertiser.pk,
        reason=refusal_words(row) if is_refused else "",
    )


def detail(row: Reference, advertiser: Advertiser) -> dict[str, Any]:
    """One reference, large: its slots with intents, where the structure came from."""
    slots = [
        {
            "role": slot.role,
            "start": slot.start_seconds,
            "end": slot.end_seconds,
            "seconds": slot.end_seconds - slot.start_seconds,
            "intent": intent_words(slot.intent),
            "pace": slot.pace,
        }
        for slot in row.slots.all()
    ]
    return {"card": card(row, advertiser), "slots": slots, "confidence": confidence_words(row.confidence)}
