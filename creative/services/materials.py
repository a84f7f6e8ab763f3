"""Taking materials in: order the understanding of a file, and book what came of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import transaction

from core.contracts import load
from core.errors import InputError
from core.models import Advertiser
from core.search.embedding import embedder
from core.search.full_text import tsvector
from creative import live
from creative.material_speech import said_during
from creative.material_words import guess_role, words_of
from creative.models import Material, Shot
from generation import api as generation
from generation.contracts import ShotFacts, Understanding

REPLY_TO = "creative.take_understanding"


@transaction.atomic
def add_material(
    advertiser: Advertiser,
    path: Path,
    name: str,
    folder: str = "",
    notes: Mapping[str, Any] | None = None,
) -> Material:
    """Book a file and order its understanding; a file known unchanged is not looked at again.

    `notes` are what materials.yaml says of it: words, role, rights.
    """
    notes = notes or {}
    sha256, size = generation.fingerprint(path)
    Material.objects.get_or_create(advertiser=advertiser, folder=folder, name=name)
    material = Material.objects.select_for_update().get(advertiser=advertiser, folder=folder, name=name)
    if material.sha256 == sha256 and (material.state != Material.State.WAITING or material.job_id):
        _retell(material, notes)
        return material
    material.sha256, material.size_bytes = sha256, size
    material.state = Material.State.WAITING
    material.refusal_code = material.refusal_reason = ""
    material.role = str(notes.get("role", "") or "")
    material.rights = str(notes.get("rights", "") or Material.Rights.OWN)
    material.words = words_of(name, notes.get("words", ()))
    material.save()
    material.job_id = generation.order_understanding(advertiser, path, name, REPLY_TO)
    material.save(update_fields=["job_id"])
    return material


def refuse_material(advertiser: Advertiser, name: str, folder: str, why: InputError) -> Material:
    """Book a file that must not even be opened (a link, a pipe, a name that is a trick), with its reason."""
    material, _ = Material.objects.update_or_create(
        advertiser=advertiser,
        folder=folder,
        name=name,
        defaults={
            "state": Material.State.REFUSED,
            "refusal_code": why.code,
            "refusal_reason": why.reason,
            "sha256": "",
        },
    )
    material.shots.all().delete()
    return material


def _retell(material: Material, notes: Mapping[str, Any]) -> None:
    """The file is the same but materials.yaml may say something new of it; what was typed for a shot stays."""
    words = words_of(material.name, notes.get("words", ()))
    role = str(notes.get("role", "") or "")
    rights = str(notes.get("rights", "") or Material.Rights.OWN)
    if (words, role, rights) == (material.words, material.role, material.rights):
        return
    before, was = set(material.words), material.role
    material.words, material.role, material.rights = words, role, rights
    material.save(update_fields=["words", "role", "rights"])
    for shot in material.shots.all():
        typed = tuple(word for word in shot.words if word not in before)
        chosen = shot.role if shot.role not in (was, guess_role(shot.words)) else ""
        describe_shot(shot, material, typed)
        shot.role = chosen or shot.role
        shot.save()


@transaction.atomic
def take_understanding(job_id: str) -> Material | None:
    """Book what came of a file's understanding; the material where it is new and ready. Safe to hear twice."""
    job = generation.job(job_id)
    material = Material.objects.select_for_update().filter(job_id=job_id).first()
    generation.mark_heard(job_id)
    if material is None or material.state != Material.State.WAITING:
        return None
    transaction.on_commit(lambda: live.tell_material(material))
    if job.state != "done":
        material.state = Material.State.REFUSED
        material.refusal_code = job.error_code or "failed"
        material.refusal_reason = job.failure
        material.save()
        return None
    understanding = load(Understanding, job.result)
    material.understanding = job.result
    material.media = understanding.media
    material.seconds = understanding.seconds
    material.state = Material.State.READY
    material.save()
    material.shots.all().delete()
    Shot.objects.bulk_create(_shot(material, facts) for facts in understanding.shots)
    return material


def _shot(material: Material, facts: ShotFacts) -> Shot:
    shot = Shot(
        advertiser_id=material.advertiser_id,
        material=material,
        start_frame=facts.start_frame,
        end_frame=facts.end_frame,
        scale=facts.scale,
        motion=facts.motion,
        sharpness=facts.sharpness,
        brightness=facts.brightness,
        quality=facts.quality,
        faces=facts.faces,
        subject_x=facts.subject[0],
        subject_y=facts.subject[1],
        fits_portrait=facts.fits_portrait,
        phash=facts.phash,
        pdq=list(facts.pdq),
        thumbnail_path=facts.thumbnail_path,
    )
    describe_shot(shot, material, ())
    return shot


def describe_shot(shot: Shot, material: Material, typed: tuple[str, ...]) -> None:
    """Fill what a shot is found by: the file's words, those typed for it, its look, what is said in it."""
    shot.words = list(dict.fromkeys([*typed, *material.words]))
    shot.role = material.role or guess_role(shot.words)
    said = said_during(material.understanding, shot.start_frame, shot.end_frame)
    shot.search_text = " ".join(filter(None, [*shot.words, shot.scale, "face" if shot.faces else "", said]))
    shot.tsv = tsvector(shot.search_text)
    shot.vec = embedder().embed([shot.search_text])[0]


@transaction.atomic
def tag_shot(shot: Shot, words: list[str], role: str, is_hidden: bool) -> Shot:
    """Write what the advertiser says of one shot."""
    describe_shot(shot, shot.material, tuple(word.strip() for word in words if word.strip()))
    shot.role = role or shot.role
    # A presenter's lips fit one line of one order: the clip never becomes footage.
    shot.is_hidden = is_hidden or shot.material.origin == Material.Origin.PRESENTER
    shot.save()
    return shot
