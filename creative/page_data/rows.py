"""The row of references for a brief, and what the picked structure would mean with this footage."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.models import Advertiser
from core.templatetags.slots import role_word
from creative.contracts import BriefData, ClipOption, Preview, RowEntry, Structure
from creative.models import Brief, Pick, Reference, Script
from creative.page_data.briefs import CATEGORY_WORDS, PLATFORM_WORDS, Step, steps
from creative.page_data.reference_words import format_word, intent_words, reason_words
from creative.references import api as references
from creative.selectors import brief_data, clip_options, usable_shots

FPS = 30
SHORTEST_CLIP_SECONDS = 0.6


@dataclass(frozen=True)
class RowCard:
    """One playable card of the row."""

    id: str
    title: str
    score: int
    need: int
    performance: int
    diversity: int
    slots: tuple[tuple[str, float], ...]
    seconds: float
    format: str
    rights: str
    reasons: tuple[str, ...]
    video_url: str
    poster_url: str
    is_picked: bool


@dataclass(frozen=True)
class StructureSlotView:
    """A slot of the picked structure: how long, what it does."""

    role: str
    seconds: float
    intent: str


@dataclass(frozen=True)
class Picked:
    """The picked reference, large."""

    reference: Reference
    slots: tuple[StructureSlotView, ...]
    seconds: float
    format: str
    figures: str
    rights: str
    url: str
    preview: Preview
    preview_words: str
    gap_words: str
    script_url: str


@dataclass(frozen=True)
class RowPage:
    """Everything the page of the row shows."""

    brief: Brief
    cards: tuple[RowCard, ...]
    picked: Picked | None
    steps: Sequence[Step]
    sentence: str
    chips: tuple[str, ...]
    library: int


def row_page(advertiser: Advertiser, brief: Brief, entries: list[RowEntry] | None = None) -> RowPage:
    """The row for `brief`, with the newest pick lit. The search is timed and says so."""
    data = brief_data(brief)
    library = references.visible_references(advertiser).count()
    began = time.perf_counter()
    entries = references.row_for(data, advertiser) if entries is None else entries
    seconds = time.perf_counter() - began
    pick = Pick.objects.filter(brief=brief).select_related("reference").first()
    picked_id = str(pick.reference_id) if pick else ""
    return RowPage(
        brief=brief,
        cards=tuple(_card(entry, picked_id) for entry in entries),
        picked=_picked(advertiser, brief, pick) if pick else None,
        steps=steps(brief, "references"),
        sentence=_sentence(len(entries), library, seconds),
        chips=_chips(data),
        library=library,
    )


def _sentence(count: int, library: int, seconds: float) -> str:
    words = _(
        "%(count)d chosen from %(library)d in %(seconds)s s. "
        "Only order, length and pace are borrowed, never a sentence."
    )
    return words % {"count": count, "library": library, "seconds": f"{max(seconds, 0.01):.2f}"}


def _chips(data: BriefData) -> tuple[str, ...]:
    """What the row was chosen for, in the brief's words."""
    return (
        str(CATEGORY_WORDS.get(data.product.category_key, data.product.category)),
        str(PLATFORM_WORDS.get(data.platform, data.platform)),
        _("%(seconds)s s") % {"seconds": f"{data.length_seconds:g}"},
        *((data.product.price_text,) if data.product.price_text else ()),
        *((data.product.audience,) if data.product.audience else ()),
    )


def _card(entry: RowEntry, picked_id: str) -> RowCard:
    return RowCard(
        id=entry.reference_id,
        title=entry.title,
        score=round(entry.score),
        need=round(entry.need),
        performance=round(entry.performance),
        diversity=round(entry.diversity),
        slots=tuple((slot.role, slot.seconds) for slot in entry.structure.slots),
        seconds=entry.structure.seconds,
        format=format_word(entry.format),
        rights=rights_words(entry.rights),
        reasons=tuple(reason_words(code) for code in entry.reasons[:2]),
        video_url=reverse("creative:reference_video", args=[entry.reference_id]),
        poster_url=reverse("creative:reference_poster", args=[entry.reference_id]),
        is_picked=entry.reference_id == picked_id,
    )


def rights_words(rights: str) -> str:
    """What is borrowed, and whether rights to the pictures are noted; no picture is used either way."""
    return (
        _("structure only; rights to its pictures noted")
        if rights == Reference.Rights.MAY_REUSE_PIXELS
        else _("structure only")
    )


def _picked(advertiser: Advertiser, brief: Brief, pick: Pick) -> Picked:
    reference = pick.reference
    structure = references.reference_structure(reference)
    preview = preview_of(structure, clip_options(usable_shots(advertiser)))
    script = Script.objects.filter(brief=brief, reference=reference).order_by("-is_chosen", "-created_at").first()
    return Picked(
        reference=reference,
        slots=tuple(StructureSlotView(slot.role, slot.seconds, intent_words(slot.intent)) for slot in structure.slots),
        seconds=structure.seconds,
        format=format_word(structure.format),
        figures=figures_of(reference),
        rights=rights_words(reference.rights),
        url=reverse("creative:reference", args=[reference.id]),
        preview=preview,
        preview_words=_("Your footage can fill %(fillable)d of %(slots)d slots.")
        % {"fillable": preview.fillable, "slots": preview.slots},
        gap_words=_gap_words(preview),
        script_url=reverse("creative:script", args=[brief.id, script.id]) if script else "",
    )


def figures_of(reference: Reference) -> str:
    """How the reference did, with its base; nothing where nobody told."""
    if not reference.impressions:
        return _("No figures were given for it.")
    return _("%(impressions)s impressions, %(rate)s %% clicked") % {
        "impressions": f"{reference.impressions:,}",
        "rate": f"{100 * reference.clicks / reference.impressions:.1f}",
    }


def _gap_words(preview: Preview) -> str:
    if not preview.gaps:
        return ""
    counts = {role: preview.gaps.count(role) for role in preview.gaps}
    gaps = _(", ").join(
        ngettext("%(role)s lacks %(count)d clip", "%(role)s lacks %(count)d clips", count)
        % {"role": role_word(role), "count": count}
        for role, count in counts.items()
    )
    return _("%(gaps)s; a card stands in.") % {"gaps": gaps}


def preview_of(structure: Structure, options: Sequence[ClipOption]) -> Preview:
    """Which slots the shots could fill if each were used once: those marked for the role, then those for any slot.

    A slot longer than one clip is filled by several; a marked shot never stands in for another role.
    """
    free = [option for option in options if option.is_picture or option.frames >= SHORTEST_CLIP_SECONDS * FPS]
    gaps: list[str] = []
    for slot in structure.slots:
        fits = [option for option in free if option.role == slot.role] or [option for option in free if not option.role]
        wanted, taken = slot.seconds * FPS, 0.0
        for option in fits:
            if taken >= wanted:
                break
            free.remove(option)
            taken += wanted if option.is_picture else option.frames
        if not taken:
            gaps.append(slot.role)
    return Preview(len(structure.slots) - len(gaps), len(structure.slots), tuple(gaps))
