"""Jumping by name: briefs, materials and references."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from core.models import Advertiser
from creative.models import Brief, Material, Reference

SHOWN_OF_A_KIND = 4


@dataclass(frozen=True)
class Hit:
    """Something found by its name."""

    name: str
    kind: str
    icon: str
    url: str


def find_by_name(advertiser: Advertiser, typed: str) -> list[Hit]:
    """A few of each kind whose name holds `typed`, briefs first."""
    briefs = Brief.objects.for_advertiser(advertiser).filter(title__icontains=typed)[:SHOWN_OF_A_KIND]
    materials = Material.objects.for_advertiser(advertiser).filter(name__icontains=typed)[:SHOWN_OF_A_KIND]
    references = Reference.objects.filter(Q(advertiser=advertiser) | Q(advertiser=None), title__icontains=typed)
    return [
        *(Hit(row.title, _("brief"), "brief", reverse("creative:brief", args=[row.id])) for row in briefs),
        *(Hit(row.name, _("material"), "material", _search_url("materials", row.name)) for row in materials),
        *(
            Hit(row.title, _("reference"), "reference", reverse("creative:reference", args=[row.id]))
            for row in references[:SHOWN_OF_A_KIND]
        ),
    ]


def _search_url(page: str, name: str) -> str:
    return f"{reverse(f'creative:{page}')}?{urlencode({'q': name})}"
