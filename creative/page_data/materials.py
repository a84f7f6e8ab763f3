"""The page of materials: files with their state, refused ones with the way out, shots as pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Advertiser
from core.templatetags.slots import ROLE_WORDS
from creative.contracts import ROLES
from creative.models import Material, Shot
from creative.page_data.words import refusal_words
from generation import api as generation

FPS = 30
SHOTS_SHOWN = 120
DARK, SOFT, STILL = 0.18, 0.25, 0.03


@dataclass(frozen=True)
class FileRow:
    """One uploaded file; `share` is how much of it has been read, 0..1."""

    material: Material
    shots: int
    share: float
    reason: str = ""


@dataclass(frozen=True)
class ShotCard:
    """One shot as a picture with what is known of it; `flaws` are words such as "dark"."""

    shot: Shot
    name: str
    from_seconds: float
    to_seconds: float
    seconds: float
    picture_url: str
    video_url: str
    flaws: tuple[str, ...]


@dataclass(frozen=True)
class Filter:
    """A chip over the grid."""

    word: str
    key: str
    count: int
    is_chosen: bool


@dataclass(frozen=True)
class MaterialsPage:
    """Everything the page shows."""

    files: tuple[FileRow, ...]
    refused: tuple[FileRow, ...]
    reading: tuple[FileRow, ...]
    shots: tuple[ShotCard, ...]
    filters: tuple[Filter, ...]
    sentence: str
    typed: str
    show: str
    more: int
    roles: list[tuple[str, str]] = field(default_factory=list)


def materials_page(advertiser: Advertiser, show: str = "", typed: str = "") -> MaterialsPage:
    """The page with one filter chosen (`show`: a role, plain, hidden, refused) and a search typed."""
    materials = list(
        Material.objects.for_advertiser(advertiser).annotate(shots_count=Count("shots")).order_by("-created_at")
    )
    rows = [_file_row(row) for row in materials]
    shots = _shots(advertiser)
    chosen = _filtered(shots, show, typed)
    return MaterialsPage(
        files=tuple(row for row in rows if row.material.state != Material.State.REFUSED),
        refused=tuple(row for row in rows if row.material.state == Material.State.REFUSED),
        reading=tuple(row for row in rows if row.material.state == Material.State.WAITING),
        shots=tuple(shot_card(shot) for shot in chosen[:SHOTS_SHOWN]),
        filters=_filters(shots, show),
        sentence=_sentence(rows, shots.filter(is_hidden=False).count()),
        typed=typed,
        show=show,
        more=max(0, chosen.count() - SHOTS_SHOWN),
        roles=role_choices(),
    )


def role_choices() -> list[tuple[str, str]]:
    """Roles for a select, the open one first."""
    return [("", _("any slot")), *((role, str(ROLE_WORDS[role])) for role in ROLES)]


def _shots(advertiser: Advertiser) -> QuerySet[Shot]:
    shots: QuerySet[Shot] = Shot.objects.for_advertiser(advertiser)
    return shots.filter(material__state=Material.State.READY).select_related("material")


def _filtered(shots: QuerySet[Shot], show: str, typed: str) -> QuerySet[Shot]:
    if show == "hidden":
        shots = shots.filter(is_hidden=True)
    elif show == "plain":
        shots = shots.filter(role="", is_hidden=False)
    elif show in ROLES:
        shots = shots.filter(role=show, is_hidden=False)
    if typed:
        shots = shots.filter(search_text__icontains=typed) | shots.filter(material__name__icontains=typed)
    return shots


def _filters(shots: QuerySet[Shot], show: str) -> tuple[Filter, ...]:
    counts = dict(shots.filter(is_hidden=False).order_by().values_list("role").annotate(Count("id")))
    hidden = shots.filter(is_hidden=True).count()
    total = sum(counts.values()) + hidden
    chips = [Filter(_("All"), "", total, show == "")]
    chips += [Filter(str(ROLE_WORDS[role]), role, counts.get(role, 0), show == role) for role in ROLES]
    chips.append(Filter(_("any slot"), "plain", counts.get("", 0), show == "plain"))
    if hidden:
        chips.append(Filter(_("set aside"), "hidden", hidden, show == "hidden"))
    return tuple(chips)


def _sentence(rows: list[FileRow], usable: int) -> str:
    files = sum(row.material.state == Material.State.READY for row in rows)
    parts = [
        ngettext("%(count)d file", "%(count)d files", files) % {"count": files},
        ngettext("%(count)d usable shot", "%(count)d usable shots", usable) % {"count": usable},
    ]
    refused = sum(row.material.state == Material.State.REFUSED for row in rows)
    if refused:
        parts.append(ngettext("%(count)d refused", "%(count)d refused", refused) % {"count": refused})
    return _(" · ").join(parts)


def _file_row(material: Material) -> FileRow:
    share = 0.0
    if material.state == Material.State.WAITING and material.job_id:
        share = sum(generation.progress_of([material.job_id]))
    if material.state == Material.State.REFUSED:
        return FileRow(material, 0, 0.0, refusal_words(material))
    return FileRow(material, material.shots_count, share)  # type: ignore[attr-defined] # annotated above


def shot_card(shot: Shot) -> ShotCard:
    """One shot as a card."""
    is_picture = shot.material.media == "picture"
    return ShotCard(
        shot=shot,
        name=shot.material.name,
        from_seconds=shot.start_frame / FPS,
        to_seconds=shot.end_frame / FPS,
        seconds=(shot.end_frame - shot.start_frame) / FPS,
        picture_url=reverse("creative:shot_picture", args=[shot.id]),
        video_url="" if is_picture else reverse("creative:material_video", args=[shot.material_id]),
        flaws=_flaws(shot),
    )


def _flaws(shot: Shot) -> tuple[str, ...]:
    found: list[Any] = []
    if shot.brightness < DARK:
        found.append(_("dark"))
    if shot.sharpness < SOFT:
        found.append(_("soft"))
    if not shot.fits_portrait:
        found.append(_("wide"))
    return tuple(found)
