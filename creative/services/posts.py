"""Where ads and materials stand in public: viewers' questions there are answered from what these show."""

from __future__ import annotations

from collections.abc import Iterator

from core.contracts import load
from creative.contracts import PlannedShot
from creative.models import Ad, Material, Shot
from creative.selectors import has_plan, plan_of
from generation import api as generation
from generation.contracts import FPS, Understanding, VideoPart


def book_post(work: Ad | Material, written: str) -> str:
    """Book the post that a member pasted as showing `work`; its name. InputError says what is wrong with it."""
    parts = parts_of_ad(work) if isinstance(work, Ad) else parts_of_material(work)
    return generation.note_post(work.advertiser, generation.post_of(written), work.pk, parts).post


def parts_of_ad(ad: Ad) -> list[VideoPart]:
    """The footage of an ad by where it stands in it; cards show nothing that was described."""
    if not has_plan(ad):
        return []
    placed = list(_placed(ad))
    rows = Shot.objects.for_advertiser(ad.advertiser).filter(pk__in={shot.shot_id for _, shot in placed})
    files = {str(key): sha256 for key, sha256 in rows.values_list("pk", "material__sha256")}
    return [
        VideoPart(files[shot.shot_id], start, start + shot.frames, shot.source_start_frame)
        for start, shot in placed
        if files.get(shot.shot_id)
    ]


def _placed(ad: Ad) -> Iterator[tuple[int, PlannedShot]]:
    """Each shot of footage with the frame it begins at."""
    at = 0
    for slot in plan_of(ad).slots:
        for shot in slot.shots:
            if shot.shot_id:
                yield at, shot
            at += shot.frames


def parts_of_material(material: Material) -> list[VideoPart]:
    """A video as it was uploaded."""
    if material.state != Material.State.READY or material.media != "video":
        return []
    frames = load(Understanding, material.understanding).source.frames or round(material.seconds * FPS)
    return [VideoPart(material.sha256, 0, frames)]
