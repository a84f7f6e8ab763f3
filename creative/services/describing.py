"""Having materials described, and finding their shots by what was seen in them."""

from __future__ import annotations

from pathlib import Path

from django.db import transaction

from core.contracts import load
from core.models import Advertiser, Product
from creative.material_words import guess_role
from creative.models import Material
from creative.services import materials
from generation import api as generation
from generation.contracts import Understanding, VideoDescription

REPLY_TO = "creative.take_description"
MOST_PRODUCTS = 6
"""Pictures of products looked for in a shot; each costs a tenth of a second."""


def order_description(material: Material) -> None:
    """Have a readable video or picture looked at; does nothing for sound and for what is being looked at already."""
    if material.state != Material.State.READY or material.media not in ("video", "picture"):
        return
    if generation.is_being_described(material.advertiser, material.sha256):
        return
    understood = load(Understanding, material.understanding)
    file = generation.ToDescribe(
        sha256=material.sha256,
        path=understood.source.path,
        title=Path(material.name).stem,
        language="en" if material.advertiser.language == "en" else "zh-CN",
        media="picture" if material.media == "picture" else "video",
        shots=tuple((shot.start_frame, shot.end_frame) for shot in understood.shots),
        notes=str(understood.probe.get("title", "")),
        products=_product_pictures(material.advertiser),
    )
    generation.order_description(material.advertiser, file, REPLY_TO)


def take_understanding(job_id: str) -> None:
    """Book what came of a file's understanding; where a model can look, it is described next.

    Elsewhere that happens only on request: boxes alone are seldom worth a second look at every file.
    """
    material = materials.take_understanding(job_id)
    if material is not None and generation.vision_model(material.advertiser_id) is not None:
        order_description(material)


@transaction.atomic
def take_description(job_id: str) -> None:
    """The words seen in each shot become words it is found by. Safe to hear twice."""
    job = generation.job(job_id)
    generation.mark_heard(job_id)
    if job.state != "done":
        return
    found = load(VideoDescription, job.result)
    seen = {shot.start_frame: shot.words for shot in found.shots}
    for material in Material.objects.for_advertiser(job.advertiser).filter(sha256=found.sha256):
        for shot in material.shots.all():
            was, typed = guess_role(shot.words), tuple(word for word in shot.words if word not in material.words)
            chosen = shot.role if shot.role not in (material.role, was) else ""
            materials.describe_shot(shot, material, tuple(dict.fromkeys([*typed, *seen.get(shot.start_frame, ())])))
            shot.role = chosen or shot.role
            shot.save()


def _product_pictures(advertiser: Advertiser) -> tuple[str, ...]:
    products = Product.objects.for_advertiser(advertiser).exclude(picture_sha256="").order_by("-updated_at")
    return tuple(str(generation.stored_path(each.picture_sha256)) for each in products[:MOST_PRODUCTS])
