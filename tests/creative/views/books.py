"""Rows the page tests share: one advertiser with a brief, a reference, a script, footage and an ad."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from django.contrib.auth import get_user_model

from core.contracts import dump
from core.models import Advertiser, Member
from creative.brief import parse_brief
from creative.contracts import AdPlan, CardPlan, PlannedShot, PlannedSlot, SpokenTake
from creative.models import Ad, AdShot, Batch, Brief, Material, Reference, ReferenceSlot, Script, Shot
from creative.services.briefs import save_brief
from creative.services.references import pick_reference, write_first_script
from generation.contracts import Check, LabelReport, MediaSource, RenderResult, Understanding

BRIEF = {
    "product": {
        "name": "澄夜冷萃",
        "category": "冷萃咖啡",
        "price": "¥39.9",
        "offer": "第二件半价",
        "audience": "上班族",
        "cta": "点左下角",
        "facts": [{"id": "brew", "text": "12 小时低温慢萃", "evidence": "工艺单 3 页"}],
    },
    "language": "zh-CN",
    "platform": "kuaishou",
    "length_seconds": 15,
}
ROLES = ("hook", "pain", "selling_point", "offer", "cta")
READY_AT = dt.datetime(2026, 11, 22, 6, 30, tzinfo=dt.UTC)


@dataclass
class Books:
    """What belongs to one advertiser."""

    advertiser: Advertiser
    member: Member
    brief: Brief
    reference: Reference


def an_advertiser(slug: str = "chengye") -> tuple[Advertiser, Member]:
    advertiser = Advertiser.objects.create(slug=slug, name=f"{slug} 茶业")
    user = get_user_model().objects.create_user(f"{slug}@example.com", password="long enough 1", first_name="林舒")
    return advertiser, Member.objects.create(user=user, advertiser=advertiser, role="owner")


def some_books(slug: str = "chengye") -> Books:
    """An advertiser with a saved brief and one reference of five slots."""
    advertiser, member = an_advertiser(slug)
    return Books(advertiser, member, save_brief(advertiser, parse_brief(BRIEF)), a_reference(advertiser))


def a_reference(advertiser: Advertiser, title: str = "懂行人开场", state: str = "ready") -> Reference:
    row = Reference.objects.create(
        advertiser=advertiser,
        name="ref.mp4",
        title=title,
        sha256=title.encode().hex()[:64].ljust(64, "0"),
        state=state,
        category="drinks",
        format="talk_through",
        seconds=15.0,
        script="完全不同的原话，说的是另一种茶。",
        search_text="冷萃 咖啡",
    )
    ReferenceSlot.objects.bulk_create(
        ReferenceSlot(
            reference=row,
            position=at,
            role=role,
            start_seconds=3.0 * at,
            end_seconds=3.0 * at + 3.0,
            pace=0.4,
            intent={"hook": "hook.question"}.get(role, ""),
        )
        for at, role in enumerate(ROLES)
    )
    return row


def a_script(books: Books) -> Script:
    """The phrasebook's first script on the reference."""
    pick_reference(books.brief, books.reference, [])
    return write_first_script(books.brief)


def a_shot(advertiser: Advertiser, name: str = "pour.mp4", folder: Path | None = None, **changes: object) -> Shot:
    """A ready video of one shot; with `folder` its files are there."""
    path = (folder or Path("/nowhere")) / name
    thumbnail = path.with_suffix(".jpg")
    if folder:
        path.write_bytes(bytes(range(256)) * 8)
        thumbnail.write_bytes(b"\xff\xd8picture")
    source = MediaSource("a" * 64, str(path), name, "video", 1080, 1920, 120)
    understanding = Understanding(source, "video", 4.0, True, ())
    material = Material.objects.create(
        advertiser=advertiser, name=name, state="ready", media="video", seconds=4.0, understanding=dump(understanding)
    )
    values: dict[str, object] = {
        "start_frame": 0,
        "end_frame": 120,
        "role": "selling_point",
        "quality": 0.8,
        "sharpness": 0.8,
        "brightness": 0.6,
        "words": ["倒", "咖啡"],
        "search_text": "倒 咖啡",
        "thumbnail_path": str(thumbnail),
    }
    return Shot.objects.create(advertiser=advertiser, material=material, **(values | changes))


def a_plan(shot: Shot, frames: int = 80) -> AdPlan:
    """Two slots: one of footage, one of an end card."""
    take = SpokenTake("/nowhere/line.wav", "b" * 64, 2.1)
    footage = PlannedShot(shot.material.name, frames, 0, str(shot.id), None, 0.8, ("words",))
    card = PlannedShot("card:end", 64, 0, "", CardPlan("end", ("澄夜冷萃", "点左下角", ""), "¥39.9"))
    slots = (
        PlannedSlot("hook", "下午三点又困了？", (), (), frames, (footage,), take),
        PlannedSlot("cta", "点左下角。", ("cta",), (), 64, (card,), None),
    )
    return AdPlan(slots, "zh-CN", "1080x1920", "", "", "city-drive", 7)


def an_ad(
    books: Books,
    shot: Shot,
    folder: Path | None = None,
    state: str = "ready",
    is_draft: bool = False,
    position: int = 0,
) -> Ad:
    """An ad of two slots; ready and held ones have a file when `folder` is given."""
    plan = a_plan(shot)
    is_ok = state == "ready"
    script = Script.objects.filter(brief=books.brief).first()
    batch, _ = Batch.objects.get_or_create(
        advertiser=books.advertiser,
        brief=books.brief,
        is_draft=is_draft,
        defaults={"requested": 2, "script": script, "state": "done", "script_ids": [str(script.id)] if script else []},
    )
    path = folder / f"ad-{position}-{state}.mp4" if folder else None
    if path:
        path.write_bytes(bytes(range(256)) * 16)
    checks = (
        Check("loudness", True, -14.1, "-14 +- 0.5 LUFS"),
        Check("black", is_ok, 0.0 if is_ok else 0.9, 0.4, None if is_ok else 45, "" if is_ok else "black for 0.90 s"),
    )
    label = LabelReport(64, 58, {"Label": "1"}, "Trusted")
    result = RenderResult(str(path or ""), "c" * 64, 144, 30, 4.8, checks, label, 9.5, 3, 1)
    ad = Ad.objects.create(
        advertiser=books.advertiser,
        batch=batch,
        script=script,
        position=position,
        state=state,
        plan=dump(plan),
        result=dump(result) if state in ("ready", "held") else None,
        path=str(path) if path else "",
        sha256="c" * 64 if path else "",
        frames=plan.frames,
        degraded=["script:phrasebook"],
        held_reason="" if is_ok else "black for 0.90 s",
        ended_at=READY_AT,
    )
    AdShot.objects.create(
        ad=ad, shot=shot, slot_position=0, source=shot.material.name, source_start_frame=0, start_frame=0, end_frame=80
    )
    AdShot.objects.create(ad=ad, slot_position=1, source="card:end", start_frame=80, end_frame=144)
    return ad
