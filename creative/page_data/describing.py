"""What a file shows, as its page shows it: a picture of each shot with what was found in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from core.contracts import load
from core.llm.gateway import objection_to_model
from creative.models import Material
from generation import api as generation
from generation.contracts import Box, ShotDescription, VideoDescription

FPS = 30
DEGRADED = ("captions:none", "captions:some", "title:unchecked")


@dataclass(frozen=True)
class Marked:
    """A rectangle over a picture, in hundredths of its sides; `kind` is person, product or subtitle."""

    kind: str
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True)
class SeenShot:
    """One shot: its picture, the boxes over it, its caption."""

    number: int
    picture_url: str
    from_seconds: float
    to_seconds: float
    caption: str
    words: tuple[str, ...]
    boxes: tuple[Marked, ...]
    counts: tuple[str, ...]


@dataclass(frozen=True)
class DescriptionPage:
    """A file's description, or that there is none yet."""

    material: Material
    title: str
    was_title: str
    summary: str
    shots: tuple[SeenShot, ...]
    notes: tuple[str, ...]
    model: str
    is_there: bool
    is_running: bool
    is_approved: bool
    approved_by: str
    can_look: bool
    objection: str
    """Why the language model that is set up may not look for this advertiser, with the way out; "" where it may."""


def description_page(material: Material) -> DescriptionPage:
    """Everything the page of one file shows."""
    row = generation.descriptions(material.advertiser, [material.sha256]).get(material.sha256)
    found = load(VideoDescription, row.found) if row and row.found else None
    return DescriptionPage(
        material=material,
        title=row.title if row else material.name,
        was_title=found.was_title if found and found.was_title != found.title else "",
        summary=found.summary if found else "",
        shots=_shots(material, found.shots) if found else (),
        notes=tuple(_note(each) for each in found.degraded) if found else (),
        model=found.model if found else "",
        is_there=found is not None,
        is_running=generation.is_being_described(material.advertiser, material.sha256),
        is_approved=bool(row and row.approved_at),
        approved_by=row.approved_by if row else "",
        can_look=generation.vision_model(material.advertiser_id) is not None,
        objection=objection_to_model(material.advertiser_id),
    )


def _shots(material: Material, described: Sequence[ShotDescription]) -> tuple[SeenShot, ...]:
    by_start = {shot.start_frame: shot for shot in material.shots.all()}
    return tuple(
        SeenShot(
            number=number,
            picture_url=_picture(by_start.get(each.start_frame)),
            from_seconds=each.start_frame / FPS,
            to_seconds=each.end_frame / FPS,
            caption=each.caption,
            words=each.words,
            boxes=_boxes(each),
            counts=_counts(each),
        )
        for number, each in enumerate(described, 1)
    )


def _picture(shot: object) -> str:
    return reverse("creative:shot_picture", args=[shot.pk]) if hasattr(shot, "pk") else ""


def _boxes(shot: ShotDescription) -> tuple[Marked, ...]:
    kinds: tuple[tuple[str, tuple[Box, ...]], ...] = (
        ("person", shot.persons),
        ("product", shot.products),
        ("subtitle", shot.subtitles),
    )
    return tuple(
        Marked(
            kind,
            round(100 * box.left, 2),
            round(100 * box.top, 2),
            round(100 * box.width, 2),
            round(100 * box.height, 2),
        )
        for kind, boxes in kinds
        for box in boxes
    )


def _counts(shot: ShotDescription) -> tuple[str, ...]:
    counted = (
        (_("persons: %(count)d"), len(shot.persons)),
        (_("product: %(count)d"), len(shot.products)),
        (_("burnt-in lines: %(count)d"), len(shot.subtitles)),
    )
    return tuple(sentence % {"count": count} for sentence, count in counted if count)


def _note(mark: str) -> str:
    return {
        "captions:none": _("No model looked at this file: boxes are all there is. Captions may be typed here."),
        "captions:some": _("The model said nothing usable of some shots; their captions are empty."),
        "title:unchecked": _("The title was not checked against what is shown."),
    }.get(mark, mark)
